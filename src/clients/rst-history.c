/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of past setups, read from the journals in a worker thread. */
#include "rst-writer.h"

#include "rst-journal.h"

/**
 * rst_history_entry_free:
 * @self: (transfer full): an entry
 */
void
rst_history_entry_free (RstHistoryEntry *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->address);
  g_date_time_unref (self->when);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

static RstHistoryEntry *
entry_new (const RstJournal *journal,
           gboolean          busy)
{
  RstHistoryEntry *self = g_new0 (RstHistoryEntry, 1);

  self->id = g_strdup (journal->id);
  self->address = g_strdup (journal->address);
  self->when = g_date_time_ref (journal->when);
  self->clients = g_ptr_array_new_with_free_func (g_free);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < journal->programs->len; i++)
    {
      const RstJournalProgram *program = g_ptr_array_index (journal->programs, i);

      g_ptr_array_add (self->clients, g_strdup (program->client));
    }
  for (guint i = 0; i < journal->files->len; i++)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i);

      if (file->kind != RST_EDIT_DIRECTORY)
        g_ptr_array_add (self->paths, g_strdup (file->path));
    }
  self->undone = journal->state == RST_JOURNAL_UNDONE;
  self->unfinished = !busy && (journal->state == RST_JOURNAL_OPEN ||
                               journal->state == RST_JOURNAL_UNDOING);
  return self;
}

static void
history_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) journals = NULL;
  g_autoptr (RstLock) lock = NULL;
  gboolean busy;

  /* What another process is just doing is not unfinished business. */
  lock = rst_lock_take_journals (root, &busy);
  journals = rst_journal_list ();
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_history_entry_free);
  for (guint i = 0; i < journals->len; i++)
    g_ptr_array_add (entries, entry_new (g_ptr_array_index (journals, i), busy));
  g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rst_writer_history_async:
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists past setups.
 */
void
rst_writer_history_async (GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_writer_history_async);
  g_task_run_in_thread (task, history_thread);
}

/**
 * rst_writer_history_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type RstHistoryEntry) (nullable): past setups, newest first
 */
GPtrArray *
rst_writer_history_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
