/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole sign-in in the browser, with an issuer in this process and a browser that is a thread: what
 * comes out when all is well, when strangers knock, and when the issuer sends nonsense.
 */
#include "fake-resolver.h"
#include "rst-error.h"
#include "rst-oauth.h"

#include <libsoup/soup.h>
#include <string.h>

/* good.pem (tests/certificates) is for this host. */
#define HOST "mail.example"

typedef struct {
  FakeResolver *resolver;  /* (owned) */
  GTlsDatabase *trust;     /* (owned) */
  SoupServer   *server;    /* (owned) */
  guint         port;      /* of @server */
  guint         asked;     /* for metadata */
  guint         redeemed;
  guint         strayed;   /* requests to where nobody should go */
  char         *challenge; /* (owned) (nullable) of the page that was opened */
  char         *back;      /* (owned) (nullable) port to come back to */
  char         *state;     /* (owned) (nullable) */
  const char   *visits;    /* what the browser sends, visits separated by “|” */
  GString      *answers;   /* (owned) the first words of what it got */
  GThread      *browser;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) cancelled when the page is opened */
  RstSecret    *token;     /* (owned) (nullable) */
  GError       *error;     /* (owned) (nullable) */
  gboolean      done;
} Fixture;

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
describe (Fixture           *self,
          SoupServerMessage *message)
{
  g_autofree char *base = g_strdup_printf ("https://" HOST ":%u", self->port);
  g_autofree char *body = g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth\","
                                           "\"token_endpoint\":\"%s/token\"}", base, base, base);

  answer (message, SOUP_STATUS_OK, body);
}

/* RFC 7636 section 4.6. */
static gboolean
is_proved (Fixture    *self,
           GHashTable *form)
{
  const char *verifier = g_hash_table_lookup (form, "code_verifier");
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;
  guchar digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  text = g_base64_encode (digest, length);
  text[strcspn (text, "=")] = '\0';
  return g_strcmp0 (g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_'), self->challenge) == 0;
}

/* The code says what the endpoint does. */
static void
redeem (Fixture           *self,
        SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *code = g_hash_table_lookup (form, "code");
  g_autofree char *redirect = g_strdup_printf ("http://127.0.0.1:%s/", self->back);
  g_autofree char *huge = g_strnfill (200000, ' ');

  self->redeemed++;
  g_assert_true (is_proved (self, form));
  g_assert_cmpstr (g_hash_table_lookup (form, "redirect_uri"), ==, redirect);
  g_assert_cmpstr (g_hash_table_lookup (form, "client_id"), ==, "restante");
  if (g_str_equal (code, "good"))
    answer (message, SOUP_STATUS_OK, "{\"access_token\":\"tok\",\"token_type\":\"Bearer\"}");
  else if (g_str_equal (code, "old"))
    answer (message, SOUP_STATUS_BAD_REQUEST, "{\"error\":\"invalid_grant\"}");
  else if (g_str_equal (code, "html"))
    answer (message, SOUP_STATUS_OK, "<html></html>");
  else if (g_str_equal (code, "huge"))
    answer (message, SOUP_STATUS_OK, huge);
  else if (g_str_equal (code, "broken"))
    answer (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "");
  else if (g_str_equal (code, "elsewhere"))
    {
      soup_message_headers_append (soup_server_message_get_response_headers (message), "Location", "/stray");
      soup_server_message_set_status (message, SOUP_STATUS_TEMPORARY_REDIRECT, NULL);
    }
  else
    g_assert_not_reached ();
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *self = user_data;

  if (g_str_equal (path, "/.well-known/openid-configuration"))
    describe (self, message);
  else if (g_str_equal (path, "/token"))
    redeem (self, message);
  else if (!g_str_equal (path, "/.well-known/oauth-authorization-server"))
    self->strayed++;
  self->asked += g_str_has_prefix (path, "/.well-known/");
  if (soup_server_message_get_status (message) == 0)
    answer (message, SOUP_STATUS_NOT_FOUND, "");
}

static void
set_up (Fixture       *self,
        gconstpointer  certificate)
{
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "certificates", "ca.pem", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "certificates", certificate, NULL);
  g_autoptr (GTlsCertificate) pair = g_tls_certificate_new_from_file (path, NULL);
  GSList *uris;

  self->resolver = fake_resolver_install ();
  fake_resolver_set (self->resolver, HOST, "127.0.0.1");
  self->trust = g_tls_file_database_new (authority, NULL);
  g_assert_nonnull (self->trust);
  self->server = soup_server_new ("tls-certificate", pair, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0,
                                           SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->answers = g_string_new (NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  certificate)
{
  g_clear_pointer (&self->browser, g_thread_join);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->trust);
  g_clear_object (&self->cancellable);
  g_free (self->challenge);
  g_free (self->back);
  g_free (self->state);
  g_string_free (self->answers, TRUE);
  g_clear_pointer (&self->token, rst_secret_unref);
  g_clear_error (&self->error);
  fake_resolver_remove (self->resolver);
}

/* One visit: sends all of it, notes the status of the answer. “idle” only connects. */
static void
visit (Fixture    *self,
       const char *request,
       GPtrArray  *idle)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *where = g_strdup_printf ("127.0.0.1:%s", self->back);
  g_autoptr (GSocketConnection) connection = NULL;
  char got[64] = "";
  gsize n = 0;

  g_socket_client_set_timeout (client, 8);
  connection = g_socket_client_connect_to_host (client, where, 0, NULL, NULL);
  if (connection == NULL)
    {
      g_string_append (self->answers, "refused ");
      return;
    }
  if (g_str_equal (request, "idle"))
    {
      g_ptr_array_add (idle, g_steal_pointer (&connection));
      return;
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), got, 12, &n, NULL, NULL);
  g_string_append_printf (self->answers, "%s ", n == 12 ? got + 9 : "nothing");
}

