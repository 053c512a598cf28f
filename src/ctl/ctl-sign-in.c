/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-sign-in.h"

#include <glib/gi18n-lib.h>

#include "ctl-look.h"
#include "ctl-output.h"
#include "rst-probe.h"

/* The facts of this probe take the place of what the candidate had. */
static gboolean
sign_in_at (CtlAwait       *await,
            GTlsDatabase   *trust,
            RstCandidate   *candidate,
            const char     *username,
            RstSecret      *password,
            GError        **error)
{
  RstProbeOptions options = {
    .trust = trust,
    .username = username != NULL ? username : candidate->username,
    .password = password,
  };
  RstFacts *facts;

  ctl_progress (_("Signing in at %s…"), candidate->endpoint->host);
  rst_probe_async (candidate->endpoint, &options, ctl_await_cancellable (await), ctl_await_cb, await);
  facts = rst_probe_finish (ctl_await_result (await), error);
  if (facts == NULL)
    return FALSE;
  g_clear_pointer (&candidate->probe, rst_facts_unref);
  candidate->probe = facts;
  ctl_note_look (facts, options.username);
  if (facts->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (facts->error));
  return FALSE;
}

/**
 * ctl_sign_in:
 * @await: who waits
 * @trust: (nullable): the authorities to trust
 * @candidates: (element-type RstCandidate): approved servers, the incoming one first
 * @username: (nullable): the name to use in place of what the candidates have
 * @password: the password
 * @error: return location for an error
 *
 * Signs in at each server, until one refuses. What the servers said is then in the candidates.
 *
 * Returns: whether all let us in
 */
gboolean
ctl_sign_in (CtlAwait      *await,
             GTlsDatabase  *trust,
             GPtrArray     *candidates,
             const char    *username,
             RstSecret     *password,
             GError       **error)
{
  for (guint i = 0; i < candidates->len; i++)
    if (!sign_in_at (await, trust, candidates->pdata[i], username, password, error))
      return FALSE;
  return TRUE;
}
