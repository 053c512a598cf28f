/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any bytes to the readers of a sign-in in the browser: what a browser sends (first byte “r”),
 * the answer with the token (“t”), and what an issuer says of itself (“m”).
 */
#include "fuzz.h"

#include "rst-authorization.h"
#include "rst-error.h"
#include "rst-text.h"
#include "rst-token.h"

#include <string.h>

static RstIssuer *
new_issuer (void)
{
  const RstIssuerTexts texts = {
    .issuer = (char *) "id.example.org",
    .auth_url = (char *) "https://id.example.org/auth",
    .token_url = (char *) "https://id.example.org/token",
    .client_id = (char *) "restante",
  };

  return rst_issuer_new (&texts, NULL);
}

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == RST_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_false (rst_text_has_control (error->message));
}

static void
read_redirect (const char *head,
               gsize       length)
{
  static const guchar random[RST_AUTHORIZATION_RANDOM];
  g_autoptr (RstIssuer) issuer = new_issuer ();
  g_autoptr (RstAuthorization) authorization = rst_authorization_new (issuer, 4711, random);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *form = NULL;
  RstRedirect meaning = rst_authorization_read (authorization, head, length, &code, &error);

  g_assert_cmpint (meaning == RST_REDIRECT_CODE, ==, code != NULL);
  g_assert_cmpint (meaning == RST_REDIRECT_FAILED, ==, error != NULL);
  if (error != NULL)
    check_error (error);
  if (code == NULL)
    return;
  form = rst_authorization_redeem (authorization, code);
  g_assert_cmpuint (strspn (form, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%=&"),
                    ==, strlen (form));
}

static void
read_token (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstSecret) token = rst_token_read (200, body, &error);

  if (token == NULL)
    check_error (error);
  else
    g_assert_true (rst_secret_is_token (token));
}

static void
read_metadata (GBytes *document)
{
  g_autoptr (RstIssuer) issuer = new_issuer ();
  g_autoptr (GError) error = NULL;

  if (!rst_issuer_read_metadata (issuer, document, &error))
    check_error (error);
  /* A scheme may be written in either case (RFC 3986 section 3.1). */
  g_assert_cmpint (g_ascii_strncasecmp (issuer->auth_url, "https://", strlen ("https://")), ==, 0);
  g_assert_cmpint (g_ascii_strncasecmp (issuer->token_url, "https://", strlen ("https://")), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = size > 0 ? g_malloc (size) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (size == 0)
    return 0;
  memcpy (text, data + 1, size - 1);
  text[size - 1] = '\0';
  bytes = g_bytes_new (text, size - 1);
  if (data[0] == 'r')
    read_redirect (text, size - 1);
  else if (data[0] == 't')
    read_token (bytes);
  else
    read_metadata (bytes);
  return 0;
}
