/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's document for automatic configuration (draft-ietf-mailmaint-pacc): JSON at a host of
 * its own, used only if its SHA-256 digest is published in DNS. It names hosts without ports; implicit
 * TLS on the usual ones is what it means. The address is not told.
 */
#include "rst-domain.h"
#include "rst-json.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
pacc_ask (const RstSearch *search,
          RstFindings     *findings)
{
  const char *domain = search->address->domain;

  if (rst_domain_is_public (domain))
    {
      rst_findings_note (findings, _("Anyone can register names under this domain."));
      return;
    }
  rst_findings_ask (findings, RST_ASK_HTTPS,
                    "https://ua-auto-config.%s/.well-known/user-agent-configuration.json", domain);
  rst_findings_ask (findings, RST_ASK_TXT, "_ua-auto-config.%s", domain);
}

/* "v=UAAC1; a=sha256; d=BASE64", in any order, with other tags beside. */
static guchar *
read_digest (const char *text,
             gsize      *length)
{
  g_auto (GStrv) tags = g_strsplit (text, ";", -1);
  const char *digest = NULL;
  gboolean version = FALSE;
  gboolean algorithm = FALSE;

  for (char **tag = tags; *tag != NULL; tag++)
    {
      char *value = strchr (*tag, '=');

      if (value == NULL)
        continue;
      *value = '\0';
      value = g_strstrip (value + 1);
      g_strstrip (*tag);
      version |= g_ascii_strcasecmp (*tag, "v") == 0 && g_ascii_strcasecmp (value, "UAAC1") == 0;
      algorithm |= g_ascii_strcasecmp (*tag, "a") == 0 && g_ascii_strcasecmp (value, "sha256") == 0;
      if (g_ascii_strcasecmp (*tag, "d") == 0)
        digest = value;
    }
  return version && algorithm && digest != NULL ? g_base64_decode (digest, length) : NULL;
}

/* Several may be published while one takes over from another; any may match. */
static gboolean
is_vouched_for (GBytes    *document,
                GPtrArray *texts,
                guint     *digests)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 wanted[32];
  gsize wanted_length = sizeof wanted;
  gboolean found = FALSE;

  g_checksum_update (checksum, g_bytes_get_data (document, NULL), (gssize) g_bytes_get_size (document));
  g_checksum_get_digest (checksum, wanted, &wanted_length);
  *digests = 0;
  for (guint i = 0; i < texts->len; i++)
    {
      gsize length = 0;
      g_autofree guchar *digest = read_digest (g_ptr_array_index (texts, i), &length);

      *digests += digest != NULL;
      found |= digest != NULL && length == sizeof wanted && memcmp (digest, wanted, length) == 0;
    }
  return found;
}

static guint
read_auths (JsonObject *root)
{
  JsonObject *ways = rst_json_get_object (root, "authentication");
  JsonNode *password = ways != NULL ? json_object_get_member (ways, "password") : NULL;
  guint auths = 0;

  if (password != NULL && JSON_NODE_HOLDS_VALUE (password) && json_node_get_boolean (password))
    auths |= 1u << RST_AUTH_PASSWORD;
  if (rst_json_get_object (ways, "oauth-public") != NULL)
    auths |= 1u << RST_AUTH_OAUTH2;
  return auths != 0 ? auths : 1u << RST_AUTH_PASSWORD;
}

/* “smtp” in earlier drafts became “submit”. */
static void
read_servers (const RstSearch *search,
              JsonObject      *root,
              RstFindings     *findings)
{
  static const struct {
    const char *name;
    RstProtocol protocol;
  } servers[] = {
    { "imap", RST_PROTOCOL_IMAP },
    { "pop3", RST_PROTOCOL_POP3 },
    { "submit", RST_PROTOCOL_SMTP },
    { "smtp", RST_PROTOCOL_SMTP },
  };
  JsonObject *protocols = rst_json_get_object (root, "protocols");
  guint auths = read_auths (root);
  RstAuth first = auths & (1u << RST_AUTH_PASSWORD) ? RST_AUTH_PASSWORD : RST_AUTH_OAUTH2;

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      const char *host = rst_json_get_string (rst_json_get_object (protocols, servers[i].name), "host");
      g_autoptr (RstEndpoint) endpoint =
        host != NULL ? rst_endpoint_new (servers[i].protocol, RST_SECURITY_TLS, host, 0, NULL) : NULL;
      RstCandidate *candidate;

      if (endpoint == NULL || !rst_domain_has_host (endpoint->host))
        continue;
      candidate = rst_candidate_new (endpoint, search->address->full, first);
      candidate->auths = auths;
      rst_findings_take (findings, candidate, RST_TRUST_PROVIDER, 0);
    }
}

static void
read_extras (JsonObject  *root,
             RstFindings *findings)
{
  static const struct {
    const char  *name;
    RstExtraKind kind;
  } services[] = {
    { "caldav", RST_EXTRA_CALDAV },
    { "carddav", RST_EXTRA_CARDDAV },
    { "jmap", RST_EXTRA_JMAP },
  };
  JsonObject *protocols = rst_json_get_object (root, "protocols");

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      const char *url = rst_json_get_string (rst_json_get_object (protocols, services[i].name), "url");
      RstExtra *extra = url != NULL ? rst_extra_new_for_url (services[i].kind, url, findings->source) : NULL;

      if (extra != NULL)
        rst_findings_add_extra (findings, extra);
    }
}

static void
read_document (const RstSearch *search,
               GBytes          *document,
               RstFindings     *findings)
{
  g_autoptr (JsonParser) parser = rst_json_parse (document);
  JsonObject *root;

  if (parser == NULL)
    {
      rst_findings_fail (findings, _("The provider’s document is broken."));
      return;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  read_servers (search, root, findings);
  read_extras (root, findings);
}

static const RstReply *
find_reply (const RstFindings *findings,
            RstAskKind         kind)
{
  for (guint i = 0; i < findings->kept->len; i++)
    {
      const RstReply *reply = g_ptr_array_index (findings->kept, i);

      if (reply->ask->kind == kind)
        return reply;
    }
  return NULL;
}

/* Document and digest come in any order; nothing is said until both are there. */
static void
pacc_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  const RstReply *document;
  const RstReply *texts;
  guint digests = 0;

  rst_findings_keep (findings, reply);
  document = find_reply (findings, RST_ASK_HTTPS);
  texts = find_reply (findings, RST_ASK_TXT);
  if (document == NULL || texts == NULL || document->status != RST_REPLY_OK)
    return;
  if (is_vouched_for (document->body, texts->texts, &digests))
    read_document (search, document->body, findings);
  else if (digests > 0)
    rst_findings_fail (findings, _("The provider’s document does not match its digest in DNS, so it was "
                                   "not used. The provider has to renew the digest."));
  else
    rst_findings_note (findings, _("DNS has no digest of the provider’s document, so it was not used."));
}

const RstSource rst_source_pacc = {
  .id = "pacc",
  .title = N_("Your provider’s document for mail programs"),
  .network = TRUE,
  .ask = pacc_ask,
  .read = pacc_read,
};
