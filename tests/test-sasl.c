/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's side of SASL against GNU SASL's server side: choice, exchange, proof. */
#include "rst-error.h"
#include "rst-sasl.h"

#include <gsasl.h>
#include <string.h>

#define USER "tarō"
#define PASSWORD "pencil \"=,"

typedef struct {
  const char *password; /* what the server knows */
  const char *exporter; /* what it is bound to */
} Known;

static int
server_callback (Gsasl         *library,
                 Gsasl_session *session,
                 Gsasl_property property)
{
  const Known *known = gsasl_session_hook_get (session);

  if (property == GSASL_PASSWORD)
    return gsasl_property_set (session, property, known->password);
  if (property == GSASL_CB_TLS_EXPORTER && known->exporter != NULL)
    return gsasl_property_set (session, property, known->exporter);
  if (property == GSASL_VALIDATE_SIMPLE)
    return g_strcmp0 (gsasl_property_fast (session, GSASL_PASSWORD), known->password) == 0
             ? GSASL_OK : GSASL_AUTHENTICATION_ERROR;
  return GSASL_NO_CALLBACK;
}

static RstEndpoint *
server (void)
{
  return rst_endpoint_new (RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "mail.example", 0, NULL);
}

static RstSasl *
start (const char       *mechanism,
       const RstBinding *binding)
{
  g_autoptr (RstSecret) secret = rst_secret_new (PASSWORD, strlen (PASSWORD), NULL);
  g_autoptr (RstEndpoint) endpoint = server ();
  g_autoptr (GError) error = NULL;
  RstSasl *sasl = rst_sasl_new (mechanism, "imap", endpoint, USER, secret, binding, &error);

  g_assert_no_error (error);
  return sasl;
}

/* One message to the server. Not gsasl_step64(), whose own buffer lacks a final nul that some of the
 * library's mechanisms look at. */
static int
serve (Gsasl_session *session,
       const char    *said,
       char         **challenge)
{
  g_autofree guchar *in = NULL;
  gsize in_length = 0;
  char *out = NULL;
  gsize out_length = 0;
  int result;

  if (*said != '\0')
    in = g_base64_decode (said, &in_length);
  result = gsasl_step (session, (char *) in, in_length, &out, &out_length);
  if (result == GSASL_OK || result == GSASL_NEEDS_MORE)
    *challenge = g_base64_encode ((guchar *) out, out_length);
  gsasl_free (out);
  return result;
}

/* Lets both sides talk to the end. Returns what the server thinks of it. */
static int
exchange (RstSasl     *client,
          const char  *mechanism,
          Known       *known,
          GError     **error)
{
  Gsasl *library;
  Gsasl_session *session;
  char *said = rst_sasl_speaks_first (client) ? rst_sasl_step (client, NULL, error) : g_strdup ("");
  int result = GSASL_NEEDS_MORE;

  g_assert_cmpint (gsasl_init (&library), ==, GSASL_OK);
  gsasl_callback_set (library, server_callback);
  g_assert_cmpint (gsasl_server_start (library, mechanism, &session), ==, GSASL_OK);
  gsasl_session_hook_set (session, known);
  while (result == GSASL_NEEDS_MORE && said != NULL)
    {
      g_autofree char *challenge = NULL;

      result = serve (session, said, &challenge);
      g_clear_pointer (&said, rst_wipe_free);
      if (result == GSASL_NEEDS_MORE ||
          (result == GSASL_OK && challenge != NULL && *challenge != '\0'))
        said = rst_sasl_step (client, challenge, error);
    }
  rst_wipe_free (said);
  gsasl_finish (session);
  gsasl_done (library);
  return result;
}

static void
test_exchange (gconstpointer data)
{
  const char *mechanism = data;
  gboolean bound = g_str_has_suffix (mechanism, "-PLUS");
  RstBinding binding = { .exporter = bound ? (char *) "YmluZGluZw==" : NULL };
  g_autoptr (RstSasl) client = start (mechanism, &binding);
  g_autoptr (GError) error = NULL;
  Known known = { PASSWORD, binding.exporter };

  g_assert_cmpint (exchange (client, mechanism, &known, &error), ==, GSASL_OK);
  g_assert_no_error (error);
  g_assert_true (rst_sasl_is_complete (client));
}

static void
test_wrong_password (gconstpointer data)
{
  const char *mechanism = data;
  RstBinding none = { NULL, NULL };
  g_autoptr (RstSasl) client = start (mechanism, &none);
  g_autoptr (GError) error = NULL;
  Known known = { "another", NULL };

  g_assert_cmpint (exchange (client, mechanism, &known, &error), ==, GSASL_AUTHENTICATION_ERROR);
}

