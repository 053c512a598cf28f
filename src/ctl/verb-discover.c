/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discover: finds the servers of an address, says who named them and how far that can be trusted,
 * and on request checks the password there.
 */
#include <glib/gi18n-lib.h>

#include "ctl-approve.h"
#include "ctl-ask.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-password.h"
#include "ctl-search.h"
#include "ctl-server.h"
#include "ctl-sign-in.h"
#include "ctl-text.h"
#include "ctl-wrap.h"
#include "rst-error.h"
#include "verbs.h"

typedef struct {
  CtlSearch   search;
  CtlPassword password;
  gboolean    sign_in;
  char       *approve;
  char       *user;
  gint64      start;        /* monotonic, microseconds */
  gint64      signed_in_us; /* since the start; -1: not signed in */
} Discover;

static void
discover_clear (Discover *self)
{
  ctl_search_clear (&self->search);
  g_free (self->approve);
  g_free (self->user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Discover, discover_clear)

static void
add_chosen (JsonBuilder  *json,
            RstDiscovery *discovery)
{
  json_builder_set_member_name (json, "chosen");
  json_builder_begin_object (json);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      json_builder_set_member_name (json, rst_protocol_get_nick (protocol));
      ctl_json_candidate (json, rst_discovery_get_chosen (discovery, protocol));
    }
  json_builder_end_object (json);
}

static void
add_sources (JsonBuilder *json,
             GPtrArray   *reports)
{
  json_builder_set_member_name (json, "sources");
  json_builder_begin_array (json);
  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = reports->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "id", report->id);
      ctl_json_string (json, "title", report->title);
      ctl_json_list (json, "asked", report->asked);
      ctl_json_string (json, "outcome", rst_source_outcome_get_nick (report->outcome));
      ctl_json_string (json, "detail", report->detail);
      ctl_json_ms (json, "ms", report->elapsed_us);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const Discover *self,
            RstDiscovery   *discovery,
            const GError   *error)
{
  const RstAddress *address = rst_discovery_get_address (discovery);
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  ctl_json_string (json, "address", address->full);
  ctl_json_string (json, "domain", address->domain);
  json_builder_set_member_name (json, "candidates");
  json_builder_begin_array (json);
  for (guint i = 0; i < candidates->len; i++)
    ctl_json_candidate (json, candidates->pdata[i]);
  json_builder_end_array (json);
  add_chosen (json, discovery);
  add_sources (json, rst_discovery_get_reports (discovery));
  ctl_json_list (json, "instructions", rst_discovery_get_instructions (discovery));
  ctl_json_ms (json, "first_usable_ms", rst_discovery_get_first_usable_us (discovery));
  ctl_json_ms (json, "probed_ms", rst_discovery_get_probed_us (discovery));
  ctl_json_ms (json, "signed_in_ms", self->signed_in_us);
  ctl_json_ms (json, "elapsed_ms", g_get_monotonic_time () - self->start);
  ctl_json_error (json, error);
  ctl_json_print (json);
}

static gboolean
is_chosen (RstDiscovery       *discovery,
           const RstCandidate *candidate)
{
  return rst_discovery_get_chosen (discovery, candidate->endpoint->protocol) == candidate;
}

static void
print_servers (RstDiscovery *discovery)
{
  static const char * const titles[] = {
    [RST_PROTOCOL_IMAP] = N_("Incoming mail, IMAP"),
    [RST_PROTOCOL_POP3] = N_("Incoming mail, POP"),
    [RST_PROTOCOL_SMTP] = N_("Outgoing mail, SMTP"),
  };
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);
  gboolean others = FALSE;

  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      RstCandidate *chosen = rst_discovery_get_chosen (discovery, protocol);

      ctl_print_heading (_(titles[protocol]));
      if (chosen != NULL)
        ctl_print_server (chosen);
      else
        ctl_print_text (2, _("No usable server was found."));
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = candidates->pdata[i];

      if (is_chosen (discovery, candidate))
        continue;
      if (!others)
        ctl_print_heading (_("Also found"));
      others = TRUE;
      ctl_print_other_server (candidate);
    }
}

static void
print_asked (GPtrArray *asked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; asked != NULL && i < asked->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) asked->pdata[i]);
  if (text->len > 0)
    ctl_print_row (4, _("Asked:"), ctl_columns (_("Asked:")) + 1, text->str);
}

static void
print_sources (GPtrArray *reports)
{
  ctl_print_heading (_("How this was found"));
  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = reports->pdata[i];
      g_autoptr (GString) text = g_string_new (ctl_describe_outcome (report->outcome));

      if (report->elapsed_us >= 0 && report->outcome != RST_SOURCE_SKIPPED)
        g_string_append_printf (text, _(", %d ms"), (int) ((report->elapsed_us + 500) / 1000));
      if (report->detail != NULL)
        g_string_append_printf (text, C_("detail", ": %s"), report->detail);
      ctl_print_item (2, report->outcome == RST_SOURCE_FOUND ? "✓" : "–", report->title);
      ctl_print_text (4, text->str);
      print_asked (report->asked);
    }
}

