/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The step of setup that looks at the arrangement as it would be afterwards: would the programs of
 * this computer, and the devices that the person named, take mail away from each other?
 */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-arrangement.h"
#include "ctl-ask.h"
#include "ctl-look.h"
#include "ctl-output.h"
#include "ctl-text.h"

#define LEAVE "leave"
#define IMAP_EVERYWHERE "imap-everywhere"
#define ARCHIVE_PC "archive-pc"

static gboolean
reads_alike (const RstAccount *a,
             const RstAccount *b)
{
  if (rst_account_is_pop (a) != rst_account_is_pop (b))
    return FALSE;
  return !rst_account_is_pop (a) || (a->leave == b->leave && a->leave_days == b->leave_days);
}

/* What a program already has for this mailbox; whether that is the same as what is planned. */
static gboolean
add_present (const Setup          *self,
             const RstFoundClient *found,
             GPtrArray            *devices)
{
  gboolean alike = FALSE;

  for (guint i = 0; i < found->profiles->len; i++)
    {
      GPtrArray *accounts = ((RstFoundProfile *) found->profiles->pdata[i])->accounts;

      for (guint j = 0; j < accounts->len; j++)
        {
          const RstAccount *account = accounts->pdata[j];

          if (account->incoming.endpoint == NULL || !rst_account_same_mailbox (account, self->account))
            continue;
          g_ptr_array_add (devices, ctl_device_from_account (found->client, account));
          alike = alike || reads_alike (account, self->account);
        }
    }
  return alike;
}

static GPtrArray *
list_devices (const Setup  *self,
              GError      **error)
{
  GPtrArray *clients = rst_scan_get_clients (self->scan);
  GPtrArray *devices = ctl_parse_devices (self->device_texts, error);

  for (guint i = 0; devices != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = clients->pdata[i];
      gboolean alike = add_present (self, found, devices);

      if (!alike && rst_client_receives (found->client) && g_ptr_array_find (self->targets, found, NULL))
        g_ptr_array_add (devices, ctl_device_from_account (found->client, self->account));
    }
  return devices;
}

static gboolean
check (Setup   *self,
       GError **error)
{
  g_autoptr (GPtrArray) devices = list_devices (self, error);
  RstRemoval removal = { 0 };

  if (devices == NULL)
    return FALSE;
  ctl_find_removal (&self->account->incoming, self->account->address, &removal);
  g_clear_pointer (&self->report, rst_mixing_report_free);
  self->report = ctl_check_mixing (devices, self->account->address, &removal);
  return TRUE;
}

static char *
ask (const RstMixingReport  *report,
     GError                **error)
{
  while (TRUE)
    {
      g_autofree char *answer = NULL;
      guint64 number;

      for (guint i = 0; i < report->choices->len; i++)
        ctl_message ("  %u. %s", i + 1, ((RstMixingChoice *) report->choices->pdata[i])->title);
      answer = ctl_ask_line (_("Which of these? (Enter: stop here)"), error);
      if (answer == NULL || *answer == '\0')
        return NULL;
      if (g_ascii_string_to_unsigned (answer, 10, 1, report->choices->len, &number, NULL))
        return g_strdup (((RstMixingChoice *) report->choices->pdata[number - 1])->id);
    }
}

static guint
suggested_days (const Setup *self)
{
  for (guint i = 0; i < self->report->choices->len; i++)
    {
      const RstMixingChoice *choice = self->report->choices->pdata[i];

      if (g_str_equal (choice->id, ARCHIVE_PC) && choice->days > 0)
        return choice->days;
    }
  return self->account->leave_days;
}

/* Changes what is planned as @choice says, as far as that lies in our hands. */
static void
follow (Setup      *self,
        const char *choice)
{
  if (g_str_equal (choice, IMAP_EVERYWHERE) && self->found[RST_PROTOCOL_IMAP] != NULL)
    self->method = RST_METHOD_IMAP;
  else if (g_str_equal (choice, ARCHIVE_PC) && self->method == RST_METHOD_POP &&
           self->leave_days == SETUP_DAYS_UNSET && self->account->leave != RST_LEAVE_KEEP)
    self->leave_days = (int) MAX (suggested_days (self), self->account->leave_days);
  setup_make_account (self);
}

static CtlExit
stop (Setup *self)
{
  ctl_message (_("restantectl: Nothing was changed, since devices would take mail away from each other. "
                 "Change the other program or device, or decide with --mixing; --mixing=leave goes on "
                 "as it is."));
  return CTL_EXIT_MIXING;
}

/**
 * setup_check_mixing:
 * @self: a setup
 *
 * Step: what devices would do to each other's mail; the person decides if there is something to
 * decide.
 *
 * Returns: how to go on
 */
CtlExit
setup_check_mixing (Setup *self)
{
  g_autofree char *choice = g_strdup (self->mixing);
  GError *error = NULL;

  if (!check (self, &error))
    return setup_fail (self, error);
  if (!self->report->conflict || g_strcmp0 (choice, LEAVE) == 0)
    return CTL_EXIT_DONE;
  if (choice == NULL && !self->options.json)
    ctl_print_mixing (self->report);
  if (choice == NULL && ctl_ask_is_possible ())
    choice = ask (self->report, &error);
  if (error != NULL)
    return setup_fail (self, error);
  if (choice == NULL)
    return stop (self);
  if (g_str_equal (choice, LEAVE))
    return CTL_EXIT_DONE;

  follow (self, choice);
  if (!check (self, &error))
    return setup_fail (self, error);
  if (!self->report->conflict)
    return CTL_EXIT_DONE;
  if (!self->options.json)
    ctl_print_mixing (self->report);
  return stop (self);
}
