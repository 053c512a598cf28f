/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a transcript cannot say: connecting, names with an address that does not answer, and
 * files of authorities.
 */
#include "lib-probe.h"
#include "rst-error.h"
#include "rst-route.h"

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

/* A resolver that knows one name, with one address that swallows everything and one that works. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver {
  GResolver   parent_instance;

  const char *deaf; /* (unowned) */
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
  TestResolver *self = TEST_RESOLVER (resolver);
  gboolean deaf_is_new = strchr (self->deaf, ':') != NULL;
  gboolean wants_new = (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0;
  gboolean wants_old = (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) != 0;
  GList *addresses = NULL;

  g_task_set_source_tag (task, lookup_async);
  g_assert_cmpstr (host, ==, "mail.example");
  if (deaf_is_new ? !wants_old : !wants_new)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (self->deaf));
  if (!wants_new)
    addresses = g_list_append (addresses, g_inet_address_new_from_string ("127.0.0.1"));
  if (addresses == NULL)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
      return;
    }
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

/* Makes an address that answers to nothing: a listener whose queue is full, so that the kernel drops
 * whoever knocks. Adds the sockets to @held. Returns FALSE if there is no such address here. */
static gboolean
make_black_hole (const char *where,
                 guint16     port,
                 GArray     *held)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (where, port);
  int family = g_socket_address_get_family (address);
  struct sockaddr_storage native;
  socklen_t length = (socklen_t) g_socket_address_get_native_size (address);
  int listener = socket (family, SOCK_STREAM, 0);

  g_assert_true (g_socket_address_to_native (address, &native, sizeof native, NULL));
  if (listener < 0 || bind (listener, (struct sockaddr *) &native, length) != 0)
    {
      close (listener);
      return FALSE;
    }
  g_array_append_val (held, listener);
  g_assert_cmpint (listen (listener, 0), ==, 0);
  for (guint i = 0; i < 4; i++)
    {
      int knocker = socket (family, SOCK_STREAM | SOCK_NONBLOCK, 0);

      connect (knocker, (struct sockaddr *) &native, length);
      g_array_append_val (held, knocker);
    }
  g_usleep (50000);
  return TRUE;
}

static void
close_all (GArray *held)
{
  for (guint i = 0; i < held->len; i++)
    close (g_array_index (held, int, i));
}

/* Discovery looks names up itself and says where they lead; otherwise GLib does. */
static RstFacts *
probe_beside (const TestScript *script,
              const char       *deaf,
              guint16           port,
              gboolean          routed)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (RstEndpoint) endpoint = test_script_endpoint (script, port);
  g_autoptr (GSocketConnectable) route = NULL;
  RstProbeOptions options;
  RstFacts *facts;

  TEST_RESOLVER (resolver)->deaf = deaf;
  g_ptr_array_add (addresses, g_inet_address_new_from_string (deaf));
  g_ptr_array_add (addresses, g_inet_address_new_from_string ("127.0.0.1"));
  route = rst_route_new (script->host, port, addresses);
  test_fill_options (&options, script, NULL);
  if (routed)
    options.route = route;
  g_resolver_set_default (resolver);
  facts = test_probe (endpoint, &options);
  g_resolver_set_default (before);
  return facts;
}

/* P30: the first address of a name swallows everything, the second works. @data is that address, and a
 * star after it if the addresses are known beforehand. */
static void
test_black_hole (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "talk", "imap",
                                                 "no-sign-in.talk", NULL);
  g_auto (GStrv) words = g_strsplit (data, "*", 2);
  g_autoptr (TestScript) script = test_script_load (path);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (RstFacts) facts = NULL;
  TestServer *server = test_server_start (script);
  guint16 port = test_server_get_port (server);

  g_free (script->host);
  script->host = g_strdup ("mail.example");
  if (make_black_hole (words[0], port, held))
    facts = probe_beside (script, words[0], port, words[1] != NULL);
  close_all (held);
  g_free (test_server_stop (server, NULL));
  if (facts == NULL)
    {
      g_test_skip ("there is no IPv6 here");
      return;
    }
  g_assert_no_error (facts->error);
  /* The deaf one was tried, and did not use up the time for connecting. */
  g_assert_cmpint (facts->elapsed_us, >, 200 * 1000);
  g_assert_cmpint (facts->elapsed_us, <, 5 * G_USEC_PER_SEC);
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
  g_test_add_data_func ("/probe-connect/black-hole/ipv6", "::1", test_black_hole);
  g_test_add_data_func ("/probe-connect/black-hole/ipv6-routed", "::1*", test_black_hole);
  g_test_add_data_func ("/probe-connect/black-hole/ipv4", "127.0.0.2", test_black_hole);
  g_test_add_data_func ("/probe-connect/black-hole/ipv4-routed", "127.0.0.2*", test_black_hole);
  g_test_add_data_func ("/probe-connect/trust/absent", "/nonexistent/ca.pem", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/empty", "/dev/null", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/endless", "/dev/zero", test_trust_bad);
  g_test_add_data_func ("/probe-connect/trust/other", "/etc/passwd", test_trust_bad);
  g_test_add_func ("/probe-connect/trust/system", test_trust_system);
  return g_test_run ();
}
