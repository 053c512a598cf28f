/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-approve.h"
#include "ctl-ask.h"
#include "ctl-browser.h"
#include "ctl-output.h"
#include "rst-error.h"
#include "verbs.h"

#define MAX_LEAVE_DAYS 3650

/* The plot. The first step that does not return CTL_EXIT_DONE ends it. */
static CtlExit (* const steps[]) (Setup *self) = {
  setup_find_servers,
  setup_look_around,
  setup_choose_method,
  setup_choose_programs,
  setup_check_mixing,
  setup_make_plan,
  setup_use_browser,
  setup_get_password,
  setup_seal_password,
  setup_review,
  setup_write,
};

static void
setup_clear (Setup *self)
{
  ctl_options_clear (&self->options);
  ctl_search_clear (&self->search);
  g_strfreev (self->clients);
  g_strfreev (self->device_texts);
  g_free (self->mode);
  g_free (self->config);
  g_free (self->approve);
  g_free (self->user);
  g_free (self->name);
  g_free (self->mixing);
  g_free (self->leave_text);
  g_clear_pointer (&self->address, rst_address_free);
  g_clear_object (&self->trust);
  g_clear_object (&self->discovery);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->scan, rst_scan_unref);
  g_clear_pointer (&self->advice, rst_advice_free);
  g_clear_pointer (&self->account, rst_account_free);
  g_clear_pointer (&self->report, rst_mixing_report_free);
  g_clear_pointer (&self->setups, g_ptr_array_unref);
  g_clear_pointer (&self->secret, rst_secret_unref);
  g_clear_pointer (&self->await, ctl_await_free);
  g_free (self->undo_id);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setup, setup_clear)

/**
 * setup_fail:
 * @self: a setup
 * @error: (transfer full): why it cannot go on
 *
 * Says so.
 *
 * Returns: how to end
 */
CtlExit
setup_fail (Setup  *self,
            GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  ctl_message_error (error);
  if (g_error_matches (error, RST_ERROR, RST_ERROR_STORE))
    ctl_message (_("With --no-secret it goes on without storing."));
  return ctl_exit_for_error (error);
}

/**
 * setup_get_incoming:
 * @self: a setup
 *
 * Returns: (transfer none) (nullable): the server that mail will be read from
 */
RstCandidate *
setup_get_incoming (Setup *self)
{
  return self->found[self->method == RST_METHOD_POP ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP];
}

/**
 * setup_get_outgoing:
 * @self: a setup
 *
 * Returns: (transfer none) (nullable): the server that mail will be sent through
 */
RstCandidate *
setup_get_outgoing (Setup *self)
{
  return self->found[RST_PROTOCOL_SMTP];
}

static gboolean
is_one_of (const char         *word,
           const char * const *words)
{
  return word == NULL || g_strv_contains (words, word);
}

static CtlExit
check_clients (Setup *self)
{
  for (guint i = 0; self->clients != NULL && self->clients[i] != NULL; i++)
    {
      g_auto (GStrv) ids = g_strsplit_set (self->clients[i], ", ", -1);

      for (guint j = 0; ids[j] != NULL; j++)
        if (rst_client_find (ids[j]) == NULL)
          {
            g_autofree char *known = setup_list_clients ();

            return ctl_usage (self->verb, _("“%s” is not a program. Programs: %s."), ids[j], known);
          }
    }
  return CTL_EXIT_DONE;
}

static gboolean
read_leave_days (Setup *self)
{
  guint64 days;

  if (self->leave_text == NULL)
    return TRUE;
  if (g_str_equal (self->leave_text, "keep"))
    {
      self->leave_days = SETUP_DAYS_KEEP;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (self->leave_text, 10, 0, MAX_LEAVE_DAYS, &days, NULL))
    return FALSE;
  self->leave_days = (int) days;
  return TRUE;
}

