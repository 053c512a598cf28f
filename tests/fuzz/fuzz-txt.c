/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of texts in DNS, as an answer of a name server. */
#include "fuzz.h"

#include "rst-txt.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GPtrArray) texts = rst_txt_parse (data, size);

  if (texts == NULL)
    return 0;
  g_assert_cmpuint (texts->len, <=, 64);
  for (guint i = 0; i < texts->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (texts, i), -1, NULL));
  return 0;
}
