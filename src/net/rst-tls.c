/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-tls.h"

#include "rst-der.h"
#include "rst-error.h"
#include "rst-other-name.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Shorter RSA keys are refused (NIST SP 800-131A; OpenSSL and browsers refuse them too). */
#define RSA_BITS_MIN 2048

/* Most names of a certificate that are shown, and the longest text of one. */
#define NAMES_MAX 20
/* Most certificates of a chain that are shown. */
#define CHAIN_MAX 8
#define NAME_CHARS 200

static const char *
version_name (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
      return "SSL 3.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
      return NULL;
    }
  return NULL;
}

/* RFC 8996 deprecates everything older than TLS 1.2. A version that this program has never heard of
 * is newer than it. */
static gboolean
is_old (GTlsProtocolVersion version)
{
  return version == G_TLS_PROTOCOL_VERSION_SSL_3_0 || version == G_TLS_PROTOCOL_VERSION_TLS_1_0 ||
         version == G_TLS_PROTOCOL_VERSION_TLS_1_1;
}

/* “CN=Some CA,O=…” → “Some CA”, the whole if it has no common name. */
static char *
short_name (const char *distinguished)
{
  g_auto (GStrv) parts = g_strsplit (distinguished, ",", -1);

  for (char **part = parts; *part != NULL; part++)
    if (g_ascii_strncasecmp (g_strstrip (*part), "CN=", 3) == 0)
      return rst_text_clean (*part + 3, -1, NAME_CHARS);
  return rst_text_clean (distinguished, -1, NAME_CHARS);
}

static void
note_names (GTlsCertificate *certificate,
            RstFacts        *facts)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; names != NULL && i < MIN (names->len, NAMES_MAX); i++)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (names, i), &length);

      g_ptr_array_add (texts, rst_text_clean (bytes, (gssize) length, NAME_CHARS));
    }
  g_ptr_array_add (texts, NULL);
  g_strfreev (facts->tls.names);
  facts->tls.names = (char **) g_ptr_array_free (texts, FALSE);
}

static gboolean
is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);

  return issuer != NULL && g_strcmp0 (issuer, subject) == 0;
}

/* Who vouches for the server, who for that one, and so on. */
static void
note_chain (GTlsCertificate *certificate,
            RstFacts        *facts)
{
  g_autoptr (GStrvBuilder) chain = g_strv_builder_new ();
  GTlsCertificate *link = certificate;

  for (guint i = 0; link != NULL && i < CHAIN_MAX; i++, link = g_tls_certificate_get_issuer (link))
    {
      g_autofree char *issuer = g_tls_certificate_get_issuer_name (link);
      g_autofree char *name = issuer != NULL ? short_name (issuer) : NULL;

      if (name == NULL || (i > 0 && is_self_signed (link)))
        break;
      g_strv_builder_add (chain, name);
    }
  g_strfreev (facts->tls.chain);
  facts->tls.chain = g_strv_builder_end (chain);
  if (is_self_signed (certificate))
    g_hash_table_replace (facts->more, g_strdup ("self-signed"), g_strdup ("yes"));
}

static void
note_key (GTlsCertificate *certificate,
          RstFacts        *facts)
{
  g_autoptr (GByteArray) der = NULL;
  RstKeyKind kind = RST_KEY_UNKNOWN;
  guint bits;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der != NULL)
    kind = rst_der_get_key (der->data, der->len, &bits);
  if (kind == RST_KEY_UNKNOWN)
    return;
  g_hash_table_replace (facts->more, g_strdup ("key-kind"), g_strdup (kind == RST_KEY_RSA ? "RSA" : "EC"));
  g_hash_table_replace (facts->more, g_strdup ("key-bits"), g_strdup_printf ("%u", bits));
  if (kind != RST_KEY_RSA || bits >= RSA_BITS_MIN)
    return;
  g_hash_table_replace (facts->more, g_strdup ("weak-key"), g_strdup ("yes"));
  facts->tls.problems |= G_TLS_CERTIFICATE_INSECURE;
}

/* A server whose authority has others above it has to send their certificates along. */
static void
note_gap (GTlsCertificate *certificate,
          RstFacts        *facts)
{
  g_autoptr (GByteArray) der = NULL;

  if (!(facts->tls.problems & G_TLS_CERTIFICATE_UNKNOWN_CA) ||
      g_tls_certificate_get_issuer (certificate) != NULL || is_self_signed (certificate))
    return;
  g_object_get (certificate, "certificate", &der, NULL);
  if (der != NULL && rst_der_locates_issuer (der->data, der->len))
    g_hash_table_replace (facts->more, g_strdup ("incomplete-chain"), g_strdup ("yes"));
}

