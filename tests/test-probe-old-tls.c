/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Servers whose TLS is too old, of each protocol and both kinds: an OpenSSL of today can still be made
 * to be one.
 */
#include "lib-probe.h"
#include "rst-attempts.h"
#include "rst-error.h"

#include <string.h>

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static GSubprocess *
start_openssl (guint16     port,
               const char *version)
{
  g_autofree char *certificate = test_certificate_path ("rsa2048");
  g_autofree char *where = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *program = g_find_program_in_path ("openssl");

  if (program == NULL)
    return NULL;
  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           NULL, program, "s_server", "-accept", where, "-cert", certificate,
                           "-quiet", version, "-cipher", "ALL:@SECLEVEL=0", NULL);
}

/* It takes a moment to start. */
static void
wait_for (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  for (guint i = 0; i < 500 && connection == NULL; i++)
    {
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
      g_usleep (20000);
    }
  g_assert_nonnull (connection);
}

/* @data is such as “imap/starttls/tls1”. */
static void
test_old (gconstpointer data)
{
  g_auto (GStrv) words = g_strsplit (data, "/", 3);
  g_autofree char *name = g_strdup_printf ("p14-unknown-%s.talk", words[1]);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", words[0], name, NULL);
  g_autofree char *version = g_strconcat ("-", words[2], NULL);
  g_autofree char *failure = NULL;
  g_autoptr (TestScript) script = test_script_load (path);
  g_autoptr (RstFacts) facts = NULL;
  g_autoptr (GSubprocess) openssl = NULL;
  TestServer *server;

  script->upstream = find_free_port ();
  openssl = start_openssl (script->upstream, version);
  if (openssl == NULL)
    {
      g_test_skip ("there is no openssl");
      return;
    }
  wait_for (script->upstream);
  rst_attempts_reset ();
  server = test_server_start (script);
  facts = test_probe_script (script, test_server_get_port (server));
  failure = test_server_stop (server, NULL);
  g_subprocess_force_exit (openssl);
  g_subprocess_wait (openssl, NULL, NULL);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_false (facts->signed_in);
  g_assert_false (rst_facts_is_usable (facts));
  if (facts->secured)
    {
      g_assert_error (facts->error, RST_ERROR, RST_ERROR_NOTLS);
      g_assert_nonnull (strstr (facts->error->message, "too old"));
      return;
    }
  /* A client's library may be too new to try. */
  g_assert_error (facts->error, RST_ERROR, RST_ERROR_NET);
  g_test_skip ("TLS 1.0 and 1.1 are switched off here");
}

int
main (int   argc,
      char *argv[])
{
  static const char * const cases[] = {
    "imap/tls/tls1", "imap/starttls/tls1", "imap/tls/tls1_1", "imap/starttls/tls1_1",
    "pop3/tls/tls1", "pop3/starttls/tls1", "pop3/tls/tls1_1", "pop3/starttls/tls1_1",
    "smtp/tls/tls1", "smtp/starttls/tls1", "smtp/tls/tls1_1", "smtp/starttls/tls1_1",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/probe-old-tls/", cases[i], NULL);

      g_test_add_data_func (name, cases[i], test_old);
    }
  return g_test_run ();
}
