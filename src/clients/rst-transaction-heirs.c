/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Setups build on one another: a later one may have put its lines into a file that an earlier one
 * made, or use the same entry of the password store. If the earlier one is undone first, what the
 * later ones (its heirs) remember as the state before them is corrected as if the earlier one had
 * never been. So in whatever order they are undone, in the end everything is as before all of them.
 */
#include "rst-transaction.h"

#include "rst-diff.h"

static gboolean
names (GPtrArray  *paths,
       const char *path)
{
  for (guint i = 0; i < paths->len; i++)
    if (g_str_equal (g_ptr_array_index (paths, i), path))
      return TRUE;
  return FALSE;
}

static void
set_contents (GBytes **contents,
              char   **sum,
              GBytes  *value)
{
  g_clear_pointer (contents, g_bytes_unref);
  g_free (*sum);
  *contents = value;
  *sum = value != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, value) : NULL;
}

static GBytes *
without (const RstJournalFile *file,
         GBytes               *text)
{
  return file->loose ? rst_diff_revert_loose (file->before, file->after, text)
                     : rst_diff_revert (file->before, file->after, text);
}

/* Takes what @undone did to a file out of what an heir remembers of it. */
static gboolean
correct_file (RstJournalFile       *heir,
              const RstJournalFile *undone)
{
  gboolean built_on = g_strcmp0 (heir->before_sum, undone->after_sum) == 0;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (heir->kind != undone->kind || heir->before == NULL)
    return FALSE;
  if (built_on && undone->before != NULL)
    before = g_bytes_ref (undone->before);
  if (heir->kind == RST_EDIT_TEXT)
    {
      if (!built_on)
        before = without (undone, heir->before);
      after = without (undone, heir->after);
      if (after == NULL || (before == NULL && !built_on))
        return FALSE;
      set_contents (&heir->after, &heir->after_sum, g_steal_pointer (&after));
    }
  else if (!built_on)
    return FALSE;
  set_contents (&heir->before, &heir->before_sum, g_steal_pointer (&before));
  return TRUE;
}

static gboolean
correct_files (RstJournal       *heir,
               const RstJournal *undone,
               RstUndoReport    *report)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < heir->files->len; i++)
    for (guint j = 0; j < undone->files->len; j++)
      {
        RstJournalFile *file = g_ptr_array_index (heir->files, i);
        const RstJournalFile *other = g_ptr_array_index (undone->files, j);

        if (file->kind != RST_EDIT_DIRECTORY && g_str_equal (file->path, other->path) &&
            !names (report->left, file->path))
          changed |= correct_file (file, other);
      }
  return changed;
}

static gboolean
is_below (const RstJournal *journal,
          const char       *folder)
{
  g_autofree char *prefix = g_strconcat (folder, "/", NULL);

  for (guint i = 0; i < journal->files->len; i++)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i);

      if (g_str_has_prefix (file->path, prefix))
        return TRUE;
    }
  return FALSE;
}

/* Folders that could not go yet, since the heir has something in them, go with the heir. */
static gboolean
inherit_folders (RstJournal *heir,
                 RstJournal *undone)
{
  gboolean changed = FALSE;

  for (guint i = undone->files->len; i > 0; i--)
    {
      RstJournalFile *file = g_ptr_array_index (undone->files, i - 1);

      if (file->kind != RST_EDIT_DIRECTORY || !g_file_test (file->path, G_FILE_TEST_IS_DIR) ||
          !is_below (heir, file->path))
        continue;
      /* The outermost comes first, as everywhere. */
      g_ptr_array_insert (heir->files, 0, g_ptr_array_steal_index (undone->files, i - 1));
      changed = TRUE;
    }
  return changed;
}

/* An entry of the store that the heir uses stays, and the heir puts back what was there before. What the
 * heir had kept of it is the password that is taken back now: its copy goes. */
static gboolean
inherit_secrets (RstJournal *heir,
                 RstJournal *undone)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < heir->secrets->len; i++)
    for (guint j = 0; j < undone->secrets->len; j++)
      {
        RstJournalSecret *to = g_ptr_array_index (heir->secrets, i);
        RstJournalSecret *from = g_ptr_array_index (undone->secrets, j);

        if (!rst_secret_item_equal (to->item, from->item) || to->held == RST_HELD_UNKNOWN ||
            (from->held != RST_HELD_NOTHING && from->held != RST_HELD_OTHER))
          continue;
        to->held = from->held;
        from->held = RST_HELD_SAME;
        /* Equal ones: an earlier attempt has done this already. */
        if (g_strcmp0 (to->kept, from->kept) != 0)
          {
            char *needless = g_steal_pointer (&to->kept);

            to->kept = g_steal_pointer (&from->kept);
            from->kept = needless;
          }
        else
          g_clear_pointer (&from->kept, g_free);
        changed = TRUE;
      }
  return changed;
}

/**
 * rst_transaction_hand_over:
 * @self: a transaction whose files have been undone
 * @report: what became of them
 * @error: return location for an error
 *
 * Corrects what later setups remember. Can be repeated.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE: the passwords have to stay then, since a later setup may
 *   need them
 */
gboolean
rst_transaction_hand_over (RstTransaction  *self,
                           RstUndoReport   *report,
                           GError         **error)
{
  g_autoptr (GPtrArray) all = rst_journal_list ();
  guint n_later = 0;

  while (n_later < all->len &&
         !g_str_equal (((RstJournal *) g_ptr_array_index (all, n_later))->id, self->journal->id))
    n_later++;
  /* The list begins with the newest; what is inherited once goes to the oldest. */
  for (guint i = n_later; i > 0; i--)
    {
      const RstJournal *listed = g_ptr_array_index (all, i - 1);
      g_autoptr (RstJournal) heir = NULL;
      gboolean changed;

      if (listed->state != RST_JOURNAL_UNDONE)
        heir = rst_journal_load (listed->id, TRUE, NULL);
      if (heir == NULL)
        continue;
      changed = correct_files (heir, self->journal, report);
      changed |= inherit_folders (heir, self->journal);
      changed |= inherit_secrets (heir, self->journal);
      if (changed && !rst_journal_rewrite (heir, error))
        return FALSE;
    }
  return TRUE;
}
