/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-password.h"

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "rst-error.h"
#include "rst-vault.h"

/**
 * ctl_password_is_given:
 * @self: what the command line says
 *
 * Returns: whether an option says where the password is
 */
gboolean
ctl_password_is_given (const CtlPassword *self)
{
  return self->from_stdin || self->from_service;
}

/**
 * ctl_password_is_possible:
 * @self: what the command line says
 *
 * Returns: whether there is a way to get a password: an option, or somebody to ask
 */
gboolean
ctl_password_is_possible (const CtlPassword *self)
{
  return ctl_password_is_given (self) || ctl_ask_is_possible ();
}

static RstSecret *
look_up (CtlAwait           *await,
         const RstEndpoint  *endpoint,
         const char         *username,
         GError            **error)
{
  RstSecretItem *item = rst_secret_item_new (NULL, username,
                                             "service", rst_protocol_get_nick (endpoint->protocol),
                                             "host", endpoint->host,
                                             "user", username,
                                             NULL);
  RstSecret *password;

  rst_vault_lookup_async (item, ctl_await_cancellable (await), ctl_await_cb, await);
  password = rst_vault_lookup_finish (ctl_await_result (await), error);
  rst_secret_item_free (item);
  if (password == NULL && error != NULL && *error == NULL)
    g_set_error (error, RST_ERROR, RST_ERROR_STORE,
                 _("The password store has no password of %s for %s."), username, endpoint->host);
  return password;
}

/**
 * ctl_password_get:
 * @self: what the command line says
 * @await: who waits for the Secret Service
 * @endpoint: the server that the password is for
 * @username: the name that it belongs to
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the password
 */
RstSecret *
ctl_password_get (const CtlPassword  *self,
                  CtlAwait           *await,
                  const RstEndpoint  *endpoint,
                  const char         *username,
                  GError            **error)
{
  g_autofree char *question = NULL;

  if (self->from_stdin)
    return ctl_read_secret (error);
  if (self->from_service)
    return look_up (await, endpoint, username, error);
  question = g_strdup_printf (_("Password of %s:"), username);
  return ctl_ask_secret (question, error);
}
