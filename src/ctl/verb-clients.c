/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clients: the mail programs on this computer, their profiles, and the accounts they have.
 */
#include <glib/gi18n-lib.h>

#include "ctl-arrangement.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-text.h"
#include "verbs.h"

static void
add_profile (JsonBuilder           *json,
             const RstFoundProfile *found)
{
  json_builder_begin_object (json);
  ctl_json_string (json, "id", found->profile->id);
  ctl_json_string (json, "title", found->profile->title);
  ctl_json_string (json, "folder", found->profile->folder);
  ctl_json_bool (json, "default", found->profile->is_default);
  ctl_json_bool (json, "exists", found->profile->exists);
  ctl_json_bool (json, "running", found->running);
  json_builder_set_member_name (json, "accounts");
  json_builder_begin_array (json);
  for (guint i = 0; i < found->accounts->len; i++)
    {
      json_builder_begin_object (json);
      ctl_json_account (json, found->accounts->pdata[i]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_client (JsonBuilder          *json,
            const RstFoundClient *found)
{
  const RstClient *client = found->client;

  json_builder_begin_object (json);
  ctl_json_string (json, "id", client->id);
  ctl_json_string (json, "name", client->name);
  ctl_json_bool (json, "installed", found->installed);
  ctl_json_bool (json, "imap", (client->flags & RST_CLIENT_IMAP) != 0);
  ctl_json_bool (json, "pop", (client->flags & RST_CLIENT_POP) != 0);
  ctl_json_bool (json, "smtp", (client->flags & RST_CLIENT_SMTP) != 0);
  ctl_json_bool (json, "terminal", (client->flags & RST_CLIENT_TERMINAL) != 0);
  json_builder_set_member_name (json, "profiles");
  json_builder_begin_array (json);
  for (guint i = 0; i < found->profiles->len; i++)
    add_profile (json, found->profiles->pdata[i]);
  json_builder_end_array (json);
  ctl_json_error (json, found->error);
  json_builder_end_object (json);
}

static void
print_json (RstScan *scan)
{
  GPtrArray *clients = rst_scan_get_clients (scan);
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  json_builder_set_member_name (json, "clients");
  json_builder_begin_array (json);
  for (guint i = 0; i < clients->len; i++)
    add_client (json, clients->pdata[i]);
  json_builder_end_array (json);
  ctl_json_print (json);
}

static void
print_accounts (GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const RstAccount *account = accounts->pdata[i];
      const RstLogin *login = account->incoming.endpoint != NULL ? &account->incoming : &account->outgoing;
      g_autofree char *method = ctl_describe_account (account);

      ctl_print_item (4, "•", account->address);
      ctl_print_text (6, method);
      if (login->endpoint != NULL)
        {
          g_autofree char *where = ctl_describe_endpoint (login->endpoint);

          ctl_print_text (6, where);
        }
    }
}

static void
print_client (const RstFoundClient *found)
{
  ctl_print_heading (found->client->name);
  ctl_print_text (2, found->installed ? _("Installed") : _("Not installed, but there are settings of it"));
  for (guint i = 0; i < found->profiles->len; i++)
    {
      const RstFoundProfile *profile = found->profiles->pdata[i];

      if (!profile->profile->exists)
        ctl_print_text (2, _("Not set up yet"));
      else if (profile->running)
        ctl_print_row (2, profile->profile->title, 24, _("is running: close it before a setup"));
      else if (found->profiles->len > 1)
        ctl_print_text (2, profile->profile->title);
      print_accounts (profile->accounts);
    }
  if (found->error != NULL)
    ctl_print_text (2, found->error->message);
}

static gboolean
is_of_interest (const RstFoundClient *found)
{
  if (found->installed || found->error != NULL)
    return TRUE;
  for (guint i = 0; i < found->profiles->len; i++)
    if (((RstFoundProfile *) found->profiles->pdata[i])->profile->exists)
      return TRUE;
  return FALSE;
}

static void
print_text (RstScan *scan)
{
  GPtrArray *clients = rst_scan_get_clients (scan);
  gboolean any = FALSE;

  for (guint i = 0; i < clients->len; i++)
    if (is_of_interest (clients->pdata[i]))
      {
        print_client (clients->pdata[i]);
        any = TRUE;
      }
  if (!any)
    ctl_print_text (0, _("No mail program that can be set up was found on this computer."));
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (CtlAwait) await = NULL;
  g_autoptr (RstScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, NULL, NULL, &status))
    return status;
  if (options.arguments[0] != NULL)
    return ctl_usage (verb, _("“%s” is too much."), options.arguments[0]);
  await = ctl_await_new ();
  scan = ctl_scan (await, &error);
  if (scan == NULL)
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  if (options.json)
    print_json (scan);
  else
    print_text (scan);
  return CTL_EXIT_DONE;
}

const CtlVerb ctl_verb_clients = {
  .name = "clients",
  .arguments = NULL,
  .summary = N_("List the mail programs on this computer and their accounts"),
  .details = NULL,
  .secrets = TRUE,
  .run = run,
};
