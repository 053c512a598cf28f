/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pure parts of a sign-in in the browser: who signs people in, the address for the browser, what
 * comes back from it (cases/oauth/redirect), the answer with the token (cases/oauth/token) and what an
 * issuer says of itself (cases/oauth/metadata). The first line of a case is what must come out.
 */
#include "lib-await.h"
#include "lib-script.h"
#include "rst-authorization.h"
#include "rst-config-xml.h"
#include "rst-error.h"
#include "rst-text.h"
#include "rst-token.h"

#include <string.h>

#define PORT 4711

/* The second half is the verifier of RFC 7636 appendix B. */
static const guchar random_bytes[RST_AUTHORIZATION_RANDOM] = {
  0,   1,   2,   3,   4,   5,   6,   7,  8,   9,   10,  11,  12,  13,  14,  15,
  16,  17,  18,  19,  20,  21,  22,  23, 24,  25,  26,  27,  28,  29,  30,  31,
  116, 24,  223, 180, 151, 153, 224, 37, 79,  250, 96,  125, 216, 173, 187, 186,
  22,  212, 37,  77,  105, 214, 191, 240, 91, 88,  5,   88,  83,  132, 141, 121,
};

#define STATE "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

static RstIssuer *
new_issuer (void)
{
  const RstIssuerTexts texts = {
    .issuer = (char *) "id.example.org",
    .auth_url = (char *) "https://id.example.org/auth",
    .token_url = (char *) "https://id.example.org/token",
    .scope = (char *) "openid mail",
    .client_id = (char *) "restante&co",
  };
  g_autoptr (GError) error = NULL;
  RstIssuer *issuer = rst_issuer_new (&texts, &error);

  g_assert_no_error (error);
  return issuer;
}

static RstAuthorization *
new_authorization (void)
{
  g_autoptr (RstIssuer) issuer = new_issuer ();

  return rst_authorization_new (issuer, PORT, random_bytes);
}

/* Returns the rest of the case; @outcome gets its first line. */
static char *
load_case (const char  *path,
           char       **outcome)
{
  g_autofree char *text = test_read_file (path);
  char *rest = strchr (text, '\n');

  g_assert_nonnull (rest);
  *outcome = g_strndup (text, (gsize) (rest - text));
  return g_strdup (rest + 1);
}

static void
test_redirect (gconstpointer data)
{
  g_autofree char *outcome = NULL;
  g_autofree char *text = load_case (data, &outcome);
  g_autoptr (GString) head = g_string_new (text);
  g_autoptr (RstAuthorization) authorization = new_authorization ();
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *got = NULL;

  g_string_replace (head, "%state%", STATE, 0);
  g_string_replace (head, "%port%", G_STRINGIFY (PORT), 0);
  g_string_replace (head, "\n", "\r\n", 0);
  switch (rst_authorization_read (authorization, head->str, head->len, &code, &error))
    {
    case RST_REDIRECT_OTHER:
      got = g_strdup ("other");
      break;
    case RST_REDIRECT_CODE:
      got = g_strconcat ("code ", code, NULL);
      break;
    case RST_REDIRECT_FAILED:
      got = g_strconcat ("error ", rst_error_get_nick (error), NULL);
      g_assert_false (rst_text_has_control (error->message));
      break;
    }
  g_assert_cmpstr (got, ==, outcome);
}

/* An issuer that promises to name itself has to. */
static void
test_nameless (void)
{
  g_autoptr (RstIssuer) issuer = new_issuer ();
  g_autoptr (RstAuthorization) authorization = NULL;
  static const char head[] = "GET /?code=x&state=" STATE " HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  issuer->names_itself = TRUE;
  authorization = rst_authorization_new (issuer, PORT, random_bytes);
  g_assert_cmpint (rst_authorization_read (authorization, head, strlen (head), &code, &error), ==,
                   RST_REDIRECT_FAILED);
  g_assert_error (error, RST_ERROR, RST_ERROR_TAMPER);
}

static void
test_nul (void)
{
  g_autoptr (RstAuthorization) authorization = new_authorization ();
  static const char head[] = "GET /?code=x&state=" STATE " HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n\0\r\n";
  g_autofree char *code = NULL;

  g_assert_cmpint (rst_authorization_read (authorization, head, sizeof head - 1, &code, NULL), ==,
                   RST_REDIRECT_OTHER);
}

