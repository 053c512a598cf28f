/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-bearer.h"

#include "rst-json.h"

#include <string.h>

#define SEPARATOR "\x01" /* RFC 7628 section 3.1: kvsep */

struct _RstBearer {
  gboolean          standard; /* OAUTHBEARER, not XOAUTH2 */
  char             *message;  /* (owned) (nullable) in base64, secret; NULL once it is sent */
  RstBearerRefusal  refusal;
};

/**
 * rst_bearer_choose:
 * @offered: (array zero-terminated=1): mechanisms that the server offers inside TLS, in upper case
 *
 * Returns: (transfer none) (nullable): the mechanism to take, the standard one if there is a choice
 */
const char *
rst_bearer_choose (char * const *offered)
{
  static const char * const mechanisms[] = { "OAUTHBEARER", "XOAUTH2" };

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_strv_contains ((const char * const *) offered, mechanisms[i]))
      return mechanisms[i];
  return NULL;
}

/* RFC 5801 section 4: saslname. */
static char *
escape_name (const char *username)
{
  GString *name = g_string_new (username);

  g_string_replace (name, "=", "=3D", 0);
  g_string_replace (name, ",", "=2C", 0);
  return g_string_free (name, FALSE);
}

/* All but the token and what closes the message. */
static char *
compose_head (gboolean           standard,
              const RstEndpoint *endpoint,
              const char        *username)
{
  g_autofree char *name = NULL;

  if (!standard)
    return g_strdup_printf ("user=%s" SEPARATOR "auth=Bearer ", username);
  name = escape_name (username);
  return g_strdup_printf ("n,a=%s," SEPARATOR "host=%s" SEPARATOR "port=%u" SEPARATOR "auth=Bearer ", name,
                          endpoint->host, endpoint->port);
}

/**
 * rst_bearer_new:
 * @mechanism: what rst_bearer_choose() returned
 * @endpoint: the server
 * @username: whom to sign in; without control characters
 * @token: (transfer none): the token
 *
 * Prepares one attempt.
 *
 * Returns: (transfer full): the attempt
 */
RstBearer *
rst_bearer_new (const char        *mechanism,
                const RstEndpoint *endpoint,
                const char        *username,
                RstSecret         *token)
{
  RstBearer *self = g_new0 (RstBearer, 1);
  const char *bare = rst_secret_peek (token);
  g_autofree char *head = NULL;
  GString *message;

  self->standard = g_str_equal (mechanism, "OAUTHBEARER");
  head = compose_head (self->standard, endpoint, username);
  /* Of its final size from the start: a string that grows leaves copies behind. */
  message = g_string_sized_new (strlen (head) + strlen (bare) + 3);
  g_string_append (message, head);
  g_string_append (message, bare);
  g_string_append (message, SEPARATOR SEPARATOR);
  self->message = g_base64_encode ((const guchar *) message->str, message->len);
  rst_wipe (message->str, message->len);
  g_string_free (message, TRUE);
  return self;
}

/**
 * rst_bearer_free:
 * @self: (transfer full): an attempt
 */
void
rst_bearer_free (RstBearer *self)
{
  g_return_if_fail (self != NULL);

  rst_wipe_free (self->message);
  g_free (self);
}

/* RFC 7628 section 3.2.2; XOAUTH2 has an HTTP status in place of the word. Whatever else it is, it
 * refuses. */
static RstBearerRefusal
read_refusal (const guchar *challenge,
              gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (challenge, length);
  g_autoptr (JsonParser) parser = rst_json_parse (bytes);
  const char *status =
    parser != NULL ? rst_json_get_string (json_node_get_object (json_parser_get_root (parser)), "status")
                   : NULL;

  if (g_strcmp0 (status, "insufficient_scope") == 0 || g_strcmp0 (status, "403") == 0)
    return RST_BEARER_SCOPE;
  return RST_BEARER_INVALID;
}

/**
 * rst_bearer_step:
 * @self: an attempt
 * @challenge: (array length=length) (nullable): what the server sent
 * @length: its length in bytes
 *
 * Returns: (transfer full) (nullable): the answer in base64, secret: to be freed with
 *   rst_wipe_free(); or %NULL if the server breaks the rules
 */
char *
rst_bearer_step (RstBearer    *self,
                 const guchar *challenge,
                 gsize         length)
{
  if (self->message != NULL)
    return length == 0 ? g_steal_pointer (&self->message) : NULL;
  if (self->refusal != RST_BEARER_NOT_REFUSED)
    return NULL;
  self->refusal = read_refusal (challenge, length);
  /* RFC 7628 section 3.2.3: one separator alone; XOAUTH2: nothing. */
  return g_strdup (self->standard ? "AQ==" : "");
}

/**
 * rst_bearer_get_refusal:
 * @self: an attempt
 *
 * Returns: why the server refuses the token, if it has said so
 */
RstBearerRefusal
rst_bearer_get_refusal (const RstBearer *self)
{
  return self->refusal;
}

/* What base64 makes of the token is the same in every message but for where its groups of three
 * bytes begin, and but for the ends. */
static gboolean
contains_at (const char *text,
             const char *token,
             gsize       offset)
{
  gsize length = strlen (token);
  gsize whole = length > offset ? (length - offset) / 3 * 3 : 0;
  char *encoded;
  gboolean found;

  if (whole == 0)
    return FALSE;
  encoded = g_base64_encode ((const guchar *) token + offset, whole);
  found = strstr (text, encoded) != NULL;
  rst_wipe_free (encoded);
  return found;
}

/**
 * rst_bearer_gives_away:
 * @text: something that a server said
 * @token: the token that was sent
 *
 * Returns: whether @text repeats the token, bare or inside any message in base64
 */
gboolean
rst_bearer_gives_away (const char *text,
                       const char *token)
{
  return strstr (text, token) != NULL || contains_at (text, token, 0) || contains_at (text, token, 1) ||
         contains_at (text, token, 2);
}
