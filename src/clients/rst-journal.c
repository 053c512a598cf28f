/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-journal.h"

#include "rst-error.h"
#include "rst-file.h"
#include "rst-file-private.h"
#include "rst-journal-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A folder that is not complete yet; a later run removes it. */
#define NEW_PREFIX "."
#define NEW_SUFFIX ".new"

#define MAX_SAME_SECOND 1000

/**
 * rst_journal_get_root:
 *
 * Returns: (transfer full): the folder that has a folder for each setup
 */
char *
rst_journal_get_root (void)
{
  return g_build_filename (g_get_user_state_dir (), "restante", "setups", NULL);
}

static void
remove_flat (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      (void) g_unlink (path);
    }
  (void) g_rmdir (folder);
}

/* What an earlier run did not complete: nothing had been changed then. */
static void
sweep_root (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_prefix (name, NEW_PREFIX) || !g_str_has_suffix (name, NEW_SUFFIX))
        continue;
      path = g_build_filename (root, name, NULL);
      remove_flat (path);
    }
}

/**
 * rst_journal_lock:
 * @error: return location for an error
 *
 * Makes sure that no other setup or undo is at work, here or in another process, and keeps others
 * away as long as the lock is held.
 *
 * Returns: (transfer full) (nullable): the lock, or %NULL with %RST_ERROR_CONFLICT or %RST_ERROR_FILE
 */
RstLock *
rst_journal_lock (GError **error)
{
  g_autofree char *root = rst_journal_get_root ();
  RstLock *lock;
  gboolean held;

  if (g_mkdir_with_parents (root, 0700) != 0)
    {
      rst_file_set_error (error, errno, TRUE, root);
      return NULL;
    }
  lock = rst_lock_take_journals (root, &held);
  if (lock != NULL)
    sweep_root (root);
  else if (held)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFLICT,
                         _("Another mail setup is being written at this moment."));
  else
    rst_file_set_error (error, errno, TRUE, root);
  return lock;
}

static void
program_free (RstJournalProgram *self)
{
  g_free (self->client);
  g_free (self->lock);
  g_free (self);
}

static void
file_free (RstJournalFile *self)
{
  g_free (self->path);
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->after, g_bytes_unref);
  g_free (self->before_sum);
  g_free (self->after_sum);
  g_free (self);
}

static void
secret_free (RstJournalSecret *self)
{
  rst_secret_item_free (self->item);
  g_free (self->kept);
  g_free (self);
}

/**
 * rst_journal_new:
 * @address: (nullable): the mail address that is set up
 *
 * Returns: (transfer full): an empty journal, not on disk
 */
RstJournal *
rst_journal_new (const char *address)
{
  RstJournal *self = g_new0 (RstJournal, 1);

  self->address = g_strdup (address != NULL ? address : "");
  self->when = g_date_time_new_now_utc ();
  self->programs = g_ptr_array_new_with_free_func ((GDestroyNotify) program_free);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) secret_free);
  return self;
}

/**
 * rst_journal_free:
 * @self: (transfer full): a journal
 *
 * Frees it in memory only.
 */
void
rst_journal_free (RstJournal *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->folder);
  g_free (self->id);
  g_free (self->address);
  g_clear_pointer (&self->when, g_date_time_unref);
  g_ptr_array_unref (self->programs);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

/**
 * rst_journal_add_file:
 * @self: a journal
 * @kind: what it is
 * @path: its absolute path
 * @mode: permission bits: those before if it exists, else those that it gets
 *
 * Returns: (transfer none): the new entry
 */
RstJournalFile *
rst_journal_add_file (RstJournal  *self,
                      RstEditKind  kind,
                      const char  *path,
                      guint        mode)
{
  RstJournalFile *entry = g_new0 (RstJournalFile, 1);

  entry->kind = kind;
  entry->path = g_strdup (path);
  entry->mode = mode & 0777;
  g_ptr_array_add (self->files, entry);
  return entry;
}

/**
 * rst_journal_add_program:
 * @self: a journal
 * @client: id of the program
 * @lock: (nullable): its lock file
 */
void
rst_journal_add_program (RstJournal *self,
                         const char *client,
                         const char *lock)
{
  RstJournalProgram *program = g_new0 (RstJournalProgram, 1);

  program->client = g_strdup (client);
  program->lock = g_strdup (lock);
  g_ptr_array_add (self->programs, program);
}

/**
 * rst_journal_add_secret:
 * @self: a journal
 * @item: where a password will be stored
 */
void
rst_journal_add_secret (RstJournal          *self,
                        const RstSecretItem *item)
{
  RstJournalSecret *secret = g_new0 (RstJournalSecret, 1);

  secret->item = rst_secret_item_copy (item);
  g_ptr_array_add (self->secrets, secret);
}

/* Writes one file of a folder that nobody looks into yet. */
static gboolean
put (const char  *folder,
     const char  *name,
     GBytes      *contents,
     guint        mode,
     GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return rst_file_create (path, contents, mode, error);
}

/* Backups keep the owner's bits of the original and have no others. */
static gboolean
put_file (const char           *folder,
          guint                 index,
          const RstJournalFile *file,
          GError              **error)
{
  g_autofree char *before = g_strdup_printf ("%u.before", index);
  g_autofree char *after = g_strdup_printf ("%u.after", index);
  guint mode = (file->mode & 0600) | 0400;

  if (file->before != NULL && !put (folder, before, file->before, mode, error))
    return FALSE;
  return file->kind != RST_EDIT_TEXT || put (folder, after, file->after, 0600, error);
}

