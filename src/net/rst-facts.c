/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-facts.h"

#include "rst-text.h"

#include <glib/gi18n-lib.h>

/* How many of a certificate's names are told to somebody who wanted another one. */
#define NAMES_SHOWN 4

/* The reference count stands before the public structure. */
typedef struct {
  RstFacts facts;
  gint     refs;
} Counted;

G_DEFINE_BOXED_TYPE (RstFacts, rst_facts, rst_facts_ref, rst_facts_unref)

/**
 * rst_facts_new:
 * @endpoint: the server that they are about
 *
 * Returns: (transfer full): facts, nothing known yet
 */
RstFacts *
rst_facts_new (const RstEndpoint *endpoint)
{
  Counted *self = g_new0 (Counted, 1);

  self->refs = 1;
  self->facts.endpoint = rst_endpoint_copy (endpoint);
  self->facts.tls.names = g_new0 (char *, 1);
  self->facts.tls.chain = g_new0 (char *, 1);
  self->facts.capabilities = g_new0 (char *, 1);
  self->facts.auth = g_new0 (char *, 1);
  for (guint i = 0; i < RST_N_STAGES; i++)
    self->facts.told[i] = g_new0 (char *, 1);
  self->facts.more = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return &self->facts;
}

/**
 * rst_facts_ref:
 * @self: facts
 *
 * Returns: (transfer full): @self
 */
RstFacts *
rst_facts_ref (RstFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&((Counted *) self)->refs);
  return self;
}

/**
 * rst_facts_unref:
 * @self: (transfer full): facts
 */
void
rst_facts_unref (RstFacts *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&((Counted *) self)->refs))
    return;
  rst_endpoint_free (self->endpoint);
  g_free (self->tls.version);
  g_free (self->tls.cipher);
  g_strfreev (self->tls.chain);
  g_clear_pointer (&self->tls.not_before, g_date_time_unref);
  g_clear_pointer (&self->tls.not_after, g_date_time_unref);
  g_strfreev (self->tls.names);
  g_free (self->greeting);
  g_free (self->clear_greeting);
  for (guint i = 0; i < RST_N_STAGES; i++)
    g_strfreev (self->told[i]);
  g_strfreev (self->capabilities);
  g_strfreev (self->auth);
  g_free (self->mechanism);
  g_hash_table_unref (self->more);
  g_clear_error (&self->error);
  g_free ((Counted *) self);
}

/**
 * rst_facts_is_usable:
 * @self: facts
 *
 * Returns: whether the server answered as it should, over a connection that is safe
 */
gboolean
rst_facts_is_usable (const RstFacts *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->reachable && self->secured && self->tls.verified && self->error == NULL;
}

static gboolean
has_word (char * const *words,
          const char   *word)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (*words, word) == 0)
      return TRUE;
  return FALSE;
}

/**
 * rst_facts_has_capability:
 * @self: facts
 * @word: a capability; letter case does not matter
 *
 * Returns: whether the server listed exactly this word
 */
gboolean
rst_facts_has_capability (const RstFacts *self,
                          const char     *word)
{
  return has_word (self->capabilities, word);
}

/**
 * rst_facts_has_auth:
 * @self: facts
 * @mechanism: a SASL mechanism; letter case does not matter
 *
 * Returns: whether the server offers this way to sign in
 */
gboolean
rst_facts_has_auth (const RstFacts *self,
                    const char     *mechanism)
{
  return has_word (self->auth, mechanism);
}

static char *
join_names (char * const *names)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL && i < NAMES_SHOWN; i++)
    g_ptr_array_add (shown, names[i]);
  if (g_strv_length ((char **) names) > NAMES_SHOWN)
    g_ptr_array_add (shown, (gpointer) "…");
  g_ptr_array_add (shown, NULL);
  return rst_text_join_list ((const char * const *) shown->pdata);
}

static char *
describe_wrong_host (const RstFacts *self)
{
  g_autofree char *names = join_names (self->tls.names);

  if (*names == '\0')
    return g_strdup_printf (_("The certificate is not for %s."), self->endpoint->host);
  return g_strdup_printf (_("The certificate is not for %s but for %s."), self->endpoint->host,
                          names);
}

static char *
describe_expired (const RstFacts *self)
{
  g_autofree char *day = NULL;

  if (self->tls.not_after == NULL)
    return g_strdup (_("The certificate has expired."));
  day = rst_text_format_day (self->tls.not_after);
  return g_strdup_printf (_("The certificate expired on %s."), day);
}

static char *
describe_early (const RstFacts *self)
{
  g_autofree char *day = NULL;

  if (self->tls.not_before == NULL)
    return g_strdup (_("The certificate is not valid yet."));
  day = rst_text_format_day (self->tls.not_before);
  return g_strdup_printf (_("The certificate is not valid yet, only from %s on."), day);
}

static char *
describe_authority (const RstFacts *self)
{
  if (g_hash_table_contains (self->more, "self-signed"))
    return g_strdup (_("The server signed its certificate itself, so nobody vouches for it."));
  if (*self->tls.chain == NULL)
    return g_strdup (
        _("The certificate comes from an authority that this computer does not know."));
  if (g_hash_table_contains (self->more, "incomplete-chain"))
    return g_strdup_printf (
      _("The server does not show who stands behind the authority of its certificate, and this computer "
        "does not know: %s."),
      *self->tls.chain);
  return g_strdup_printf (
      _("The certificate comes from an authority that this computer does not know: %s."),
      *self->tls.chain);
}

static char *
describe_insecure (const RstFacts *self)
{
  const char *bits = g_hash_table_lookup (self->more, "key-bits");

  if (bits != NULL && g_hash_table_contains (self->more, "weak-key"))
    return g_strdup_printf (_("The certificate’s key of %s bits is too short to be safe."), bits);
  return g_strdup (_("The certificate is signed in a way that is no longer safe."));
}

/**
 * rst_facts_describe_problems:
 * @self: facts
 *
 * What is wrong with the server's certificate, one translated sentence for each problem.
 *
 * Returns: (transfer container) (element-type utf8): the sentences; empty if nothing is wrong
 */
GPtrArray *
rst_facts_describe_problems (const RstFacts *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  GTlsCertificateFlags problems;

  g_return_val_if_fail (self != NULL, texts);

  problems = self->tls.problems;
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    g_ptr_array_add (texts, describe_expired (self));
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    g_ptr_array_add (texts, describe_early (self));
  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_ptr_array_add (texts, describe_wrong_host (self));
  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_ptr_array_add (texts, describe_authority (self));
  if (problems & G_TLS_CERTIFICATE_REVOKED)
    g_ptr_array_add (texts, g_strdup (_("The certificate’s authority has revoked it.")));
  if (problems & G_TLS_CERTIFICATE_INSECURE)
    g_ptr_array_add (texts, describe_insecure (self));
  if (problems != 0 && texts->len == 0)
    g_ptr_array_add (texts, g_strdup (_("The certificate is not acceptable.")));
  return texts;
}
