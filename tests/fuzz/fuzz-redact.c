/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any text to what takes people out of a report. The first byte picks the person; nothing may be left
 * to take out, and what is left is fit to be shown.
 */
#include "fuzz.h"

#include "rst-redact.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const addresses[] = { "taro@example.org", "jane.doe+lists@example.org", "a@example.org",
                                            "mail@mail.example", "j\u00fcrg@\u4f8b\u3048.jp" };
  g_autoptr (RstAddress) address =
    rst_address_parse (addresses[size > 0 ? data[0] % G_N_ELEMENTS (addresses) : 0], NULL);
  g_autoptr (RstRedaction) redaction = rst_redaction_new (address, "/home/taro");
  g_autofree char *text = g_strndup ((const char *) data + (size > 0), size > 0 ? size - 1 : 0);
  g_autofree char *left = rst_redaction_apply (redaction, text);

  g_assert_true (g_utf8_validate (left, -1, NULL));
  g_assert_null (strstr (left, address->full));
  g_assert_null (strstr (left, "/home/taro"));
  g_assert_false (rst_redaction_finds (redaction, left));
  return 0;
}
