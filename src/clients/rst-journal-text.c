/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-journal-text.h"

#include <string.h>

#define VERSION 1
#define MAX_GROUPS 1000

const char * const rst_journal_state_nicks[RST_N_JOURNAL_STATES] = {
  [RST_JOURNAL_OPEN] = "open",
  [RST_JOURNAL_DONE] = "done",
  [RST_JOURNAL_UNDOING] = "undoing",
  [RST_JOURNAL_UNDONE] = "undone",
};

static const char * const kind_nicks[] = {
  [RST_EDIT_TEXT] = "text",
  [RST_EDIT_BINARY] = "binary",
  [RST_EDIT_DIRECTORY] = "folder",
};

static const char * const held_nicks[] = {
  [RST_HELD_UNKNOWN] = "unknown",
  [RST_HELD_NOTHING] = "nothing",
  [RST_HELD_SAME] = "same",
  [RST_HELD_OTHER] = "other",
};

static guint
nick_index (const char * const *nicks,
            guint               n,
            const char         *nick)
{
  for (guint i = 0; nick != NULL && i < n; i++)
    if (g_str_equal (nicks[i], nick))
      return i;
  return n;
}

/* Paths may be of any encoding, which key files may not: they are written as URIs. */
static void
set_path (GKeyFile   *file,
          const char *group,
          const char *key,
          const char *path)
{
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri != NULL)
    g_key_file_set_string (file, group, key, uri);
}

static char *
get_path (GKeyFile   *file,
          const char *group,
          const char *key)
{
  g_autofree char *uri = g_key_file_get_string (file, group, key, NULL);

  return uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
}

static void
set_file (GKeyFile             *file,
          const char           *group,
          const RstJournalFile *self)
{
  g_autofree char *mode = g_strdup_printf ("%04o", self->mode);

  g_key_file_set_string (file, group, "kind", kind_nicks[self->kind]);
  set_path (file, group, "path", self->path);
  g_key_file_set_string (file, group, "mode", mode);
  if (self->kind == RST_EDIT_DIRECTORY)
    return;
  g_key_file_set_boolean (file, group, "loose", self->loose);
  g_key_file_set_string (file, group, "after", self->after_sum);
  if (self->before_sum != NULL)
    g_key_file_set_string (file, group, "before", self->before_sum);
}

static void
set_secret (GKeyFile               *file,
            const char             *group,
            const RstJournalSecret *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_ptr_array_add (names, name);
      g_ptr_array_add (values, value);
    }
  if (self->item->schema != NULL)
    g_key_file_set_string (file, group, "schema", self->item->schema);
  g_key_file_set_string (file, group, "label", self->item->label);
  g_key_file_set_string_list (file, group, "names", (const char * const *) names->pdata, names->len);
  g_key_file_set_string_list (file, group, "values", (const char * const *) values->pdata, values->len);
}

static GBytes *
to_bytes (GKeyFile *file)
{
  gsize length;
  char *data = g_key_file_to_data (file, &length, NULL);

  return g_bytes_new_take (data, length);
}

/**
 * rst_journal_to_text:
 * @self: a journal
 *
 * Returns: (transfer full): what is planned, as a key file
 */
GBytes *
rst_journal_to_text (const RstJournal *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *when = g_date_time_format_iso8601 (self->when);

  g_key_file_set_integer (file, "Setup", "version", VERSION);
  g_key_file_set_string (file, "Setup", "address", self->address);
  g_key_file_set_string (file, "Setup", "when", when);
  for (guint i = 0; i < self->programs->len; i++)
    {
      const RstJournalProgram *program = g_ptr_array_index (self->programs, i);
      g_autofree char *group = g_strdup_printf ("Program %u", i);

      g_key_file_set_string (file, group, "client", program->client);
      set_path (file, group, "lock", program->lock);
    }
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("File %u", i);

      set_file (file, group, g_ptr_array_index (self->files, i));
    }
  for (guint i = 0; i < self->secrets->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("Secret %u", i);

      set_secret (file, group, g_ptr_array_index (self->secrets, i));
    }
  return to_bytes (file);
}

static gboolean
get_file (RstJournal *self,
          GKeyFile   *file,
          const char *group)
{
  g_autofree char *kind = g_key_file_get_string (file, group, "kind", NULL);
  g_autofree char *path = get_path (file, group, "path");
  g_autofree char *mode = g_key_file_get_string (file, group, "mode", NULL);
  guint index = nick_index (kind_nicks, G_N_ELEMENTS (kind_nicks), kind);
  RstJournalFile *entry;
  guint64 bits;

  if (path == NULL || !g_path_is_absolute (path) || mode == NULL || index == G_N_ELEMENTS (kind_nicks) ||
      !g_ascii_string_to_unsigned (mode, 8, 0, 0777, &bits, NULL))
    return FALSE;
  entry = rst_journal_add_file (self, index, path, bits);
  if (index == RST_EDIT_DIRECTORY)
    return TRUE;
  entry->loose = g_key_file_get_boolean (file, group, "loose", NULL);
  entry->before_sum = g_key_file_get_string (file, group, "before", NULL);
  entry->after_sum = g_key_file_get_string (file, group, "after", NULL);
  return entry->after_sum != NULL;
}

