/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of Autodiscover's answers: it keeps little, and makes servers or says why
 * not. */
#include "fuzz.h"

#include "rst-error.h"
#include "rst-findings.h"
#include "rst-pox.h"
#include "rst-text.h"

#include <string.h>

static void
check_server (RstConfigServer *server)
{
  g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstCandidate) candidate = rst_config_server_resolve (server, address, &error);

  g_assert_cmpint (candidate == NULL, ==, error != NULL);
  if (candidate == NULL)
    {
      g_assert_false (rst_text_has_control (error->message));
      return;
    }
  g_assert_cmpuint (candidate->endpoint->port, >, 0);
  g_assert_nonnull (strchr (candidate->endpoint->host, '.'));
  g_assert_false (rst_text_has_control (candidate->username));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) document = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstPox) pox = rst_pox_parse (document, &error);

  g_assert_cmpint (pox == NULL, ==, error != NULL);
  if (pox == NULL)
    {
      g_assert_true (error->domain == RST_ERROR && !rst_text_has_control (error->message));
      return 0;
    }
  g_assert_cmpuint (pox->servers->len, <=, RST_CANDIDATES_MAX);
  for (guint i = 0; i < pox->servers->len; i++)
    check_server (g_ptr_array_index (pox->servers, i));
  g_assert_true (pox->redirect_url == NULL || strlen (pox->redirect_url) <= 1024);
  g_assert_true (pox->redirect_addr == NULL || strlen (pox->redirect_addr) <= 1024);
  return 0;
}
