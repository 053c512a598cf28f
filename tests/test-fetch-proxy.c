/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fetching through the system's proxy, which a resolver of proxies in this process stands for: what the
 * proxy is told, that it is given no password and nobody is asked for one, and that one which is gone or
 * mute ends in time.
 */
#include "fake-resolver.h"
#include "lib-await.h"
#include "lib-server.h"
#include "rst-error.h"
#include "rst-exchange.h"
#include "rst-fetch.h"

#include <string.h>

#define FAKE_TYPE_PROXIES (fake_proxies_get_type ())
G_DECLARE_FINAL_TYPE (FakeProxies, fake_proxies, FAKE, PROXIES, GObject)

struct _FakeProxies {
  GObject parent_instance;
};

static char *proxy; /* (owned) (nullable) */

static char **
list_proxies (void)
{
  const char * const list[] = { proxy != NULL ? proxy : "direct://", NULL };

  return g_strdupv ((char **) list);
}

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
lookup (GProxyResolver  *resolver,
        const char      *uri,
        GCancellable    *cancellable,
        GError         **error)
{
  return list_proxies ();
}

static void
lookup_async (GProxyResolver      *resolver,
              const char          *uri,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, list_proxies (), (GDestroyNotify) g_strfreev);
}

static char **
lookup_finish (GProxyResolver  *resolver,
               GAsyncResult    *result,
               GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_proxies_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeProxies, fake_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, fake_proxies_resolver_init))

static void
fake_proxies_class_init (FakeProxiesClass *klass)
{
}

static void
fake_proxies_init (FakeProxies *self)
{
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(RstReply **) user_data = rst_fetch_finish (result);
}

typedef struct {
  const char     *name;
  const char     *user;    /* what stands before the proxy's host */
  gboolean        known;   /* DNS knows the host */
  const char     *talk;    /* what the proxy does */
  RstReplyStatus  status;
  const char     *says;
} Case;

#define CONNECT "C: CONNECT mail.example:443 HTTP/1.1\nhead\n"
#define REFUSES \
  "S: HTTP/1.1 407 Proxy Authentication Required\nS: Proxy-Authenticate: Basic realm=\"p\"\n" \
  "S: Proxy-Authenticate: Negotiate\nS: Proxy-Authenticate: NTLM\nS: Content-Length: 0\nS:\n"
#define DOCUMENT \
  "C: GET /document HTTP/1.1\nhead\nS: HTTP/1.1 200 OK\nS: Content-Length: 11\nS:\nraw <document/>\n"

/* Behind a proxy DNS may know nothing of the world. Nothing follows a refusal: the proxy's play is over, and
 * whatever the client says then is a failure. */
