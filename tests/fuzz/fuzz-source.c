/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays the world outside for every source of servers. The first byte picks the source; the rest is
 * split at nul bytes, and each piece answers what the source asks next. Its first byte says how the
 * ask ends; then come a body, records (“PRIORITY WEIGHT PORT TARGET”) or texts, one a line. A text “@”
 * is the digest that fits the first piece.
 */
#include "fuzz.h"

#include "rst-domain.h"
#include "rst-source.h"
#include "rst-text.h"
#include "rst-told.h"

#include <stdio.h>
#include <string.h>

#define ADDRESS "taro@example.org"
#define ASKS_MAX 64

typedef struct {
  const char *bytes; /* (unowned) */
  gsize       length;
} Piece;

static gboolean
is_own_host (const char *host)
{
  return host != NULL && rst_domain_same_site (host, "example.org");
}

/* Web addresses are https; whoever is told the address is of its own domain; no name that strangers can
 * register is asked for. */
static void
check_ask (const RstAsk *ask)
{
  g_autoptr (GUri) uri = NULL;
  gboolean tells = strstr (ask->name, "taro@") != NULL || strstr (ask->name, "taro%40") != NULL ||
                   (ask->body != NULL && strstr (ask->body, "taro@") != NULL);

  g_assert_false (rst_text_has_control (ask->name));
  if (ask->kind != RST_ASK_HTTPS && ask->kind != RST_ASK_HTTP && ask->kind != RST_ASK_POST)
    {
      g_assert_false (tells && ask->kind != RST_ASK_FILE);
      return;
    }
  uri = g_uri_parse (ask->name, G_URI_FLAGS_ENCODED, NULL);
  g_assert_nonnull (uri);
  g_assert_cmpstr (g_uri_get_scheme (uri), ==, ask->kind == RST_ASK_HTTP ? "http" : "https");
  g_assert_false (tells && ask->kind == RST_ASK_HTTP);
  g_assert_null (g_uri_get_userinfo (uri));
  g_assert_true (!tells || is_own_host (g_uri_get_host (uri)));
  if (g_str_has_prefix (g_uri_get_host (uri), "autoconfig."))
    g_assert_false (rst_domain_is_public (g_uri_get_host (uri) + strlen ("autoconfig.")));
}

/* Who learnt something has the name of a host. */
static void
check_told (const RstAsk       *ask,
            const RstAddress   *address,
            const RstRedaction *redaction)
{
  RstTold *told = rst_told_new_visit (ask->name, ask->body, address, redaction);

  g_assert_true (told == NULL || rst_domain_has_host (told->who));
  if (told != NULL)
    rst_told_free (told);
}

static void
check_candidate (const RstCandidate *candidate)
{
  g_assert_true (g_str_is_ascii (candidate->endpoint->host));
  g_assert_cmpuint (candidate->endpoint->port, >, 0);
  g_assert_true (candidate->trust == RST_TRUST_LOCAL || rst_domain_has_host (candidate->endpoint->host));
  g_assert_false (rst_text_has_control (candidate->username));
  g_assert_cmpint (candidate->trust, >, RST_TRUST_NONE);
}

static void
check_texts (GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      g_assert_true (g_utf8_validate (g_ptr_array_index (texts, i), -1, NULL));
      g_assert_false (rst_text_has_control (g_ptr_array_index (texts, i)));
    }
}

static void
check (const RstFindings *findings,
       const RstAddress  *address)
{
  g_autoptr (RstRedaction) redaction = rst_redaction_new (address, NULL);

  g_assert_cmpuint (findings->candidates->len, <=, RST_CANDIDATES_MAX);
  g_assert_cmpuint (findings->asks->len, <=, ASKS_MAX);
  for (guint i = 0; i < findings->asks->len; i++)
    {
      check_ask (g_ptr_array_index (findings->asks, i));
      check_told (g_ptr_array_index (findings->asks, i), address, redaction);
    }
  for (guint i = 0; i < findings->candidates->len; i++)
    check_candidate (g_ptr_array_index (findings->candidates, i));
  check_texts (findings->notes);
  check_texts (findings->instructions);
  for (guint i = 0; i < findings->extras->len; i++)
    {
      const RstExtra *extra = g_ptr_array_index (findings->extras, i);

      g_assert_true (g_str_is_ascii (extra->url) && !rst_text_has_control (extra->url));
    }
}