/* The problem that is to be solved before any other. */
static RstTrouble
find_cause (const RstFacts *facts)
{
  GTlsCertificateFlags problems = facts->tls.problems;

  if (problems & G_TLS_CERTIFICATE_REVOKED)
    return RST_TROUBLE_CERT_REVOKED;
  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_hash_table_contains (facts->more, "self-signed")        ? RST_TROUBLE_CERT_SELF_SIGNED
           : g_hash_table_contains (facts->more, "incomplete-chain") ? RST_TROUBLE_CERT_CHAIN
                                                                     : RST_TROUBLE_CERT_ISSUER;
  if (problems & G_TLS_CERTIFICATE_INSECURE)
    return RST_TROUBLE_CERT_WEAK;
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    return RST_TROUBLE_CERT_EXPIRED;
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return RST_TROUBLE_CERT_EARLY;
  return problems & G_TLS_CERTIFICATE_BAD_IDENTITY ? RST_TROUBLE_CERT_NAME : RST_TROUBLE_NONE;
}

static gboolean
fail_certificate (const RstFacts  *facts,
                  GError         **error)
{
  g_autoptr (GPtrArray) sentences = rst_facts_describe_problems (facts);
  g_autofree char *text = NULL;
  RstTrouble cause = find_cause (facts);
  const char *name;
  gboolean certain;

  g_ptr_array_add (sentences, NULL);
  text = g_strjoinv (" ", (char **) sentences->pdata);
  g_set_error_literal (error, RST_ERROR, RST_ERROR_CERT, text);
  if (error == NULL)
    return FALSE;
  rst_error_set_cause (*error, cause);
  name = cause == RST_TROUBLE_CERT_NAME ? rst_other_name_find (facts, &certain) : NULL;
  if (name != NULL)
    rst_error_set_other_name (*error, name, certain);
  return FALSE;
}

/* Whatever cannot be decided counts against the certificate. */
static GTlsCertificateFlags
verify_chain (GTlsCertificate *chain,
              GTlsDatabase    *trust,
              const char      *host)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host, 0);
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags problems =
    g_tls_database_verify_chain (trust, chain, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity,
                                 NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error);

  return error == NULL ? problems : problems | G_TLS_CERTIFICATE_GENERIC_ERROR;
}

/**
 * rst_tls_judge:
 * @connection: a connection whose handshake is complete
 * @trust: the authorities to trust
 * @facts: where to note version, cipher and certificate, which has to be good for the host in it
 * @error: return location for an error
 *
 * Returns: whether a password may be sent over @connection; %FALSE with %RST_ERROR_NOTLS if the
 * version is too old, %RST_ERROR_CERT if the certificate is not acceptable
 */
gboolean
rst_tls_judge (GTlsConnection  *connection,
               GTlsDatabase    *trust,
               RstFacts        *facts,
               GError         **error)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (connection);
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);

  facts->secured = TRUE;
  facts->tls.version = g_strdup (version_name (version));
  facts->tls.cipher = g_tls_connection_get_ciphersuite_name (connection);
  if (certificate != NULL)
    {
      facts->tls.problems = verify_chain (certificate, trust, facts->endpoint->host);
      note_names (certificate, facts);
      note_chain (certificate, facts);
      note_gap (certificate, facts);
      note_key (certificate, facts);
      facts->tls.not_before = g_tls_certificate_get_not_valid_before (certificate);
      facts->tls.not_after = g_tls_certificate_get_not_valid_after (certificate);
    }
  else
    facts->tls.problems = G_TLS_CERTIFICATE_GENERIC_ERROR;
  facts->tls.verified = facts->tls.problems == 0;
  if (is_old (version))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_NOTLS,
                   _("The server’s encryption is too old to be safe (%s)."),
                   version_name (version));
      return FALSE;
    }
  return facts->tls.verified || fail_certificate (facts, error);
}

static char *
get_binding_data (GTlsConnection            *connection,
                  GTlsChannelBindingType     type)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (!g_tls_connection_get_channel_binding_data (connection, type, data, NULL) || data->len == 0)
    return NULL;
  return g_base64_encode (data->data, data->len);
}

/**
 * rst_tls_get_binding:
 * @connection: a connection whose handshake is complete
 * @binding: where to put what a sign-in can be bound to
 *
 * tls-exporter is what TLS 1.3 has (RFC 9266), tls-unique what servers with TLS 1.2 expect (RFC
 * 5929).
 */
void
rst_tls_get_binding (GTlsConnection *connection,
                     RstBinding     *binding)
{
  if (g_tls_connection_get_protocol_version (connection) == G_TLS_PROTOCOL_VERSION_TLS_1_3)
    binding->exporter = get_binding_data (connection, G_TLS_CHANNEL_BINDING_TLS_EXPORTER);
  else
    binding->unique = get_binding_data (connection, G_TLS_CHANNEL_BINDING_TLS_UNIQUE);
}