static gboolean
put_all (const RstJournal  *self,
         const char        *folder,
         GError           **error)
{
  g_autoptr (GBytes) text = rst_journal_to_text (self);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  for (guint i = 0; i < self->files->len; i++)
    if (!put_file (folder, i, g_ptr_array_index (self->files, i), error))
      return FALSE;
  return put (folder, "journal", text, 0600, error) &&
         put (folder, rst_journal_state_nicks[self->state], nothing, 0600, error) &&
         rst_file_sync_path (folder, error);
}

/* Makes the folder of a new journal, under its provisional name. */
static char *
make_new (RstJournal  *self,
          const char  *root,
          GError     **error)
{
  g_autofree char *second = g_date_time_format (self->when, "%Y%m%d-%H%M%S");

  for (guint i = 1; i <= MAX_SAME_SECOND; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", second, i);
      g_autofree char *folder = g_build_filename (root, id, NULL);
      g_autofree char *name = g_strconcat (NEW_PREFIX, id, NEW_SUFFIX, NULL);
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (g_file_test (folder, G_FILE_TEST_EXISTS))
        continue;
      if (g_mkdir (path, 0700) == 0)
        {
          self->id = g_steal_pointer (&id);
          self->folder = g_steal_pointer (&folder);
          return g_steal_pointer (&path);
        }
      if (errno != EEXIST)
        break;
    }
  rst_file_set_error (error, errno, TRUE, root);
  return NULL;
}

/**
 * rst_journal_write:
 * @self: a complete journal that is not on disk
 * @error: return location for an error
 *
 * Brings the journal and the backups to disk. The caller holds the lock.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE and nothing left behind
 */
gboolean
rst_journal_write (RstJournal  *self,
                   GError     **error)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autofree char *path = make_new (self, root, error);

  if (path == NULL)
    return FALSE;
  if (put_all (self, path, error))
    {
      if (g_rename (path, self->folder) != 0)
        rst_file_set_error (error, errno, TRUE, self->folder);
      else if (rst_file_sync_path (root, error))
        return TRUE;
      else
        rst_journal_remove (self);
    }
  remove_flat (path);
  g_clear_pointer (&self->folder, g_free);
  return FALSE;
}

/**
 * rst_journal_set_state:
 * @self: a journal on disk
 * @state: its new state
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE
 */
gboolean
rst_journal_set_state (RstJournal       *self,
                       RstJournalState   state,
                       GError          **error)
{
  g_autofree char *from = g_build_filename (self->folder, rst_journal_state_nicks[self->state], NULL);
  g_autofree char *to = g_build_filename (self->folder, rst_journal_state_nicks[state], NULL);

  if (self->state == state)
    return TRUE;
  if (g_rename (from, to) != 0)
    {
      rst_file_set_error (error, errno, TRUE, from);
      return FALSE;
    }
  self->state = state;
  /* If the new name does not reach the disk, undo does again what has been undone: no harm. */
  (void) rst_file_sync_path (self->folder, NULL);
  return TRUE;
}

/**
 * rst_journal_save_held:
 * @self: a journal on disk
 * @error: return location for an error
 *
 * Brings to disk what the password store held before.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
rst_journal_save_held (RstJournal  *self,
                       GError     **error)
{
  g_autofree char *path = g_build_filename (self->folder, "secrets", NULL);
  g_autoptr (GBytes) text = rst_journal_held_text (self);
  g_autoptr (GBytes) old = NULL;

  return rst_file_read (path, &old, error) && rst_file_replace (path, old, text, 0600, error);
}

/**
 * rst_journal_rewrite:
 * @self: a journal on disk, loaded with its backups and altered
 * @error: return location for an error
 *
 * Replaces all of it on disk at once: the old folder and the new one swap names.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE, and the old one is as it was
 */
gboolean
rst_journal_rewrite (RstJournal  *self,
                     GError     **error)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autofree char *name = g_strconcat (NEW_PREFIX, self->id, NEW_SUFFIX, NULL);
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GBytes) held = rst_journal_held_text (self);
  gboolean done;

  if (g_mkdir (path, 0700) != 0)
    {
      rst_file_set_error (error, errno, TRUE, path);
      return FALSE;
    }
  done = put (path, "secrets", held, 0600, error) && put_all (self, path, error);
  if (done && renameat2 (AT_FDCWD, path, AT_FDCWD, self->folder, RENAME_EXCHANGE) != 0)
    {
      rst_file_set_error (error, errno, TRUE, self->folder);
      done = FALSE;
    }
  done = done && rst_file_sync_path (root, error);
  remove_flat (path);
  return done;
}

/**
 * rst_journal_remove:
 * @self: a journal
 *
 * Removes it from the disk, as if it had never been: for a setup that did not happen. Under its
 * provisional name first, so that a kill in the middle leaves none that looks like a whole one.
 */
void
rst_journal_remove (RstJournal *self)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (self->folder == NULL)
    return;
  name = g_strconcat (NEW_PREFIX, self->id, NEW_SUFFIX, NULL);
  path = g_build_filename (root, name, NULL);
  if (g_rename (self->folder, path) == 0)
    remove_flat (path);
  g_clear_pointer (&self->folder, g_free);
}