static void
print_text (RstDiscovery *discovery)
{
  GPtrArray *instructions = rst_discovery_get_instructions (discovery);

  print_servers (discovery);
  if (instructions != NULL && instructions->len > 0)
    ctl_print_heading (_("What the provider says"));
  for (guint i = 0; instructions != NULL && i < instructions->len; i++)
    ctl_print_item (2, "•", instructions->pdata[i]);
  print_sources (rst_discovery_get_reports (discovery));
}

/* The servers whose password is checked: IMAP or else POP, and the outgoing one. */
static GPtrArray *
list_targets (RstDiscovery *discovery)
{
  GPtrArray *targets = g_ptr_array_new ();
  RstCandidate *imap = rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP);
  RstCandidate *pop = rst_discovery_get_chosen (discovery, RST_PROTOCOL_POP3);
  RstCandidate *smtp = rst_discovery_get_chosen (discovery, RST_PROTOCOL_SMTP);

  if (imap != NULL || pop != NULL)
    g_ptr_array_add (targets, imap != NULL ? imap : pop);
  if (smtp != NULL && smtp->auth != RST_AUTH_NONE)
    g_ptr_array_add (targets, smtp);
  return targets;
}

static CtlExit
check_password (Discover      *self,
                CtlAwait      *await,
                GTlsDatabase  *trust,
                RstDiscovery  *discovery,
                GError       **error)
{
  CtlApproval approval = { .list = self->approve };
  g_autoptr (GPtrArray) targets = list_targets (discovery);
  g_autoptr (RstSecret) password = NULL;
  RstCandidate *first;
  CtlExit status;

  if (targets->len == 0)
    return CTL_EXIT_DONE;
  first = targets->pdata[0];
  status = ctl_approve (&approval, targets);
  if (status != CTL_EXIT_DONE)
    return status;
  password = ctl_password_get (&self->password, await, first->endpoint,
                               self->user != NULL ? self->user : first->username, error);
  if (password == NULL || !ctl_sign_in (await, trust, targets, self->user, password, error))
    return CTL_EXIT_UNREACHABLE;
  self->signed_in_us = g_get_monotonic_time () - self->start;
  return CTL_EXIT_DONE;
}

static gboolean
can_receive (RstDiscovery *discovery)
{
  return rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP) != NULL ||
         rst_discovery_get_chosen (discovery, RST_PROTOCOL_POP3) != NULL;
}

static CtlExit
discover (const CtlVerb    *verb,
          const CtlOptions *options,
          const RstAddress *address,
          Discover         *self)
{
  g_autoptr (CtlAwait) await = ctl_await_new ();
  g_autoptr (RstDiscovery) discovery = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status = CTL_EXIT_DONE;

  self->start = g_get_monotonic_time ();
  trust = ctl_search_trust (&self->search, &error);
  if (error == NULL)
    discovery = ctl_search_run (&self->search, await, address, trust, &error);
  if (g_error_matches (error, RST_ERROR, RST_ERROR_INPUT))
    return ctl_usage (verb, "%s", error->message);
  if (discovery != NULL && self->sign_in)
    status = check_password (self, await, trust, discovery, &error);
  if (discovery != NULL && error == NULL && !can_receive (discovery))
    error = ctl_search_explain (rst_discovery_get_candidates (discovery), address, CTL_INCOMING);

  if (discovery != NULL && options->json)
    print_json (self, discovery, error);
  else if (discovery != NULL)
    print_text (discovery);
  if (error == NULL)
    return status;
  ctl_message_error (error);
  return ctl_exit_for_error (error);
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (Discover) self = { .signed_in_us = -1 };
  const GOptionEntry entries[] = {
    CTL_SEARCH_ENTRIES (self.search),
    { "sign-in", 0, 0, G_OPTION_ARG_NONE, &self.sign_in, N_("Check the password too"), NULL },
    CTL_APPROVE_ENTRY (self.approve),
    { "user", 0, 0, G_OPTION_ARG_STRING, &self.user, N_("Sign in with this name"), N_("NAME") },
    CTL_PASSWORD_ENTRIES (self.password),
    { NULL },
  };
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (RstAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, entries, NULL, &status))
    return status;
  if (g_strv_length (options.arguments) != 1)
    return ctl_usage (verb, _("Name one address, such as you@example.org."));
  if (self.sign_in && (self.search.no_probe || self.search.no_network))
    return ctl_usage (verb, _("The password cannot be checked without contacting the servers."));
  if (self.sign_in && !ctl_password_is_possible (&self.password))
    return ctl_usage (verb, _("The check needs a password: --password-stdin or --password-secret."));
  if (self.sign_in && self.approve == NULL && !ctl_ask_is_possible ())
    return ctl_usage (verb, _("Say which hosts may be given the password: --approve=HOST,… or "
                              "--approve=any."));
  address = rst_address_parse (options.arguments[0], &error);
  if (address == NULL)
    return ctl_usage (verb, "%s", error->message);
  if (options.json)
    ctl_quiet ();
  return discover (verb, &options, address, &self);
}

const CtlVerb ctl_verb_discover = {
  .name = "discover",
  .arguments = N_("ADDRESS"),
  .summary = N_("Find the servers of an address, and say how they were found"),
  .details = N_("Nothing secret is needed or sent, unless --sign-in asks for it."),
  .run = run,
};
