/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of certificates. */
#include "fuzz.h"

#include "rst-der.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  guint bits;
  RstKeyKind kind = rst_der_get_key (data, size, &bits);

  g_assert_cmpuint (bits, <=, 4096 * 8);
  g_assert_true ((kind == RST_KEY_UNKNOWN) == (bits == 0));
  rst_der_locates_issuer (data, size);
  return 0;
}
