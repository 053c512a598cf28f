/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents over an unprotected connection: where redirects may lead, and that no public name leads into
 * the network where the person is.
 */
#include "fake-resolver.h"
#include "rst-fetch.h"

#include <libsoup/soup.h>

#define OWN "autoconfig.practice.test"
#define SAME_SITE "www.practice.test"
#define STRANGER "www.stranger.test"
#define PUBLIC "autoconfig.example.org"

typedef struct {
  FakeResolver *resolver; /* (owned) */
  RstDns       *dns;      /* (owned) */
  SoupServer   *server;   /* (owned) without TLS */
  RstReply     *reply;    /* (owned) (nullable) */
  GString      *seen;     /* (owned) what was asked for */
} Fixture;

static guint
get_port (Fixture *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  guint port = (guint) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  static const struct {
    const char *path, *scheme, *host;
  } redirects[] = {
    { "/same", "http", SAME_SITE },
    { "/SAME", "http", "WWW.Practice.Test" },
    { "/stranger", "http", STRANGER },
    { "/public", "http", PUBLIC },
    { "/number", "http", "127.0.0.1" },
    { "/protected", "https", OWN },
  };
  Fixture *self = user_data;

  g_string_append_printf (self->seen, "%s%s;", g_uri_get_host (soup_server_message_get_uri (message)), path);
  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    if (g_str_equal (path, redirects[i].path))
      {
        g_autofree char *to = g_strdup_printf ("%s://%s:%u/document", redirects[i].scheme, redirects[i].host,
                                               get_port (self));

        soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, to);
        return;
      }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_STATIC, "<document/>", 11);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static const char * const hosts[] = { OWN, SAME_SITE, STRANGER, PUBLIC };
  g_autoptr (GError) error = NULL;

  self->resolver = fake_resolver_install ();
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    fake_resolver_set (self->resolver, hosts[i], "127.0.0.1");
  self->dns = rst_dns_new ();
  self->seen = g_string_new (NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_pointer (&self->reply, rst_reply_free);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  rst_dns_unref (self->dns);
  fake_resolver_remove (self->resolver);
  g_string_free (self->seen, TRUE);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  ((Fixture *) user_data)->reply = rst_fetch_finish (result);
}

/* What the server was asked for, and in the end the status and the host that answered. */
static char *
fetch (Fixture    *self,
       const char *host,
       const char *path)
{
  g_autofree char *url = g_strdup_printf ("http://%s:%u%s", host, get_port (self), path);
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HTTP, url);

  g_clear_pointer (&self->reply, rst_reply_free);
  g_string_truncate (self->seen, 0);
  rst_fetch_async (ask, self->dns, NULL, NULL, fetched_cb, self);
  while (self->reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_strdup_printf ("%s %d %s", self->seen->str, self->reply->status,
                          self->reply->host != NULL ? self->reply->host : "-");
}

static void
test_redirects (Fixture       *self,
                gconstpointer  data)
{
  static const struct {
    const char *host, *path, *wanted;
  } cases[] = {
    { OWN, "/document", OWN "/document; 0 " OWN },
    { OWN, "/same", OWN "/same;" SAME_SITE "/document; 0 " SAME_SITE },
    { OWN, "/SAME", OWN "/SAME;" SAME_SITE "/document; 0 " SAME_SITE },
    { OWN, "/stranger", OWN "/stranger; 2 " OWN },
    { OWN, "/public", OWN "/public; 2 " OWN },
    { OWN, "/number", OWN "/number; 2 " OWN },
    /* A handshake is tried there, which this server does not know. */
    { OWN, "/protected", OWN "/protected; 2 " OWN },
    /* A public name with an address in this network. */
    { PUBLIC, "/document", " 2 -" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = fetch (self, cases[i].host, cases[i].path);

      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fetch-open/redirects", Fixture, NULL, set_up, test_redirects, tear_down);
  return g_test_run ();
}
