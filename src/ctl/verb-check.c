/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check: do the mail programs of this computer, and the devices that the person names, take mail
 * away from each other?
 */
#include <glib/gi18n-lib.h>

#include "ctl-arrangement.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-text.h"
#include "rst-address.h"
#include "rst-glances.h"
#include "verbs.h"

static void
print_json (GPtrArray *mailboxes,
            GPtrArray *reports)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  json_builder_set_member_name (json, "mailboxes");
  json_builder_begin_array (json);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const CtlMailbox *mailbox = mailboxes->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "address", mailbox->address);
      ctl_json_devices (json, "devices", mailbox->devices);
      ctl_json_mixing (json, reports->pdata[i]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  ctl_json_print (json);
}

static void
print_text (GPtrArray *mailboxes,
            GPtrArray *reports)
{
  if (mailboxes->len == 0)
    ctl_print_text (0, _("No mail program on this computer has an account to check."));
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const CtlMailbox *mailbox = mailboxes->pdata[i];

      ctl_print_heading (mailbox->address);
      for (guint j = 0; j < mailbox->devices->len; j++)
        {
          const RstDevice *device = mailbox->devices->pdata[j];
          g_autofree char *method = rst_device_describe (device);
          const char *name = device->name != NULL ? device->name : rst_device_kind_get_name (device->kind);
          g_autofree char *line = g_strdup_printf (C_("device", "%s: %s"), name, method);

          ctl_print_item (2, "•", line);
        }
      ctl_print_mixing (reports->pdata[i]);
    }
}

/* Keeps the mailboxes of @address, and adds the devices that the person described. */
static void
narrow (GPtrArray        *mailboxes,
        const RstAddress *address,
        GPtrArray        *described)
{
  CtlMailbox *mailbox;

  for (guint i = mailboxes->len; i > 0; i--)
    if (g_ascii_strcasecmp (((CtlMailbox *) mailboxes->pdata[i - 1])->address, address->full) != 0)
      g_ptr_array_remove_index (mailboxes, i - 1);
  if (mailboxes->len == 0 && described->len > 0)
    {
      mailbox = g_new0 (CtlMailbox, 1);
      mailbox->address = g_strdup (address->full);
      mailbox->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
      g_ptr_array_add (mailboxes, mailbox);
    }
  for (guint i = 0; i < mailboxes->len; i++)
    for (guint j = 0; j < described->len; j++)
      {
        mailbox = mailboxes->pdata[i];
        g_ptr_array_add (mailbox->devices, rst_device_copy (described->pdata[j]));
      }
}

static CtlExit
check (const CtlOptions *options,
       const RstAddress *address,
       GPtrArray        *described)
{
  g_autoptr (CtlAwait) await = ctl_await_new ();
  g_autoptr (RstScan) scan = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;
  g_autoptr (GPtrArray) reports =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rst_mixing_report_free);
  g_autoptr (GError) error = NULL;
  CtlExit status = CTL_EXIT_DONE;

  scan = ctl_scan (await, &error);
  if (scan == NULL)
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  mailboxes = ctl_list_mailboxes (scan);
  if (address != NULL)
    narrow (mailboxes, address, described);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const CtlMailbox *mailbox = mailboxes->pdata[i];
      RstMixingReport *report = ctl_check_mixing (mailbox->devices, mailbox->address, &mailbox->removal);

      g_ptr_array_add (reports, report);
      if (report->conflict)
        status = CTL_EXIT_MIXING;
    }
  if (options->json)
    print_json (mailboxes, reports);
  else
    print_text (mailboxes, reports);
  return status;
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (GStrv) texts = NULL;
  gboolean forgets = FALSE;
  const GOptionEntry entries[] = {
    { "forget", 0, 0, G_OPTION_ARG_NONE, &forgets,
      N_("First forget what earlier looks at mailboxes saw"), NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &texts,
      N_("Another device that reads the address (may be repeated)"), N_("NAME:KIND:METHOD") },
    { NULL },
  };
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (RstAddress) address = NULL;
  g_autoptr (GPtrArray) described = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, entries, NULL, &status))
    return status;
  if (g_strv_length (options.arguments) > 1)
    return ctl_usage (verb, _("Name one address, or none to check all accounts."));
  if (texts != NULL && options.arguments[0] == NULL)
    return ctl_usage (verb, _("Name the address that the device reads."));
  if (options.arguments[0] != NULL && (address = rst_address_parse (options.arguments[0], &error)) == NULL)
    return ctl_usage (verb, "%s", error->message);
  if ((described = ctl_parse_devices (texts, &error)) == NULL)
    return ctl_usage (verb, "%s", error->message);
  if (forgets && !rst_glances_forget (&error))
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  return check (&options, address, described);
}

const CtlVerb ctl_verb_check = {
  .name = "check",
  .arguments = N_("[ADDRESS]"),
  .summary = N_("Check whether mail programs and devices take mail away from each other"),
  .details = N_("A device is such as “Phone:phone:imap” or “Office:computer:pop:days=14”. Ends with code 6 "
                "if something has to be decided."),
  .secrets = TRUE,
  .run = run,
};
