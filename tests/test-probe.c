/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probe against a scripted server on this computer: every transcript of tests/cases/talk, what a transcript
 * cannot say (trust, connecting, cancelling at every moment, bounds), and the guard against
 * repeated attempts.
 */
#include "lib-await.h"
#include "lib-server.h"
#include "rst-attempts.h"
#include "rst-error.h"

#include <string.h>
#include <sys/resource.h>

static GString *traced;
static GTlsDatabase *trust;

static void
load_trust (void)
{
  g_autofree char *path = test_certificate_path ("ca");
  g_autoptr (GError) error = NULL;

  trust = rst_probe_load_trust (path, &error);
  g_assert_no_error (error);
}

static void
fill_options (RstProbeOptions  *options,
              const TestScript *script,
              RstSecret        *secret)
{
  *options = (RstProbeOptions) {
    .trust = trust,
    .timeout_ms = script->timeout_ms,
    .username = script->user,
    .password = secret,
  };
}

static RstFacts *
probe (const TestScript *script,
       guint16           port)
{
  g_autoptr (RstSecret) secret = test_script_secret (script);
  g_autoptr (RstEndpoint) endpoint = test_script_endpoint (script, port);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstProbeOptions options;
  RstFacts *facts;

  fill_options (&options, script, secret);
  rst_probe_async (endpoint, &options, NULL, test_await_cb, &result);
  facts = rst_probe_finish (test_await (&result), &error);
  g_assert_no_error (error);
  return facts;
}

/* Loading the libraries for TLS and the system's authorities takes some 25 MB, once. */
static void
warm_up (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", "imap", "no-sign-in.talk", NULL);
  g_autoptr (TestScript) script = test_script_load (path);
  TestServer *server = test_server_start (script);
  g_autoptr (RstFacts) facts = probe (script, test_server_get_port (server));

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
  facts = probe (script, test_server_get_port (server));
  failure = test_server_stop (server, &clear);
  test_script_check (script, facts);
  g_assert_cmpstr (failure, ==, NULL);
  if (script->within_ms > 0)
    g_assert_cmpint (facts->elapsed_us, <, script->within_ms * 1000);
  test_script_check_leak (script, clear);
  test_script_check_leak (script, traced->str);
  if (facts->error != NULL)
    test_script_check_leak (script, facts->error->message);
  /* The server's own buffers count too. */
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
  fill_options (&options, script, secret);
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

static RstFacts *
probe_url (const char            *url,
           const RstProbeOptions *options)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstFacts *facts;

  rst_probe_async (endpoint, options, NULL, test_await_cb, &result);
  facts = rst_probe_finish (test_await (&result), &error);
  g_assert_no_error (error);
  return facts;
}

static void
test_refused (void)
{
  /* Port 1 of this computer is nobody's. */
  g_autoptr (RstFacts) facts = probe_url ("imaps://127.0.0.1:1", NULL);

  g_assert_error (facts->error, RST_ERROR, RST_ERROR_NET);
  g_assert_nonnull (strstr (facts->error->message, "refuses"));
  g_assert_false (facts->reachable);
  g_assert_false (rst_facts_is_usable (facts));
}

static void
test_plain_refused (void)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_new (RST_PROTOCOL_IMAP, RST_SECURITY_NONE, "localhost", 1, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstFacts) facts = NULL;

  rst_probe_async (endpoint, NULL, NULL, test_await_cb, &result);
  facts = rst_probe_finish (test_await (&result), NULL);
  g_assert_error (facts->error, RST_ERROR, RST_ERROR_NOTLS);
  g_assert_false (facts->reachable);
}

static void
test_bad_name (void)
{
  g_autoptr (RstSecret) secret = rst_secret_new ("x", 1, NULL);
  RstProbeOptions options = { .username = "a\r\nb", .password = secret };
  g_autoptr (RstFacts) facts = probe_url ("imaps://127.0.0.1:1", &options);

  g_assert_error (facts->error, RST_ERROR, RST_ERROR_INPUT);
}

/* Three protocols of one host at once, with a password that is wrong: it may leave twice. */
static void
test_attempts_refused (void)
{
  g_autoptr (RstSecret) secret = rst_secret_new ("wrong", 5, NULL);
  g_autofree char *key = rst_attempts_key ("host", "user", secret);

  rst_attempts_reset ();
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NOW);
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NOW);
  g_assert_cmpint (rst_attempts_begin (key, NULL, key), ==, RST_GRANT_LATER);
  rst_attempts_forget (key, key);
  rst_attempts_end (key, FALSE);
  rst_attempts_end (key, FALSE);
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NEVER);
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_attempts_accepted (void)
{
  g_autoptr (RstSecret) secret = rst_secret_new ("right", 5, NULL);
  g_autofree char *key = rst_attempts_key ("host", "user", secret);
  guint called = 0;

  rst_attempts_reset ();
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NOW);
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NOW);
  g_assert_cmpint (rst_attempts_begin (key, count_cb, &called), ==, RST_GRANT_LATER);
  rst_attempts_end (key, TRUE);
  g_assert_cmpint (called, ==, 1);
  g_assert_cmpint (rst_attempts_begin (key, NULL, NULL), ==, RST_GRANT_NOW);
}