/* Somebody in the middle passes the messages on, but the two TLS connections are not the same. */
static void
test_other_connection (void)
{
  RstBinding binding = { .exporter = (char *) "YmluZGluZw==" };
  g_autoptr (RstSasl) client = start ("SCRAM-SHA-256-PLUS", &binding);
  g_autoptr (GError) error = NULL;
  Known known = { PASSWORD, "b3RoZXI=" };

  g_assert_cmpint (exchange (client, "SCRAM-SHA-256-PLUS", &known, &error), ==,
                   GSASL_AUTHENTICATION_ERROR);
  g_assert_false (rst_sasl_is_complete (client));
}

/* A server that lets anybody in cannot prove that it knows the password. */
static void
test_false_server (void)
{
  RstBinding none = { NULL, NULL };
  g_autoptr (RstSasl) client = start ("SCRAM-SHA-256", &none);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = rst_sasl_step (client, NULL, &error);
  g_autofree guchar *bare = NULL;
  g_autofree char *message = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *final = NULL;
  g_autofree char *proof = NULL;
  gsize length;

  g_assert_no_error (error);
  bare = g_base64_decode (first, &length);
  message = g_strdup_printf ("%sxyz,s=c2FsdA==,i=4096", strstr ((char *) bare, "r="));
  challenge = g_base64_encode ((guchar *) message, strlen (message));
  proof = rst_sasl_step (client, challenge, &error);
  g_assert_no_error (error);
  g_assert_false (rst_sasl_is_complete (client));
  g_assert_null (
      final = rst_sasl_step (client, "dj1BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE9",
                             &error));
  g_assert_nonnull (error);
  g_assert_false (rst_sasl_is_complete (client));
}

/* GS2 flag: “p” with a binding, “n” without. */
static void
test_binding_flag (void)
{
  RstBinding exporter = { .exporter = (char *) "YmluZGluZw==" };
  RstBinding unique = { .unique = (char *) "YmluZGluZw==" };
  RstBinding none = { NULL, NULL };
  const struct {
    const char *mechanism;
    const RstBinding *binding;
    const char *begins;
  } cases[] = {
    { "SCRAM-SHA-256-PLUS", &exporter, "p=tls-exporter,," },
    { "SCRAM-SHA-1-PLUS", &unique, "p=tls-unique,," },
    { "SCRAM-SHA-256", &none, "n,," },
    { "SCRAM-SHA-256", &exporter, "n,," },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstSasl) client = start (cases[i].mechanism, cases[i].binding);
      g_autofree char *first = rst_sasl_step (client, NULL, NULL);
      gsize length;
      g_autofree guchar *bare = g_base64_decode (first, &length);

      g_assert_true (g_str_has_prefix ((char *) bare, cases[i].begins));
    }
}

static void
test_choose (void)
{
  RstBinding none = { NULL, NULL };
  RstBinding some = { .unique = (char *) "eA==" };
  g_autoptr (RstSecret) password = rst_secret_new ("x", 1, NULL);
  g_autoptr (RstSecret) token = rst_secret_new_token ("x", 1);
  const struct {
    const char *offered;
    const RstBinding *binding;
    const char *chosen;
  } cases[] = {
    { "PLAIN LOGIN", &none, "PLAIN" },
    { "LOGIN", &none, "LOGIN" },
    { "LOGIN PLAIN CRAM-MD5", &none, "CRAM-MD5" },
    { "PLAIN SCRAM-SHA-1 CRAM-MD5", &none, "SCRAM-SHA-1" },
    { "SCRAM-SHA-1 SCRAM-SHA-256", &none, "SCRAM-SHA-256" },
    { "SCRAM-SHA-1-PLUS SCRAM-SHA-1 PLAIN", &none, "SCRAM-SHA-1" },
    { "SCRAM-SHA-256 SCRAM-SHA-256-PLUS", &some, "SCRAM-SHA-256-PLUS" },
    { "SCRAM-SHA-256-PLUS", &none, NULL },
    { "XOAUTH2 OAUTHBEARER GSSAPI NTLM DIGEST-MD5 ANONYMOUS EXTERNAL", &some, NULL },
    { "XPLAIN PLAINX", &none, NULL },
    { "", &none, NULL },
  };
  const struct {
    const char *offered;
    const char *chosen;
  } tokens[] = {
    { "PLAIN XOAUTH2 OAUTHBEARER", "OAUTHBEARER" },
    { "PLAIN XOAUTH2", "XOAUTH2" },
    { "OAUTHBEARER", "OAUTHBEARER" },
    { "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 OAUTH", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) offered = g_strsplit (cases[i].offered, " ", -1);

      g_assert_cmpstr (rst_sasl_choose (offered, password, cases[i].binding), ==, cases[i].chosen);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_auto (GStrv) offered = g_strsplit (tokens[i].offered, " ", -1);

      g_assert_cmpstr (rst_sasl_choose (offered, token, &some), ==, tokens[i].chosen);
    }
}

