/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-sign-in.h"

#include <glib/gi18n-lib.h>

#include "ctl-look.h"
#include "ctl-output.h"
#include "rst-probe.h"

/* Whoever hears only that one was refused would doubt the password, which the one before has accepted. */
static GError *
explain_refusal (const RstFacts    *facts,
                 const RstEndpoint *before)
{
  const RstEndpoint *endpoint = facts->endpoint;

  if (before == NULL)
    return g_error_copy (facts->error);
  /* Translators: protocols with their hosts, such as IMAP (imap.example.org); then a sentence. */
  return g_error_new (facts->error->domain, facts->error->code,
                      _("The sign-in works for %s (%s), but not for %s (%s). %s"),
                      rst_protocol_get_title (before->protocol), before->host,
                      rst_protocol_get_title (endpoint->protocol), endpoint->host, facts->error->message);
}

/* The facts of this probe take the place of what the candidate had. */
static gboolean
sign_in_at (CtlAwait       *await,
            GTlsDatabase   *trust,
            RstCandidate   *candidate,
            RstCandidate   *before,
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
  g_propagate_error (error, explain_refusal (facts, before != NULL ? before->endpoint : NULL));
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
    if (!sign_in_at (await, trust, candidates->pdata[i], i > 0 ? candidates->pdata[i - 1] : NULL, username,
                     password, error))
      return FALSE;
  return TRUE;
}
