/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fetching over https from real servers in this process: redirects, certificates, and servers that send
 * too much, too slowly, compressed, or for ever.
 */
#include "fake-resolver.h"
#include "rst-fetch.h"

#include <libsoup/soup.h>
#include <string.h>

/* Certificates (tests/certificates): good.pem is for the first host, wronghost.pem for the second. */
#define HOST "mail.example"
#define OTHER "mail.elsewhere.example"

typedef struct {
  FakeResolver *resolver; /* (owned) */
  RstDns       *dns;      /* (owned) */
  GTlsDatabase *trust;    /* (owned) */
  SoupServer   *server;   /* (owned) */
  SoupServer   *other;    /* (owned) */
  guint         requests;
  gboolean      asked_compressed;
  gboolean      sent_cookie;
  const char   *body;     /* (nullable) what to post */
  char         *posted;   /* (owned) (nullable) type and body that came last */
  RstReply     *reply;    /* (owned) (nullable) */
} Fixture;

static guint
get_port (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  guint port = (guint) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static void
redirect (SoupServerMessage *message,
          const char        *to)
{
  soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Location", to);
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *type,
        const char        *body,
        gsize              length)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, length);
}

/* /hop/N leads to /hop/N-1, and /hop/0 to the document. */
static void
hop (SoupServerMessage *message,
     const char        *path)
{
  guint left = (guint) atoi (path + strlen ("/hop/"));
  g_autofree char *next = g_strdup_printf ("/hop/%u", left - 1);

  redirect (message, left > 0 ? next : "/document");
}

static void
send_long (SoupServerMessage *message,
           gsize              length)
{
  g_autofree char *body = g_strnfill (length, 'x');

  answer (message, SOUP_STATUS_OK, "text/xml", body, length);
}

static void
keep_posted (Fixture           *self,
             SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  const char *type =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Type");

  g_free (self->posted);
  self->posted = g_strdup_printf ("%s %s %.*s", soup_server_message_get_method (message), type,
                                  (int) g_bytes_get_size (bytes),
                                  (const char *) g_bytes_get_data (bytes, NULL));
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *self = user_data;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *encodings = soup_message_headers_get_list (request, "Accept-Encoding");
  g_autofree char *elsewhere = g_strdup_printf ("https://" OTHER ":%u/document", get_port (self->other));
  g_autofree char *plain = g_strdup_printf ("http://" HOST ":%u/document", get_port (self->server));
  g_autofree char *number = g_strdup_printf ("https://127.0.0.1:%u/document", get_port (self->server));
  g_autofree char *named = g_strdup_printf ("https://u:p@" HOST ":%u/document", get_port (self->server));
  const struct {
    const char *path, *to;
  } redirects[] = {
    { "/elsewhere", elsewhere }, { "/to-http", plain }, { "/to-number", number }, { "/to-user", named },
    { "/to-file", "file:///etc/passwd" }, { "/to-nothing", "" }, { "/loop", "/loop" },
  };

  self->requests++;
  keep_posted (self, message);
  self->asked_compressed |= encodings == NULL || strstr (encodings, "gzip") != NULL;
  self->sent_cookie |= soup_message_headers_get_one (request, "Cookie") != NULL;
  soup_message_headers_append (response, "Set-Cookie", "a=b; Path=/");
  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    if (g_str_equal (path, redirects[i].path))
      {
        redirect (message, redirects[i].to);
        return;
      }
  if (g_str_has_prefix (path, "/hop/"))
    hop (message, path);
  else if (g_str_equal (path, "/document"))
    answer (message, SOUP_STATUS_OK, "text/xml", "<document/>", 11);
  else if (g_str_equal (path, "/longest"))
    send_long (message, RST_REPLY_MAX);
  else if (g_str_equal (path, "/too-long"))
    send_long (message, RST_REPLY_MAX + 1);
  else if (g_str_equal (path, "/much-too-long"))
    send_long (message, 64 * 1024 * 1024);
  else if (g_str_equal (path, "/compressed"))
    {
      soup_message_headers_append (response, "Content-Encoding", "gzip");
      answer (message, SOUP_STATUS_OK, "text/xml", "\x1f\x8b\x08 not unpacked", 16);
    }
  else if (g_str_equal (path, "/never"))
    soup_server_message_pause (message);
  else if (g_str_equal (path, "/broken"))
    answer (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "text/xml", "<document/>", 11);
  else if (g_str_equal (path, "/sign-in"))
    {
      answer (message, SOUP_STATUS_UNAUTHORIZED, "text/xml", "<document/>", 11);
      soup_message_headers_append (response, "WWW-Authenticate", "Basic realm=\"x\"");
    }
  else
    answer (message, SOUP_STATUS_NOT_FOUND, "text/html", "<html></html>", 13);
}