/* Whatever a server sends, a challenge ends in an answer or in an error. */
static void
test_challenges (void)
{
  static const char * const challenges[] = {
    "",
    "=",
    "====",
    "A",
    "AAA",
    "AAA=",
    "AA==",
    "AAAA",
    "A A=",
    "AAAA\tAAA",
    "////",
    "cj1hLHM9YixpPTE=",
    "cj0scz0saT0=",
    "aT0tMQ==",
    "bT1leHQscj1h",
    "ZT1vdGhlci1lcnJvcg==",
    "dj0=",
  };
  static const char * const names[] = { "SCRAM-SHA-1", "SCRAM-SHA-256", "CRAM-MD5", "PLAIN",
                                       "LOGIN" };
  RstBinding none = { NULL, NULL };

  for (gsize m = 0; m < G_N_ELEMENTS (names); m++)
    for (gsize i = 0; i < G_N_ELEMENTS (challenges); i++)
      {
        g_autoptr (RstSasl) client = start (names[m], &none);
        g_autoptr (GError) error = NULL;
        char *answer = rst_sasl_speaks_first (client) ? rst_sasl_step (client, NULL, NULL) : NULL;

        for (guint n = 0; n < 4 && error == NULL; n++)
          {
            rst_wipe_free (answer);
            answer = rst_sasl_step (client, challenges[i], &error);
            g_assert_cmpint (answer == NULL, ==, error != NULL);
          }
        rst_wipe_free (answer);
      }
}

