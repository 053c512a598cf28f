/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-report.h"

#include "rst-redact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  RstDiscovery *discovery; /* (unowned) */
  RstRedaction *redaction; /* (owned) */
  GString      *text;      /* (unowned) */
} Report;

/* What we say ourselves stays; what came from elsewhere may say anything. */
static void
add_foreign (Report     *self,
             const char *indent,
             const char *text)
{
  g_autofree char *redacted = rst_redaction_apply (self->redaction, text);

  g_string_append_printf (self->text, "%s%s\n", indent, redacted);
}

static void
add_own (Report     *self,
         const char *indent,
         const char *text)
{
  g_string_append_printf (self->text, "%s%s\n", indent, text);
}

/* Where the person keeps files is nobody's business. */
static void
add_asked (Report     *self,
           const char *asked)
{
  g_autofree char *name = g_path_get_basename (asked);
  g_autofree char *hidden = g_strconcat ("…/", name, NULL);
  gboolean own = asked[0] == '/' && !g_str_has_prefix (asked, "/etc/") && !g_str_has_prefix (asked, "/usr/");

  add_foreign (self, "    → ", own ? hidden : asked);
}

static char *
describe_choice (RstChoiceReason  reason,
                 const char      *url)
{
  if (url == NULL)
    return g_strdup_printf (_("Chosen. %s"), rst_choice_describe (reason));
  return g_strdup_printf (_("Chosen before %s. %s"), url, rst_choice_describe (reason));
}

/* A provider may make the name of a server from that of the person. */
static char *
redact_url (Report             *self,
            const RstCandidate *candidate)
{
  g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

  return rst_redaction_apply (self->redaction, url);
}

static void
add_choice (Report      *self,
            RstProtocol  protocol)
{
  const RstCandidate *over;
  RstChoiceReason reason = rst_discovery_explain_choice (self->discovery, protocol, &over);
  g_autofree char *url = over != NULL ? redact_url (self, over) : NULL;
  g_autofree char *why = describe_choice (reason, url);

  add_own (self, "    ✓ ", why);
}

static void
add_server (Report             *self,
            const RstCandidate *candidate)
{
  g_autofree char *url = redact_url (self, candidate);
  g_autofree char *sources = g_strjoinv (", ", candidate->sources);
  const RstFacts *probe = candidate->probe;

  g_string_append_printf (self->text, "  %s [%s]\n", url, sources);
  add_own (self, "    ", rst_trust_describe (candidate->trust));
  if (rst_discovery_get_chosen (self->discovery, candidate->endpoint->protocol) == candidate)
    add_choice (self, candidate->endpoint->protocol);
  if (probe == NULL)
    return;
  if (probe->tls.version != NULL)
    g_string_append_printf (self->text, "    %s %s\n", probe->tls.version,
                            probe->tls.cipher != NULL ? probe->tls.cipher : "");
  if (probe->error != NULL)
    add_foreign (self, "    ! ", probe->error->message);
}

static void
add_source (Report                *self,
            const RstSourceReport *report)
{
  g_autofree char *outcome = rst_report_describe_source (report);

  g_string_append_printf (self->text, "  %s (%s): ", report->title, report->id);
  add_foreign (self, "", outcome);
  for (guint i = 0; i < report->asked->len; i++)
    add_asked (self, g_ptr_array_index (report->asked, i));
  for (guint i = 0; i < report->told->len; i++)
    {
      const RstTold *told = g_ptr_array_index (report->told, i);
      g_autofree char *who = told->who != NULL ? rst_redaction_apply (self->redaction, told->who) : NULL;
      const RstTold shown = { who, told->what };
      g_autofree char *text = rst_told_describe (&shown);

      add_own (self, "    ", text);
    }
}

static void
add_extra (Report         *self,
           const RstExtra *extra)
{
  g_autofree char *url = rst_redaction_apply (self->redaction, extra->url);
  const RstExtra shown = { extra->kind, url, extra->source };
  g_autofree char *text = rst_extra_describe (&shown);

  add_own (self, "+ ", text);
}

static void
add_all (Report *self)
{
  const RstAddress *address = rst_discovery_get_address (self->discovery);
  GPtrArray *candidates = rst_discovery_get_candidates (self->discovery);
  GPtrArray *reports = rst_discovery_get_reports (self->discovery);
  GPtrArray *instructions = rst_discovery_get_instructions (self->discovery);
  GPtrArray *extras = rst_discovery_get_extras (self->discovery);

  g_string_append_printf (self->text, _("How Restante %s looked for the mail servers of %s"), RST_VERSION,
                          address->domain);
  g_string_append (self->text, "\n\n");
  add_own (self, "", candidates->len > 0 ? _("Servers") : _("No server was found."));
  for (guint i = 0; i < candidates->len; i++)
    add_server (self, g_ptr_array_index (candidates, i));
  for (guint i = 0; i < instructions->len; i++)
    add_foreign (self, "• ", g_ptr_array_index (instructions, i));
  for (guint i = 0; i < extras->len; i++)
    add_extra (self, g_ptr_array_index (extras, i));
  g_string_append_c (self->text, '\n');
  add_own (self, "", _("Who was asked"));
  for (guint i = 0; i < reports->len; i++)
    add_source (self, g_ptr_array_index (reports, i));
}

/**
 * rst_report_new:
 * @discovery: a search
 *
 * Returns: (transfer full): plain text in the person's language
 */
char *
rst_report_new (RstDiscovery *discovery)
{
  GString *text = g_string_new (NULL);
  Report self = { discovery, NULL, text };

  g_return_val_if_fail (RST_IS_DISCOVERY (discovery), g_string_free (text, FALSE));

  self.redaction = rst_redaction_new (rst_discovery_get_address (discovery), g_get_home_dir ());
  add_all (&self);
  rst_redaction_free (self.redaction);
  return g_string_free (text, FALSE);
}

/**
 * rst_report_explain_choice:
 * @discovery: a search
 * @protocol: a protocol for which it chose a server
 *
 * Returns: (transfer full): why, and against which other one
 */
char *
rst_report_explain_choice (RstDiscovery *discovery,
                           RstProtocol   protocol)
{
  const RstCandidate *over;
  RstChoiceReason reason = rst_discovery_explain_choice (discovery, protocol, &over);
  g_autofree char *url = over != NULL ? rst_endpoint_to_string (over->endpoint) : NULL;

  return describe_choice (reason, url);
}

/**
 * rst_report_describe_source:
 * @report: one source's part in a search
 *
 * Returns: (transfer full): how asking it ended, and how long that took
 */
char *
rst_report_describe_source (const RstSourceReport *report)
{
  static const char * const outcomes[] = {
    [RST_SOURCE_WAITING] = N_("No answer yet"), [RST_SOURCE_FOUND] = N_("Named servers"),
    [RST_SOURCE_NOTHING] = N_("Nothing there"), [RST_SOURCE_FAILED] = N_("Could not be asked"),
    [RST_SOURCE_SKIPPED] = N_("Not asked"),
  };
  GString *text = g_string_new (_(outcomes[report->outcome]));

  if (report->elapsed_us >= 0 && report->outcome != RST_SOURCE_SKIPPED)
    g_string_append_printf (text, _(", %d ms"), (int) ((report->elapsed_us + 500) / 1000));
  if (report->detail != NULL)
    g_string_append_printf (text, C_("detail", ": %s"), report->detail);
  return g_string_free (text, FALSE);
}
