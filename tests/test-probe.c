/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probe against a scripted server on this computer: every transcript of tests/cases/talk, and
 * being cancelled at every moment.
 */
#include "lib-probe.h"
#include "rst-attempts.h"

#include <sys/resource.h>

/* Sanitizers keep freed memory aside, so that nothing can be told about it. */
#if defined (__SANITIZE_ADDRESS__)
#define SANITIZED TRUE
#elif defined (__has_feature)
#if __has_feature (address_sanitizer)
#define SANITIZED TRUE
#endif
#endif
#ifndef SANITIZED
#define SANITIZED FALSE
#endif

static GString *traced;

/* Loading the libraries for TLS and the system's authorities takes some 25 MB, once. */
static void
warm_up (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", "imap",
                                                 "no-sign-in.talk", NULL);
  g_autoptr (TestScript) script = test_script_load (path);
  TestServer *server = test_server_start (script);
  g_autoptr (RstFacts) facts = test_probe_script (script, test_server_get_port (server));

  g_assert_no_error (facts->error);
  g_free (test_server_stop (server, NULL));
}

static glong
memory_kb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
test_play (gconstpointer data)
{
  g_autoptr (TestScript) script = test_script_load (data);
  TestServer *server = test_server_start (script);
  g_autoptr (RstFacts) facts = NULL;
  g_autofree char *failure = NULL;
  g_autofree char *clear = NULL;
  glong before = memory_kb ();

  rst_attempts_reset ();
  g_string_truncate (traced, 0);
  facts = test_probe_script (script, test_server_get_port (server));
  failure = test_server_stop (server, &clear);
  test_script_check (script, facts);
  g_assert_cmpstr (failure, ==, NULL);
  if (script->within_ms > 0)
    g_assert_cmpint (facts->elapsed_us, <, script->within_ms * 1000);
  test_script_check_leak (script, clear);
  test_script_check_leak (script, traced->str);
  if (facts->error != NULL)
    test_script_check_leak (script, facts->error->message);
  if (!SANITIZED)
    g_assert_cmpint (memory_kb () - before, <, 16 * 1024);
}

/* Cancels the probe after the context has run @n times. Returns whether it was still running. */
static gboolean
cancel_after (const TestScript *script,
              guint             n)
{
  g_autoptr (RstSecret) secret = test_script_secret (script);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstEndpoint) endpoint = NULL;
  g_autoptr (RstFacts) facts = NULL;
  TestServer *server = test_server_start (script);
  RstProbeOptions options;
  gint64 start;
  gboolean running;

  rst_attempts_reset ();
  endpoint = test_script_endpoint (script, test_server_get_port (server));
  test_fill_options (&options, script, secret);
  rst_probe_async (endpoint, &options, cancellable, test_await_cb, &result);
  for (guint i = 0; i < n && result == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  running = result == NULL;
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  facts = rst_probe_finish (test_await (&result), &error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 2);
  if (running)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_free (test_server_stop (server, NULL));
  return running;
}

static void
test_cancel (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", data, NULL);
  g_autoptr (TestScript) script = test_script_load (path);
  guint n = 0;

  while (cancel_after (script, n))
    n++;
  g_test_message ("cancelled at %u moments", n);
  g_assert_cmpint (n, >, 8);
}

static void
test_cancel_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse ("imaps://localhost:1", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  rst_probe_async (endpoint, NULL, cancellable, test_await_cb, &result);
  g_assert_null (rst_probe_finish (test_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  g_string_append_printf (traced, "%s\n", message);
}

static void
add_scripts (const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (TestScript) script = test_script_load (path);
      g_autofree char *name = g_strdup_printf ("/probe/%s/%s",
                                               rst_protocol_get_nick (script->protocol),
                                               script->name);

      g_test_add_data_func (name, path, test_play);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *folder = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  traced = g_string_new (NULL);
  g_log_set_handler ("restante", G_LOG_LEVEL_DEBUG, log_cb, NULL);
  warm_up ();
  folder = g_test_build_filename (G_TEST_DIST, "cases", "talk", NULL);
  paths = test_find_files (folder, ".talk");
  add_scripts (paths);
  g_test_add_data_func ("/probe/cancel/imap", "imap/sign-in.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/imap-tls", "imap/sign-in-tls.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/pop3", "pop3/sign-in.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/smtp", "smtp/sign-in.talk", test_cancel);
  g_test_add_func ("/probe/cancel/before", test_cancel_before);
  result = g_test_run ();
  g_string_free (traced, TRUE);
  return result;
}
