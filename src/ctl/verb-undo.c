/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * undo: takes a setup back, by default the newest one that is in place.
 */
#include <glib/gi18n-lib.h>

#include "ctl-await.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "rst-vault.h"
#include "rst-writer.h"
#include "verbs.h"

static void
print_json (const char          *id,
            const RstUndoReport *report)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  ctl_json_string (json, "id", id);
  ctl_json_list (json, "restored", report->restored);
  ctl_json_list (json, "kept", report->kept);
  ctl_json_list (json, "left", report->left);
  ctl_json_error (json, report->store_error);
  ctl_json_print (json);
}

static void
print_paths (const char *title,
             GPtrArray  *paths)
{
  if (paths->len == 0)
    return;
  ctl_print_heading (title);
  for (guint i = 0; i < paths->len; i++)
    ctl_print_item (2, "•", paths->pdata[i]);
}

static void
print_text (const RstUndoReport *report)
{
  if (report->restored->len + report->kept->len + report->left->len == 0 && report->store_error == NULL)
    ctl_print_text (0, _("The password store is as it was before."));
  print_paths (_("As before the setup"), report->restored);
  print_paths (_("Changed since: only what the setup added was taken out"), report->kept);
  print_paths (_("Changed since, and left alone"), report->left);
}

/* The newest setup that can be taken back. */
static gboolean
find_newest (CtlAwait  *await,
             char     **id,
             GError   **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  rst_writer_history_async (ctl_await_cancellable (await), ctl_await_cb, await);
  entries = rst_writer_history_finish (ctl_await_result (await), error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len && *id == NULL; i++)
    {
      const RstHistoryEntry *entry = entries->pdata[i];

      if (!entry->undone)
        *id = g_strdup (entry->id);
    }
  return TRUE;
}

/* The files are back, but what the password store had before is not. */
static CtlExit
explain_store (const char   *id,
               const GError *error)
{
  ctl_message_error (error);
  ctl_message (_("The password store is not as before yet. To try it again: restantectl undo %s"), id);
  return ctl_exit_for_error (error);
}

static CtlExit
undo (const CtlOptions *options)
{
  g_autoptr (CtlAwait) await = ctl_await_new ();
  g_autofree char *id = g_strdup (options->arguments[0]);
  g_autoptr (RstUndoReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL && find_newest (await, &id, &error) && id == NULL)
    {
      ctl_message (_("restantectl: There is nothing to take back."));
      return CTL_EXIT_USAGE;
    }
  if (error == NULL)
    {
      rst_writer_undo_async (id, &rst_secret_service, ctl_await_cancellable (await), ctl_await_cb, await);
      report = rst_writer_undo_finish (ctl_await_result (await), &error);
    }
  if (report == NULL)
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  if (options->json)
    print_json (id, report);
  else
    print_text (report);
  return report->store_error == NULL ? CTL_EXIT_DONE : explain_store (id, report->store_error);
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (CtlOptions) options = { 0 };
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, NULL, NULL, &status))
    return status;
  if (g_strv_length (options.arguments) > 1)
    return ctl_usage (verb, _("“%s” is too much."), options.arguments[1]);
  return undo (&options);
}

const CtlVerb ctl_verb_undo = {
  .name = "undo",
  .arguments = N_("[NUMBER]"),
  .summary = N_("Take a setup back"),
  .details = N_("Without a number it takes back the newest setup that is in place. “restantectl history” "
                "lists the numbers."),
  .secrets = TRUE,
  .run = run,
};