static void
test_unprepared (void)
{
  /* A private-use control that SASLprep forbids. */
  g_autoptr (RstSecret) secret = rst_secret_new ("a\xc2\x80z", 4, NULL);
  g_autoptr (RstEndpoint) endpoint = server ();
  RstBinding none = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RstSasl)
      client = rst_sasl_new ("CRAM-MD5", "imap", endpoint, "u", secret, &none, NULL);

  g_assert_null (rst_sasl_step (client, "PDE4OTYuNjk3QHg+", &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
}

static void
test_gives_away (void)
{
  g_autoptr (RstSecret) quoted = rst_secret_new ("pen\\cil \"=,", 10, NULL);
  g_autoptr (RstSecret) secret = rst_secret_new ("hunter2!", 8, NULL);

  g_assert_true (rst_sasl_gives_away ("BAD LOGIN taro hunter2! what", "taro", secret));
  g_assert_true (rst_sasl_gives_away ("500 aHVudGVyMiE= what", "taro", secret));
  g_assert_true (rst_sasl_gives_away ("500 AHRhcm8AaHVudGVyMiE= what", "taro", secret));
  g_assert_true (rst_sasl_gives_away ("BAD LOGIN \"taro\" \"pen\\\\cil \\\"=,\"", "taro", quoted));
  g_assert_true (rst_sasl_gives_away ("hunter2!", NULL, secret));
  g_assert_false (rst_sasl_gives_away ("Authentication failed for taro", "taro", secret));
  g_assert_false (rst_sasl_gives_away ("hello", NULL, NULL));
}

static RstSasl *
start_token (const char *mechanism,
             const char *username)
{
  g_autoptr (RstSecret) token = rst_secret_new_token ("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", 42);
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse ("imap://server.example.com", NULL);
  RstBinding none = { NULL, NULL };

  return rst_sasl_new (mechanism, "imap", endpoint, username, token, &none, NULL);
}

/* RFC 7628 section 4.1, Google's page for XOAUTH2, and names that need an escape or none. */
static void
test_token (void)
{
  static const struct {
    const char *mechanism;
    const char *username;
    const char *message;
  } cases[] = {
    { "OAUTHBEARER", "user@example.com",
      "n,a=user@example.com,\001host=server.example.com\001port=143\001auth=Bearer "
      "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001" },
    { "XOAUTH2", "user@example.com",
      "user=user@example.com\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001" },
    { "OAUTHBEARER", "a=,b",
      "n,a=a=3D=2Cb,\001host=server.example.com\001port=143\001auth=Bearer "
      "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001" },
    { "XOAUTH2", "a=,b", "user=a=,b\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstSasl) client = start_token (cases[i].mechanism, cases[i].username);
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = NULL;
      g_autofree guchar *bare = NULL;
      gsize length;

      g_assert_true (rst_sasl_speaks_first (client));
      answer = rst_sasl_step (client, i % 2 == 0 ? NULL : "", &error);
      g_assert_no_error (error);
      bare = g_base64_decode (answer, &length);
      g_assert_cmpmem (bare, length, cases[i].message, strlen (cases[i].message));
      g_assert_true (rst_sasl_is_complete (client));
      g_assert_cmpint (rst_sasl_get_refusal (client), ==, RST_BEARER_NOT_REFUSED);
    }
  g_assert_null (start_token ("XOAUTH2", "taro\001auth=Bearer"));
  g_assert_null (start_token ("OAUTHBEARER", "taro\n"));
}

static void
test_token_refused (void)
{
  g_autofree char *deep = g_strnfill (3000, '[');
  const struct {
    const char *challenge;
    RstBearerRefusal refusal;
  } cases[] = {
    { "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}", RST_BEARER_INVALID },
    { "{\"status\":\"invalid_token\",\"openid-configuration\":\"https://example.org/\"}",
      RST_BEARER_INVALID },
    { "{\"status\":\"insufficient_scope\",\"scope\":\"mail\"}", RST_BEARER_SCOPE },
    { "{\"status\":\"403\"}", RST_BEARER_SCOPE },
    { "{\"status\":403}", RST_BEARER_INVALID },
    { "{\"status\":{\"status\":\"403\"}}", RST_BEARER_INVALID },
    { "{}", RST_BEARER_INVALID },
    { "<html>", RST_BEARER_INVALID },
    { deep, RST_BEARER_INVALID },
    { "", RST_BEARER_INVALID },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      gboolean standard = i % 2 == 0;
      const char *challenge = cases[i / 2].challenge;
      g_autoptr (RstSasl) client = start_token (standard ? "OAUTHBEARER" : "XOAUTH2", "taro");
      g_autofree char *encoded = g_base64_encode ((const guchar *) challenge, strlen (challenge));
      g_autofree char *first = rst_sasl_step (client, NULL, NULL);
      g_autofree char *answer = rst_sasl_step (client, encoded, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (first);
      g_assert_cmpstr (answer, ==, standard ? "AQ==" : "");
      g_assert_cmpint (rst_sasl_get_refusal (client), ==, cases[i / 2].refusal);
      g_assert_false (rst_sasl_is_complete (client));
      /* Nobody asks twice. */
      g_assert_null (rst_sasl_step (client, encoded, &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_PROTO);
    }
}

static void
test_token_gives_away (void)
{
  g_autoptr (RstSecret) token = rst_secret_new_token ("ya29.secret-of-some-length", 26);

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *message = g_strdup_printf ("%.*sya29.secret-of-some-length\001", (int) i, "n,a=taro");
      g_autofree char *encoded = g_base64_encode ((const guchar *) message, strlen (message));
      g_autofree char *echo = g_strdup_printf ("500 AUTH XOAUTH2 %s what", encoded);

      g_assert_true (rst_sasl_gives_away (echo, "taro", token));
    }
  g_assert_true (rst_sasl_gives_away ("500 ya29.secret-of-some-length", NULL, token));
  g_assert_false (rst_sasl_gives_away ("500 ya29", "taro", token));
}

int
main (int   argc,
      char *argv[])
{
  static const char * const names[] = {
    "SCRAM-SHA-256-PLUS",
    "SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-256",
    "SCRAM-SHA-1",
    "CRAM-MD5",
    "PLAIN",
    "LOGIN",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *right = g_strconcat ("/sasl/exchange/", names[i], NULL);
      g_autofree char *wrong = g_strconcat ("/sasl/wrong-password/", names[i], NULL);

      g_test_add_data_func (right, names[i], test_exchange);
      if (!g_str_has_suffix (names[i], "-PLUS"))
        g_test_add_data_func (wrong, names[i], test_wrong_password);
    }
  g_test_add_func ("/sasl/other-connection", test_other_connection);
  g_test_add_func ("/sasl/false-server", test_false_server);
  g_test_add_func ("/sasl/binding-flag", test_binding_flag);
  g_test_add_func ("/sasl/choose", test_choose);
  g_test_add_func ("/sasl/challenges", test_challenges);
  g_test_add_func ("/sasl/unprepared", test_unprepared);
  g_test_add_func ("/sasl/gives-away", test_gives_away);
  g_test_add_func ("/sasl/token", test_token);
  g_test_add_func ("/sasl/token-refused", test_token_refused);
  g_test_add_func ("/sasl/token-gives-away", test_token_gives_away);
  return g_test_run ();
}
