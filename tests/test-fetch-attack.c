/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What web servers may do to whoever fetches a document (cases/fetch, each with what must come out), where
 * redirects may lead, and which addresses belong to the network where the person is.
 */
#include "fake-resolver.h"
#include "lib-await.h"
#include "lib-server.h"
#include "rst-fetch.h"
#include "rst-hosts.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

/* More than all buffers together need, and far less than what is sent (kB). */
#define MEMORY_MAX (48 * 1024)

typedef struct {
  FakeResolver *resolver; /* (owned) */
  RstDns       *dns;      /* (owned) */
  GTlsDatabase *trust;    /* (owned) */
  RstReply     *reply;    /* (owned) (nullable) */
} Fetch;

static void
fetch_start (Fetch      *self,
             const char *authority)
{
  g_autofree char *path = test_certificate_path (authority);
  g_autoptr (GError) error = NULL;

  *self = (Fetch) { 0 };
  self->resolver = fake_resolver_install ();
  self->dns = rst_dns_new ();
  self->trust = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
}

static void
fetch_clear (Fetch *self)
{
  g_clear_pointer (&self->reply, rst_reply_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->trust);
  rst_dns_unref (self->dns);
  fake_resolver_remove (self->resolver);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  ((Fetch *) user_data)->reply = rst_fetch_finish (result);
}

typedef struct {
  TestServer *server;  /* (unowned) */
  char       *failure; /* (owned) (nullable) */
  gint        ended;   /* (atomic) */
} Stop;

