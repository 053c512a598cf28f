/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The step of setup that gets the password: which hosts may have it, where it will be kept, what it
 * is, and whether it is right.
 */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-approve.h"
#include "ctl-ask.h"
#include "ctl-output.h"
#include "ctl-sign-in.h"
#include "rst-error.h"
#include "rst-seal.h"
#include "rst-settle.h"
#include "rst-vault.h"

static gboolean
takes_password (const RstCandidate *server)
{
  return server != NULL && (server->auth == RST_AUTH_PASSWORD || server->auth == RST_AUTH_ENCRYPTED);
}

/* The servers that the programs will give the password to. */
static GPtrArray *
list_servers (Setup *self)
{
  GPtrArray *servers = g_ptr_array_new ();
  RstCandidate *both[] = { setup_get_incoming (self), setup_get_outgoing (self) };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (takes_password (both[i]))
      g_ptr_array_add (servers, both[i]);
  return servers;
}

/* In the store of the program itself. */
static gboolean
seals_password (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    {
      const RstSeal *seal = ((RstSetup *) self->setups->pdata[i])->seal;

      if (seal != NULL && seal->logins->len > 0)
        return TRUE;
    }
  return FALSE;
}

/* Asked first, so that nobody types a password for nothing. */
static GError *
check_store (Setup *self)
{
  GError *error = NULL;
  RstVaultState state;

  if (!setup_stores_secrets (self))
    return NULL;
  rst_vault_check_async (ctl_await_cancellable (self->await), ctl_await_cb, self->await);
  state = rst_vault_check_finish (ctl_await_result (self->await), &error);
  if (error == NULL && state == RST_VAULT_ABSENT)
    g_set_error_literal (&error, RST_ERROR, RST_ERROR_STORE,
                         _("There is no password store (keyring) in this session."));
  return error;
}

static CtlExit
approve (Setup     *self,
         GPtrArray *servers)
{
  CtlApproval approval = { .list = self->approve, .yes = self->yes };

  return ctl_approve (&approval, servers);
}

static gboolean
is_checked (const Setup *self)
{
  return !self->search.no_probe && !self->search.no_network;
}

/* Signs in with the names that the programs will use. */
static gboolean
sign_in (Setup      *self,
         GPtrArray  *servers,
         GError    **error)
{
  self->signed_in = ctl_sign_in (self->await, self->trust, servers, self->user, self->secret, error);
  return self->signed_in;
}

/* A password that was typed may be mistyped: it is asked for once more, and then no further, since some
 * servers lock an account after a few refusals. */
static gboolean
get_right_password (Setup      *self,
                    GPtrArray  *servers,
                    GError    **error)
{
  gboolean again = !ctl_password_is_given (&self->password);

  while (TRUE)
    {
      g_autoptr (GError) refused = NULL;

      g_clear_pointer (&self->secret, rst_secret_unref);
      self->secret = ctl_password_get (&self->password, self->await, self->account->incoming.endpoint,
                                       self->account->incoming.username, error);
      if (self->secret == NULL)
        return FALSE;
      if (!is_checked (self) || sign_in (self, servers, &refused))
        return TRUE;
      if (!again || !g_error_matches (refused, RST_ERROR, RST_ERROR_AUTH))
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return FALSE;
        }
      ctl_message_error (refused);
      again = FALSE;
    }
}

/* Where only the password can be new, it takes somebody who says so. */
static CtlExit
drop_needless (Setup *self)
{
  GError *error = NULL;

  if (setup_changes_files (self) || ctl_password_is_given (&self->password))
    return CTL_EXIT_DONE;
  if (self->setups->len > 0 && !self->yes && ctl_ask_is_possible () &&
      ctl_ask_yes (_("All settings are in place. Is there a new password to store?"), &error))
    return CTL_EXIT_DONE;
  g_ptr_array_set_size (self->setups, 0);
  return error == NULL ? CTL_EXIT_DONE : setup_fail (self, error);
}

/**
 * setup_get_password:
 * @self: a setup with a plan
 *
 * Step: hosts, store, password, sign-in.
 *
 * Returns: how to go on
 */
CtlExit
setup_get_password (Setup *self)
{
  g_autoptr (GPtrArray) servers = list_servers (self);
  GError *error = NULL;
  CtlExit status;

  if (self->dry_run)
    return CTL_EXIT_DONE;
  status = drop_needless (self);
  if (status != CTL_EXIT_DONE || self->setups->len == 0)
    return status;
  status = approve (self, servers);
  if (status != CTL_EXIT_DONE)
    return status;
  error = check_store (self);
  if (error != NULL)
    return setup_fail (self, error);
  if (servers->len == 0 || !(is_checked (self) || setup_stores_secrets (self) || seals_password (self)))
    return CTL_EXIT_DONE;

  if (!ctl_password_is_possible (&self->password))
    return setup_fail (self, g_error_new_literal (RST_ERROR, RST_ERROR_INPUT,
                                                  _("A password is needed: --password-stdin or "
                                                    "--password-secret.")));
  return get_right_password (self, servers, &error) ? CTL_EXIT_DONE : setup_fail (self, error);
}

/* Takes out what has turned out to do nothing, but says what came of it. */
static void
drop_unchanged (Setup *self)
{
  for (guint i = self->setups->len; i > 0; i--)
    {
      const RstSetup *setup = self->setups->pdata[i - 1];

      if (rst_setup_changes (setup))
        continue;
      for (guint j = 0; j < setup->next->len; j++)
        ctl_message ("%s", (const char *) setup->next->pdata[j]);
      g_ptr_array_remove_index (self->setups, i - 1);
    }
}

/**
 * setup_seal_password:
 * @self: a setup that has the password
 *
 * Step: the edits of programs that keep passwords in a store of their own; and which passwords are
 * stored already.
 *
 * Returns: how to go on
 */
CtlExit
setup_seal_password (Setup *self)
{
  GError *error = NULL;

  if (self->dry_run || self->setups->len == 0)
    return CTL_EXIT_DONE;
  rst_seal_all_async (self->setups, self->secret, ctl_await_cancellable (self->await), ctl_await_cb,
                      self->await);
  if (!rst_seal_finish (ctl_await_result (self->await), &error))
    return setup_fail (self, error);
  rst_settle_async (self->setups, self->secret, &rst_secret_service, ctl_await_cancellable (self->await),
                    ctl_await_cb, self->await);
  if (!rst_settle_finish (ctl_await_result (self->await), &error))
    return setup_fail (self, error);
  drop_unchanged (self);
  return CTL_EXIT_DONE;
}