static SoupServer *
start_server (Fixture    *self,
              const char *certificate)
{
  g_autofree char *name = g_strconcat (certificate, ".pem", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "certificates", name, NULL);
  g_autoptr (GTlsCertificate) pair = g_tls_certificate_new_from_file (path, NULL);
  SoupServer *server = soup_server_new ("tls-certificate", pair, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (pair);
  soup_server_add_handler (server, NULL, handle_cb, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                                           &error));
  return server;
}

static void
set_up (Fixture       *self,
        gconstpointer  certificate)
{
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "certificates", "ca.pem", NULL);

  self->resolver = fake_resolver_install ();
  fake_resolver_set (self->resolver, HOST, "127.0.0.1");
  fake_resolver_set (self->resolver, OTHER, "127.0.0.1");
  fake_resolver_set (self->resolver, "127.0.0.1", "127.0.0.1");
  self->dns = rst_dns_new ();
  self->trust = g_tls_file_database_new (authority, NULL);
  g_assert_nonnull (self->trust);
  self->server = start_server (self, certificate);
  self->other = start_server (self, "wronghost");
}

static void
tear_down (Fixture       *self,
           gconstpointer  certificate)
{
  g_clear_pointer (&self->reply, rst_reply_free);
  g_free (self->posted);
  soup_server_disconnect (self->server);
  soup_server_disconnect (self->other);
  g_object_unref (self->server);
  g_object_unref (self->other);
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
  Fixture *self = user_data;

  self->reply = rst_fetch_finish (result);
}