static const Case cases[] = {
  { "tunnel", "", TRUE, CONNECT "S: HTTP/1.1 200 Yes\nS:\nclose\n", RST_REPLY_FAILED, "mail.example" },
  { "document", "", TRUE, CONNECT "S: HTTP/1.1 200 Yes\nS:\ntls\n" DOCUMENT, RST_REPLY_OK, NULL },
  { "document-unknown", "", FALSE, CONNECT "S: HTTP/1.1 200 Yes\nS:\ntls\n" DOCUMENT, RST_REPLY_OK, NULL },
  { "password", "", TRUE, CONNECT REFUSES, RST_REPLY_FAILED, "The proxy" },
  { "password-given", "user:secret@", TRUE, CONNECT REFUSES, RST_REPLY_FAILED, "The proxy" },
  { "refuses", "", TRUE, CONNECT "S: HTTP/1.1 403 Forbidden\nS: Content-Length: 0\nS:\n", RST_REPLY_FAILED,
    "The proxy" },
  { "redirects", "", TRUE, CONNECT "S: HTTP/1.1 302 Found\nS: Location: https://mail.example/other\n"
                                   "S: Content-Length: 0\nS:\n", RST_REPLY_FAILED, "The proxy" },
  { "answers", "", TRUE, CONNECT "S: HTTP/1.1 203 Here\nS: Content-Length: 11\nS:\nraw <document/>\n"
                                 "swallow\nclose\n", RST_REPLY_FAILED, "mail.example" },
  { "endless", "", TRUE, CONNECT "lines 300000 HTTP/1.1 200 X\n", RST_REPLY_FAILED, "mail.example" },
  { "mute", "", TRUE, CONNECT "swallow\n", RST_REPLY_FAILED, "in time" },
  { "closes", "", TRUE, "close\n", RST_REPLY_FAILED, "mail.example" },
};

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autofree char *talk = g_strconcat ("security starttls\n---\n", self->talk, NULL);
  g_autoptr (TestScript) script = test_script_parse (self->name, talk);
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  g_autofree char *authority = test_certificate_path ("ca");
  g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (authority, NULL);
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTPS, "https://mail.example/document");
  g_autoptr (RstReply) reply = NULL;
  TestServer *server = test_server_start (script);
  g_autofree char *failure = NULL;
  g_autofree char *heard = NULL;

  if (self->known)
    fake_resolver_set (resolver, "mail.example", "127.0.0.1");
  fake_resolver_set (resolver, "proxy.example", "127.0.0.1");
  proxy = g_strdup_printf ("http://%sproxy.example:%u", self->user, test_server_get_port (server));
  rst_fetch_async (ask, dns, trust, NULL, fetched_cb, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  failure = test_server_stop (server, &heard);
  g_test_message ("%s", reply->detail != NULL ? reply->detail : "a document");
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpint (reply->status, ==, self->status);
  if (self->says != NULL)
    g_assert_nonnull (strstr (reply->detail, self->says));
  /* The password of a proxy's address is left out: it would go there in the clear. */
  g_assert_null (strstr (heard, "Authorization"));
  g_assert_null (strstr (heard, "secret"));
  g_clear_pointer (&proxy, g_free);
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

/* Nobody listens there any more. */
static void
test_gone (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  RstDns *dns = rst_dns_new ();
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTPS, "https://mail.example/document");
  g_autoptr (RstReply) reply = NULL;

  fake_resolver_set (resolver, "mail.example", "127.0.0.1");
  proxy = g_strdup ("http://127.0.0.1:1");
  rst_fetch_async (ask, dns, NULL, NULL, fetched_cb, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (reply->status, ==, RST_REPLY_FAILED);
  g_clear_pointer (&proxy, g_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  rst_dns_unref (dns);
  fake_resolver_remove (resolver);
}

static void
exchanged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (RstExchange) answer = rst_exchange_finish (result, user_data);

  g_assert_null (answer);
}

/* A sign-in at an issuer: the proxy cannot say in its place that the code is no good. */
static void
test_exchange (void)
{
  g_autoptr (TestScript) script =
    test_script_parse ("exchange", "security starttls\n---\n" CONNECT "S: HTTP/1.1 400 Bad Request\n"
                                   "S: Content-Length: 25\nS:\nraw {\"error\":\"invalid_grant\"}\n");
  FakeResolver *resolver = fake_resolver_install ();
  TestServer *server = test_server_start (script);
  g_autoptr (GError) error = NULL;
  g_autofree char *failure = NULL;
  g_autofree char *heard = NULL;

  fake_resolver_set (resolver, "mail.example", "127.0.0.1");
  proxy = g_strdup_printf ("http://127.0.0.1:%u", test_server_get_port (server));
  rst_exchange_async ("https://mail.example/token", "code=secret", NULL, NULL, exchanged_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  failure = test_server_stop (server, &heard);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_error (error, RST_ERROR, RST_ERROR_NET);
  g_assert_nonnull (strstr (error->message, "The proxy"));
  g_assert_null (strstr (heard, "secret"));
  g_clear_pointer (&proxy, g_free);
  fake_resolver_remove (resolver);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "fake", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, FAKE_TYPE_PROXIES, "fake", 100);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/fetch-proxy/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/fetch-proxy/gone", test_gone);
  g_test_add_func ("/fetch-proxy/exchange", test_exchange);
  return g_test_run ();
}