static void
add_text (RstReply    *reply,
          const Piece *first,
          const char  *line)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  if (!g_str_equal (line, "@"))
    {
      g_ptr_array_add (reply->texts, g_utf8_make_valid (line, -1));
      return;
    }
  if (first->length > 1)
    g_checksum_update (checksum, (const guchar *) first->bytes + 1, (gssize) first->length - 1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  g_ptr_array_add (reply->texts, g_strdup_printf ("v=UAAC1; a=sha256; d=%s", encoded));
}

static void
add_lines (RstReply    *reply,
           const Piece *first,
           const char  *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);

  for (char **line = lines; *line != NULL; line++)
    {
      guint priority, weight, port;
      int at = 0;

      add_text (reply, first, *line);
      if (sscanf (*line, "%5u %5u %5u %n", &priority, &weight, &port, &at) == 3 && at > 0)
        rst_reply_add_record (reply, (guint16) priority, (guint16) weight, (guint16) port, *line + at);
    }
}

static RstReply *
make_reply (const RstAsk *ask,
            const Piece  *first,
            const Piece  *piece)
{
  RstReply *reply = rst_reply_new (ask);
  char how = piece->length > 0 ? *piece->bytes : 'n';
  gsize length = piece->length > 0 ? piece->length - 1 : 0;
  g_autofree char *text = g_strndup (piece->length > 0 ? piece->bytes + 1 : "", length);

  reply->code = how == 'u' ? 401 : how == 'n' ? 404 : 200;
  reply->host = g_strdup (how == 'f' ? "elsewhere.example.net" : "example.org");
  reply->body = g_bytes_new (text, length);
  add_lines (reply, first, text);
  if (how == 'n' || how == 'u')
    rst_reply_fail (reply, RST_REPLY_NOTHING, g_strdup ("nothing"));
  else if (how == 'x')
    rst_reply_fail (reply, RST_REPLY_FAILED, g_strdup ("failed"));
  return reply;
}

static guint
split (const char *bytes,
       gsize       length,
       Piece      *pieces)
{
  guint n = 0;

  while (n < ASKS_MAX)
    {
      const char *end = length > 0 ? memchr (bytes, '\0', length) : NULL;

      pieces[n++] = (Piece) { bytes, end != NULL ? (gsize) (end - bytes) : length };
      if (end == NULL)
        break;
      length -= (gsize) (end - bytes) + 1;
      bytes = end + 1;
    }
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const languages[] = { "ja", "en", NULL };
  static const char * const folders[] = { "/etc/restante/providers", "/usr/share/restante/providers", NULL };
  g_autoptr (RstAddress) address = rst_address_parse (ADDRESS, NULL);
  RstSearch search = { .address = address, .languages = languages, .provider_dirs = folders,
                       .database_url = "https://database.example.net/v1/" };
  Piece pieces[ASKS_MAX];
  guint n_sources = 0;
  guint n = size > 0 ? split ((const char *) data + 1, size - 1, pieces) : 0;
  const RstSource *source;
  g_autoptr (RstFindings) findings = NULL;

  while (rst_sources[n_sources] != NULL)
    n_sources++;
  source = rst_sources[size > 0 ? data[0] % n_sources : 0];
  findings = rst_findings_new (source->id);
  source->ask (&search, findings);
  for (guint i = 0; i < n && i < findings->asks->len; i++)
    {
      g_autoptr (RstReply) reply = make_reply (g_ptr_array_index (findings->asks, i), pieces, &pieces[i]);

      source->read (&search, reply, findings);
    }
  check (findings, address);
  return 0;
}
