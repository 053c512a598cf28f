/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-settle.h"

typedef struct {
  GPtrArray      *setups;   /* (owned) (element-type RstSetup) */
  RstSecret      *password; /* (owned) (nullable) */
  const RstVault *vault;
  guint           setup;    /* the one whose turn it is */
  guint           secret;   /* and which of its secrets; all before it are as they should be */
} Settle;

static void
settle_free (Settle *self)
{
  g_ptr_array_unref (self->setups);
  g_clear_pointer (&self->password, rst_secret_unref);
  g_free (self);
}

static void take_step (GTask *task);

static void
next_setup (Settle *self)
{
  self->setup++;
  self->secret = 0;
}

/* What cannot be looked at now is left to the writer, which says why. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settle *self = g_task_get_task_data (task);
  g_autoptr (RstSecret) stored = self->vault->lookup_finish (result, NULL);

  if (stored != NULL && g_str_equal (rst_secret_peek (stored), rst_secret_peek (self->password)))
    self->secret++;
  else
    next_setup (self);
  take_step (task);
}

/* Looks at the next secret that counts, or returns. */
static void
take_step (GTask *task)
{
  Settle *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  for (; self->setup < self->setups->len && !g_cancellable_is_cancelled (cancellable); next_setup (self))
    {
      RstSetup *setup = g_ptr_array_index (self->setups, self->setup);

      if (rst_setup_edits (setup))
        continue;
      if (self->password == NULL || self->secret == setup->secrets->len)
        g_ptr_array_set_size (setup->secrets, 0);
      else if (self->vault->lookup_async != NULL)
        {
          self->vault->lookup_async (g_ptr_array_index (setup->secrets, self->secret), cancellable, looked_cb,
                                     g_object_ref (task));
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * rst_settle_async:
 * @setups: (element-type RstSetup): setups that are complete; not to be changed until the callback
 * @password: (nullable): the password for all of their secrets
 * @vault: where it would be stored
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Takes the secrets out of those @setups that change no file, if all are stored already or there is no
 * password to store: rst_setup_changes() is %FALSE for them then.
 */
void
rst_settle_async (GPtrArray           *setups,
                  RstSecret           *password,
                  const RstVault      *vault,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Settle *self = g_new0 (Settle, 1);

  g_task_set_source_tag (task, rst_settle_async);
  self->setups = g_ptr_array_ref (setups);
  self->password = password != NULL ? rst_secret_ref (password) : NULL;
  self->vault = vault;
  g_task_set_task_data (task, self, (GDestroyNotify) settle_free);
  take_step (task);
}

/**
 * rst_settle_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
rst_settle_finish (GAsyncResult  *result,
                   GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
