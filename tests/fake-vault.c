/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-vault.h"

#include "rst-error.h"

#include <string.h>

static GHashTable *entries; /* sorted attributes → password */
static guint fail_at;       /* 0: never; n: the n-th call from now fails */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strcmp (a, b);
}

static char *
key_of (const RstSecretItem *item)
{
  g_autoptr (GString) key = g_string_new (item->schema);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (item->attributes), compare);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (key, "|%s=%s", (char *) l->data,
                            (char *) g_hash_table_lookup (item->attributes, l->data));
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static GHashTable *
get_entries (void)
{
  if (entries == NULL)
    entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return entries;
}

static gboolean
fails (GTask *task)
{
  if (fail_at == 0 || --fail_at > 0)
    return FALSE;
  g_task_return_new_error (task, RST_ERROR, RST_ERROR_STORE, "no");
  return TRUE;
}

static void
fake_store_async (const RstSecretItem *item,
                  RstSecret           *password,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fake_store_async);
  if (fails (task))
    return;
  g_hash_table_replace (get_entries (), key_of (item), g_strdup (rst_secret_peek (password)));
  g_task_return_boolean (task, TRUE);
}

static void
fake_clear_async (const RstSecretItem *item,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *key = key_of (item);

  g_task_set_source_tag (task, fake_clear_async);
  if (fails (task))
    return;
  g_hash_table_remove (get_entries (), key);
  g_task_return_boolean (task, TRUE);
}

static gboolean
fake_finish (GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fake_lookup_async (const RstSecretItem *item,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *key = key_of (item);
  const char *password = g_hash_table_lookup (get_entries (), key);

  g_task_set_source_tag (task, fake_lookup_async);
  if (fails (task))
    return;
  g_task_return_pointer (task, password != NULL ? rst_secret_new (password, strlen (password), NULL) : NULL,
                         (GDestroyNotify) rst_secret_unref);
}

static RstSecret *
fake_lookup_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const RstVault fake_vault = {
  .store_async = fake_store_async,
  .store_finish = fake_finish,
  .clear_async = fake_clear_async,
  .clear_finish = fake_finish,
  .lookup_async = fake_lookup_async,
  .lookup_finish = fake_lookup_finish,
};

void
fake_vault_clear (void)
{
  g_hash_table_remove_all (get_entries ());
  fail_at = 0;
}

void
fake_vault_set (const char *host,
                const char *password)
{
  g_hash_table_replace (get_entries (), g_strdup_printf ("|host=%s", host), g_strdup (password));
}

const char *
fake_vault_get (const char *host)
{
  g_autofree char *key = g_strdup_printf ("|host=%s", host);

  return g_hash_table_lookup (get_entries (), key);
}

guint
fake_vault_size (void)
{
  return g_hash_table_size (get_entries ());
}

void
fake_vault_fail (guint call)
{
  fail_at = call;
}
