/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a setup back. A file that is as we wrote it becomes what it was; from one that was edited since
 * only our lines are taken out; one that has none of our lines any more, or in which they were edited
 * themselves, is left alone and named. Can be repeated after a kill at any moment.
 */
#include "rst-transaction.h"

#include "rst-diff.h"
#include "rst-error.h"
#include "rst-file.h"
#include "rst-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

typedef enum {
  OUTCOME_RESTORED,
  OUTCOME_KEPT,
  OUTCOME_LEFT,
} Outcome;

/**
 * rst_transaction_open:
 * @id: (nullable): id of a setup; %NULL for the last one that has not been undone
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was done then, or %NULL with %RST_ERROR_INPUT if there is no
 *   such setup or it has been undone, %RST_ERROR_CONFLICT, %RST_ERROR_FILE
 */
RstTransaction *
rst_transaction_open (const char  *id,
                      GError     **error)
{
  g_autoptr (RstTransaction) self = g_new0 (RstTransaction, 1);
  g_autoptr (GPtrArray) all = NULL;

  self->lock = rst_journal_lock (error);
  if (self->lock == NULL)
    return NULL;
  if (id == NULL)
    all = rst_journal_list ();
  for (guint i = 0; id == NULL && i < all->len; i++)
    {
      const RstJournal *journal = g_ptr_array_index (all, i);

      if (journal->state != RST_JOURNAL_UNDONE)
        id = journal->id;
    }
  if (id == NULL)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("There is no setup to undo."));
      return NULL;
    }
  self->journal = rst_journal_load (id, TRUE, error);
  if (self->journal == NULL)
    return NULL;
  if (self->journal->state == RST_JOURNAL_UNDONE)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("This setup has been undone already."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
same (GBytes *a,
      GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static gboolean
is_as_written (const RstJournalFile *file,
               GBytes               *now)
{
  g_autofree char *sum = now != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, now) : NULL;

  return g_strcmp0 (sum, file->after_sum) == 0;
}

/* Decides what becomes of a file: @result is its new text, %NULL for none. */
static Outcome
decide (const RstJournalFile  *file,
        GBytes                *now,
        GBytes               **result)
{
  *result = NULL;
  if (same (now, file->before) || is_as_written (file, now))
    {
      *result = file->before != NULL ? g_bytes_ref (file->before) : NULL;
      return OUTCOME_RESTORED;
    }
  if (file->kind == RST_EDIT_TEXT && now != NULL)
    *result = file->loose ? rst_diff_revert_loose (file->before, file->after, now)
                          : rst_diff_revert (file->before, file->after, now);
  if (*result == NULL)
    return OUTCOME_LEFT;
  if (g_bytes_get_size (*result) > 0 || file->before != NULL)
    return OUTCOME_KEPT;
  /* Nothing was there before us, and nothing has come to stay. */
  g_clear_pointer (result, g_bytes_unref);
  return OUTCOME_RESTORED;
}

static gboolean
undo_file (const RstJournalFile  *file,
           RstUndoReport         *report,
           GError               **error)
{
  g_autoptr (GBytes) now = NULL;
  g_autoptr (GBytes) result = NULL;
  GPtrArray * const lists[] = {
    [OUTCOME_RESTORED] = report->restored,
    [OUTCOME_KEPT] = report->kept,
    [OUTCOME_LEFT] = report->left,
  };
  Outcome outcome;
  guint mode;

  rst_file_sweep (file->path);
  if (!rst_file_inspect (file->path, &now, &mode, error))
    return FALSE;
  outcome = decide (file, now, &result);
  if (outcome != OUTCOME_LEFT && !same (now, result) &&
      !rst_file_replace (file->path, now, result, outcome == OUTCOME_RESTORED ? file->mode : mode, error))
    return FALSE;
  g_ptr_array_add (lists[outcome], g_strdup (file->path));
  return TRUE;
}

static RstUndoReport *
report_new (void)
{
  RstUndoReport *report = g_new0 (RstUndoReport, 1);

  report->restored = g_ptr_array_new_with_free_func (g_free);
  report->kept = g_ptr_array_new_with_free_func (g_free);
  report->left = g_ptr_array_new_with_free_func (g_free);
  return report;
}

/**
 * rst_undo_report_free:
 * @self: (transfer full): a report
 */
void
rst_undo_report_free (RstUndoReport *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->restored);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->left);
  g_clear_error (&self->store_error);
  g_free (self);
}

/**
 * rst_transaction_undo:
 * @self: a transaction from rst_transaction_open()
 * @cancellable: (nullable): looked at between files; what is left can be undone later
 * @error: return location for an error
 *
 * Takes the files back, the last first, and removes folders that we made if they are empty.
 *
 * Returns: (transfer full) (nullable): what became of each file, or %NULL with %RST_ERROR_CONFLICT or
 *   %RST_ERROR_FILE
 */
RstUndoReport *
rst_transaction_undo (RstTransaction  *self,
                      GCancellable    *cancellable,
                      GError         **error)
{
  const RstJournal *journal = self->journal;
  g_autoptr (GPtrArray) locks = rst_transaction_lock_programs (journal, error);
  g_autoptr (RstUndoReport) report = report_new ();

  if (locks == NULL || !rst_journal_set_state (self->journal, RST_JOURNAL_UNDOING, error))
    return NULL;
  for (guint i = journal->files->len; i > 0; i--)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i - 1);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (file->kind != RST_EDIT_DIRECTORY && !undo_file (file, report, error))
        return NULL;
    }
  /* Lock files that were made for the time of writing may lie in folders that are to go. */
  g_ptr_array_set_size (locks, 0);
  for (guint i = journal->files->len; i > 0; i--)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i - 1);

      if (file->kind == RST_EDIT_DIRECTORY)
        (void) g_rmdir (file->path);
    }
  return g_steal_pointer (&report);
}
