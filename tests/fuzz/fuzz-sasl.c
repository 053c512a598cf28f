/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any lines to the client's side of a sign-in, as a server's challenges. The first byte picks
 * the mechanism. Whatever the server says, it never proves that it knows the password.
 */
#include "fuzz.h"

#include "rst-error.h"
#include "rst-sasl.h"

#include <string.h>

static const struct {
  const char *name;
  gboolean    mutual;
  gboolean    token;
} mechanisms[] = {
  { "SCRAM-SHA-256", TRUE, FALSE }, { "SCRAM-SHA-1", TRUE, FALSE },
  { "CRAM-MD5", FALSE, FALSE },     { "PLAIN", FALSE, FALSE },
  { "LOGIN", FALSE, FALSE },        { "SCRAM-SHA-256-PLUS", TRUE, FALSE },
  { "OAUTHBEARER", FALSE, TRUE },   { "XOAUTH2", FALSE, TRUE },
};

/* Returns whether the server may go on. */
static gboolean
step (RstSasl    *sasl,
      const char *challenge,
      gboolean    mutual)
{
  g_autoptr (GError) error = NULL;
  char *answer = rst_sasl_step (sasl, challenge, &error);

  g_assert_cmpint (answer == NULL, ==, error != NULL);
  g_assert_true (error == NULL || error->domain == RST_ERROR);
  g_assert_true (answer == NULL || strspn (answer, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                                   "0123456789+/=") == strlen (answer));
  g_assert_false (mutual && rst_sasl_is_complete (sasl));
  rst_wipe_free (answer);
  return error == NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint which = size > 0 ? data[0] % G_N_ELEMENTS (mechanisms) : 0;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 16);
  RstBinding binding = { .exporter = (char *) "YmluZGluZw==" };
  g_autoptr (RstSecret) secret = mechanisms[which].token ? rst_secret_new_token ("tegami", 6)
                                                         : rst_secret_new ("tegami", 6, NULL);
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse ("imaps://mail.example.org", NULL);
  g_autoptr (RstSasl) sasl =
    rst_sasl_new (mechanisms[which].name, "imap", endpoint, "taro", secret, &binding, NULL);

  g_assert_nonnull (sasl);
  if (rst_sasl_speaks_first (sasl) && !step (sasl, NULL, mechanisms[which].mutual))
    return 0;
  for (char **line = lines; *line != NULL; line++)
    if (!step (sasl, *line, mechanisms[which].mutual))
      break;
  g_assert_true (mechanisms[which].token || rst_sasl_get_refusal (sasl) == RST_BEARER_NOT_REFUSED);
  g_assert_false (rst_sasl_is_complete (sasl) && rst_sasl_get_refusal (sasl) != RST_BEARER_NOT_REFUSED);
  return 0;
}