static RstReplyStatus
fetch_with (Fixture      *self,
            const char   *path,
            GCancellable *cancellable)
{
  g_autofree char *url = g_strdup_printf ("https://" HOST ":%u%s", get_port (self->server), path);
  g_autoptr (RstAsk) ask = rst_ask_new (self->body != NULL ? RST_ASK_POST : RST_ASK_HTTPS, url);

  ask->body = g_strdup (self->body);
  ask->stay = self->body != NULL;
  g_clear_pointer (&self->reply, rst_reply_free);
  self->requests = 0;
  rst_fetch_async (ask, self->dns, self->trust, cancellable, fetched_cb, self);
  while (self->reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((self->reply->status == RST_REPLY_OK) == (self->reply->body != NULL));
  g_assert_true ((self->reply->status == RST_REPLY_OK) == (self->reply->detail == NULL));
  return self->reply->status;
}

static RstReplyStatus
fetch (Fixture    *self,
       const char *path)
{
  return fetch_with (self, path, NULL);
}

static void
test_document (Fixture       *self,
               gconstpointer  certificate)
{
  g_assert_cmpint (fetch (self, "/document"), ==, RST_REPLY_OK);
  g_assert_cmpstr (self->reply->host, ==, HOST);
  g_assert_cmpmem (g_bytes_get_data (self->reply->body, NULL), g_bytes_get_size (self->reply->body),
                   "<document/>", 11);
  g_assert_cmpint (fetch (self, "/document"), ==, RST_REPLY_OK);
  g_assert_cmpuint (self->requests, ==, 1);
  g_assert_false (self->asked_compressed);
  g_assert_false (self->sent_cookie);
  g_assert_cmpuint (fake_resolver_get_asked (self->resolver, HOST), ==, 1);
}

static void
test_status (Fixture       *self,
             gconstpointer  certificate)
{
  g_assert_cmpint (fetch (self, "/missing"), ==, RST_REPLY_NOTHING);
  g_assert_cmpint (fetch (self, "/sign-in"), ==, RST_REPLY_NOTHING);
  g_assert_cmpuint (self->requests, ==, 1);
  g_assert_cmpint (fetch (self, "/broken"), ==, RST_REPLY_FAILED);
}

/* Each place that a request really went to, in order. */
static void
check_visited (Fixture    *self,
               const char *first,
               const char *second)
{
  GPtrArray *visited = self->reply->visited;

  g_assert_cmpuint (visited->len, ==, second != NULL ? 2 : 1);
  g_assert_true (g_str_has_prefix (visited->pdata[0], "https://" HOST ":"));
  g_assert_true (g_str_has_suffix (visited->pdata[0], first));
  if (second == NULL)
    return;
  g_assert_true (g_str_has_prefix (visited->pdata[1], "https://" OTHER ":"));
  g_assert_true (g_str_has_suffix (visited->pdata[1], second));
}

/* What is posted arrives as it is, also after a redirect, but never at another owner's host. */
static void
test_post (Fixture       *self,
           gconstpointer  certificate)
{
  self->body = "<question/>";
  g_assert_cmpint (fetch (self, "/document"), ==, RST_REPLY_OK);
  g_assert_cmpstr (self->posted, ==, "POST text/xml; charset=utf-8 <question/>");
  g_assert_cmpint (fetch (self, "/hop/1"), ==, RST_REPLY_OK);
  g_assert_cmpuint (self->requests, ==, 3);
  g_assert_cmpstr (self->posted, ==, "POST text/xml; charset=utf-8 <question/>");
  g_assert_cmpint (fetch (self, "/elsewhere"), ==, RST_REPLY_FAILED);
  g_assert_cmpuint (self->requests, ==, 1);
  check_visited (self, "/elsewhere", NULL);
  g_assert_cmpuint (fake_resolver_get_asked (self->resolver, OTHER), ==, 0);
  g_assert_cmpint (fetch (self, "/sign-in"), ==, RST_REPLY_NOTHING);
  g_assert_cmpuint (self->reply->code, ==, SOUP_STATUS_UNAUTHORIZED);
  g_assert_cmpstr (self->reply->host, ==, HOST);
}

static void
test_redirects (Fixture       *self,
                gconstpointer  certificate)
{
  static const char * const refused[] = { "/hop/5", "/loop", "/to-http", "/to-number",
                                          "/to-user", "/to-file", "/to-nothing" };

  g_assert_cmpint (fetch (self, "/hop/4"), ==, RST_REPLY_OK);
  g_assert_cmpuint (self->requests, ==, 6);
  g_assert_cmpint (fetch (self, "/elsewhere"), ==, RST_REPLY_OK);
  g_assert_cmpstr (self->reply->host, ==, OTHER);
  check_visited (self, "/elsewhere", "/document");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_cmpint (fetch (self, refused[i]), ==, RST_REPLY_FAILED);
      g_assert_cmpuint (self->requests, <=, 6);
    }
  g_assert_false (self->sent_cookie);
}

