/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-account.h"

G_DEFINE_BOXED_TYPE (RstAccount, rst_account, rst_account_copy, rst_account_free)

/**
 * rst_login_set:
 * @self: a sign-in of an account
 * @endpoint: (nullable): the server
 * @username: (nullable): the name to sign in with
 * @auth: how to sign in
 *
 * Replaces a sign-in; the arguments are copied.
 */
void
rst_login_set (RstLogin          *self,
               const RstEndpoint *endpoint,
               const char        *username,
               RstAuth            auth)
{
  g_autofree char *name = g_strdup (username);
  g_autoptr (RstEndpoint) copy = endpoint != NULL ? rst_endpoint_copy (endpoint) : NULL;

  g_clear_pointer (&self->endpoint, rst_endpoint_free);
  g_free (self->username);
  self->endpoint = g_steal_pointer (&copy);
  self->username = g_steal_pointer (&name);
  self->auth = auth;
}

/**
 * rst_account_new:
 * @address: the mail address
 *
 * Returns: (transfer full): an account without servers
 */
RstAccount *
rst_account_new (const char *address)
{
  RstAccount *self = g_new0 (RstAccount, 1);

  self->address = g_strdup (address);
  return self;
}

/**
 * rst_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): a deep copy
 */
RstAccount *
rst_account_copy (const RstAccount *self)
{
  RstAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rst_account_new (self->address);
  copy->name = g_strdup (self->name);
  rst_login_set (&copy->incoming, self->incoming.endpoint, self->incoming.username, self->incoming.auth);
  rst_login_set (&copy->outgoing, self->outgoing.endpoint, self->outgoing.username, self->outgoing.auth);
  copy->leave = self->leave;
  copy->leave_days = self->leave_days;
  copy->login_delay = self->login_delay;
  copy->delete_along = self->delete_along;
  copy->store_secret = self->store_secret;
  copy->ca_file = g_strdup (self->ca_file);
  return copy;
}

/**
 * rst_account_free:
 * @self: (transfer full): an account
 */
void
rst_account_free (RstAccount *self)
{
  g_return_if_fail (self != NULL);

  rst_login_set (&self->incoming, NULL, NULL, RST_AUTH_PASSWORD);
  rst_login_set (&self->outgoing, NULL, NULL, RST_AUTH_PASSWORD);
  g_free (self->address);
  g_free (self->name);
  g_free (self->ca_file);
  g_free (self);
}

/**
 * rst_account_is_pop:
 * @self: an account
 *
 * Returns: whether its incoming server speaks POP3
 */
gboolean
rst_account_is_pop (const RstAccount *self)
{
  return self->incoming.endpoint != NULL && self->incoming.endpoint->protocol == RST_PROTOCOL_POP3;
}

static gboolean
same_text (const char *a,
           const char *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a, b) == 0;
}

/**
 * rst_account_same_mailbox:
 * @a: an account
 * @b: another one
 *
 * Two accounts read the same mailbox if they have the same address, or the same user at the same
 * host. The address is the better sign: one server goes by many names.
 *
 * Returns: whether both read the same mailbox
 */
gboolean
rst_account_same_mailbox (const RstAccount *a,
                          const RstAccount *b)
{
  if (same_text (a->address, b->address))
    return TRUE;
  return a->incoming.endpoint != NULL && b->incoming.endpoint != NULL &&
         same_text (a->incoming.endpoint->host, b->incoming.endpoint->host) &&
         same_text (a->incoming.username, b->incoming.username);
}

/**
 * rst_account_slug:
 * @self: an account
 *
 * A name for sections and files in other programs' configuration: lower-case letters, digits, dot
 * and hyphen only, so that no format needs quotes for it.
 *
 * Returns: (transfer full): such as `taro-example.org`
 */
char *
rst_account_slug (const RstAccount *self)
{
  g_autofree char *lower = g_ascii_strdown (self->address, -1);

  for (char *p = lower; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '.')
      *p = '-';
  return g_steal_pointer (&lower);
}
