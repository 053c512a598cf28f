/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   describe ──► open the page, wait for the browser ──► redeem ──► done
 *      │  ▲
 *      └──┘ the issuer may describe itself in two places
 *
 * Each callback receives one reference on the task and passes it on.
 */
#include "rst-oauth.h"

#include "rst-authorization.h"
#include "rst-deadline.h"
#include "rst-error.h"
#include "rst-exchange.h"
#include "rst-fetch.h"
#include "rst-loopback.h"
#include "rst-token.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

typedef struct {
  RstIssuer        *issuer;        /* (owned) our own copy, to be completed */
  char             *username;      /* (owned) (nullable) */
  GTlsDatabase     *trust;         /* (owned) (nullable) */
  RstOauthOpen      open;
  gpointer          open_data;
  RstDns           *dns;           /* (owned) */
  guint             attempt;       /* which of the two places is asked */
  RstLoopback      *loopback;      /* (owned) (nullable) */
  RstAuthorization *authorization; /* (owned) (nullable) */
  RstDeadline      *deadline;      /* (owned) (nullable) for the person */
} Oauth;

static void
oauth_free (gpointer data)
{
  Oauth *self = data;

  rst_issuer_unref (self->issuer);
  g_free (self->username);
  g_clear_object (&self->trust);
  rst_dns_unref (self->dns);
  g_clear_pointer (&self->loopback, rst_loopback_unref);
  g_clear_pointer (&self->authorization, rst_authorization_free);
  g_clear_pointer (&self->deadline, rst_deadline_free);
  g_free (self);
}

static void
redeemed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (RstExchange) answer = rst_exchange_finish (result, &error);
  RstSecret *token = answer != NULL ? rst_token_read (answer->status, answer->body, &error) : NULL;

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) rst_secret_unref);
  else
    g_task_return_error (task, error);
}

static void
came_back_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Oauth *self = g_task_get_task_data (task);
  GError *error = NULL;
  char *code = rst_loopback_wait_finish (result, &error);
  char *form;

  if (code == NULL && rst_deadline_has_passed (self->deadline))
    {
      g_clear_error (&error);
      g_set_error (&error, RST_ERROR, RST_ERROR_NET,
                   _("Nobody signed in in the browser within %d minutes. Try again."), RST_OAUTH_MINUTES);
    }
  if (code == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  form = rst_authorization_redeem (self->authorization, code);
  rst_wipe_free (code);
  rst_exchange_async (self->issuer->token_url, form, self->trust, g_task_get_cancellable (task), redeemed_cb,
                      g_object_ref (task));
  rst_wipe_free (form);
}

static void
open_page (GTask *task)
{
  Oauth *self = g_task_get_task_data (task);
  guchar random[RST_AUTHORIZATION_RANDOM];
  g_autofree char *url = NULL;
  GError *error = NULL;

  self->loopback = rst_loopback_new (&error);
  if (self->loopback == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (getrandom (random, sizeof random, 0) != (gssize) sizeof random)
    g_error ("no randomness");
  self->authorization =
    rst_authorization_new (self->issuer, rst_loopback_get_port (self->loopback), random);
  rst_wipe (random, sizeof random);
  self->deadline = rst_deadline_new (RST_OAUTH_MINUTES * 60 * 1000, g_task_get_cancellable (task));
  rst_loopback_wait_async (self->loopback, self->authorization, rst_deadline_get_cancellable (self->deadline),
                           came_back_cb, g_object_ref (task));
  url = rst_authorization_get_url (self->authorization, self->username);
  self->open (url, self->open_data);
}

static void describe (GTask *task);

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Oauth *self = g_task_get_task_data (task);
  g_autoptr (RstReply) reply = rst_fetch_finish (result);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (reply->status == RST_REPLY_OK && rst_issuer_read_metadata (self->issuer, reply->body, &error))
    {
      open_page (task);
      return;
    }
  if (error == NULL)
    g_set_error_literal (&error, RST_ERROR, RST_ERROR_NET, reply->detail);
  if (++self->attempt > 1)
    g_task_return_error (task, error);
  else
    {
      g_error_free (error);
      describe (task);
    }
}

static void
describe (GTask *task)
{
  Oauth *self = g_task_get_task_data (task);
  g_autofree char *url = rst_issuer_metadata_url (self->issuer, self->attempt);
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTPS, url);

  ask->stay = TRUE;
  rst_fetch_async (ask, self->dns, self->trust, g_task_get_cancellable (task), described_cb,
                   g_object_ref (task));
}

/**
 * rst_oauth_sign_in_async:
 * @issuer: who signs people in
 * @username: (nullable): whom the person probably wants to sign in
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 * @open: opens the page in a browser
 * @open_data: for @open, valid until @callback
 * @cancellable: (nullable): cancels the sign-in at any moment
 * @callback: called when the person has signed in, or the sign-in has failed
 * @user_data: for @callback
 *
 * Signs the person in on the provider's page.
 */
void
rst_oauth_sign_in_async (RstIssuer           *issuer,
                         const char          *username,
                         GTlsDatabase        *trust,
                         RstOauthOpen         open,
                         gpointer             open_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Oauth *self = g_new0 (Oauth, 1);

  g_task_set_source_tag (task, rst_oauth_sign_in_async);
  self->issuer = rst_issuer_copy (issuer);
  self->username = g_strdup (username);
  g_set_object (&self->trust, trust);
  self->open = open;
  self->open_data = open_data;
  self->dns = rst_dns_new ();
  g_task_set_task_data (task, self, oauth_free);
  if (rst_issuer_is_complete (self->issuer))
    open_page (task);
  else
    describe (task);
}

/**
 * rst_oauth_sign_in_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the access token; or %NULL with %RST_ERROR_AUTH (refused or
 *   cancelled on the page), %RST_ERROR_BUSY, %RST_ERROR_CERT, %RST_ERROR_CONFIG, %RST_ERROR_NET,
 *   %RST_ERROR_PROTO, %RST_ERROR_TAMPER or %G_IO_ERROR_CANCELLED
 */
RstSecret *
rst_oauth_sign_in_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
