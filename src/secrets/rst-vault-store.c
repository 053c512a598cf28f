/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Storing a password: in our entry if there is one, else in a new one of the default collection, which is
 * unlocked or created first. Entries are never replaced by the service: it would also replace one
 * of another program that has further attributes.
 */
#include "rst-vault-store.h"

#include "rst-error.h"

#include <glib/gi18n-lib.h>

#define SCHEMA_ATTRIBUTE "xdg:schema"
#define GENERIC_SCHEMA "org.freedesktop.Secret.Generic"

/* libsecret keeps its copy in memory that is locked and wiped. */
static SecretValue *
value_of (RstVaultCall *self)
{
  return secret_value_new (rst_secret_peek (self->password), -1, "text/plain");
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_item_set_secret_finish (SECRET_ITEM (source), result, &error);

  if (rst_vault_call_is_over (self))
    return;
  if (stored)
    rst_vault_call_return_boolean (self, TRUE);
  else
    rst_vault_call_return_error (self, g_steal_pointer (&error));
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretItem) item = secret_item_create_finish (result, &error);

  if (rst_vault_call_is_over (self))
    return;
  if (item != NULL)
    rst_vault_call_return_boolean (self, TRUE);
  else
    rst_vault_call_return_error (self, g_steal_pointer (&error));
}

static void
create_item (RstVaultCall     *self,
             SecretCollection *collection)
{
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  const char *schema = self->item->schema != NULL ? self->item->schema : GENERIC_SCHEMA;
  SecretValue *value = value_of (self);
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, self->item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (attributes, name, text);
  g_hash_table_insert (attributes, (gpointer) SCHEMA_ATTRIBUTE, (gpointer) schema);
  secret_item_create (collection, NULL, attributes, self->item->label, value, SECRET_ITEM_CREATE_NONE,
                      self->inner, created_cb, rst_vault_call_ref (self));
  secret_value_unref (value);
}

static void
unlocked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autolist (GObject) unlocked = NULL;
  g_autoptr (GError) error = NULL;

  secret_service_unlock_finish (SECRET_SERVICE (source), result, &unlocked, &error);
  if (rst_vault_call_is_over (self))
    return;
  if (error == NULL && unlocked == NULL)
    error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "");
  if (error != NULL)
    rst_vault_call_return_error (self, g_steal_pointer (&error));
  else
    create_item (self, unlocked->data);
}

static void
collection_created_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_create_finish (result, &error);

  if (rst_vault_call_is_over (self))
    return;
  if (error == NULL && collection == NULL)
    error = g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "");
  if (error != NULL)
    rst_vault_call_return_error (self, g_steal_pointer (&error));
  else
    create_item (self, collection);
}

static void
collection_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (rst_vault_call_is_over (self))
    return;
  if (error != NULL)
    rst_vault_call_return_error (self, g_steal_pointer (&error));
  else if (collection == NULL)
    secret_collection_create (self->service, _("Passwords"), SECRET_COLLECTION_DEFAULT,
                              SECRET_COLLECTION_CREATE_NONE, self->inner, collection_created_cb,
                              rst_vault_call_ref (self));
  else if (secret_collection_get_locked (collection))
    {
      GList objects = { collection, NULL, NULL };

      secret_service_unlock (self->service, &objects, self->inner, unlocked_cb,
                             rst_vault_call_ref (self));
    }
  else
    create_item (self, collection);
}

static void
found (RstVaultCall *self)
{
  SecretValue *value;

  if (self->items == NULL)
    {
      secret_collection_for_alias (self->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                   self->inner, collection_cb, rst_vault_call_ref (self));
      return;
    }
  value = value_of (self);
  secret_item_set_secret (self->items->data, value, self->inner, set_cb, rst_vault_call_ref (self));
  secret_value_unref (value);
}

static void
opened (RstVaultCall *self)
{
  rst_vault_search (self, found);
}

/**
 * rst_vault_store_async:
 * @item: where to store it
 * @password: the password
 * @cancellable: (nullable): cancels, also while a prompt is shown
 * @callback: called when done
 * @user_data: for @callback
 *
 * Stores a password.
 */
void
rst_vault_store_async (const RstSecretItem *item,
                       RstSecret           *password,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_vault_store_async);
  rst_vault_call_open (item, password, task, opened);
}

/**
 * rst_vault_store_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_STORE or %G_IO_ERROR_CANCELLED
 */
gboolean
rst_vault_store_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
