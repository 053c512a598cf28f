/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Autodiscover: what it asks and whom it tells the address, what it makes of answers, and answers that are
 * odd or hostile. No network.
 */
#include "rst-error.h"
#include "rst-pox.h"
#include "rst-told.h"
#include "source-case.h"

#include <libsoup/soup.h>
#include <string.h>

#define USUAL "https://autodiscover.example.org/autodiscover/autodiscover.xml"
#define OWN "https://example.org/autodiscover/autodiscover.xml"
#define SRV "_autodiscover._tcp.example.org"
#define JSON "https://autodiscover.example.org/autodiscover/autodiscover.json?Email=taro%40example.org" \
             "&Protocol=AutodiscoverV1&RedirectCount=1"
#define ACCOUNT(TEXT) \
  "<?xml version=\"1.0\"?><Autodiscover xmlns=\"a\"><Response xmlns=\"b\"><Account>" TEXT \
  "</Account></Response></Autodiscover>"
#define PROTOCOL(TEXT) ACCOUNT ("<Action>settings</Action><Protocol>" TEXT "</Protocol>")
#define IMAP(TEXT) PROTOCOL ("<Type>IMAP</Type><Server>imap.example.org</Server>" TEXT)

static void
test_asks (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
  g_autoptr (RstRedaction) redaction = rst_redaction_new (self->address, NULL);
  g_autoptr (Fixture) suffix = fixture_new ("autodiscover", "taro@co.uk");

  assert_text (list_asks (self), "POST " USUAL "\nPOST " OWN "\nSRV " SRV "\n" JSON "\n");
  assert_text (list_asks (suffix), "");
  for (guint i = 0; i < self->findings->asks->len; i++)
    {
      const RstAsk *ask = g_ptr_array_index (self->findings->asks, i);
      RstTold *told = rst_told_new_visit (ask->name, ask->body, self->address, redaction);

      g_assert_true (ask->kind == RST_ASK_SRV ? told == NULL : told->what == RST_TOLD_ADDRESS);
      g_assert_cmpint (ask->stay, ==, ask->kind != RST_ASK_SRV);
      g_clear_pointer (&told, rst_told_free);
    }
}

