/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sources beyond the domain's own: the provider database, and whoever receives the domain's mail. What
 * each asks, whom it tells what, and what it makes of replies. No network.
 */
#include "rst-database.h"
#include "source-case.h"

#define DATABASE "https://db.example.net/v1.1"

static void
test_database_url (void)
{
  static const struct {
    const char *url;
    gboolean    good;
  } cases[] = {
    { RST_DATABASE_URL, TRUE },        { "https://db.example.net/a/b", TRUE },
    { "http://db.example.net/", FALSE }, { "https://localhost/", FALSE },
    { "https://u@db.example.net/", FALSE }, { "https://db.example.net/?d=", FALSE },
    { "https://db.example.net/#", FALSE }, { "file:///etc/", FALSE },
    { "https:///", FALSE }, { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rst_database_is_url (cases[i].url), ==, cases[i].good);
}

/* The domain, never the address; and nothing about names that mean something at home only. */
static void
test_database (void)
{
  static const struct {
    const char *mail, *database, *asks;
  } cases[] = {
    { "taro@example.org", RST_DATABASE_URL, "https://v1.ispdb.net/example.org\n" },
    { "taro@mail.example.co.uk", DATABASE, DATABASE "/mail.example.co.uk\n" },
    { "taro@bücher.org", DATABASE "/", DATABASE "/xn--bcher-kva.org\n" },
    { "taro@practice.test", RST_DATABASE_URL, "" },
    { "taro@practice.test", DATABASE, DATABASE "/practice.test\n" },
    { "taro@co.uk", DATABASE, "" },
    { "taro@example.org", "http://db.example.net/", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new_with_database ("database", cases[i].mail, cases[i].database);

      assert_text (list_asks (self), cases[i].asks);
      g_assert_cmpint (self->findings->notes->len, ==, *cases[i].asks == '\0');
    }
}

static void
test_database_reply (void)
{
  static const struct {
    const char *host, *candidates;
  } cases[] = {
    { "db.example.net", "imaps://imap.example.org:993 database\n" },
    { "mirror.example.net", "imaps://imap.example.org:993 database\n" },
    { "mirror.example.com", "imaps://imap.example.org:993 foreign\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new_with_database ("database", "taro@example.org", DATABASE);

      read_reply (self, document_new (RST_ASK_HTTPS, DATABASE "/example.org", cases[i].host,
                                      SETTINGS ("imap.example.org")));
      assert_text (list_candidates (self), cases[i].candidates);
    }
}

static RstReply *
exchangers_new (const char *domain,
                const char *records)
{
  g_auto (GStrv) lines = g_strsplit (records, ", ", -1);
  RstReply *reply = reply_new (RST_ASK_MX, domain, RST_REPLY_OK);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", 2);

      rst_reply_add_record (reply, (guint16) atoi (words[0]), 0, 0, words[1]);
    }
  return reply;
}

/* By the Public Suffix List and never above it; only the best exchangers; never the address. */
static void
test_mx_asks (void)
{
  static const struct {
    const char *database, *records, *asks;
    guint       notes;
  } cases[] = {
    { DATABASE, "20 mx2.other.net, 10 mx1.hoster.net",
      "https://autoconfig.hoster.net/mail/config-v1.1.xml\n" DATABASE "/hoster.net\n", 1 },
    { DATABASE, "10 a.in.mail.hoster.co.uk",
      "https://autoconfig.in.mail.hoster.co.uk/mail/config-v1.1.xml\n" DATABASE "/in.mail.hoster.co.uk\n"
      "https://autoconfig.hoster.co.uk/mail/config-v1.1.xml\n" DATABASE "/hoster.co.uk\n", 1 },
    { NULL, "10 mx.hoster.net", "https://autoconfig.hoster.net/mail/config-v1.1.xml\n", 1 },
    { NULL, "10 hoster.net", "https://autoconfig.hoster.net/mail/config-v1.1.xml\n", 1 },
    { NULL, "10 MX.Hoster.NET.", "https://autoconfig.hoster.net/mail/config-v1.1.xml\n", 1 },
    { NULL, "10 mx1.hoster.net, 10 mx2.hoster.net",
      "https://autoconfig.hoster.net/mail/config-v1.1.xml\n", 1 },
    { DATABASE, "10 mx.example.org", "", 0 },
    { NULL, "10 co.uk", "", 0 },
    { NULL, "10 com", "", 0 },
    { NULL, "10 192.0.2.1", "", 0 },
    { NULL, "10 bad name.net", "", 0 },
    { NULL, "0 .", "", 1 },
    { NULL, "0 ", "", 1 },
    { NULL, "10 a.one.net, 10 b.two.net, 10 c.three.net, 10 d.four.net",
      "https://autoconfig.one.net/mail/config-v1.1.xml\nhttps://autoconfig.two.net/mail/config-v1.1.xml\n"
      "https://autoconfig.three.net/mail/config-v1.1.xml\n", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new_with_database ("mx", "taro@example.org", cases[i].database);
      g_autofree char *asks = g_strconcat ("MX example.org\n", cases[i].asks, NULL);

      read_reply (self, exchangers_new ("example.org", cases[i].records));
      assert_text (list_asks (self), asks);
      g_assert_cmpuint (self->findings->notes->len, ==, cases[i].notes);
    }
}

/* A subdomain whose mail goes to its own registered domain. */
static void
test_mx_of_subdomain (void)
{
  g_autoptr (Fixture) self = fixture_new ("mx", "taro@sales.example.org");

  read_reply (self, exchangers_new ("sales.example.org", "10 mx.example.org"));
  assert_text (list_asks (self),
               "MX sales.example.org\nhttps://autoconfig.example.org/mail/config-v1.1.xml\n");
  read_reply (self, document_new (RST_ASK_HTTPS, "https://autoconfig.example.org/mail/config-v1.1.xml",
                                  "autoconfig.example.org", SETTINGS ("imap.example.org")));
  assert_text (list_candidates (self), "imaps://imap.example.org:993 dns\n");
  g_assert_cmpuint (self->findings->notes->len, ==, 0);
}

/* Files in whatever order they come; the nearest one first, and none of them to be trusted much. */
static void
test_mx_replies (void)
{
  static const char * const texts[] = { SETTINGS ("a.hoster.net"), SETTINGS ("b.hoster.net"),
                                        SETTINGS ("c.hoster.net"), SETTINGS ("d.hoster.net") };
  static const guint orders[][4] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (Fixture) self = fixture_new_with_database ("mx", "taro@example.org", DATABASE);

      read_reply (self, exchangers_new ("example.org", "10 mx.in.hoster.net"));
      g_assert_cmpuint (self->findings->asks->len, ==, 5);
      for (guint k = 0; k < 4; k++)
        {
          const RstAsk *ask = g_ptr_array_index (self->findings->asks, orders[i][k] + 1);
          g_autoptr (GUri) uri = g_uri_parse (ask->name, G_URI_FLAGS_NONE, NULL);

          read_reply (self, document_new (RST_ASK_HTTPS, ask->name, g_uri_get_host (uri),
                                          texts[orders[i][k]]));
        }
      for (guint k = 0; k < 4; k++)
        {
          const RstCandidate *candidate = g_ptr_array_index (self->findings->candidates, k);

          g_assert_cmpint (candidate->endpoint->host[0], ==, "abcd"[k]);
        }
      assert_text (list_candidates (self),
                   "imaps://a.hoster.net:993 foreign\nimaps://b.hoster.net:993 foreign\n"
                   "imaps://c.hoster.net:993 foreign\nimaps://d.hoster.net:993 foreign\n");
      g_assert_cmpuint (self->findings->notes->len, ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources/database-url", test_database_url);
  g_test_add_func ("/sources/database", test_database);
  g_test_add_func ("/sources/database-reply", test_database_reply);
  g_test_add_func ("/sources/mx-asks", test_mx_asks);
  g_test_add_func ("/sources/mx-of-subdomain", test_mx_of_subdomain);
  g_test_add_func ("/sources/mx-replies", test_mx_replies);
  return g_test_run ();
}
