/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-text.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-error.h"

#define MAX_WHAT_IFS 3
#define MAX_CONSEQUENCES 6

static const char *
severity_mark (RstSeverity severity)
{
  switch (severity)
    {
    case RST_SEVERITY_WILL_LOSE:
      return "‼";
    case RST_SEVERITY_CAUTION:
      return "!";
    case RST_SEVERITY_INFO:
    default:
      return "•";
    }
}

static void
print_pair (const char *bullet,
            const char *title,
            const char *text)
{
  ctl_print_item (2, bullet, title);
  if (text != NULL)
    ctl_print_text (4, text);
}

static void
print_reasons (GPtrArray *reasons)
{
  ctl_print_heading (_("Because"));
  for (guint i = 0; i < reasons->len; i++)
    {
      const RstReason *reason = reasons->pdata[i];
      g_autofree char *title = reason->source != NULL
                                 ? g_strdup_printf (C_("reason", "%s (%s)"), reason->title, reason->source)
                                 : g_strdup (reason->title);

      print_pair ("•", title, reason->text);
    }
}

static void
print_what_ifs (GPtrArray *what_ifs,
                guint      most)
{
  if (what_ifs->len == 0)
    return;
  ctl_print_heading (_("This would change the advice"));
  for (guint i = 0; i < MIN (what_ifs->len, most); i++)
    {
      const RstWhatIf *what_if = what_ifs->pdata[i];

      print_pair ("•", what_if->title, what_if->text);
    }
}

static void
print_consequences (GPtrArray *consequences,
                    guint      most)
{
  ctl_print_heading (_("What happens when…"));
  for (guint i = 0; i < MIN (consequences->len, most); i++)
    {
      const RstConsequence *consequence = consequences->pdata[i];

      print_pair ("•", consequence->title, consequence->text);
    }
  if (consequences->len > most)
    ctl_print_item (2, "…", _("More with --all."));
}

static void
print_warnings (GPtrArray *warnings)
{
  if (warnings->len == 0)
    return;
  ctl_print_heading (_("Please note"));
  for (guint i = 0; i < warnings->len; i++)
    {
      const RstWarning *warning = warnings->pdata[i];

      print_pair (severity_mark (warning->severity), warning->title, warning->text);
    }
}

/**
 * ctl_print_advice:
 * @advice: an advice
 * @all: with everything that can happen, not only what matters most
 */
void
ctl_print_advice (const RstAdvice *advice,
                  gboolean         all)
{
  g_autofree char *headline = g_strdup_printf (C_("sentence", "%s."), advice->headline);

  ctl_print_heading (headline);
  ctl_print_text (0, advice->technical);
  if (advice->reasons->len > 0)
    print_reasons (advice->reasons);
  if (advice->contrast != NULL)
    {
      ctl_print_heading (advice->contrast_title);
      ctl_print_text (2, advice->contrast);
    }
  print_what_ifs (advice->what_ifs, all ? G_MAXUINT : MAX_WHAT_IFS);
  ctl_print_heading (_("How sure is this?"));
  ctl_print_text (2, advice->sureness_text);
  print_consequences (advice->consequences, all ? G_MAXUINT : MAX_CONSEQUENCES);
  print_warnings (advice->warnings);
}

/**
 * ctl_print_arrangement:
 * @advice: an advice
 * @devices: (element-type RstDevice): the devices that read the mailbox now
 *
 * Tells how each device should be set up.
 */
void
ctl_print_arrangement (const RstAdvice *advice,
                       GPtrArray       *devices)
{
  g_autoptr (GPtrArray) arranged = rst_advice_arrange (advice, devices);

  ctl_print_heading (_("What to set up where"));
  for (guint i = 0; i < arranged->len; i++)
    {
      const RstDevice *device = arranged->pdata[i];
      g_autofree char *method = rst_device_describe (device);
      g_autofree char *archive = device->archive ? g_strdup_printf (_("%s, with the archive"), method)
                                                 : g_strdup (method);
      g_autofree char *line = g_strdup_printf (C_("device", "%s: %s"), rst_device_get_name (device), archive);

      ctl_print_item (2, "–", line);
    }
}

