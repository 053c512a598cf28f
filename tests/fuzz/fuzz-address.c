/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the readers of addresses and of servers' URLs: what they accept is one line, and
 * read again it is the same. */
#include "fuzz.h"

#include "rst-address.h"
#include "rst-endpoint.h"
#include "rst-text.h"

#include <string.h>

static void
check_address (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAddress) address = rst_address_parse (text, &error);
  g_autoptr (RstAddress) again = NULL;

  g_assert_cmpint (address == NULL, ==, error != NULL);
  if (address == NULL)
    return;
  g_assert_true (g_str_is_ascii (address->domain));
  g_assert_false (rst_text_has_control (address->full) || rst_text_has_control (address->display));
  again = rst_address_parse (address->full, NULL);
  g_assert_nonnull (again);
  g_assert_true (rst_address_equal (address, again));
}

static void
check_url (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (text, &error);
  g_autoptr (RstEndpoint) again = NULL;
  g_autofree char *url = NULL;

  g_assert_cmpint (endpoint == NULL, ==, error != NULL);
  if (endpoint == NULL)
    return;
  url = rst_endpoint_to_string (endpoint);
  again = rst_endpoint_parse (url, NULL);
  g_assert_nonnull (again);
  g_assert_true (rst_endpoint_equal (endpoint, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_address (text);
  check_url (text);
  return 0;
}
