/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-transaction.h"

#include "rst-client.h"
#include "rst-error.h"
#include "rst-file.h"
#include "rst-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* For folders that a plan takes for granted. */
#define FOLDER_MODE 0700

/**
 * rst_transaction_free:
 * @self: (transfer full): a transaction
 *
 * Lets others write. What is on disk stays.
 */
void
rst_transaction_free (RstTransaction *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->journal, rst_journal_free);
  g_clear_pointer (&self->lock, rst_lock_free);
  g_free (self);
}

static void
set_running (const RstJournalProgram  *program,
             GError                  **error)
{
  const RstClient *client = rst_client_find (program->client);

  g_set_error (error, RST_ERROR, RST_ERROR_CONFLICT,
               _("%s is running. It would overwrite its new settings when it ends."),
               client != NULL ? client->name : program->client);
}

static gboolean
check_programs (const RstJournal  *journal,
                GError           **error)
{
  for (guint i = 0; i < journal->programs->len; i++)
    {
      const RstJournalProgram *program = g_ptr_array_index (journal->programs, i);

      if (!rst_lock_is_held (program->lock))
        continue;
      set_running (program, error);
      return FALSE;
    }
  return TRUE;
}

/* Takes the locks of all programs, so that none starts while its files are written. */
GPtrArray *
rst_transaction_lock_programs (const RstJournal  *journal,
                               GError           **error)
{
  g_autoptr (GPtrArray) locks = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_lock_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < journal->programs->len; i++)
    {
      const RstJournalProgram *program = g_ptr_array_index (journal->programs, i);
      RstLock *lock;
      gboolean held;

      if (program->lock == NULL || !g_hash_table_add (seen, program->lock))
        continue;
      lock = rst_lock_take (program->lock, &held);
      if (lock != NULL)
        g_ptr_array_add (locks, lock);
      if (!held)
        continue;
      set_running (program, error);
      return NULL;
    }
  return g_steal_pointer (&locks);
}

static RstJournalFile *
find_file (const RstJournal *journal,
           const char       *path)
{
  for (guint i = 0; i < journal->files->len; i++)
    {
      RstJournalFile *file = g_ptr_array_index (journal->files, i);

      if (g_str_equal (file->path, path))
        return file;
    }
  return NULL;
}

/* Plans the folders above @path that are missing, the outermost first. */
static void
add_folders (RstJournal *journal,
             const char *path,
             guint       mode)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || find_file (journal, path) != NULL)
    return;
  if (!g_str_equal (parent, path))
    add_folders (journal, parent, FOLDER_MODE);
  rst_journal_add_file (journal, RST_EDIT_DIRECTORY, path, mode);
}

static gboolean
set_conflict (const char  *format,
              const char  *path,
              GError     **error)
{
  g_autofree char *name = rst_file_show (path);
  g_autofree char *message = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
  g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFLICT, message);
  return FALSE;
}

/* Plans one file, if it is still what the plan was made for. */
static gboolean
add_file (RstJournal     *journal,
          const RstEdit  *edit,
          GError        **error)
{
  g_autofree char *parent = g_path_get_dirname (edit->path);
  g_autoptr (GBytes) current = NULL;
  RstJournalFile *file = find_file (journal, edit->path);
  guint mode;

  if (file != NULL)
    return (file->after != NULL && g_bytes_equal (file->after, edit->after)) ||
           set_conflict (_("Two of the programs share “%s”. Set them up one after the other."),
                         edit->path, error);
  if (!rst_file_inspect (edit->path, &current, &mode, error))
    return FALSE;
  if ((current == NULL) != (edit->before == NULL) ||
      (current != NULL && !g_bytes_equal (current, edit->before)))
    return set_conflict (_("“%s” was changed meanwhile by another program."), edit->path, error);

  add_folders (journal, parent, FOLDER_MODE);
  file = rst_journal_add_file (journal, edit->kind, edit->path, current != NULL ? mode : edit->mode);
  file->loose = edit->loose;
  file->after = g_bytes_ref (edit->after);
  file->after_sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, edit->after);
  if (current == NULL)
    return TRUE;
  file->before = g_steal_pointer (&current);
  file->before_sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->before);
  return TRUE;
}

