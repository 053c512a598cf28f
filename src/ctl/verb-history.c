/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * history: the set-ups of the past, the newest first, as undo takes them.
 */
#include <glib/gi18n-lib.h>

#include "ctl-await.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "rst-writer.h"
#include "verbs.h"

static const char *
describe_state (const RstHistoryEntry *entry)
{
  if (entry->undone)
    return _("taken back");
  if (entry->unfinished)
    return _("interrupted: “restantectl undo” puts everything back");
  return _("in place");
}

static void
add_entry (JsonBuilder           *json,
           const RstHistoryEntry *entry)
{
  g_autofree char *when = g_date_time_format_iso8601 (entry->when);

  json_builder_begin_object (json);
  ctl_json_string (json, "id", entry->id);
  ctl_json_string (json, "address", entry->address);
  ctl_json_string (json, "when", when);
  ctl_json_list (json, "clients", entry->clients);
  ctl_json_list (json, "paths", entry->paths);
  ctl_json_bool (json, "undone", entry->undone);
  ctl_json_bool (json, "unfinished", entry->unfinished);
  json_builder_end_object (json);
}

static void
print_json (GPtrArray *entries)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  json_builder_set_member_name (json, "history");
  json_builder_begin_array (json);
  for (guint i = 0; i < entries->len; i++)
    add_entry (json, entries->pdata[i]);
  json_builder_end_array (json);
  ctl_json_print (json);
}

static void
print_text (GPtrArray *entries)
{
  if (entries->len == 0)
    ctl_print_text (0, _("Nothing was set up yet."));
  for (guint i = 0; i < entries->len; i++)
    {
      const RstHistoryEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) here = g_date_time_to_local (entry->when);
      g_autofree char *when = g_date_time_format (here, C_("history", "%-d %B %Y, %H:%M"));
      g_autofree char *title = g_strdup_printf (C_("history", "%s: %s"), when, entry->address);

      ctl_print_heading (title);
      ctl_print_row (2, _("Number"), 12, entry->id);
      ctl_print_row (2, _("State"), 12, describe_state (entry));
      for (guint j = 0; j < entry->paths->len; j++)
        ctl_print_row (2, j == 0 ? _("Files") : "", 12, entry->paths->pdata[j]);
    }
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (CtlAwait) await = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, NULL, NULL, &status))
    return status;
  if (options.arguments[0] != NULL)
    return ctl_usage (verb, _("“%s” is too much."), options.arguments[0]);
  await = ctl_await_new ();
  rst_writer_history_async (ctl_await_cancellable (await), ctl_await_cb, await);
  entries = rst_writer_history_finish (ctl_await_result (await), &error);
  if (entries == NULL)
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  if (options.json)
    print_json (entries);
  else
    print_text (entries);
  return CTL_EXIT_DONE;
}

const CtlVerb ctl_verb_history = {
  .name = "history",
  .arguments = NULL,
  .summary = N_("List what was set up"),
  .details = NULL,
  .run = run,
};
