/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-vault.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static guint calls;

static void
maybe_die (gboolean after)
{
  const char *when = g_getenv ("VAULT_KILL");

  if (when != NULL && (guint) atoi (when) == calls && after == g_str_has_suffix (when, "+"))
    raise (SIGKILL);
}

static GKeyFile *
begin (void)
{
  GKeyFile *file = g_key_file_new ();

  calls++;
  maybe_die (FALSE);
  g_key_file_load_from_file (file, g_getenv ("VAULT"), G_KEY_FILE_NONE, NULL);
  return file;
}

/* One attribute is enough to tell the entries of the test apart. */
static const char *
key_of (const RstSecretItem *item)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, item->attributes);
  g_hash_table_iter_next (&iter, NULL, &value);
  return value;
}

static void
end (GKeyFile *file,
     GTask    *task)
{
  g_key_file_save_to_file (file, g_getenv ("VAULT"), NULL);
  maybe_die (TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
store_async (const RstSecretItem *item,
             RstSecret           *password,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GKeyFile) file = begin ();

  g_task_set_source_tag (task, store_async);
  g_key_file_set_string (file, "vault", key_of (item), rst_secret_peek (password));
  end (file, task);
}

static void
clear_async (const RstSecretItem *item,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GKeyFile) file = begin ();

  g_task_set_source_tag (task, clear_async);
  g_key_file_remove_key (file, "vault", key_of (item), NULL);
  end (file, task);
}

static gboolean
finish (GAsyncResult  *result,
        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lookup_async (const RstSecretItem *item,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GKeyFile) file = begin ();
  g_autofree char *password = g_key_file_get_string (file, "vault", key_of (item), NULL);
  RstSecret *secret = NULL;

  g_task_set_source_tag (task, lookup_async);
  if (password != NULL)
    secret = rst_secret_new (password, strlen (password), NULL);
  g_task_return_pointer (task, secret, (GDestroyNotify) rst_secret_unref);
}

static RstSecret *
lookup_finish (GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const RstVault file_vault = {
  .store_async = store_async,
  .store_finish = finish,
  .clear_async = clear_async,
  .clear_finish = finish,
  .lookup_async = lookup_async,
  .lookup_finish = lookup_finish,
};
