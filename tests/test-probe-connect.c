/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a transcript cannot say: connecting, names with an address that does not answer, servers
 * with an old TLS, and files of authorities.
 */
#include "lib-probe.h"
#include "rst-error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static RstFacts *
probe_url (const char            *url,
           const RstProbeOptions *options)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);

  return test_probe (endpoint, options);
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
  g_autoptr (RstEndpoint)
      endpoint = rst_endpoint_new (RST_PROTOCOL_IMAP, RST_SECURITY_NONE, "localhost", 1, NULL);
  g_autoptr (RstFacts) facts = test_probe (endpoint, NULL);

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

/* A resolver that knows one name, with two addresses. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver {
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver               *resolver,
              const char              *host,
              GResolverNameLookupFlags flags,
              GCancellable            *cancellable,
              GAsyncReadyCallback      callback,
              gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GList *addresses = NULL;

  g_task_set_source_tag (task, lookup_async);
  g_assert_cmpstr (host, ==, "mail.example");
  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
      return;
    }
  addresses = g_list_append (addresses, g_inet_address_new_from_string ("127.0.0.2"));
  addresses = g_list_append (addresses, g_inet_address_new_from_string ("127.0.0.1"));
  g_task_return_pointer (task, addresses, (GDestroyNotify) g_resolver_free_addresses);
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* Makes an address that answers to nothing: a listener whose queue is full, so that the kernel
 * drops whoever knocks. Adds the sockets to @held. */
static void
make_black_hole (guint16  port,
                 GArray  *held)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int listener = socket (AF_INET, SOCK_STREAM, 0);

  inet_pton (AF_INET, "127.0.0.2", &address.sin_addr);
  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listener, 0), ==, 0);
  g_array_append_val (held, listener);
  for (guint i = 0; i < 4; i++)
    {
      int knocker = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

      connect (knocker, (struct sockaddr *) &address, sizeof address);
      g_array_append_val (held, knocker);
    }
  g_usleep (50000);
}

static void
close_all (GArray *held)
{
  for (guint i = 0; i < held->len; i++)
    close (g_array_index (held, int, i));
}

/* P30: the first address of a name swallows everything, the second works. */
static void
test_black_hole (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", "imap",
                                                 "no-sign-in.talk", NULL);
  g_autoptr (TestScript) script = test_script_load (path);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (RstFacts) facts = NULL;
  TestServer *server = test_server_start (script);

  g_free (script->host);
  script->host = g_strdup ("mail.example");
  make_black_hole (test_server_get_port (server), held);
  g_resolver_set_default (resolver);
  facts = test_probe_script (script, test_server_get_port (server));
  g_resolver_set_default (before);
  close_all (held);
  g_free (test_server_stop (server, NULL));
  g_assert_no_error (facts->error);
  g_assert_cmpint (facts->elapsed_us, >, 200 * 1000);
  g_assert_cmpint (facts->elapsed_us, <, 1000 * 1000);
}

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

/* P18 */
static void
test_old_tls (gconstpointer data)
{
  g_autoptr (RstSecret) secret = rst_secret_new ("sesame-7", 8, NULL);
  RstProbeOptions options = { .trust = test_get_trust (), .username = "taro", .password = secret };
  guint16 port = find_free_port ();
  g_autoptr (GSubprocess) openssl = start_openssl (port, data);
  g_autoptr (RstFacts) facts = NULL;
  g_autofree char *url = g_strdup_printf ("imaps://localhost:%u", port);

  if (openssl == NULL)
    {
      g_test_skip ("there is no openssl");
      return;
    }
  /* It takes a moment to start. */
  for (guint i = 0; i < 50 && (facts == NULL || !facts->reachable); i++)
    {
      g_clear_pointer (&facts, rst_facts_unref);
      g_usleep (20000);
      facts = probe_url (url, &options);
    }
  g_subprocess_force_exit (openssl);
  g_subprocess_wait (openssl, NULL, NULL);
  if (!facts->secured)
    {
      /* A client's library may be too new to try. */
      g_assert_error (facts->error, RST_ERROR, RST_ERROR_NET);
      g_test_skip ("TLS 1.0 and 1.1 are switched off here");
      return;
    }
  g_assert_error (facts->error, RST_ERROR, RST_ERROR_NOTLS);
  g_assert_nonnull (strstr (facts->error->message, "too old"));
  g_assert_false (facts->signed_in);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-connect/refused", test_refused);
  g_test_add_func ("/probe-connect/plain-refused", test_plain_refused);
  g_test_add_func ("/probe-connect/bad-name", test_bad_name);
  g_test_add_func ("/probe-connect/black-hole", test_black_hole);
  g_test_add_data_func ("/probe-connect/old-tls/1.0", "-tls1", test_old_tls);
  g_test_add_data_func ("/probe-connect/old-tls/1.1", "-tls1_1", test_old_tls);
  g_test_add_data_func ("/probe-connect/trust/absent", "/nonexistent/ca.pem", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/empty", "/dev/null", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/endless", "/dev/zero", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/other", "/etc/passwd", test_trust_bad);
  g_test_add_func ("/probe-connect/trust/system", test_trust_system);
  return g_test_run ();
}