static void
test_length (Fixture       *self,
             gconstpointer  certificate)
{
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpint (fetch (self, "/longest"), ==, RST_REPLY_OK);
  g_assert_cmpuint (g_bytes_get_size (self->reply->body), ==, RST_REPLY_MAX);
  g_assert_cmpint (fetch (self, "/too-long"), ==, RST_REPLY_FAILED);
  g_assert_cmpint (fetch (self, "/much-too-long"), ==, RST_REPLY_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

/* Bytes are taken as they are: nothing can be unpacked to more than was sent. */
static void
test_compressed (Fixture       *self,
                 gconstpointer  certificate)
{
  g_assert_cmpint (fetch (self, "/compressed"), ==, RST_REPLY_OK);
  g_assert_cmpuint (g_bytes_get_size (self->reply->body), ==, 16);
}

static void
test_never (Fixture       *self,
            gconstpointer  certificate)
{
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpint (fetch (self, "/never"), ==, RST_REPLY_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 3 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture       *self,
             gconstpointer  certificate)
{
  for (guint after = 0; after < 60; after += 3)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 start = g_get_monotonic_time ();
      guint timer = g_timeout_add (after, cancel_cb, cancellable);

      fetch_with (self, "/never", cancellable);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
      g_assert_cmpint (self->reply->status, ==, RST_REPLY_FAILED);
      g_assert_null (g_main_context_find_source_by_id (NULL, timer));
    }
}

/* A certificate that is not good for exactly this host: nothing of the answer counts. */
static void
test_certificate (Fixture       *self,
                  gconstpointer  certificate)
{
  g_assert_cmpint (fetch (self, "/document"), ==, RST_REPLY_FAILED);
  g_assert_cmpuint (self->requests, ==, 0);
  g_assert_nonnull (strstr (self->reply->detail, HOST));
}

static void
test_no_host (Fixture       *self,
              gconstpointer  certificate)
{
  fake_resolver_set (self->resolver, HOST, "broken");
  g_assert_cmpint (fetch (self, "/document"), ==, RST_REPLY_FAILED);
  g_assert_cmpuint (self->requests, ==, 0);
}

static gpointer
flood (gpointer data)
{
  g_autoptr (GSocketListener) listener = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "certificates", "good.pem", NULL);
  g_autoptr (GTlsCertificate) pair = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), pair, NULL);
  static const char hint[] = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n";
  GOutputStream *out = g_io_stream_get_output_stream (tls);
  gboolean open = TRUE;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 8);
  while (open)
    open = g_output_stream_write_all (out, hint, strlen (hint), NULL, NULL, NULL);
  return NULL;
}

/* Interim answers without end, as fast as they can be read. */
static void
test_hints_for_ever (Fixture       *self,
                     gconstpointer  certificate)
{
  GSocketListener *listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (GThread) thread = g_thread_new ("flood", flood, listener);
  g_autofree char *url = g_strdup_printf ("https://" HOST ":%u/", port);
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTPS, url);
  gint64 start = g_get_monotonic_time ();

  rst_fetch_async (ask, self->dns, self->trust, NULL, fetched_cb, self);
  while (self->reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (self->reply->status, ==, RST_REPLY_FAILED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  g_thread_join (g_steal_pointer (&thread));
}

#define ADD(NAME, CERTIFICATE, FUNCTION) \
  g_test_add ("/fetch/" NAME, Fixture, CERTIFICATE, set_up, FUNCTION, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_printerr ("TLS for GIO (glib-networking) is missing\n");
      return 77;
    }
  ADD ("document", "good", test_document);
  ADD ("status", "good", test_status);
  ADD ("redirects", "good", test_redirects);
  ADD ("post", "good", test_post);
  ADD ("length", "good", test_length);
  ADD ("compressed", "good", test_compressed);
  ADD ("never", "good", test_never);
  ADD ("cancel", "good", test_cancel);
  ADD ("no-host", "good", test_no_host);
  ADD ("hints-for-ever", "good", test_hints_for_ever);
  ADD ("certificate/expired", "expired", test_certificate);
  ADD ("certificate/not-yet", "notyet", test_certificate);
  ADD ("certificate/wrong-host", "wronghost", test_certificate);
  ADD ("certificate/unknown-authority", "unknown", test_certificate);
  ADD ("certificate/self-signed", "selfsigned", test_certificate);
  return g_test_run ();
}
