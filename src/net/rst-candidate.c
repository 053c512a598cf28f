/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-candidate.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (RstCandidate, rst_candidate, rst_candidate_ref, rst_candidate_unref)

/**
 * rst_candidate_new:
 * @endpoint: where the server is
 * @username: (nullable): the name to sign in with, placeholders already replaced
 * @auth: how to sign in
 *
 * Returns: (transfer full): a candidate that nobody vouches for and nobody has named yet
 */
RstCandidate *
rst_candidate_new (const RstEndpoint *endpoint,
                   const char        *username,
                   RstAuth            auth)
{
  RstCandidate *self = g_rc_box_new0 (RstCandidate);

  self->endpoint = rst_endpoint_copy (endpoint);
  self->username = g_strdup (username);
  self->auth = auth;
  self->auths = 1u << auth;
  self->sources = g_new0 (char *, 1);
  return self;
}

/**
 * rst_candidate_ref:
 * @self: a candidate
 *
 * Returns: (transfer full): @self
 */
RstCandidate *
rst_candidate_ref (RstCandidate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
candidate_clear (gpointer data)
{
  RstCandidate *self = data;

  rst_endpoint_free (self->endpoint);
  g_free (self->username);
  g_strfreev (self->sources);
  g_clear_pointer (&self->issuer, rst_issuer_unref);
  g_clear_pointer (&self->probe, rst_facts_unref);
}

/**
 * rst_candidate_unref:
 * @self: (transfer full): a candidate
 */
void
rst_candidate_unref (RstCandidate *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, candidate_clear);
}

/**
 * rst_candidate_copy:
 * @self: a candidate
 *
 * Returns: (transfer full): a copy that can be changed; the probe's facts are shared
 */
RstCandidate *
rst_candidate_copy (const RstCandidate *self)
{
  RstCandidate *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_rc_box_new0 (RstCandidate);
  *copy = *self;
  copy->endpoint = rst_endpoint_copy (self->endpoint);
  copy->username = g_strdup (self->username);
  copy->sources = g_strdupv (self->sources);
  copy->issuer = self->issuer != NULL ? rst_issuer_ref (self->issuer) : NULL;
  copy->probe = self->probe != NULL ? rst_facts_ref (self->probe) : NULL;
  return copy;
}

/**
 * rst_candidate_add_source:
 * @self: a candidate
 * @id: the id of a source that named it
 *
 * Adds @id at the end of the sources unless it is there.
 */
void
rst_candidate_add_source (RstCandidate *self,
                          const char   *id)
{
  guint n = g_strv_length (self->sources);

  if (g_strv_contains ((const char * const *) self->sources, id))
    return;
  self->sources = g_renew (char *, self->sources, n + 2);
  self->sources[n] = g_strdup (id);
  self->sources[n + 1] = NULL;
}

/**
 * rst_candidate_adopt:
 * @self: a candidate
 * @other: another one for the same host and protocol
 *
 * Takes over what @other says about the host: how far it can be trusted, how to sign in, and what becomes
 * of the mail there. Where @self is, who named it and in which place stay.
 */
void
rst_candidate_adopt (RstCandidate       *self,
                     const RstCandidate *other)
{
  g_return_if_fail (self != other);

  self->trust = other->trust;
  g_free (self->username);
  self->username = g_strdup (other->username);
  self->auth = other->auth;
  self->auths = other->auths;
  self->leave_known = other->leave_known;
  self->leave = other->leave;
  self->leave_days = other->leave_days;
  g_clear_pointer (&self->issuer, rst_issuer_unref);
  self->issuer = other->issuer != NULL ? rst_issuer_ref (other->issuer) : NULL;
}

/**
 * rst_candidate_shares_source:
 * @self: a candidate
 * @other: another one
 *
 * Returns: whether one source named both
 */
gboolean
rst_candidate_shares_source (const RstCandidate *self,
                             const RstCandidate *other)
{
  for (char **id = self->sources; *id != NULL; id++)
    if (g_strv_contains ((const char * const *) other->sources, *id))
      return TRUE;
  return FALSE;
}

/**
 * rst_candidate_is_usable:
 * @self: a candidate
 *
 * Returns: whether a probe has found a mail server there behind verified TLS
 */
gboolean
rst_candidate_is_usable (const RstCandidate *self)
{
  return self->endpoint->security != RST_SECURITY_NONE && self->probe != NULL &&
         rst_facts_is_usable (self->probe);
}

/**
 * rst_candidate_wants_browser:
 * @self: a candidate
 *
 * Returns: whether one signs in there on the provider's page, and this program can do so: it is a
 *   registered client
 */
gboolean
rst_candidate_wants_browser (const RstCandidate *self)
{
  return self->auth == RST_AUTH_OAUTH2 && self->issuer != NULL;
}

static const struct {
  const char *nick;
  const char *text;
} trusts[] = {
  [RST_TRUST_NONE] = { "none", N_("Nothing vouches for this server.") },
  [RST_TRUST_INSECURE] = { "insecure", N_("Named over an unprotected connection; anybody on the way can have "
                                          "changed it.") },
  [RST_TRUST_GUESS] = { "guess", N_("A usual server name; a server answers there.") },
  [RST_TRUST_FOREIGN] = { "foreign", N_("Your provider’s records point to a server of another domain.") },
  [RST_TRUST_DNS] = { "dns", N_("Named in your provider’s DNS records.") },
  [RST_TRUST_DATABASE] = { "database", N_("Named in a list of mail providers.") },
  [RST_TRUST_PROVIDER] = { "provider", N_("Named by your provider over a secure connection.") },
  [RST_TRUST_LOCAL] = { "local", N_("Named by a settings file on this computer.") },
};

/**
 * rst_trust_get_nick:
 * @trust: a level of trust
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_trust_get_nick (RstTrust trust)
{
  g_return_val_if_fail (trust < G_N_ELEMENTS (trusts), NULL);

  return trusts[trust].nick;
}

/**
 * rst_trust_describe:
 * @trust: a level of trust
 *
 * Returns: (transfer none): one translated sentence for a person
 */
const char *
rst_trust_describe (RstTrust trust)
{
  g_return_val_if_fail (trust < G_N_ELEMENTS (trusts), NULL);

  return _(trusts[trust].text);
}
