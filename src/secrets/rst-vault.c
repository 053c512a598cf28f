/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-vault.h"

#include "rst-error.h"
#include "rst-vault-call.h"
#include "rst-vault-store.h"

#include <glib/gi18n-lib.h>

static void
alias_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (rst_vault_call_is_over (self))
    return;
  if (error != NULL && rst_vault_is_absent (error))
    rst_vault_call_return_int (self, RST_VAULT_ABSENT);
  else if (error != NULL)
    rst_vault_call_return_error (self, g_steal_pointer (&error));
  else if (collection == NULL || secret_collection_get_locked (collection))
    rst_vault_call_return_int (self, RST_VAULT_LOCKED);
  else
    rst_vault_call_return_int (self, RST_VAULT_READY);
}

static void
check_opened (RstVaultCall *self)
{
  secret_collection_for_alias (self->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, self->inner,
                               alias_cb, rst_vault_call_ref (self));
}

/**
 * rst_vault_check_async:
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks whether passwords can be stored. Never shows a prompt.
 */
void
rst_vault_check_async (GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_vault_check_async);
  rst_vault_call_open (NULL, NULL, task, check_opened);
}

/**
 * rst_vault_check_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: the state; %RST_VAULT_ABSENT with @error set if there is something that does not answer as a
 *   Secret Service should (%RST_ERROR_STORE), or with %G_IO_ERROR_CANCELLED
 */
RstVaultState
rst_vault_check_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_autoptr (GError) failure = NULL;
  gssize state = g_task_propagate_int (G_TASK (result), &failure);

  if (failure == NULL)
    return state;
  g_propagate_error (error, g_steal_pointer (&failure));
  return RST_VAULT_ABSENT;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  SecretValue *value = NULL;
  RstSecret *secret = NULL;
  const char *text;
  gsize length;

  if (secret_item_load_secret_finish (SECRET_ITEM (source), result, &error))
    value = secret_item_get_secret (SECRET_ITEM (source));
  if (value != NULL)
    {
      text = secret_value_get (value, &length);
      secret = rst_secret_new (text, length, NULL);
      secret_value_unref (value);
    }
  if (rst_vault_call_is_over (self))
    g_clear_pointer (&secret, rst_secret_unref);
  else if (secret != NULL)
    rst_vault_call_return_secret (self, secret);
  else if (error != NULL)
    rst_vault_call_return_error (self, g_steal_pointer (&error));
  else
    rst_vault_call_return_error (self, g_error_new (RST_ERROR, RST_ERROR_STORE,
                                                    _("The entry “%s” of the password store has no usable "
                                                      "password."), self->item->label));
}

static void
lookup_found (RstVaultCall *self)
{
  if (self->items == NULL)
    rst_vault_call_return_secret (self, NULL);
  else
    secret_item_load_secret (self->items->data, self->inner, loaded_cb, rst_vault_call_ref (self));
}

static void
lookup_opened (RstVaultCall *self)
{
  rst_vault_search (self, lookup_found);
}

/**
 * rst_vault_lookup_async:
 * @item: the entry: all of its attributes, and no others, have to be those of @item
 * @cancellable: (nullable): cancels, also while a prompt is shown
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a password.
 */
void
rst_vault_lookup_async (const RstSecretItem *item,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_vault_lookup_async);
  rst_vault_call_open (item, NULL, task, lookup_opened);
}

/**
 * rst_vault_lookup_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the password; %NULL without an error if there is no such entry,
 *   with %RST_ERROR_STORE or %G_IO_ERROR_CANCELLED if it cannot be read
 */
RstSecret *
rst_vault_lookup_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void clear_next (RstVaultCall *self);

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean deleted = secret_item_delete_finish (SECRET_ITEM (source), result, &error);

  if (rst_vault_call_is_over (self))
    return;
  /* libsecret counts it as deleted if the person closed the question whether to. */
  if (deleted && !self->dismissed)
    clear_next (self);
  else
    rst_vault_call_return_error (self, g_steal_pointer (&error));
}

/* Deletes one entry after the other; there can be several alike, in several collections. */
static void
clear_next (RstVaultCall *self)
{
  g_autoptr (SecretItem) item = NULL;

  if (self->items == NULL)
    {
      rst_vault_call_return_boolean (self, TRUE);
      return;
    }
  item = self->items->data;
  self->items = g_list_delete_link (self->items, self->items);
  secret_item_delete (item, self->inner, deleted_cb, rst_vault_call_ref (self));
}

static void
clear_opened (RstVaultCall *self)
{
  rst_vault_search (self, clear_next);
}

static void
clear_async (const RstSecretItem *item,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, clear_async);
  rst_vault_call_open (item, NULL, task, clear_opened);
}

static gboolean
clear_finish (GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const RstVault rst_secret_service = {
  .store_async = rst_vault_store_async,
  .store_finish = rst_vault_store_finish,
  .clear_async = clear_async,
  .clear_finish = clear_finish,
  .lookup_async = rst_vault_lookup_async,
  .lookup_finish = rst_vault_lookup_finish,
};
