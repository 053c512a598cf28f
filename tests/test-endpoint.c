/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-account.h"
#include "rst-error.h"

static void
test_round_trip (void)
{
  static const struct {
    const char *url, *text;
    RstProtocol protocol;
    RstSecurity security;
  } cases[] = {
    { "imaps://imap.example.org", "imaps://imap.example.org:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
    { "imap://IMAP.example.org.", "imap://imap.example.org:143", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS },
    { "pop3s://a.b:1995/", "pop3s://a.b:1995", RST_PROTOCOL_POP3, RST_SECURITY_TLS },
    { "pop3://a.b", "pop3://a.b:110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS },
    { "submissions://192.0.2.1", "submissions://192.0.2.1:465", RST_PROTOCOL_SMTP, RST_SECURITY_TLS },
    { "submission://[2001:db8::1]:587", "submission://[2001:db8::1]:587", RST_PROTOCOL_SMTP,
      RST_SECURITY_STARTTLS },
    /* Not the domain of somebody else, with letters that look or sound alike (UTS 46, not transitional) */
    { "imaps://straße.example", "imaps://xn--strae-oqa.example:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
    { "imaps://STRASSE.example", "imaps://strasse.example:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
    { "imaps://раypal.example", "imaps://xn--ypal-43d9g.example:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
    { "imaps://ｂücher.example", "imaps://xn--bcher-kva.example:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
    { "imaps://bücher.example", "imaps://xn--bcher-kva.example:993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (cases[i].url, &error);
      g_autoptr (RstEndpoint) again = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = rst_endpoint_to_string (endpoint);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (endpoint->protocol, ==, cases[i].protocol);
      g_assert_cmpint (endpoint->security, ==, cases[i].security);
      again = rst_endpoint_parse (text, NULL);
      g_assert_true (rst_endpoint_equal (endpoint, again));
      g_assert_cmpuint (rst_endpoint_hash (endpoint), ==, rst_endpoint_hash (again));
    }
}

static void
test_refuse (void)
{
  static const char * const cases[] = {
    "", "imap", "imap.example.org:993", "https://example.org", "imaps://", "imaps://a.b:0",
    "imaps://a.b:65536", "imaps://a.b:x", "imaps://user@a.b", "imaps://a.b/INBOX", "imaps://a.b?x",
    "imaps://a b", "imaps://a_b.c", "imaps://-a.b", "imap://a.b:143;plain",
    /* What is not seen, or not a letter, digit or hyphen */
    "imaps://a\xe2\x80\x8d" "b.org", "imaps://a\xe2\x80\x8b.org", "imaps://a\xc2\xad" "b.org",
    "imaps://\xe2\x80\xae" "a.org", "imaps://a`id`.org", "imaps://$(id).org", "imaps://a\"b.org",
    "imaps://a'b.org", "imaps://a\nb.org", "imaps://a%0ab.org", "imaps://a%00.org", "imaps://a\\b.org",
    "imaps://[fe80::1%25eth0]", "imaps://a..b", "imaps://.a.b", "imaps://😀.org/x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (cases[i], &error);

      if (endpoint != NULL)
        g_test_message ("accepted: %s", cases[i]);
      g_assert_null (endpoint);
      g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
    }
}

static void
test_plain_is_never_parsed (void)
{
  g_autoptr (RstEndpoint) plain = rst_endpoint_new (RST_PROTOCOL_IMAP, RST_SECURITY_NONE, "a.b", 0, NULL);
  g_autofree char *text = rst_endpoint_to_string (plain);

  g_assert_cmpuint (plain->port, ==, 143);
  g_assert_null (rst_endpoint_parse (text, NULL));
}

static void
test_account (void)
{
  g_autoptr (RstAccount) a = rst_account_new ("Taro.Y+x@example.org");
  g_autoptr (RstAccount) b = rst_account_new ("other@example.org");
  g_autoptr (RstAccount) copy = NULL;
  g_autoptr (RstEndpoint) pop = rst_endpoint_parse ("pop3s://pop.example.org", NULL);
  g_autofree char *slug = rst_account_slug (a);

  g_assert_cmpstr (slug, ==, "taro.y-x-example.org");
  g_assert_false (rst_account_is_pop (a));
  rst_login_set (&a->incoming, pop, "taro", RST_AUTH_PASSWORD);
  g_assert_true (rst_account_is_pop (a));
  copy = rst_account_copy (a);
  g_assert_true (rst_account_same_mailbox (a, copy));
  g_assert_false (rst_account_same_mailbox (a, b));
  rst_login_set (&b->incoming, pop, "TARO", RST_AUTH_PASSWORD);
  g_assert_true (rst_account_same_mailbox (a, b));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/round-trip", test_round_trip);
  g_test_add_func ("/endpoint/refuse", test_refuse);
  g_test_add_func ("/endpoint/plain-is-never-parsed", test_plain_is_never_parsed);
  g_test_add_func ("/account/basics", test_account);
  return g_test_run ();
}
