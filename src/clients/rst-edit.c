/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-edit.h"

#include "rst-seal.h"

#include <stdarg.h>

G_DEFINE_BOXED_TYPE (RstEdit, rst_edit, rst_edit_copy, rst_edit_free)

static GBytes *
ref_or_null (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

/**
 * rst_edit_new:
 * @kind: what the edit makes
 * @path: the absolute path
 * @mode: permission bits if the file or folder is new
 * @before: (nullable): what is there now, %NULL if nothing is
 * @after: (nullable): what will be there; %NULL for folders only
 * @summary: a translated sentence that says what this does
 *
 * Returns: (transfer full): a planned change
 */
RstEdit *
rst_edit_new (RstEditKind  kind,
              const char  *path,
              guint        mode,
              GBytes      *before,
              GBytes      *after,
              const char  *summary)
{
  RstEdit *self;

  g_return_val_if_fail (g_path_is_absolute (path), NULL);
  g_return_val_if_fail ((after == NULL) == (kind == RST_EDIT_DIRECTORY), NULL);

  self = g_new0 (RstEdit, 1);
  self->kind = kind;
  self->path = g_strdup (path);
  self->mode = mode;
  self->before = ref_or_null (before);
  self->after = ref_or_null (after);
  self->summary = g_strdup (summary);
  return self;
}

/**
 * rst_edit_copy:
 * @self: a planned change
 *
 * Returns: (transfer full): a copy; the contents are shared
 */
RstEdit *
rst_edit_copy (const RstEdit *self)
{
  RstEdit *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rst_edit_new (self->kind, self->path, self->mode, self->before, self->after, self->summary);
  copy->loose = self->loose;
  return copy;
}

/**
 * rst_edit_free:
 * @self: (transfer full): a planned change
 */
void
rst_edit_free (RstEdit *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->after, g_bytes_unref);
  g_free (self->summary);
  g_free (self);
}

/**
 * rst_edit_changes:
 * @self: a planned change
 *
 * Returns: whether @self would change something. A folder always counts: whether it is there already
 *   is known only when the edit is made.
 */
gboolean
rst_edit_changes (const RstEdit *self)
{
  if (self->kind == RST_EDIT_DIRECTORY || self->before == NULL)
    return TRUE;
  return !g_bytes_equal (self->before, self->after);
}

/**
 * rst_secret_item_new:
 * @schema: (nullable) (transfer none): an xdg:schema name in static memory; %NULL for the generic one
 * @label: shown to the person by the keyring's own program
 * @...: pairs of attribute name and value, then %NULL
 *
 * Returns: (transfer full): where a password is kept
 */
RstSecretItem *
rst_secret_item_new (const char *schema,
                     const char *label,
                     ...)
{
  RstSecretItem *self = g_new0 (RstSecretItem, 1);
  const char *name;
  va_list pairs;

  self->schema = schema;
  self->label = g_strdup (label);
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_start (pairs, label);
  while ((name = va_arg (pairs, const char *)) != NULL)
    g_hash_table_insert (self->attributes, g_strdup (name), g_strdup (va_arg (pairs, const char *)));
  va_end (pairs);
  return self;
}

/**
 * rst_secret_item_copy:
 * @self: where a password is kept
 *
 * Returns: (transfer full): a copy
 */
RstSecretItem *
rst_secret_item_copy (const RstSecretItem *self)
{
  RstSecretItem *copy = rst_secret_item_new (self->schema, self->label, NULL);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->attributes, g_strdup (name), g_strdup (value));
  return copy;
}

/**
 * rst_secret_item_free:
 * @self: (transfer full): where a password is kept
 */
void
rst_secret_item_free (RstSecretItem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->label);
  g_hash_table_unref (self->attributes);
  g_free (self);
}

/**
 * rst_secret_item_equal:
 * @a: where a password is kept
 * @b: where a password is kept
 *
 * Returns: whether both are the same entry; labels do not count
 */
gboolean
rst_secret_item_equal (const RstSecretItem *a,
                       const RstSecretItem *b)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_strcmp0 (a->schema, b->schema) != 0 ||
      g_hash_table_size (a->attributes) != g_hash_table_size (b->attributes))
    return FALSE;
  g_hash_table_iter_init (&iter, a->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (b->attributes, name), value) != 0)
      return FALSE;
  return TRUE;
}

/**
 * rst_setup_new:
 * @client: (transfer none): id of the mail program, in static memory
 *
 * Returns: (transfer full): a setup that does nothing yet
 */
RstSetup *
rst_setup_new (const char *client)
{
  RstSetup *self = g_new0 (RstSetup, 1);

  self->client = client;
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_edit_free);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_secret_item_free);
  self->next = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * rst_setup_free:
 * @self: (transfer full): a setup
 */
void
rst_setup_free (RstSetup *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->edits);
  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->next);
  g_free (self->lock);
  g_clear_pointer (&self->seal, rst_seal_free);
  g_free (self);
}

/**
 * rst_setup_edits:
 * @self: a setup
 *
 * Returns: whether @self would change a file; %FALSE if the program has this account already
 */
gboolean
rst_setup_edits (const RstSetup *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (rst_edit_changes (g_ptr_array_index (self->edits, i)))
      return TRUE;
  return FALSE;
}

/**
 * rst_setup_changes:
 * @self: a setup
 *
 * Returns: whether @self would change a file or store a password
 */
gboolean
rst_setup_changes (const RstSetup *self)
{
  return rst_setup_edits (self) || self->secrets->len > 0;
}
