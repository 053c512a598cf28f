/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib-probe.h"

/* The system's authorities and the one of the tests' own certificates; lives as long as the
 * program. */
GTlsDatabase *
test_get_trust (void)
{
  static GTlsDatabase *trust;

  if (trust == NULL)
    {
      g_autofree char *path = test_certificate_path ("ca");
      g_autoptr (GError) error = NULL;

      trust = rst_probe_load_trust (path, &error);
      g_assert_no_error (error);
    }
  return trust;
}

/* What a probe for @script is asked; @secret has to live until it is called. */
void
test_fill_options (RstProbeOptions  *options,
                   const TestScript *script,
                   RstSecret        *secret)
{
  *options = (RstProbeOptions) {
    .trust = test_get_trust (),
    .timeout_ms = script->timeout_ms,
    .username = script->user,
    .password = secret,
  };
}

RstFacts *
test_probe (const RstEndpoint     *endpoint,
            const RstProbeOptions *options)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstFacts *facts;

  rst_probe_async (endpoint, options, NULL, test_await_cb, &result);
  facts = rst_probe_finish (test_await (&result), &error);
  g_assert_no_error (error);
  return facts;
}

RstFacts *
test_probe_script (const TestScript *script,
                   guint16           port)
{
  g_autoptr (RstSecret) secret = test_script_secret (script);
  g_autoptr (RstEndpoint) endpoint = test_script_endpoint (script, port);
  RstProbeOptions options;

  test_fill_options (&options, script, secret);
  return test_probe (endpoint, &options);
}
