/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the cleaner of foreign text: what comes out is short, valid and without surprises. */
#include "fuzz.h"

#include "rst-text.h"

#include <string.h>

#define MAX_CHARS 40

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *clean = rst_text_clean ((const char *) data, (gssize) size, MAX_CHARS);
  g_autofree char *again = rst_text_clean (clean, -1, MAX_CHARS + 1);
  g_autofree char *quoted = rst_text_shell_quote (text);
  g_auto (GStrv) words = NULL;
  int n;

  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_false (rst_text_has_control (clean));
  g_assert_cmpint (g_utf8_strlen (clean, -1), <=, MAX_CHARS + 1);
  g_assert_cmpstr (clean, ==, again);
  g_assert_true (g_shell_parse_argv (quoted, &n, &words, NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpstr (words[0], ==, text);
  return 0;
}