static gboolean
add_setup (RstJournal      *journal,
           const RstSetup  *setup,
           gboolean         with_secrets,
           GError         **error)
{
  rst_journal_add_program (journal, setup->client, setup->lock);
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      if (edit->kind == RST_EDIT_DIRECTORY)
        add_folders (journal, edit->path, edit->mode != 0 ? edit->mode : FOLDER_MODE);
      else if (rst_edit_changes (edit) && !add_file (journal, edit, error))
        return FALSE;
    }
  for (guint i = 0; with_secrets && i < setup->secrets->len; i++)
    {
      const RstSecretItem *item = g_ptr_array_index (setup->secrets, i);
      gboolean known = FALSE;

      for (guint j = 0; !known && j < journal->secrets->len; j++)
        {
          const RstJournalSecret *other = g_ptr_array_index (journal->secrets, j);

          known = rst_secret_item_equal (other->item, item);
        }
      if (!known)
        rst_journal_add_secret (journal, item);
    }
  return TRUE;
}

/**
 * rst_transaction_prepare:
 * @setups: (element-type RstSetup): what to do
 * @address: (nullable): the mail address that is set up
 * @with_secrets: whether passwords are stored too
 * @error: return location for an error
 *
 * Checks that all can be done, and writes journal and backups. If there is nothing to do, the journal
 * is left unwritten (its folder is %NULL).
 *
 * Returns: (transfer full) (nullable): the transaction, or %NULL with %RST_ERROR_CONFLICT or
 *   %RST_ERROR_FILE and nothing changed
 */
