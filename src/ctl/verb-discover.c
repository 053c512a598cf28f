/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discover: finds the servers of an address, says who named them and how far that can be trusted,
 * and on request checks the password there.
 */
#include <glib/gi18n-lib.h>

#include "ctl-approve.h"
#include "ctl-ask.h"
#include "ctl-browser.h"
#include "ctl-look.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-password.h"
#include "ctl-search.h"
#include "ctl-sign-in.h"
#include "discover.h"
#include "rst-error.h"
#include "verbs.h"

typedef struct {
  CtlSearch     search;
  CtlPassword   password;
  gboolean      sign_in;
  gboolean      compare;
  gboolean      browser;
  char         *approve;
  char         *user;
  gboolean      report;
  DiscoverTimes times;
} Discover;

static void
discover_clear (Discover *self)
{
  ctl_search_clear (&self->search);
  g_free (self->approve);
  g_free (self->user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Discover, discover_clear)

/* Whether there is a way to sign in that one can try from here. */
static gboolean
can_try (const RstCandidate *server)
{
  return server->auth != RST_AUTH_OAUTH2 || rst_candidate_wants_browser (server);
}

/* The servers at which the sign-in is checked: IMAP or else POP, and the outgoing one; to compare, IMAP and
 * POP. Never more than two. */
static GPtrArray *
list_targets (RstDiscovery *discovery,
              gboolean      compare)
{
  GPtrArray *targets = g_ptr_array_new ();
  RstCandidate *imap = rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP);
  RstCandidate *pop = rst_discovery_get_chosen (discovery, RST_PROTOCOL_POP3);
  RstCandidate *smtp = rst_discovery_get_chosen (discovery, RST_PROTOCOL_SMTP);

  if (imap != NULL && pop != NULL && !can_try (imap) && can_try (pop))
    imap = NULL;
  if (imap != NULL || pop != NULL)
    g_ptr_array_add (targets, imap != NULL ? imap : pop);
  if (compare && imap != NULL && pop != NULL)
    g_ptr_array_add (targets, pop);
  else if (smtp != NULL && smtp->auth != RST_AUTH_NONE)
    g_ptr_array_add (targets, smtp);
  return targets;
}

static void
compare_inboxes (GPtrArray *targets)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < targets->len; i++)
    g_ptr_array_add (all, ((RstCandidate *) targets->pdata[i])->probe);
  ctl_compare_inboxes (all);
}

/* A password, or what a sign-in in the browser brings back. */
static RstSecret *
get_secret (Discover            *self,
            CtlAwait            *await,
            GTlsDatabase        *trust,
            const RstCandidate  *server,
            GError             **error)
{
  if (server->auth == RST_AUTH_OAUTH2)
    return ctl_browser_sign_in (await, server, self->user, trust, error);
  if (!ctl_password_is_possible (&self->password))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_NOMECH,
                   _("%s wants a password: --password-stdin or --password-secret."), server->endpoint->host);
      return NULL;
    }
  return ctl_password_get (&self->password, await, server->endpoint,
                           self->user != NULL ? self->user : server->username, error);
}

static CtlExit
check_password (Discover      *self,
                CtlAwait      *await,
                GTlsDatabase  *trust,
                RstDiscovery  *discovery,
                GError       **error)
{
  CtlApproval approval = { .list = self->approve };
  g_autoptr (GPtrArray) targets = list_targets (discovery, self->compare);
  g_autoptr (RstSecret) password = NULL;
  RstCandidate *first;
  CtlExit status;

  if (targets->len == 0)
    return CTL_EXIT_DONE;
  first = targets->pdata[0];
  if (first->auth == RST_AUTH_OAUTH2 && !ctl_browser_check (first, self->browser, error))
    return CTL_EXIT_UNREACHABLE;
  if (first->auth == RST_AUTH_OAUTH2)
    ctl_browser_keep (targets);
  status = ctl_approve (&approval, targets);
  if (status != CTL_EXIT_DONE)
    return status;
  password = get_secret (self, await, trust, first, error);
  if (password == NULL || !ctl_sign_in (await, trust, targets, self->user, password, error))
    return CTL_EXIT_UNREACHABLE;
  self->times.signed_in_us = g_get_monotonic_time () - self->times.start;
  compare_inboxes (targets);
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

  self->times.start = g_get_monotonic_time ();
  trust = ctl_search_trust (&self->search, &error);
  if (error == NULL)
    discovery = ctl_search_run (&self->search, await, address, trust, &error);
  if (g_error_matches (error, RST_ERROR, RST_ERROR_INPUT))
    return ctl_usage (verb, "%s", error->message);
  if (discovery != NULL && self->sign_in)
    status = check_password (self, await, trust, discovery, &error);
  if (discovery != NULL && error == NULL && !can_receive (discovery))
    error = ctl_search_explain (discovery, rst_discovery_get_candidates (discovery), address, CTL_INCOMING);

  if (discovery != NULL && options->json)
    discover_print_json (discovery, &self->times, error);
  else if (discovery != NULL && self->report)
    discover_print_report (discovery);
  else if (discovery != NULL)
    discover_print_text (discovery);
  if (error == NULL)
    return status;
  ctl_message_error (error);
  if (rst_error_get_cause (error) == RST_TROUBLE_NOT_FOUND && !self->search.allow_http &&
      !self->search.no_network)
    ctl_message (_("Some providers publish their settings over unprotected connections only: to ask there "
                   "too, add --allow-http."));
  return ctl_exit_for_error (error);
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (Discover) self = { .times = { .signed_in_us = -1 } };
  const GOptionEntry entries[] = {
    CTL_SEARCH_ENTRIES (self.search),
    { "report", 0, 0, G_OPTION_ARG_NONE, &self.report,
      N_("Tell how the search went without saying who you are, for somebody who helps"), NULL },
    { "sign-in", 0, 0, G_OPTION_ARG_NONE, &self.sign_in, N_("Check the password too"), NULL },
    { "compare", 0, 0, G_OPTION_ARG_NONE, &self.compare,
      N_("With --sign-in: sign in by IMAP and POP, not for sending, and compare what they show"), NULL },
    CTL_APPROVE_ENTRY (self.approve),
    { "user", 0, 0, G_OPTION_ARG_STRING, &self.user, N_("Sign in with this name"), N_("NAME") },
    CTL_PASSWORD_ENTRIES (self.password),
    CTL_BROWSER_ENTRY (self.browser),
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
  if (self.report && options.json)
    return ctl_usage (verb, _("--report is text."));
  if (self.sign_in && (self.search.no_probe || self.search.no_network))
    return ctl_usage (verb, _("The password cannot be checked without contacting the servers."));
  if (self.compare && !self.sign_in)
    return ctl_usage (verb, _("To compare needs a sign-in: --sign-in."));
  if (self.sign_in && !self.browser && !ctl_password_is_possible (&self.password))
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
  .secrets = TRUE,
  .run = run,
};