/* Another password, user or host is another matter. */
static void
test_attempts_key (void)
{
  g_autoptr (RstSecret) one = rst_secret_new ("one", 3, NULL);
  g_autoptr (RstSecret) two = rst_secret_new ("two", 3, NULL);
  g_autofree char *key = rst_attempts_key ("host", "user", one);
  g_autofree char *same = rst_attempts_key ("host", "user", one);
  g_autofree char *other = rst_attempts_key ("host", "user", two);
  g_autofree char *elsewhere = rst_attempts_key ("host2", "user", one);

  g_assert_cmpstr (key, ==, same);
  g_assert_cmpstr (key, !=, other);
  g_assert_cmpstr (key, !=, elsewhere);
  g_assert_null (strstr (key, "one"));
}

typedef struct {
  TestScript   *script;
  TestServer   *server;
  GAsyncResult *result;
} Attempt;

static void
begin_attempt (Attempt    *self,
               const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk-guard", name, NULL);
  g_autoptr (RstEndpoint) endpoint = NULL;
  g_autoptr (RstSecret) secret = NULL;
  RstProbeOptions options;

  self->script = test_script_load (path);
  self->server = test_server_start (self->script);
  self->result = NULL;
  secret = test_script_secret (self->script);
  endpoint = test_script_endpoint (self->script, test_server_get_port (self->server));
  fill_options (&options, self->script, secret);
  rst_probe_async (endpoint, &options, NULL, test_await_cb, &self->result);
}

/* Returns whether the password was held back. */
static gboolean
end_attempt (Attempt *self)
{
  g_autoptr (GAsyncResult) result = test_await (&self->result);
  g_autoptr (RstFacts) facts = rst_probe_finish (result, NULL);
  g_autofree char *failure = test_server_stop (self->server, NULL);

  g_assert_cmpstr (failure, ==, NULL);
  g_assert_error (facts->error, RST_ERROR, RST_ERROR_AUTH);
  test_script_free (self->script);
  return strstr (facts->error->message, "twice") != NULL;
}

/* Three probes of one host at once: two servers hear the password, the third one never does. */
static void
test_attempts_at_once (void)
{
  Attempt attempts[3];

  rst_attempts_reset ();
  begin_attempt (&attempts[0], "refused-slowly.talk");
  begin_attempt (&attempts[1], "refused-slowly.talk");
  /* Item 5 is the password. */
  while (test_server_get_position (attempts[0].server) < 5 || test_server_get_position (attempts[1].server) < 5)
    g_main_context_iteration (NULL, FALSE);
  begin_attempt (&attempts[2], "asked-too-often.talk");
  g_assert_true (end_attempt (&attempts[2]));
  g_assert_false (end_attempt (&attempts[0]));
  g_assert_false (end_attempt (&attempts[1]));
}

/* One that waits for its turn can be cancelled. */
static void
test_attempts_cancel (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk-guard", "asked-too-often.talk", NULL);
  g_autoptr (TestScript) script = test_script_load (path);
  g_autoptr (RstSecret) secret = test_script_secret (script);
  g_autofree char *key = rst_attempts_key (script->host, script->user, secret);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstEndpoint) endpoint = NULL;
  TestServer *server = test_server_start (script);
  RstProbeOptions options;

  rst_attempts_reset ();
  rst_attempts_begin (key, NULL, NULL);
  rst_attempts_begin (key, NULL, NULL);
  endpoint = test_script_endpoint (script, test_server_get_port (server));
  fill_options (&options, script, secret);
  rst_probe_async (endpoint, &options, cancellable, test_await_cb, &result);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  g_assert_null (rst_probe_finish (test_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_free (test_server_stop (server, NULL));
}

static void
test_trust_bad (gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_probe_load_trust (data, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, data));
}

static void
test_trust_system (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) system = rst_probe_load_trust (NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (system);
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
      g_autofree char *name = g_strdup_printf ("/probe/%s/%s", rst_protocol_get_nick (script->protocol), script->name);

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
  load_trust ();
  warm_up ();
  folder = g_test_build_filename (G_TEST_DIST, "cases", "talk", NULL);
  paths = test_find_files (folder, ".talk");
  add_scripts (paths);
  g_test_add_data_func ("/probe/cancel/imap", "imap/sign-in.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/imap-tls", "imap/sign-in-tls.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/pop3", "pop3/sign-in.talk", test_cancel);
  g_test_add_data_func ("/probe/cancel/smtp", "smtp/sign-in.talk", test_cancel);
  g_test_add_func ("/probe/cancel/before", test_cancel_before);
  g_test_add_func ("/probe/refused", test_refused);
  g_test_add_func ("/probe/plain-refused", test_plain_refused);
  g_test_add_func ("/probe/bad-name", test_bad_name);
  g_test_add_func ("/probe/attempts/refused", test_attempts_refused);
  g_test_add_func ("/probe/attempts/accepted", test_attempts_accepted);
  g_test_add_func ("/probe/attempts/key", test_attempts_key);
  g_test_add_func ("/probe/attempts/at-once", test_attempts_at_once);
  g_test_add_func ("/probe/attempts/cancel", test_attempts_cancel);
  g_test_add_data_func ("/probe/trust/absent", "/nonexistent/ca.pem", test_trust_bad);
  g_test_add_data_func ("/probe/trust/empty", "/dev/null", test_trust_bad);
  g_test_add_data_func ("/probe/trust/endless", "/dev/zero", test_trust_bad);
  g_test_add_data_func ("/probe/trust/other", "/etc/passwd", test_trust_bad);
  g_test_add_func ("/probe/trust/system", test_trust_system);
  result = g_test_run ();
  g_object_unref (trust);
  g_string_free (traced, TRUE);
  return result;
}
