/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading journals back: all of them for the list, one with its backups for undoing. */
#include "rst-journal.h"

#include "rst-error.h"
#include "rst-file.h"
#include "rst-journal-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define SECOND_LENGTH 15 /* 20261125-141512 */

static gboolean
find_state (RstJournal *self)
{
  for (guint i = 0; i < RST_N_JOURNAL_STATES; i++)
    {
      g_autofree char *path = g_build_filename (self->folder, rst_journal_state_nicks[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      self->state = i;
      return TRUE;
    }
  return FALSE;
}

static GBytes *
read_part (const RstJournal *self,
           const char       *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  GBytes *contents;

  return rst_file_read (path, &contents, NULL) ? contents : NULL;
}

static gboolean
read_backup (const RstJournal *self,
             guint             index,
             const char       *suffix,
             const char       *sum,
             GBytes          **contents)
{
  g_autofree char *name = g_strdup_printf ("%u.%s", index, suffix);
  g_autofree char *actual = NULL;

  *contents = read_part (self, name);
  if (*contents == NULL)
    return FALSE;
  actual = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, *contents);
  return g_str_equal (actual, sum);
}

static gboolean
read_backups (RstJournal *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      RstJournalFile *file = g_ptr_array_index (self->files, i);

      if (file->before_sum != NULL &&
          !read_backup (self, i, "before", file->before_sum, &file->before))
        return FALSE;
      if (file->kind == RST_EDIT_TEXT && !read_backup (self, i, "after", file->after_sum, &file->after))
        return FALSE;
    }
  return TRUE;
}

/* An id is a name within our folder and nothing else. */
static gboolean
is_id (const char *id)
{
  return *id != '\0' && strspn (id, "0123456789-") == strlen (id);
}

/**
 * rst_journal_load:
 * @id: an id
 * @contents: whether to read the backups too
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the journal, or %NULL with %RST_ERROR_INPUT if there is none of
 *   that id, %RST_ERROR_FILE if it is damaged
 */
RstJournal *
rst_journal_load (const char  *id,
                  gboolean     contents,
                  GError     **error)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autoptr (RstJournal) self = rst_journal_new (NULL);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) held = NULL;

  self->folder = g_build_filename (root, id, NULL);
  self->id = g_strdup (id);
  if (!is_id (id) || !g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("There is no setup of that number."));
      return NULL;
    }
  text = read_part (self, "journal");
  if (text == NULL || !find_state (self) || !rst_journal_from_text (self, text) ||
      (contents && !read_backups (self)))
    {
      g_autofree char *name = rst_file_show (self->folder);

      g_set_error (error, RST_ERROR, RST_ERROR_FILE, _("The record of this setup in “%s” is damaged."), name);
      return NULL;
    }
  held = read_part (self, "secrets");
  if (held != NULL)
    rst_journal_read_held (self, held);
  return g_steal_pointer (&self);
}

/* Newest first; several within a second are numbered. */
static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const char *id_a = (*(RstJournal * const *) a)->id;
  const char *id_b = (*(RstJournal * const *) b)->id;
  int order = strncmp (id_b, id_a, SECOND_LENGTH);

  if (order != 0 || strlen (id_a) <= SECOND_LENGTH || strlen (id_b) <= SECOND_LENGTH)
    return order;
  return atoi (id_b + SECOND_LENGTH + 1) - atoi (id_a + SECOND_LENGTH + 1);
}

/**
 * rst_journal_list:
 *
 * Returns: (transfer full) (element-type RstJournal): all that can be read, without backups, newest
 *   first
 */
GPtrArray *
rst_journal_list (void)
{
  g_autofree char *root = rst_journal_get_root ();
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  GPtrArray *journals = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_journal_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      RstJournal *journal = is_id (name) ? rst_journal_load (name, FALSE, NULL) : NULL;

      if (journal != NULL)
        g_ptr_array_add (journals, journal);
    }
  g_ptr_array_sort (journals, compare_ids);
  return journals;
}