RstTransaction *
rst_transaction_prepare (GPtrArray   *setups,
                         const char  *address,
                         gboolean     with_secrets,
                         GError     **error)
{
  g_autoptr (RstTransaction) self = g_new0 (RstTransaction, 1);

  self->lock = rst_journal_lock (error);
  if (self->lock == NULL)
    return NULL;
  self->journal = rst_journal_new (address);
  for (guint i = 0; i < setups->len; i++)
    if (!add_setup (self->journal, g_ptr_array_index (setups, i), with_secrets, error))
      return NULL;
  if (!check_programs (self->journal, error))
    return NULL;
  if ((self->journal->files->len > 0 || self->journal->secrets->len > 0) &&
      !rst_journal_write (self->journal, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The mode of a new version: what may have a password is not opened to others. */
static guint
mode_for (const RstJournalFile *file)
{
  if (file->kind == RST_EDIT_BINARY)
    return file->mode & 0700;
  return file->mode;
}

/* Folders are made, and the new version of each file is brought to disk next to the old one. */
static gboolean
stage_all (const RstJournal  *journal,
           GPtrArray         *stages,
           GCancellable      *cancellable,
           GError           **error)
{
  for (guint i = 0; i < journal->files->len; i++)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i);
      RstFileStage *stage;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (file->kind == RST_EDIT_DIRECTORY)
        {
          if (!rst_file_make_folder (file->path, file->mode, error))
            return FALSE;
          g_ptr_array_add (stages, NULL);
          continue;
        }
      rst_file_sweep (file->path);
      stage = rst_file_stage_new (file->path, file->before, file->after, mode_for (file), error);
      if (stage == NULL)
        return FALSE;
      g_ptr_array_add (stages, stage);
    }
  return TRUE;
}

static gboolean
verify (const RstJournalFile  *file,
        GError               **error)
{
  g_autoptr (GBytes) now = NULL;
  g_autofree char *name = NULL;
  guint mode;

  if (!rst_file_inspect (file->path, &now, &mode, error))
    return FALSE;
  if (now != NULL && g_bytes_equal (now, file->after))
    return TRUE;
  name = rst_file_show (file->path);
  g_set_error (error, RST_ERROR, RST_ERROR_FILE, _("“%s” does not read back as it was written."), name);
  return FALSE;
}

/* @n_touched: how many of the files may have become the new ones, the first ones of the list. One that
 * somebody else changed just before its turn is not among them. */
static gboolean
commit_all (const RstJournal  *journal,
            GPtrArray         *stages,
            GCancellable      *cancellable,
            guint             *n_touched,
            GError           **error)
{
  for (guint i = 0; i < stages->len; i++)
    {
      RstFileStage *stage = g_ptr_array_index (stages, i);
      GError *failure = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      *n_touched = i + 1;
      if (stage == NULL || (rst_file_stage_commit (stage, &failure) &&
                            verify (g_ptr_array_index (journal->files, i), &failure)))
        continue;
      if (g_error_matches (failure, RST_ERROR, RST_ERROR_CONFLICT))
        *n_touched = i;
      g_propagate_error (error, failure);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_as_before (const RstJournalFile *file,
              GBytes               *now)
{
  if (now == NULL || file->before == NULL)
    return now == file->before;
  return g_bytes_equal (now, file->before);
}

/* Puts the files back that are as we wrote them, last first, and removes folders that we made. What is
 * neither the one nor the other, or cannot be read any more, is left to undo. */
static void
roll_back (RstTransaction  *self,
           guint            n_touched,
           GError         **error)
{
  const RstJournal *journal = self->journal;

  for (guint i = journal->files->len; i > 0; i--)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i - 1);
      g_autoptr (GBytes) now = NULL;
      g_autofree char *name = NULL;
      guint mode;

      if (file->kind == RST_EDIT_DIRECTORY)
        {
          (void) g_rmdir (file->path); /* fails if somebody put something there */
          continue;
        }
      if (i > n_touched ||
          (rst_file_inspect (file->path, &now, &mode, NULL) &&
           (is_as_before (file, now) ||
            rst_file_replace (file->path, file->after, file->before, file->mode, NULL))))
        continue;
      self->stuck = TRUE;
      name = rst_file_show (file->path);
      g_prefix_error (error, _("“%s” could not be put back; try to undo this setup. "), name);
    }
}

static void
stage_clear (gpointer stage)
{
  if (stage != NULL)
    rst_file_stage_free (stage);
}

/**
 * rst_transaction_write:
 * @self: a prepared transaction
 * @cancellable: (nullable): looked at between files; rolls back
 * @error: return location for an error
 *
 * Writes the files, and then in the journal that it is done. Holds the locks of the programs meanwhile.
 *
 * Returns: %TRUE if all are the new ones; %FALSE with @error set, and all are the old ones but for those
 *   that could not be put back (`stuck`), which the message names
 */
gboolean
rst_transaction_write (RstTransaction  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (GPtrArray) locks = rst_transaction_lock_programs (self->journal, error);
  g_autoptr (GPtrArray) stages = g_ptr_array_new_with_free_func (stage_clear);
  guint n_touched = 0;

  if (locks == NULL)
    return FALSE;
  if (stage_all (self->journal, stages, cancellable, error) &&
      commit_all (self->journal, stages, cancellable, &n_touched, error) &&
      rst_journal_set_state (self->journal, RST_JOURNAL_DONE, error))
    return TRUE;
  /* The new versions that were not used lie in folders that are to go. */
  g_ptr_array_set_size (stages, 0);
  roll_back (self, n_touched, error);
  return FALSE;
}

/**
 * rst_transaction_abandon:
 * @self: a transaction of which nothing has remained
 *
 * Removes its journal, unless something could not be put back: then it stays, unfinished.
 */
void
rst_transaction_abandon (RstTransaction *self)
{
  if (!self->stuck)
    rst_journal_remove (self->journal);
}
