/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding exactly our entry. The service's own search, and with it libsecret's lookup, clear and store,
 * also means entries that have further attributes: those belong to other programs, and clearing or
 * replacing them would take their passwords away.
 */
#include "rst-vault-call.h"

#define SCHEMA_ATTRIBUTE "xdg:schema"

static gboolean
is_exact (SecretItem          *found,
          const RstSecretItem *item)
{
  g_autoptr (GHashTable) attributes = secret_item_get_attributes (found);
  const char *schema;
  GHashTableIter iter;
  gpointer name, value;

  if (attributes == NULL)
    return FALSE;
  schema = g_hash_table_lookup (attributes, SCHEMA_ATTRIBUTE);
  if (item->schema != NULL && g_strcmp0 (schema, item->schema) != 0)
    return FALSE;
  g_hash_table_remove (attributes, SCHEMA_ATTRIBUTE);
  if (g_hash_table_size (attributes) != g_hash_table_size (item->attributes))
    return FALSE;
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (attributes, name), value) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
any_locked (GList *items)
{
  for (GList *l = items; l != NULL; l = l->next)
    if (secret_item_get_locked (l->data))
      return TRUE;
  return FALSE;
}

static void start (RstVaultCall *self);

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  GError *error = NULL;
  GList *items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);

  if (rst_vault_call_is_over (self))
    {
      g_list_free_full (items, g_object_unref);
      g_clear_error (&error);
      return;
    }
  if (error != NULL)
    {
      rst_vault_call_return_error (self, error);
      return;
    }
  if (any_locked (items))
    {
      g_list_free_full (items, g_object_unref);
      rst_vault_call_return_error (self, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, ""));
      return;
    }
  /* Entries that were locked a moment ago did not show their attributes then: look again. */
  if (!self->searched && items != NULL)
    {
      self->searched = TRUE;
      g_list_free_full (items, g_object_unref);
      start (self);
      return;
    }
  for (GList *l = items; l != NULL; l = l->next)
    if (is_exact (l->data, self->item))
      self->items = g_list_append (self->items, g_object_ref (l->data));
  g_list_free_full (items, g_object_unref);
  self->next (self);
}

static void
start (RstVaultCall *self)
{
  secret_service_search (self->service, NULL, self->item->attributes,
                         SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK, self->inner, found_cb,
                         rst_vault_call_ref (self));
}

/**
 * rst_vault_search:
 * @self: an open call
 * @next: called with `items` set: the entries that have the attributes of the call's item, and no
 *   others
 *
 * Looks for our entry, and has it unlocked if need be.
 */
void
rst_vault_search (RstVaultCall *self,
                  RstVaultNext  next)
{
  self->next = next;
  start (self);
}