static CtlExit
check_options (Setup *self)
{
  static const char * const modes[] = { "auto", "imap", "pop", NULL };
  static const char * const choices[] = { "imap-everywhere", "archive-pc", "leave", NULL };

  if (g_strv_length (self->options.arguments) != 1)
    return ctl_usage (self->verb, _("Name one address, such as you@example.org."));
  if (!is_one_of (self->mode, modes))
    return ctl_usage (self->verb, _("“%s” is not a mode. Modes: %s."), self->mode, "auto, imap, pop");
  if (!is_one_of (self->mixing, choices))
    return ctl_usage (self->verb, _("“%s” is not a choice. Choices: %s."), self->mixing,
                      "imap-everywhere, archive-pc, leave");
  if (!read_leave_days (self))
    return ctl_usage (self->verb, _("The number of days must be from 0 to %d, or “keep”."), MAX_LEAVE_DAYS);
  if (!self->yes && !self->dry_run && !ctl_ask_is_possible ())
    return ctl_usage (self->verb, _("There is nobody to ask: say --yes to write, or --dry-run to look "
                                    "only."));
  return check_clients (self);
}

static CtlExit
take_steps (Setup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      CtlExit status = steps[i] (self);

      if (status != CTL_EXIT_DONE)
        return status;
    }
  return CTL_EXIT_DONE;
}

static CtlExit
set_up (Setup *self)
{
  g_autoptr (GError) error = NULL;
  CtlExit status = check_options (self);

  if (status != CTL_EXIT_DONE)
    return status;
  self->address = rst_address_parse (self->options.arguments[0], &error);
  if (self->address != NULL)
    self->trust = ctl_search_trust (&self->search, &error);
  if (error != NULL)
    return ctl_usage (self->verb, "%s", error->message);
  if (self->options.json)
    ctl_quiet ();

  self->await = ctl_await_new ();
  status = take_steps (self);
  if (self->options.json)
    setup_print_json (self, status);
  return status;
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (Setup) self = { .verb = verb, .leave_days = SETUP_DAYS_UNSET };
  const GOptionEntry entries[] = {
    { "client", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.clients,
      N_("Set up this program (may be repeated); by default those that are installed"), N_("ID,…") },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &self.mode, N_("Method; auto follows the advice"), "auto|imap|pop" },
    { "leave-days", 0, 0, G_OPTION_ARG_STRING, &self.leave_text,
      N_("POP: copies stay on the server for this time; 0 takes mail off at once"), N_("DAYS|keep") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self.name, N_("Your name, for mail that you send"), N_("NAME") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self.user, N_("Sign in with this name"), N_("NAME") },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &self.config,
      N_("Take the servers from this settings file (autoconfig XML), not from the network"), N_("FILE|-") },
    CTL_SEARCH_ENTRIES (self.search),
    CTL_APPROVE_ENTRY (self.approve),
    CTL_PASSWORD_ENTRIES (self.password),
    CTL_BROWSER_ENTRY (self.browser),
    { "no-secret", 0, 0, G_OPTION_ARG_NONE, &self.no_secret,
      N_("Do not store the password: the program asks for it"), NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.device_texts,
      N_("Another device that reads the address (may be repeated)"), N_("NAME:KIND:METHOD") },
    { "mixing", 0, 0, G_OPTION_ARG_STRING, &self.mixing,
      N_("What to do if devices would take mail away from each other"),
      "imap-everywhere|archive-pc|leave" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &self.dry_run, N_("Only show what would be changed"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &self.yes, N_("Do not ask"), NULL },
    { NULL },
  };
  CtlExit status;

  if (!ctl_options_parse (&self.options, verb, argv, entries, &self.answers, &status))
    return status;
  return set_up (&self);
}

const CtlVerb ctl_verb_setup = {
  .name = "setup",
  .arguments = N_("ADDRESS"),
  .summary = N_("Set up mail programs for an address: find the servers, check the password, write"),
  .details = N_("Every change is shown first and can be taken back with “restantectl undo”. --yes agrees "
                "to the changes, and to the hosts that the provider, a file on this computer or the "
                "address’s own domain names; other hosts need --approve."),
  .secrets = TRUE,
  .run = run,
};