/* In XML, and in a URL that leads anywhere, an address may look in any way. */
static void
test_told (void)
{
  g_autoptr (RstAddress) address = rst_address_parse ("a&b'c@example.org", NULL);
  g_autoptr (RstRedaction) redaction = rst_redaction_new (address, NULL);
  g_autofree char *body = rst_pox_make_request (address);
  g_autofree char *tail = g_strnfill (4000, 'x');
  g_autofree char *endless = g_strconcat ("https://elsewhere.example/", tail, NULL);
  const struct {
    const char *url, *body;
    RstToldWhat what;
  } cases[] = {
    { "https://elsewhere.example/", NULL, RST_TOLD_VISIT },
    { "https://elsewhere.example/?d=EXAMPLE.ORG", NULL, RST_TOLD_DOMAIN },
    { "https://elsewhere.example/?a=a%26b%27c%40example.org", NULL, RST_TOLD_ADDRESS },
    { "https://elsewhere.example/", body, RST_TOLD_ADDRESS },
    { endless, NULL, RST_TOLD_ADDRESS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RstTold *told = rst_told_new_visit (cases[i].url, cases[i].body, address, redaction);

      g_assert_cmpint (told->what, ==, cases[i].what);
      rst_told_free (told);
    }
}

/* An address cannot say more than an address. */
static void
test_request (void)
{
  g_autoptr (RstAddress) address = rst_address_parse ("a&b'c@example.org", NULL);
  g_autofree char *request = rst_pox_make_request (address);

  g_assert_nonnull (strstr (request, "<EMailAddress>a&amp;b&apos;c@example.org</EMailAddress>"));
}

static void
test_answers (void)
{
  static const struct {
    const char *document, *candidates;
  } cases[] = {
    { IMAP ("<Port>993</Port><SSL>on</SSL>"), "imaps://imap.example.org:993 provider\n" },
    { IMAP ("<Port>993</Port>"), "imaps://imap.example.org:993 provider\n" },
    { IMAP ("<Port>143</Port><SSL>on</SSL>"), "imap://imap.example.org:143 provider\n" },
    { IMAP ("<Port>143</Port><SSL>off</SSL><Encryption>TLS</Encryption>"),
      "imap://imap.example.org:143 provider\n" },
    { IMAP ("<Port>1993</Port><Encryption>SSL</Encryption>"), "imaps://imap.example.org:1993 provider\n" },
    { IMAP ("<Port>993</Port><Encryption>Auto</Encryption>"), "imaps://imap.example.org:993 provider\n" },
    { IMAP ("<Port>993</Port><SSL>yes</SSL>"), "imaps://imap.example.org:993 provider\n" },
    { IMAP ("<Port>143</Port><SSL>yes</SSL>"), "imap://imap.example.org:143 provider\n" },
    { IMAP ("<Port>1143</Port><SSL>yes</SSL>"), "" },
    { IMAP ("<Port>1143</Port><Encryption>xxx</Encryption>"), "" },
    { IMAP ("<Port>0</Port>"), "" },
    { IMAP ("<Port>65536</Port>"), "" },
    { PROTOCOL ("<Type>pop3</Type><Server>pop.example.org</Server>"),
      "pop3s://pop.example.org:995 provider\n" },
    { PROTOCOL ("<Type>SMTP</Type><Server>smtp.example.org</Server><Port>587</Port>"),
      "submission://smtp.example.org:587 provider\n" },
    { PROTOCOL ("<Type>EXCH</Type><Server>x.example.org</Server>"), "" },
    { PROTOCOL ("<Type>IMAP</Type><Server>bad host</Server>"), "" },
    { PROTOCOL ("<Type>IMAP</Type><Server>localhost</Server>"), "" },
    { PROTOCOL ("<Type>IMAP</Type>"), "" },
    { ACCOUNT ("<Type>IMAP</Type><Server>imap.example.org</Server>"), "" },
    { "<html><body>Welcome</body></html>", "" },
    { "<!DOCTYPE html><html></html>", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");

      read_reply (self, document_new (RST_ASK_POST, USUAL, "autodiscover.example.org", cases[i].document));
      assert_text (list_candidates (self), cases[i].candidates);
      g_assert_false (self->findings->failed);
    }
}

static void
test_plain (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
  const RstCandidate *candidate;

  read_reply (self, document_new (RST_ASK_POST, OWN, "example.org",
                                  IMAP ("<Port>143</Port><SSL>on</SSL><Encryption>None</Encryption>"
                                        "<LoginName>t&amp;1</LoginName>")));
  candidate = g_ptr_array_index (self->findings->candidates, 0);
  g_assert_cmpint (candidate->endpoint->security, ==, RST_SECURITY_NONE);
  g_assert_cmpstr (candidate->username, ==, "t&1");
}

static void
test_hostile (void)
{
  static const char * const documents[] = {
    "<Autodiscover><!DOCTYPE x [<!ENTITY a \"b\">]></Autodiscover>",
    "<Autodiscover>&a;</Autodiscover>",
    "<Autodiscover>",
    ("<Autodiscover><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></a>"
     "</a></a></a></a></a></a></Autodiscover>"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");

      read_reply (self, document_new (RST_ASK_POST, USUAL, "autodiscover.example.org", documents[i]));
      g_assert_true (self->findings->failed);
      g_assert_cmpuint (self->findings->candidates->len, ==, 0);
    }
}

/* The address goes to hosts of its own site only, whoever wants it elsewhere. */
static void
test_redirects (void)
{
  static const struct {
    const char *url;
    gboolean    followed;
  } cases[] = {
    { "https://ex.example.org/autodiscover/autodiscover.xml", TRUE },
    { "https://autodiscover.hoster.net/autodiscover/autodiscover.xml", FALSE },
    { "https://example.org.evil.net/", FALSE },
    { "http://ex.example.org/", FALSE },
    { "https://u:p@ex.example.org/", FALSE },
    { "https://192.0.2.1/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "nonsense", FALSE },
    { USUAL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
      g_autofree char *document =
        g_strdup_printf (ACCOUNT ("<Action>redirectUrl</Action><RedirectUrl>%s</RedirectUrl>"), cases[i].url);

      read_reply (self, document_new (RST_ASK_POST, OWN, "example.org", document));
      g_assert_cmpuint (self->findings->asks->len, ==, cases[i].followed ? 5 : 4);
      g_assert_cmpuint (self->findings->notes->len, ==,
                        !cases[i].followed && !g_str_equal (cases[i].url, USUAL));
    }
}

/* Each answer leads to another place: it ends, and what is too far away is not even asked. */
static void
test_redirect_chain (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
  g_autofree char *url = g_strdup (OWN);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *document =
        g_strdup_printf (ACCOUNT ("<RedirectUrl>https://h%u.example.org/</RedirectUrl>"), i);

      read_reply (self, document_new (RST_ASK_POST, url, "example.org", document));
      g_free (url);
      url = g_strdup_printf ("https://h%u.example.org/", i);
    }
  assert_text (list_asks (self), "POST " USUAL "\nPOST " OWN "\nSRV " SRV "\n" JSON "\n"
                                 "POST https://h0.example.org/\nPOST https://h1.example.org/\n");
}

/* Two places that lead to each other. */
static void
test_redirect_loop (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");

  read_reply (self, document_new (RST_ASK_POST, OWN, "example.org",
                                  ACCOUNT ("<RedirectUrl>" USUAL "</RedirectUrl>")));
  read_reply (self, document_new (RST_ASK_POST, USUAL, "autodiscover.example.org",
                                  ACCOUNT ("<RedirectUrl>" OWN "</RedirectUrl>")));
  g_assert_cmpuint (self->findings->asks->len, ==, 4);
}

static void
test_records (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
  RstReply *reply = reply_new (RST_ASK_SRV, SRV, RST_REPLY_OK);

  rst_reply_add_record (reply, 0, 0, 443, "ex.example.org");
  rst_reply_add_record (reply, 0, 0, 443, "autodiscover.hoster.net");
  rst_reply_add_record (reply, 0, 0, 0, ".");
  read_reply (self, reply);
  g_assert_cmpuint (self->findings->asks->len, ==, 5);
  g_assert_cmpuint (self->findings->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (self->findings->notes, 0), "autodiscover.hoster.net"));
  read_reply (self, document_new (RST_ASK_POST, "https://ex.example.org:443/autodiscover/autodiscover.xml",
                                  "ex.example.org", IMAP ("<Port>993</Port>")));
  assert_text (list_candidates (self), "imaps://imap.example.org:993 dns\n");
}

static void
test_exchange (void)
{
  static const struct {
    const char *document;
    gboolean    exchange;
  } cases[] = {
    { "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"https://outlook.office365.com/x\"}", TRUE },
    { "{\"ErrorCode\":\"InvalidProtocol\",\"ErrorMessage\":\"x\"}", TRUE },
    { "{\"Protocol\":7}", FALSE }, { "{}", FALSE }, { "<html>", FALSE }, { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");

      read_reply (self, document_new (RST_ASK_HTTPS, JSON, "autodiscover.example.org", cases[i].document));
      g_assert_cmpuint (self->findings->instructions->len, ==, cases[i].exchange);
      g_assert_cmpuint (self->findings->candidates->len, ==, 0);
    }
}

static void
test_sign_in (void)
{
  g_autoptr (Fixture) self = fixture_new ("autodiscover", "taro@example.org");
  RstReply *reply = reply_new (RST_ASK_POST, USUAL, RST_REPLY_NOTHING);

  reply->code = SOUP_STATUS_UNAUTHORIZED;
  reply->host = g_strdup ("autodiscover.example.org");
  read_reply (self, reply);
  g_assert_cmpuint (self->findings->notes->len, ==, 1);
  g_assert_cmpuint (self->findings->asks->len, ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/autodiscover/asks", test_asks);
  g_test_add_func ("/autodiscover/told", test_told);
  g_test_add_func ("/autodiscover/request", test_request);
  g_test_add_func ("/autodiscover/answers", test_answers);
  g_test_add_func ("/autodiscover/plain", test_plain);
  g_test_add_func ("/autodiscover/hostile", test_hostile);
  g_test_add_func ("/autodiscover/redirects", test_redirects);
  g_test_add_func ("/autodiscover/redirect-chain", test_redirect_chain);
  g_test_add_func ("/autodiscover/redirect-loop", test_redirect_loop);
  g_test_add_func ("/autodiscover/records", test_records);
  g_test_add_func ("/autodiscover/exchange", test_exchange);
  g_test_add_func ("/autodiscover/sign-in", test_sign_in);
  return g_test_run ();
}