static void
test_url (void)
{
  g_autoptr (RstAuthorization) authorization = new_authorization ();
  g_autofree char *url = rst_authorization_get_url (authorization, "tarō+x@example.org");
  g_autofree char *form = rst_authorization_redeem (authorization, "a&b=c");

  g_assert_cmpstr (url, ==,
                   "https://id.example.org/auth?response_type=code&client_id=restante%26co"
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2F&scope=openid%20mail&state=" STATE
                   "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
                   "&login_hint=tar%C5%8D%2Bx%40example.org");
  g_assert_cmpstr (form, ==,
                   "grant_type=authorization_code&code=a%26b%3Dc"
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2F&client_id=restante%26co"
                   "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

/* RFC 6749 section 3.1: what the endpoint's own query says stays. */
static void
test_url_query (void)
{
  g_autoptr (RstIssuer) issuer = new_issuer ();
  g_autoptr (RstAuthorization) authorization = NULL;
  g_autofree char *url = NULL;
  g_autofree char *form = NULL;

  g_free (issuer->auth_url);
  issuer->auth_url = g_strdup ("https://id.example.org/auth?tenant=1");
  issuer->client_secret = g_strdup ("public");
  authorization = rst_authorization_new (issuer, PORT, random_bytes);
  url = rst_authorization_get_url (authorization, NULL);
  g_assert_true (g_str_has_prefix (url, "https://id.example.org/auth?tenant=1&response_type=code&"));
  g_assert_null (strstr (url, "public"));
  form = rst_authorization_redeem (authorization, "x");
  g_assert_nonnull (strstr (form, "&client_secret=public&"));
}

static void
test_token (gconstpointer data)
{
  g_autofree char *outcome = NULL;
  g_autofree char *text = load_case (data, &outcome);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  guint status = (guint) g_ascii_strtoull (outcome, NULL, 10);
  g_autoptr (RstSecret) token = rst_token_read (status, body, &error);
  g_autofree char *got = NULL;

  if (token != NULL)
    g_assert_true (rst_secret_is_token (token));
  got = token != NULL ? g_strdup_printf ("%u token %s", status, rst_secret_peek (token))
                      : g_strdup_printf ("%u error %s", status, rst_error_get_nick (error));
  g_assert_cmpstr (got, ==, outcome);
}

static void
test_token_huge (void)
{
  g_autofree char *pad = g_strnfill (RST_TOKEN_REPLY_MAX, ' ');
  g_autofree char *text = g_strconcat ("{\"access_token\":\"x\",\"token_type\":\"Bearer\"}", pad, NULL);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_token_read (200, body, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_PROTO);
}

static void
test_metadata (gconstpointer data)
{
  g_autofree char *outcome = NULL;
  g_autofree char *text = load_case (data, &outcome);
  g_autoptr (GBytes) document = g_bytes_new (text, strlen (text));
  g_autoptr (RstIssuer) issuer = new_issuer ();
  g_autoptr (GError) error = NULL;
  gboolean good;

  g_clear_pointer (&issuer->auth_url, g_free);
  g_clear_pointer (&issuer->token_url, g_free);
  good = rst_issuer_read_metadata (issuer, document, &error);
  g_assert_cmpint (good, ==, g_str_has_prefix (outcome, "ok"));
  g_assert_cmpint (issuer->names_itself, ==, g_str_has_suffix (outcome, "names-itself"));
  g_assert_cmpint (rst_issuer_is_complete (issuer), ==, good);
  if (!good)
    g_assert_error (error, RST_ERROR, RST_ERROR_CONFIG);
}

static void
test_metadata_url (void)
{
  static const struct {
    const char *id, *first, *second;
  } cases[] = {
    { "https://example.org", "https://example.org/.well-known/oauth-authorization-server",
      "https://example.org/.well-known/openid-configuration" },
    { "https://example.org/", "https://example.org/.well-known/oauth-authorization-server",
      "https://example.org/.well-known/openid-configuration" },
    { "https://example.org:8443/tenant/1",
      "https://example.org:8443/.well-known/oauth-authorization-server/tenant/1",
      "https://example.org:8443/tenant/1/.well-known/openid-configuration" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstIssuer) issuer = new_issuer ();
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      g_free (issuer->id);
      issuer->id = g_strdup (cases[i].id);
      first = rst_issuer_metadata_url (issuer, 0);
      second = rst_issuer_metadata_url (issuer, 1);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (second, ==, cases[i].second);
      g_assert_null (rst_issuer_metadata_url (issuer, 2));
    }
}

#define SERVER(auth)                                                                                        \
  "<incomingServer type='imap'><hostname>imap.example.org</hostname><port>993</port>"                       \
  "<socketType>SSL</socketType><username>%EMAILADDRESS%</username>"                                         \
  "<authentication>" auth "</authentication></incomingServer>"
#define FILE_WITH(auth, oauth)                                                                              \
  "<clientConfig version='1.1'><emailProvider id='example.org'>" SERVER (auth) "</emailProvider><oAuth2>"   \
  oauth "</oAuth2></clientConfig>"
#define URLS                                                                                                \
  "<authURL>https://id.example.org/auth</authURL>"                                                   \
  "<tokenURL>https://id.example.org/token</tokenURL>"

/* Which settings files let this program sign in. */
static void
test_file (void)
{
  static const struct {
    RstTrust trust;
    const char *document;
    const char *issuer; /* (nullable) */
    gboolean noted;
  } cases[] = {
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", "<issuer>id.example.org</issuer><clientID>c</clientID>"),
      "https://id.example.org", FALSE },
    { RST_TRUST_LOCAL,
      FILE_WITH ("OAuth2", "<issuer>https://id.example.org/t</issuer><clientID>c</clientID>"),
      "https://id.example.org/t", FALSE },
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", URLS "<clientID>c</clientID>"), "", FALSE },
    { RST_TRUST_LOCAL,
      "<clientConfig><emailProvider><oAuth2><clientID> c </clientID>" URLS "</oAuth2>" SERVER ("OAuth2")
      "</emailProvider></clientConfig>", "", FALSE },
    /* Others may not say it, and a client has to be registered. */
    { RST_TRUST_PROVIDER, FILE_WITH ("OAuth2", URLS "<clientID>c</clientID>"), NULL, FALSE },
    { RST_TRUST_DATABASE, FILE_WITH ("OAuth2", URLS "<clientID>c</clientID>"), NULL, FALSE },
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", "<issuer>id.example.org</issuer>" URLS), NULL, FALSE },
    { RST_TRUST_LOCAL, FILE_WITH ("password-cleartext", URLS "<clientID>c</clientID>"), NULL, FALSE },
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", "<clientID>c</clientID>"), NULL, TRUE },
    { RST_TRUST_LOCAL,
      FILE_WITH ("OAuth2", "<issuer>http://id.example.org</issuer><clientID>c</clientID>"), NULL, TRUE },
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", "<issuer>a?b</issuer><clientID>c</clientID>"), NULL, TRUE },
    { RST_TRUST_LOCAL, FILE_WITH ("OAuth2", URLS "<clientID>a\nb</clientID>"), NULL, TRUE },
    { RST_TRUST_LOCAL,
      FILE_WITH ("OAuth2", "<authURL>file:///etc/passwd</authURL><tokenURL>https://a/</tokenURL>"
                           "<clientID>c</clientID>"), NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
      static const char * const languages[] = { NULL };
      RstSearch search = { .address = address, .languages = languages };
      g_autoptr (GBytes) document = g_bytes_new_static (cases[i].document, strlen (cases[i].document));
      g_autoptr (RstFindings) findings = rst_findings_new ("file");
      g_autoptr (GError) error = NULL;
      const RstCandidate *candidate;

      g_assert_true (rst_config_xml_read (document, &search, cases[i].trust, findings, &error));
      candidate = g_ptr_array_index (findings->candidates, 0);
      g_assert_cmpint (candidate->issuer != NULL, ==, cases[i].issuer != NULL);
      g_assert_cmpint (rst_candidate_wants_browser (candidate), ==, cases[i].issuer != NULL);
      g_assert_cmpuint (findings->notes->len, ==, cases[i].noted);
      if (candidate->issuer == NULL)
        continue;
      g_assert_cmpstr (candidate->issuer->client_id, ==, "c");
      g_assert_cmpstr (candidate->issuer->id != NULL ? candidate->issuer->id : "", ==, cases[i].issuer);
    }
}

static void
add_cases (const char    *kind,
           const char    *suffix,
           GTestDataFunc  test)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "cases", "oauth", kind, NULL);
  g_autoptr (GPtrArray) paths = test_find_files (folder, suffix);

  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *base = g_path_get_basename (g_ptr_array_index (paths, i));
      g_autofree char *name = g_strdup_printf ("/authorization/%s/%s", kind, base);

      g_test_add_data_func_full (name, g_strdup (g_ptr_array_index (paths, i)), test, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("redirect", ".http", test_redirect);
  add_cases ("token", ".reply", test_token);
  add_cases ("metadata", ".json", test_metadata);
  g_test_add_func ("/authorization/nameless", test_nameless);
  g_test_add_func ("/authorization/nul", test_nul);
  g_test_add_func ("/authorization/url", test_url);
  g_test_add_func ("/authorization/url-query", test_url_query);
  g_test_add_func ("/authorization/token-huge", test_token_huge);
  g_test_add_func ("/authorization/metadata-url", test_metadata_url);
  g_test_add_func ("/authorization/file", test_file);
  return g_test_run ();
}