static gpointer
browse (gpointer data)
{
  Fixture *self = data;
  g_auto (GStrv) visits = g_strsplit (self->visits, "|", -1);
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *flood = g_strnfill (20000, 'x');

  for (char **one = visits; *one != NULL; one++)
    {
      g_autoptr (GString) request = g_string_new (*one);

      g_string_replace (request, "%state%", self->state, 0);
      g_string_replace (request, "%flood%", flood, 0);
      g_string_replace (request, "%end%", " HTTP/1.1\r\nHost: 127.0.0.1:%port%\r\n\r\n", 0);
      g_string_replace (request, "%port%", self->back, 0);
      visit (self, request->str, idle);
    }
  return NULL;
}

static void
open_cb (const char *url,
         gpointer    data)
{
  Fixture *self = data;
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));
  const char *redirect = g_hash_table_lookup (query, "redirect_uri");

  g_assert_cmpstr (g_uri_get_path (uri), ==, "/auth");
  g_assert_cmpstr (g_hash_table_lookup (query, "login_hint"), ==, "taro@example.org");
  self->challenge = g_strdup (g_hash_table_lookup (query, "code_challenge"));
  self->state = g_strdup (g_hash_table_lookup (query, "state"));
  g_assert_true (g_str_has_prefix (redirect, "http://127.0.0.1:") && g_str_has_suffix (redirect, "/"));
  self->back = g_strndup (redirect + strlen ("http://127.0.0.1:"),
                          strlen (redirect) - strlen ("http://127.0.0.1:") - 1);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    self->browser = g_thread_new ("browser", browse, self);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Fixture *self = user_data;

  self->token = rst_oauth_sign_in_finish (result, &self->error);
  self->done = TRUE;
}

/* Without @described the settings file has both addresses. */
static void
sign_in (Fixture  *self,
         gboolean  described)
{
  g_autofree char *base = g_strdup_printf ("https://" HOST ":%u", self->port);
  g_autofree char *auth_url = g_strconcat (base, "/auth", NULL);
  g_autofree char *token_url = g_strconcat (base, "/token", NULL);
  const RstIssuerTexts texts = {
    .issuer = base,
    .auth_url = described ? NULL : auth_url,
    .token_url = described ? NULL : token_url,
    .client_id = (char *) "restante",
  };
  g_autoptr (RstIssuer) issuer = rst_issuer_new (&texts, NULL);

  rst_oauth_sign_in_async (issuer, "taro@example.org", self->trust, open_cb, self, self->cancellable,
                           signed_in_cb, self);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((self->token != NULL) == (self->error == NULL));
}

#define BACK(code) "GET /?state=%state%&code=" code "%end%"

