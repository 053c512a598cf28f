/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any bytes to the reader of settings files and checks what must hold of every result. Built
 * with -fsanitize=fuzzer it is a libFuzzer target; the tests call it with the cases and mutations of
 * them.
 */
#include "fuzz.h"

#include "rst-config-xml.h"
#include "rst-error.h"
#include "rst-text.h"

#include <string.h>

static void
check_candidate (const RstCandidate *candidate)
{
  g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

  g_assert_true (g_str_is_ascii (url));
  g_assert_cmpuint (candidate->endpoint->port, >, 0);
  g_assert_true (g_str_is_ascii (candidate->endpoint->host));
  g_assert_nonnull (strchr (candidate->endpoint->host, '.'));
  g_assert_false (rst_text_has_control (candidate->username));
  g_assert_cmpuint (strlen (candidate->username), <=, 255);
  g_assert_true (candidate->auths & (1u << candidate->auth));
  g_assert_cmpint (candidate->trust, ==, RST_TRUST_PROVIDER);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const languages[] = { "ja_JP", "ja", "en", NULL };
  g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
  g_autoptr (GBytes) document = g_bytes_new (data, size);
  g_autoptr (RstFindings) findings = rst_findings_new ("isp");
  g_autoptr (GError) error = NULL;
  RstSearch search = { .address = address, .languages = languages };

  if (rst_config_xml_read (document, &search, RST_TRUST_PROVIDER, findings, &error))
    g_assert_cmpuint (findings->candidates->len, >, 0);
  else
    g_assert_true (error->domain == RST_ERROR && g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (findings->candidates->len, <=, RST_CANDIDATES_MAX);
  for (guint i = 0; i < findings->candidates->len; i++)
    check_candidate (g_ptr_array_index (findings->candidates, i));
  for (guint i = 0; i < findings->extras->len; i++)
    g_assert_true (g_str_is_ascii (((RstExtra *) g_ptr_array_index (findings->extras, i))->url));
  for (guint i = 0; i < findings->instructions->len; i++)
    g_assert_false (rst_text_has_control (g_ptr_array_index (findings->instructions, i)));
  for (guint i = 0; i < findings->notes->len; i++)
    g_assert_false (rst_text_has_control (g_ptr_array_index (findings->notes, i)));
  return 0;
}