static void
print_finding (const RstMixingFinding *finding,
               const char             *said)
{
  gboolean is_new = g_strcmp0 (finding->text, said) != 0;

  if (is_new)
    print_pair (severity_mark (finding->severity), finding->title, finding->text);
  if (finding->detail != NULL)
    ctl_print_text (is_new ? 4 : 2, finding->detail);
}

/**
 * ctl_print_mixing:
 * @report: what the mixing check says
 */
void
ctl_print_mixing (const RstMixingReport *report)
{
  ctl_print_heading (report->title);
  if (report->text != NULL)
    ctl_print_text (2, report->text);
  for (guint i = 0; i < report->findings->len; i++)
    print_finding (report->findings->pdata[i], report->text);
  if (report->choices->len == 0)
    return;
  ctl_print_heading (_("What can be done"));
  for (guint i = 0; i < report->choices->len; i++)
    {
      const RstMixingChoice *choice = report->choices->pdata[i];
      g_autofree char *title = choice->recommended
                                 ? g_strdup_printf (_("%s (recommended)"), choice->title)
                                 : g_strdup (choice->title);

      print_pair ("•", title, choice->text);
    }
}

/**
 * ctl_print_hints:
 * @hints: (element-type utf8): what the provider wishes
 */
void
ctl_print_hints (GPtrArray *hints)
{
  if (hints->len > 0)
    ctl_print_heading (_("What the provider says"));
  for (guint i = 0; i < hints->len; i++)
    ctl_print_item (2, "•", hints->pdata[i]);
}

/**
 * ctl_describe_endpoint:
 * @endpoint: a server
 *
 * Returns: (transfer full): it in words, such as “imap.example.org, port 993, encrypted (TLS)”
 */
char *
ctl_describe_endpoint (const RstEndpoint *endpoint)
{
  const char *security = endpoint->security == RST_SECURITY_TLS ? _("encrypted (TLS)")
                         : endpoint->security == RST_SECURITY_STARTTLS
                           ? _("encrypted (STARTTLS)")
                           : _("not encrypted");

  return g_strdup_printf (_("%s, port %u, %s"), endpoint->host, endpoint->port, security);
}

/**
 * ctl_describe_account:
 * @account: an account of a mail program
 *
 * Returns: (transfer full): how it receives mail, in words
 */
char *
ctl_describe_account (const RstAccount *account)
{
  if (account->incoming.endpoint == NULL)
    return g_strdup (_("Sends only"));
  if (!rst_account_is_pop (account))
    return g_strdup (_("IMAP: mail stays on the server"));
  switch (account->leave)
    {
    case RST_LEAVE_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "POP: copies stay on the server for %u day",
                                           "POP: copies stay on the server for %u days",
                                           account->leave_days),
                              account->leave_days);
    case RST_LEAVE_KEEP:
      return g_strdup (_("POP: copies stay on the server"));
    case RST_LEAVE_REMOVE:
    default:
      return g_strdup (_("POP: takes mail off the server"));
    }
}

/**
 * ctl_describe_outcome:
 * @outcome: how asking a source ended
 *
 * Returns: (transfer none): it in words
 */
const char *
ctl_describe_outcome (RstSourceOutcome outcome)
{
  switch (outcome)
    {
    case RST_SOURCE_FOUND:
      return _("found servers");
    case RST_SOURCE_NOTHING:
      return _("has nothing");
    case RST_SOURCE_FAILED:
      return _("could not be asked");
    case RST_SOURCE_SKIPPED:
      return _("not asked");
    case RST_SOURCE_WAITING:
    default:
      return _("no answer yet");
    }
}
