/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The step of setup for servers that take no password. The programs open the provider's page by
 * themselves; what a sign-in of ours brings back only proves that the servers let this person in, and is
 * then forgotten.
 */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-approve.h"
#include "ctl-ask.h"
#include "ctl-browser.h"
#include "ctl-output.h"
#include "ctl-sign-in.h"

static gboolean
may_sign_in (Setup         *self,
             RstCandidate  *incoming,
             GError       **error)
{
  if (!rst_candidate_wants_browser (incoming) || self->search.no_probe || self->search.no_network)
    return FALSE;
  if (self->browser)
    return TRUE;
  return !self->yes && ctl_ask_is_possible () &&
         ctl_ask_yes (_("Try the sign-in in the browser now, before anything is written?"), error);
}

static CtlExit
sign_in (Setup     *self,
         GPtrArray *servers)
{
  CtlApproval approval = { .list = self->approve, .yes = self->yes };
  CtlExit status = ctl_approve (&approval, servers);
  g_autoptr (RstSecret) token = NULL;
  GError *error = NULL;

  if (status != CTL_EXIT_DONE)
    return status;
  token = ctl_browser_sign_in (self->await, servers->pdata[0], self->user, self->trust, &error);
  self->signed_in =
    token != NULL && ctl_sign_in (self->await, self->trust, servers, self->user, token, &error);
  return self->signed_in ? CTL_EXIT_DONE : setup_fail (self, error);
}

/**
 * setup_use_browser:
 * @self: a setup with a plan
 *
 * Step: says who will sign in, and on request tries it.
 *
 * Returns: how to go on
 */
CtlExit
setup_use_browser (Setup *self)
{
  RstCandidate *incoming = setup_get_incoming (self);
  RstCandidate *outgoing = setup_get_outgoing (self);
  g_autoptr (GPtrArray) servers = g_ptr_array_new ();
  GError *error = NULL;
  gboolean wanted;

  if (self->dry_run || self->setups->len == 0 || incoming->auth != RST_AUTH_OAUTH2)
    return CTL_EXIT_DONE;
  ctl_message (_("%s takes no password. Each mail program opens the provider’s page, on which you sign in."),
               incoming->endpoint->host);
  wanted = may_sign_in (self, incoming, &error);
  if (error != NULL)
    return setup_fail (self, error);
  if (!wanted)
    return CTL_EXIT_DONE;
  g_ptr_array_add (servers, incoming);
  if (outgoing != NULL)
    g_ptr_array_add (servers, outgoing);
  ctl_browser_keep (servers);
  return sign_in (self, servers);
}