static gpointer
stop (gpointer data)
{
  Stop *self = data;

  self->failure = test_server_stop (self->server, NULL);
  g_atomic_int_set (&self->ended, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* The connection is closed in the main loop. Returns what was wrong with the client, or NULL. */
static char *
stop_server (TestServer *server)
{
  Stop self = { .server = server };
  g_autoptr (GThread) thread = g_thread_new ("stop", stop, &self);

  while (!g_atomic_int_get (&self.ended))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (g_steal_pointer (&thread));
  return self.failure;
}

/* Returns what was wrong with the client, or NULL. */
static char *
fetch_from (Fetch            *self,
            const TestScript *script)
{
  TestServer *server = test_server_start (script);
  g_autofree char *url =
    g_strdup_printf ("https://%s:%u/document", script->host, test_server_get_port (server));
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTPS, url);

  fake_resolver_set (self->resolver, script->host, "127.0.0.1");
  rst_fetch_async (ask, self->dns, self->trust, NULL, fetched_cb, self);
  while (self->reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  return stop_server (server);
}

static void
check (const TestScript *script,
       const RstReply   *reply)
{
  static const char * const states[] = {
    [RST_REPLY_OK] = "ok", [RST_REPLY_NOTHING] = "nothing", [RST_REPLY_FAILED] = "failed",
  };

  for (guint i = 0; i < script->expected->len; i++)
    {
      const char *line = g_ptr_array_index (script->expected, i);
      g_auto (GStrv) words = g_strsplit (line, " ", 2);

      if (g_str_equal (words[0], "status"))
        g_assert_cmpstr (states[reply->status], ==, words[1]);
      else if (g_str_equal (words[0], "says") && strstr (reply->detail, words[1]) == NULL)
        g_error ("“%s” and not “%s”", reply->detail, words[1]);
      else if (g_str_equal (words[0], "length"))
        g_assert_cmpuint (g_bytes_get_size (reply->body), ==, g_ascii_strtoull (words[1], NULL, 10));
      else if (!g_str_equal (words[0], "says"))
        g_error ("%s: what is “%s”?", script->name, line);
    }
  g_assert_true ((reply->status == RST_REPLY_OK) == (reply->body != NULL));
  g_assert_true ((reply->status == RST_REPLY_OK) == (reply->detail == NULL));
  if (reply->body != NULL)
    g_assert_cmpuint (g_bytes_get_size (reply->body), <=, RST_REPLY_MAX);
}

static glong
get_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* A sanitizer keeps what was freed. */
static void
check_memory (glong before)
{
#if !defined (__SANITIZE_ADDRESS__)
  g_assert_cmpint (get_memory () - before, <, MEMORY_MAX);
#endif
}

/* Whatever is sent, the fetch ends, says so in words of ours, and does not grow with it. */
static void
test_case (gconstpointer data)
{
  g_autoptr (TestScript) script = test_script_load (data);
  glong before = get_memory ();
  Fetch fetch;
  g_autofree char *failure = NULL;

  fetch_start (&fetch, "ca");
  failure = fetch_from (&fetch, script);
  g_assert_cmpstr (failure, ==, NULL);
  g_test_message ("%s", fetch.reply->detail != NULL ? fetch.reply->detail : "a document");
  check (script, fetch.reply);
  check_memory (before);
  fetch_clear (&fetch);
}

/* The addresses of hosts that a redirect leads to. */
static const struct {
  const char *host, *address;
} hosts[] = {
  { "loopback.stranger.org", "127.0.0.1" },
  { "metadata.stranger.org", "169.254.169.254" },
  { "zero.stranger.org", "0.0.0.0" },
  { "mapped.stranger.org", "::ffff:127.0.0.1" },
  { "unique.stranger.org", "fc00::1" },
  { "home.stranger.org", "192.168.1.1" },
  { "nas.lan", "192.168.1.2" },
};

/* Each line of the file: “refused” or “private”, and a place that a redirect names. */
static void
test_location (gconstpointer data)
{
  g_auto (GStrv) words = g_strsplit (data, " ", 2);
  g_autofree char *talk =
    g_strdup_printf ("security tls\nhost autoconfig.example.org\ncertificate public\n---\nhead\n"
                     "S: HTTP/1.1 302 Found\nS: Location: %s\nS: Content-Length: 0\nS:\n", words[1]);
  g_autoptr (TestScript) script = test_script_parse (words[1], talk);
  Fetch fetch;
  g_autofree char *failure = NULL;

  fetch_start (&fetch, "public");
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    fake_resolver_set (fetch.resolver, hosts[i].host, hosts[i].address);
  failure = fetch_from (&fetch, script);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpint (fetch.reply->status, ==, RST_REPLY_FAILED);
  g_assert_nonnull (strstr (fetch.reply->detail,
                            g_str_equal (words[0], "private") ? "private network" : "HTTP status 302"));
  if (!g_str_equal (words[0], "private"))
    g_assert_cmpstr (fake_resolver_get_last (fetch.resolver), ==, "autoconfig.example.org");
  fetch_clear (&fetch);
}

static void
test_private (void)
{
  static const struct {
    const char *address;
    gboolean    private;
  } cases[] = {
    { "127.0.0.1", TRUE },       { "127.255.0.9", TRUE },   { "10.1.2.3", TRUE },
    { "172.16.0.1", TRUE },      { "172.31.255.255", TRUE }, { "192.168.0.1", TRUE },
    { "169.254.169.254", TRUE }, { "0.0.0.0", TRUE },       { "0.1.2.3", TRUE },
    { "100.64.0.1", TRUE },      { "100.127.255.255", TRUE }, { "192.0.0.1", TRUE },
    { "198.19.0.1", TRUE },      { "224.0.0.1", TRUE },     { "240.0.0.1", TRUE },
    { "255.255.255.255", TRUE }, { "::", TRUE },            { "::1", TRUE },
    { "fe80::1", TRUE },         { "fec0::1", TRUE },       { "fc00::1", TRUE },
    { "fdff::1", TRUE },         { "ff02::1", TRUE },       { "::ffff:127.0.0.1", TRUE },
    { "::ffff:10.0.0.1", TRUE }, { "::127.0.0.1", TRUE },   { "64:ff9b::7f00:1", TRUE },
    { "64:ff9b::a9fe:a9fe", TRUE }, { "2002:7f00:1::", TRUE }, { "2002:c0a8:101::1", TRUE },
    { "1.0.0.1", FALSE },        { "9.255.255.255", FALSE }, { "11.0.0.0", FALSE },
    { "100.63.255.255", FALSE }, { "100.128.0.0", FALSE },  { "172.32.0.1", FALSE },
    { "192.0.1.1", FALSE },      { "192.169.0.1", FALSE },  { "198.17.0.1", FALSE },
    { "198.20.0.1", FALSE },     { "223.255.255.255", FALSE }, { "2001:db8::1", FALSE },
    { "fbff::1", FALSE },        { "::ffff:1.1.1.1", FALSE }, { "64:ff9b::101:101", FALSE },
    { "2002:101:101::1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      if (rst_hosts_is_private (address) != cases[i].private)
        g_error ("%s is %sprivate", cases[i].address, cases[i].private ? "" : "not ");
    }
}

static void
add_locations (const char *path)
{
  g_autofree char *text = test_read_file (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = 0;

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && **line != '#')
      {
        g_autofree char *name = g_strdup_printf ("/fetch-attack/location/%02u", ++count);

        g_test_add_data_func_full (name, g_strdup (*line), test_location, g_free);
      }
  g_assert_cmpuint (count, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *locations = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "cases", "fetch", NULL);
  locations = g_build_filename (folder, "locations", NULL);
  paths = test_find_files (folder, ".talk");
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *file = g_path_get_basename (g_ptr_array_index (paths, i));
      g_autofree char *name = g_strconcat ("/fetch-attack/case/", file, NULL);

      g_test_add_data_func (name, g_ptr_array_index (paths, i), test_case);
    }
  add_locations (locations);
  g_test_add_func ("/fetch-attack/private", test_private);
  return g_test_run ();
}
