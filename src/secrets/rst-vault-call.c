/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-vault-call.h"

#include "rst-error.h"
#include "rst-text.h"
#include "rst-vault-service.h"

#include <glib/gi18n-lib.h>

#define MAX_FOREIGN_TEXT 200 /* characters */

guint rst_vault_time_limit = 10 * 1000;

/**
 * rst_vault_call_ref:
 * @self: a call
 *
 * Returns: (transfer full): @self
 */
RstVaultCall *
rst_vault_call_ref (RstVaultCall *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RstVaultCall *self = data;

  g_clear_object (&self->inner);
  g_clear_object (&self->service);
  g_clear_pointer (&self->item, rst_secret_item_free);
  g_clear_pointer (&self->password, rst_secret_unref);
  g_list_free_full (g_steal_pointer (&self->items), g_object_unref);
}

/**
 * rst_vault_call_unref:
 * @self: (transfer full): a call
 */
void
rst_vault_call_unref (RstVaultCall *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * rst_vault_call_is_over:
 * @self: a call
 *
 * Returns: whether the caller has its result already
 */
gboolean
rst_vault_call_is_over (RstVaultCall *self)
{
  return self->task == NULL;
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Ends the call; the caller of this returns the result. */
static GTask *
end (RstVaultCall *self)
{
  drop_source (&self->limit);
  drop_source (&self->cancelled);
  /* The service may keep libsecret, and thereby this call, waiting for ever. */
  g_clear_pointer (&self->password, rst_secret_unref);
  if (self->service == NULL || !rst_vault_service_leave (RST_VAULT_SERVICE (self->service)))
    g_cancellable_cancel (self->inner);
  return g_steal_pointer (&self->task);
}

/* GIO's errors where the session has no bus, or one that does not let us in; %G_IO_ERROR_FAILED is where it
 * cannot start one. A service that is slow, breaks off or is refused something is there. */
static gboolean
is_without_bus (const GError *error)
{
  static const int codes[] = {
    G_IO_ERROR_NOT_FOUND,     G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_PERMISSION_DENIED,
    G_IO_ERROR_NOT_SUPPORTED, G_IO_ERROR_INVALID_ARGUMENT,   G_IO_ERROR_FAILED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/**
 * rst_vault_is_absent:
 * @error: an error from libsecret
 *
 * Returns: whether it means that there is no Secret Service, or no session bus to ask; %FALSE if one is
 *   there that is locked, refuses or does not answer
 */
gboolean
rst_vault_is_absent (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) ||
         is_without_bus (error);
}

/* Says in our words what libsecret or the service said; frees @error. After a prompt that was closed
 * libsecret often gives no error at all. */
static GError *
translate (const RstVaultCall *self,
           GError             *error)
{
  g_autoptr (GError) original = error;
  g_autofree char *text = NULL;

  if (original != NULL && original->domain == RST_ERROR)
    return g_steal_pointer (&original);
  if (self->dismissed || original == NULL)
    return g_error_new_literal (RST_ERROR, RST_ERROR_STORE,
                                _("The password store was not unlocked: its question was closed, or could "
                                  "not be shown here."));
  if (rst_vault_is_absent (original))
    return g_error_new_literal (RST_ERROR, RST_ERROR_STORE,
                                _("There is no password store (keyring) in this session."));
  if (g_error_matches (original, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_error_new_literal (RST_ERROR, RST_ERROR_STORE, _("The password store is locked."));
  g_dbus_error_strip_remote_error (original);
  text = rst_text_clean (original->message, -1, MAX_FOREIGN_TEXT);
  return g_error_new (RST_ERROR, RST_ERROR_STORE, _("The password store refused. It said: “%s”"), text);
}

/**
 * rst_vault_call_return_error:
 * @self: a call
 * @error: (transfer full) (nullable): what went wrong; %NULL if the person closed a prompt
 *
 * Ends the call with %RST_ERROR_STORE, in words for people.
 */
void
rst_vault_call_return_error (RstVaultCall *self,
                             GError       *error)
{
  GError *translated = translate (self, error);
  g_autoptr (GTask) task = end (self);

  g_task_return_error (task, translated);
}

/**
 * rst_vault_call_return_boolean:
 * @self: a call
 * @value: the result
 *
 * Ends the call.
 */
void
rst_vault_call_return_boolean (RstVaultCall *self,
                               gboolean      value)
{
  g_autoptr (GTask) task = end (self);

  g_task_return_boolean (task, value);
}

/**
 * rst_vault_call_return_int:
 * @self: a call
 * @value: the result
 *
 * Ends the call.
 */
void
rst_vault_call_return_int (RstVaultCall *self,
                           int           value)
{
  g_autoptr (GTask) task = end (self);

  g_task_return_int (task, value);
}

/**
 * rst_vault_call_return_secret:
 * @self: a call
 * @secret: (transfer full) (nullable): the result
 *
 * Ends the call.
 */
void
rst_vault_call_return_secret (RstVaultCall *self,
                              RstSecret    *secret)
{
  g_autoptr (GTask) task = end (self);

  g_task_return_pointer (task, secret, (GDestroyNotify) rst_secret_unref);
}

static gboolean
limit_cb (gpointer user_data)
{
  g_autoptr (RstVaultCall) self = rst_vault_call_ref (user_data);

  rst_vault_call_return_error (self, g_error_new (RST_ERROR, RST_ERROR_STORE,
                                                  _("The password store did not answer within %u seconds."),
                                                  MAX (rst_vault_time_limit / 1000, 1)));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = rst_vault_call_ref (user_data);
  g_autoptr (GTask) task = end (self);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("Cancelled."));
  return G_SOURCE_REMOVE;
}

/**
 * rst_vault_call_set_prompting:
 * @self: a call
 * @prompting: whether the service shows a prompt
 *
 * Lets the time limit rest as long as it is the person's turn.
 */
void
rst_vault_call_set_prompting (RstVaultCall *self,
                              gboolean      prompting)
{
  drop_source (&self->limit);
  if (prompting || rst_vault_call_is_over (self))
    return;
  self->limit = g_timeout_source_new (rst_vault_time_limit);
  g_source_set_callback (self->limit, limit_cb, self, NULL);
  g_source_attach (self->limit, g_task_get_context (self->task));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RstVaultCall) self = user_data;
  GError *error = NULL;
  SecretService *service = secret_service_open_finish (result, &error);

  if (rst_vault_call_is_over (self))
    {
      g_clear_object (&service);
      g_clear_error (&error);
      return;
    }
  if (service == NULL)
    {
      rst_vault_call_return_error (self, error);
      return;
    }
  self->service = service;
  rst_vault_service_set_call (RST_VAULT_SERVICE (service), self);
  self->next (self);
}

/**
 * rst_vault_call_open:
 * @item: (nullable): the entry that it is about
 * @password: (nullable): what to store
 * @task: returned when the call is over; its cancellable counts
 * @next: called with the connection open
 *
 * Begins a call.
 */
void
rst_vault_call_open (const RstSecretItem *item,
                     RstSecret           *password,
                     GTask               *task,
                     RstVaultNext         next)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  RstVaultCall *self = g_rc_box_new0 (RstVaultCall);

  /* A cancelled call is returned as such, and one that has been carried out is not. */
  g_task_set_check_cancellable (task, FALSE);
  self->task = g_object_ref (task);
  self->inner = g_cancellable_new ();
  self->item = item != NULL ? rst_secret_item_copy (item) : NULL;
  self->password = password != NULL ? rst_secret_ref (password) : NULL;
  self->next = next;
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelled, g_task_get_context (task));
    }
  rst_vault_call_set_prompting (self, FALSE);
  secret_service_open (RST_TYPE_VAULT_SERVICE, NULL, SECRET_SERVICE_NONE, self->inner, opened_cb, self);
}