typedef struct {
  const char *name;
  const char *visits;
  const char *answers;
  const char *kind; /* (nullable) of the error */
} Case;

static const Case cases[] = {
  { "good", BACK ("good"), "200 ", NULL },
  { "only-once", BACK ("good") "|" BACK ("good"), "200 refused ", NULL },
  { "strangers", "GET /favicon.ico%end%|GET /?code=good&state=x%end%|POST /?code=good&state=%state%%end%|"
                 "hello\r\n\r\n|" BACK ("good"), "404 404 404 404 200 ", NULL },
  { "flood", "GET /?%flood%|" BACK ("good"), "431 200 ", NULL },
  { "idle", "idle|idle|idle|idle|" BACK ("good"), "200 ", NULL },
  { "denied", "GET /?state=%state%&error=access_denied%end%|" BACK ("good"), "200 refused ", "auth" },
  { "wrong-issuer", "GET /?state=%state%&code=good&iss=https://other.example%end%", "200 ", "tamper" },
  { "no-code", "GET /?state=%state%%end%", "200 ", "proto" },
  { "old-code", BACK ("old"), "200 ", "auth" },
  { "token-html", BACK ("html"), "200 ", "proto" },
  { "token-huge", BACK ("huge"), "200 ", "proto" },
  { "token-broken", BACK ("broken"), "200 ", "busy" },
  { "token-elsewhere", BACK ("elsewhere"), "200 ", "proto" },
};

static void
test_case (Fixture    *self,
           const Case *one,
           gboolean    described)
{
  self->visits = one->visits;
  sign_in (self, described);
  g_clear_pointer (&self->browser, g_thread_join);
  g_assert_cmpstr (self->answers->str, ==, one->answers);
  g_assert_cmpstr (self->error != NULL ? rst_error_get_nick (self->error) : NULL, ==, one->kind);
  g_assert_cmpuint (self->strayed, ==, 0);
  g_assert_cmpuint (self->redeemed, <=, 1);
  g_assert_cmpuint (self->asked, ==, described ? 2 : 0);
  if (self->token != NULL)
    g_assert_cmpstr (rst_secret_peek (self->token), ==, "tok");
}

static void
test_cases (gconstpointer data)
{
  Fixture self = { NULL };

  set_up (&self, "good.pem");
  test_case (&self, data, FALSE);
  tear_down (&self, NULL);
}

static void
test_described (Fixture       *self,
                gconstpointer  certificate)
{
  test_case (self, &cases[0], TRUE);
}

/* The page is open, and the person changes their mind: nobody listens any more. */
static void
test_cancel (Fixture       *self,
             gconstpointer  certificate)
{
  self->cancellable = g_cancellable_new ();
  sign_in (self, FALSE);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  visit (self, "idle", NULL);
  g_assert_cmpstr (self->answers->str, ==, "refused ");
}

static void
test_cancel_early (Fixture       *self,
                   gconstpointer  certificate)
{
  self->cancellable = g_cancellable_new ();
  g_cancellable_cancel (self->cancellable);
  sign_in (self, TRUE);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (self->state);
}

/* Neither what it says of itself nor the token is taken from somebody who cannot prove who he is. */
static void
test_certificate (Fixture       *self,
                  gconstpointer  certificate)
{
  self->visits = BACK ("good");
  sign_in (self, FALSE);
  g_assert_error (self->error, RST_ERROR, RST_ERROR_CERT);
  g_assert_cmpuint (self->redeemed, ==, 0);
}

static void
test_certificate_described (Fixture       *self,
                            gconstpointer  certificate)
{
  sign_in (self, TRUE);
  g_assert_error (self->error, RST_ERROR, RST_ERROR_NET);
  g_assert_null (self->state);
}

#define ADD(NAME, CERTIFICATE, FUNCTION) \
  g_test_add ("/oauth/" NAME, Fixture, CERTIFICATE, set_up, FUNCTION, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* The desktop's proxies are not asked about, and one library that would be throws. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/oauth/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_cases);
    }
  ADD ("described", "good.pem", test_described);
  ADD ("cancel", "good.pem", test_cancel);
  ADD ("cancel-early", "good.pem", test_cancel_early);
  ADD ("certificate", "wronghost.pem", test_certificate);
  ADD ("certificate-described", "wronghost.pem", test_certificate_described);
  return g_test_run ();
}
