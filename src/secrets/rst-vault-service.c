/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-vault-service.h"

#define PROMPT_INTERFACE "org.freedesktop.Secret.Prompt"

struct _RstVaultService {
  SecretService    parent_instance;
  RstVaultCall    *call;         /* (nullable) borrowed: the call owns the service */
  GDBusProxy      *prompt;       /* (owned) (nullable) while it is shown */
  guint            subscription; /* to its end */
};

G_DEFINE_FINAL_TYPE (RstVaultService, rst_vault_service, SECRET_TYPE_SERVICE)

static void
forget_prompt (RstVaultService *self)
{
  if (self->prompt == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (g_dbus_proxy_get_connection (self->prompt), self->subscription);
  g_clear_object (&self->prompt);
}

/* The prompt's own word that it is closed: libsecret does not pass it on if the result is odd. */
static void
completed_cb (GDBusConnection *connection,
              const char      *sender,
              const char      *path,
              const char      *interface,
              const char      *signal,
              GVariant        *parameters,
              gpointer         user_data)
{
  RstVaultService *self = user_data;
  gboolean dismissed = TRUE;

  forget_prompt (self);
  if (self->call == NULL)
    return;
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get (parameters, "(bv)", &dismissed, NULL);
  self->call->dismissed = dismissed;
  rst_vault_call_set_prompting (self->call, FALSE);
}

/* Listens before libsecret does, so as to know first. */
static void
watch_prompt (RstVaultService *self,
              GDBusProxy      *prompt)
{
  GDBusConnection *connection = g_dbus_proxy_get_connection (prompt);
  const char *path = g_dbus_proxy_get_object_path (prompt);
  g_autofree char *owner = g_dbus_proxy_get_name_owner (prompt);

  forget_prompt (self);
  self->prompt = g_object_ref (prompt);
  self->subscription =
    g_dbus_connection_signal_subscribe (connection, owner, PROMPT_INTERFACE, "Completed", path, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, completed_cb, self, NULL);
}

static void
rst_vault_service_prompt_async (SecretService       *service,
                                SecretPrompt        *prompt,
                                const GVariantType  *return_type,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RstVaultService *self = RST_VAULT_SERVICE (service);

  watch_prompt (self, G_DBUS_PROXY (prompt));
  if (self->call != NULL)
    rst_vault_call_set_prompting (self->call, TRUE);
  SECRET_SERVICE_CLASS (rst_vault_service_parent_class)->prompt_async (service, prompt, return_type,
                                                                      cancellable, callback, user_data);
}

static void
rst_vault_service_dispose (GObject *object)
{
  forget_prompt (RST_VAULT_SERVICE (object));
  G_OBJECT_CLASS (rst_vault_service_parent_class)->dispose (object);
}

static void
rst_vault_service_class_init (RstVaultServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (klass);

  object_class->dispose = rst_vault_service_dispose;
  service_class->prompt_async = rst_vault_service_prompt_async;
}

static void
rst_vault_service_init (RstVaultService *self)
{
}

/**
 * rst_vault_service_set_call:
 * @self: a connection
 * @call: the call that it is for
 */
void
rst_vault_service_set_call (RstVaultService *self,
                            RstVaultCall    *call)
{
  self->call = call;
}

/**
 * rst_vault_service_leave:
 * @self: a connection
 *
 * Ends the connection's work for its call, and closes the prompt if one is shown.
 *
 * Returns: whether a prompt was shown. libsecret waits for its end then and must not be cancelled: it
 *   would never call back.
 */
gboolean
rst_vault_service_leave (RstVaultService *self)
{
  self->call = NULL;
  if (self->prompt == NULL)
    return FALSE;
  g_dbus_proxy_call (self->prompt, "Dismiss", NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  return TRUE;
}
