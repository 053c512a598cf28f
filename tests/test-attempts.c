/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wrong password is sent at most twice in a run, whoever asks. */
#include "lib-probe.h"
#include "rst-attempts.h"
#include "rst-error.h"

#include <string.h>

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
  test_fill_options (&options, self->script, secret);
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
  while (test_server_get_position (attempts[0].server) < 5 ||
         test_server_get_position (attempts[1].server) < 5)
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
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk-guard",
                                                 "asked-too-often.talk", NULL);
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
  test_fill_options (&options, script, secret);
  rst_probe_async (endpoint, &options, cancellable, test_await_cb, &result);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  g_assert_null (rst_probe_finish (test_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_free (test_server_stop (server, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attempts/refused", test_attempts_refused);
  g_test_add_func ("/attempts/accepted", test_attempts_accepted);
  g_test_add_func ("/attempts/key", test_attempts_key);
  g_test_add_func ("/attempts/at-once", test_attempts_at_once);
  g_test_add_func ("/attempts/cancel", test_attempts_cancel);
  return g_test_run ();
}