static gboolean
get_secret (RstJournal *self,
            GKeyFile   *file,
            const char *group)
{
  g_autofree char *schema = g_key_file_get_string (file, group, "schema", NULL);
  g_autofree char *label = g_key_file_get_string (file, group, "label", NULL);
  g_auto (GStrv) names = g_key_file_get_string_list (file, group, "names", NULL, NULL);
  g_auto (GStrv) values = g_key_file_get_string_list (file, group, "values", NULL, NULL);
  RstSecretItem *item;

  if (label == NULL || names == NULL || values == NULL ||
      g_strv_length (names) != g_strv_length (values))
    return FALSE;
  item = rst_secret_item_new (schema != NULL ? g_intern_string (schema) : NULL, label, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_insert (item->attributes, g_strdup (names[i]), g_strdup (values[i]));
  rst_journal_add_secret (self, item);
  rst_secret_item_free (item);
  return TRUE;
}

static gboolean
get_program (RstJournal *self,
             GKeyFile   *file,
             const char *group)
{
  g_autofree char *client = g_key_file_get_string (file, group, "client", NULL);
  g_autofree char *lock = get_path (file, group, "lock");

  if (client == NULL)
    return FALSE;
  rst_journal_add_program (self, client, lock);
  return TRUE;
}

/* Reads "PREFIX 0", "PREFIX 1" … as long as there are any. */
static gboolean
get_groups (RstJournal *self,
            GKeyFile   *file,
            const char *prefix,
            gboolean  (*get) (RstJournal *, GKeyFile *, const char *))
{
  for (guint i = 0; i < MAX_GROUPS; i++)
    {
      g_autofree char *group = g_strdup_printf ("%s %u", prefix, i);

      if (!g_key_file_has_group (file, group))
        return TRUE;
      if (!get (self, file, group))
        return FALSE;
    }
  return FALSE;
}

/**
 * rst_journal_from_text:
 * @self: an empty journal
 * @text: what rst_journal_to_text() wrote
 *
 * Returns: whether @text is a journal of this version, complete
 */
gboolean
rst_journal_from_text (RstJournal *self,
                       GBytes     *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *when = NULL;

  if (!g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, NULL) ||
      g_key_file_get_integer (file, "Setup", "version", NULL) != VERSION)
    return FALSE;
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->when, g_date_time_unref);
  self->address = g_key_file_get_string (file, "Setup", "address", NULL);
  when = g_key_file_get_string (file, "Setup", "when", NULL);
  self->when = when != NULL ? g_date_time_new_from_iso8601 (when, NULL) : NULL;
  return self->address != NULL && self->when != NULL &&
         get_groups (self, file, "Program", get_program) && get_groups (self, file, "File", get_file) &&
         get_groups (self, file, "Secret", get_secret);
}

/**
 * rst_journal_held_text:
 * @self: a journal
 *
 * Returns: (transfer full): what the password store held before, as a key file
 */
GBytes *
rst_journal_held_text (const RstJournal *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0; i < self->secrets->len; i++)
    {
      const RstJournalSecret *secret = g_ptr_array_index (self->secrets, i);
      g_autofree char *group = g_strdup_printf ("Secret %u", i);

      g_key_file_set_string (file, group, "held", held_nicks[secret->held]);
      if (secret->kept != NULL)
        g_key_file_set_string (file, group, "kept", secret->kept);
    }
  return to_bytes (file);
}

/**
 * rst_journal_read_held:
 * @self: a journal
 * @text: what rst_journal_held_text() wrote
 *
 * Takes over what the password store held before.
 */
void
rst_journal_read_held (RstJournal *self,
                       GBytes     *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, NULL))
    return;
  for (guint i = 0; i < self->secrets->len; i++)
    {
      RstJournalSecret *secret = g_ptr_array_index (self->secrets, i);
      g_autofree char *group = g_strdup_printf ("Secret %u", i);
      g_autofree char *held = g_key_file_get_string (file, group, "held", NULL);
      guint index = nick_index (held_nicks, G_N_ELEMENTS (held_nicks), held);

      if (index == G_N_ELEMENTS (held_nicks))
        continue;
      secret->held = index;
      g_free (secret->kept);
      secret->kept = g_key_file_get_string (file, group, "kept", NULL);
    }
}
