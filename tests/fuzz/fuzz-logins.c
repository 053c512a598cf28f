/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any text to the reader of Thunderbird's list of passwords: an entry put into it is found there. */
#include "fuzz.h"

#include "rst-logins.h"

#define ORIGIN "imap://imap.example.org"

static void
check_put (RstLogins *logins)
{
  g_autoptr (GArray) stored = rst_logins_list_for (logins, ORIGIN);
  g_autoptr (GArray) after = NULL;
  g_autoptr (RstLogins) again = NULL;
  g_autofree char *text = NULL;

  rst_logins_put (logins, ORIGIN, "name", "password", NULL, 1);
  text = rst_logins_render (logins);
  again = rst_logins_new (text, NULL);
  g_assert_nonnull (again);
  after = rst_logins_list_for (again, ORIGIN);
  g_assert_cmpuint (after->len, ==, stored->len + 1);
  g_assert_cmpstr (g_array_index (after, RstLoginBlobs, stored->len).name, ==, "name");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstLogins) logins = rst_logins_new (text, &error);

  g_assert_cmpint (logins == NULL, ==, error != NULL);
  if (logins != NULL)
    check_put (logins);
  return 0;
}
