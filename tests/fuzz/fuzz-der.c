/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of certificates. */
#include "fuzz.h"

#include "rst-der.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_assert_cmpuint (rst_der_get_rsa_bits (data, size), <=, 4096 * 8);
  return 0;
}
