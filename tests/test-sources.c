/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sources by themselves: what each asks for, and what it makes of replies. No network.
 */
#include "rst-domain.h"
#include "rst-kin.h"
#include "source-case.h"

#include <string.h>

/* Only the provider's own settings host learns the address, and whole: a + or & in it stays data. */
static void
test_isp (void)
{
  g_autoptr (Fixture) plain = fixture_new ("isp", "taro@example.org");
  g_autoptr (Fixture) tricky = fixture_new ("isp", "a+b&c=d?#%41'é@mail.example.co.uk");
  g_autoptr (Fixture) suffix = fixture_new ("isp", "taro@co.uk");

  assert_text (list_asks (plain),
               "https://autoconfig.example.org/mail/config-v1.1.xml?emailaddress=taro%40example.org\n");
  assert_text (list_asks (tricky),
               "https://autoconfig.mail.example.co.uk/mail/config-v1.1.xml?emailaddress="
               "a%2Bb%26c%3Dd%3F%23%2541%27%C3%A9%40mail.example.co.uk\n");
  assert_text (list_asks (suffix), "");
  g_assert_cmpuint (suffix->findings->notes->len, ==, 1);
}

static void
test_wellknown (void)
{
  g_autoptr (Fixture) self = fixture_new ("wellknown", "taro@bücher.example");

  assert_text (list_asks (self),
               "https://xn--bcher-kva.example/.well-known/autoconfig/mail/config-v1.1.xml\n");
}

static void
test_settings_reply (void)
{
  static const struct {
    const char *host, *text, *candidates;
    gboolean    failed;
    guint       notes;
  } cases[] = {
    { "autoconfig.example.org", SETTINGS ("imap.example.org"), "imaps://imap.example.org:993 provider\n",
      FALSE, 0 },
    { "cfg.example.org", SETTINGS ("imap.hoster.net"), "imaps://imap.hoster.net:993 provider\n", FALSE, 0 },
    { "hoster.net", SETTINGS ("imap.hoster.net"), "imaps://imap.hoster.net:993 foreign\n", FALSE, 1 },
    { "example.org.evil.net", SETTINGS ("a.evil.net"), "imaps://a.evil.net:993 foreign\n", FALSE, 1 },
    { "example.org", "<html><body>404</body></html>", "", FALSE, 1 },
    { "example.org", "<feed/>", "", FALSE, 1 },
    { "example.org", "<clientConfig>", "", TRUE, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("wellknown", "taro@example.org");

      read_reply (self, document_new (RST_ASK_HTTPS, "https://example.org/", cases[i].host, cases[i].text));
      assert_text (list_candidates (self), cases[i].candidates);
      g_assert_cmpint (self->findings->failed, ==, cases[i].failed);
      g_assert_cmpuint (self->findings->notes->len, ==, cases[i].notes);
    }
}

static void
test_settings_without_answer (void)
{
  g_autoptr (Fixture) self = fixture_new ("isp", "taro@example.org");

  read_reply (self, reply_new (RST_ASK_HTTPS, "https://autoconfig.example.org/", RST_REPLY_NOTHING));
  read_reply (self, reply_new (RST_ASK_HTTPS, "https://autoconfig.example.org/", RST_REPLY_FAILED));
  assert_text (list_candidates (self), "");
}

/* The person's own file wins over the administrator's, in whatever order the disk gives them. */
static void
test_file (void)
{
  static const guint orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                     { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
  static const char * const texts[] = { NULL, SETTINGS ("b.example.org"), SETTINGS ("c.example.org") };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("file", "taro@example.org");

      assert_text (list_asks (self), "/etc/a/example.org.xml\n/usr/b/example.org.xml\n"
                                     "/usr/c/example.org.xml\n");
      for (guint k = 0; k < 3; k++)
        {
          const RstAsk *ask = g_ptr_array_index (self->findings->asks, orders[i][k]);
          const char *text = texts[orders[i][k]];

          read_reply (self, text != NULL ? document_new (RST_ASK_FILE, ask->name, NULL, text)
                                         : reply_new (RST_ASK_FILE, ask->name, RST_REPLY_NOTHING));
        }
      assert_text (list_candidates (self), "imaps://b.example.org:993 local\n");
    }
}

static void
test_broken_file (void)
{
  g_autoptr (Fixture) self = fixture_new ("file", "taro@example.org");

  read_reply (self, document_new (RST_ASK_FILE, "/etc/a/example.org.xml", NULL, "<html>"));
  g_assert_true (self->findings->failed);
}

static void
test_srv_asks (void)
{
  g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");

  assert_text (list_asks (self), "SRV _imaps._tcp.example.org\nSRV _submissions._tcp.example.org\n"
                                 "SRV _pop3s._tcp.example.org\nSRV _imap._tcp.example.org\n"
                                 "SRV _submission._tcp.example.org\nSRV _pop3._tcp.example.org\n"
                                 "SRV _smtps._tcp.example.org\nSRV _caldavs._tcp.example.org\n"
                                 "SRV _carddavs._tcp.example.org\nSRV _jmap._tcp.example.org\n"
                                 "SRV _sieve._tcp.example.org\n");
}

static void
read_srv (Fixture    *self,
          const char *service,
          const char *records)
{
  g_autofree char *name = g_strconcat (service, "._tcp.example.org", NULL);
  g_auto (GStrv) lines = g_strsplit (records, ", ", -1);
  RstReply *reply = reply_new (RST_ASK_SRV, name, RST_REPLY_OK);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) f = g_strsplit (*line, " ", -1);

      rst_reply_add_record (reply, (guint16) atoi (f[0]), (guint16) atoi (f[1]), (guint16) atoi (f[2]), f[3]);
    }
  read_reply (self, reply);
}

static void
test_srv (void)
{
  static const struct {
    const char *service, *records, *candidates;
    guint       denied;
    gboolean    failed;
  } cases[] = {
    /* Lower priority first, then higher weight: not the other way round, not by the order given. */
    { "_imaps", "10 0 993 c.example.org, 0 1 993 b.example.org, 0 9 993 a.example.org, 5 0 993 d.example.org",
      "imaps://a.example.org:993 dns\nimaps://b.example.org:993 dns\nimaps://d.example.org:993 dns\n"
      "imaps://c.example.org:993 dns\n", 0, FALSE },
    { "_imap", "0 0 143 mail.example.org", "imap://mail.example.org:143 dns\n", 0, FALSE },
    { "_imap", "0 0 993 mail.example.org", "imaps://mail.example.org:993 dns\n", 0, FALSE },
    { "_submission", "0 0 465 mail.example.org", "submissions://mail.example.org:465 dns\n", 0, FALSE },
    { "_submission", "0 0 587 mail.example.org", "submission://mail.example.org:587 dns\n", 0, FALSE },
    { "_submission", "0 0 25 mail.example.org", "submission://mail.example.org:25 dns\n", 0, FALSE },
    { "_smtps", "0 0 465 mail.example.org", "submissions://mail.example.org:465 dns\n", 0, FALSE },
    { "_pop3s", "0 0 1995 MAIL.example.org.", "pop3s://mail.example.org:1995 dns\n", 0, FALSE },
    { "_imaps", "0 0 993 imap.hoster.net", "imaps://imap.hoster.net:993 foreign\n", 0, FALSE },
    { "_imaps", "0 0 993 example.org.hoster.net", "imaps://example.org.hoster.net:993 foreign\n", 0, FALSE },
    { "_imaps", "0 0 993 notexample.org", "imaps://notexample.org:993 foreign\n", 0, FALSE },
    { "_pop3s", "0 0 0 .", "", 1u << RST_PROTOCOL_POP3, FALSE },
    { "_pop3", "0 0 1 ", "", 1u << RST_PROTOCOL_POP3, FALSE },
    { "_imaps", "0 0 0 mail.example.org", "", 0, TRUE },
    { "_imaps", "0 0 993 bad_name.example.org", "", 0, TRUE },
    { "_imaps", "0 0 993 bad_name.example.org, 1 0 993 good.example.org",
      "imaps://good.example.org:993 dns\n", 0, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");

      read_srv (self, cases[i].service, cases[i].records);
      assert_text (list_candidates (self), cases[i].candidates);
      g_assert_cmpuint (self->findings->denied, ==, cases[i].denied);
      g_assert_cmpint (self->findings->failed, ==, cases[i].failed);
    }
}

/* RFC 6186 section 3.4: priorities compare IMAP with POP; equal ones leave the choice free. */
static void
test_srv_preference (void)
{
  g_autoptr (Fixture) pop = fixture_new ("srv", "taro@example.org");
  g_autoptr (Fixture) free_choice = fixture_new ("srv", "taro@example.org");
  const RstCandidate *first;
  const RstCandidate *second;

  read_srv (pop, "_imaps", "20 0 993 imap.example.org");
  read_srv (pop, "_pop3s", "10 0 995 pop.example.org");
  assert_text (list_candidates (pop), "pop3s://pop.example.org:995 dns\nimaps://imap.example.org:993 dns\n");
  read_srv (free_choice, "_imaps", "10 5 993 imap.example.org");
  read_srv (free_choice, "_pop3s", "10 9 995 pop.example.org");
  first = g_ptr_array_index (free_choice->findings->candidates, 0);
  second = g_ptr_array_index (free_choice->findings->candidates, 1);
  g_assert_cmpuint (first->rank, ==, second->rank);
}

/* What goes with mail: the best place of each kind, whatever else is listed. */
static void
test_srv_extras (void)
{
  static const struct {
    const char *service, *records, *url;
  } cases[] = {
    { "_caldavs", "10 0 443 b.example.org, 0 0 443 dav.example.org",
      "https://dav.example.org/.well-known/caldav" },
    { "_carddavs", "0 0 8443 DAV.example.org.", "https://dav.example.org:8443/.well-known/carddav" },
    { "_jmap", "0 0 443 jmap.hoster.net", "https://jmap.hoster.net/.well-known/jmap" },
    { "_sieve", "0 0 4190 mail.example.org", "sieve://mail.example.org" },
    { "_sieve", "0 0 0 .", NULL },
    { "_jmap", "0 0 443 bad_name, 1 0 443 good.example.org", "https://good.example.org/.well-known/jmap" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");

      read_srv (self, cases[i].service, cases[i].records);
      assert_text (list_candidates (self), "");
      g_assert_cmpuint (self->findings->denied, ==, 0);
      g_assert_cmpuint (self->findings->extras->len, ==, cases[i].url != NULL);
      if (cases[i].url != NULL)
        g_assert_cmpstr (((RstExtra *) g_ptr_array_index (self->findings->extras, 0))->url, ==, cases[i].url);
    }
}

static void
test_srv_path (void)
{
  static const struct {
    const char *text, *url;
  } cases[] = {
    { "path=/dav/calendars/", "https://dav.example.org:8443/dav/calendars/" },
    { "PATH=/", "https://dav.example.org:8443/" },
    { "v=1", NULL }, { "path=dav", NULL }, { "path=//elsewhere.test/", NULL }, { "path=/a b", NULL },
    { "path=/a?b", NULL }, { "path=/a\nb", NULL }, { "path=/%zz", NULL }, { "path=", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");
      RstReply *reply = reply_new (RST_ASK_TXT, "_caldavs._tcp.example.org", RST_REPLY_OK);
      const RstAsk *last;

      read_srv (self, "_carddavs", "0 0 443 card.example.org");
      read_srv (self, "_caldavs", "0 0 8443 dav.example.org");
      last = g_ptr_array_index (self->findings->asks, self->findings->asks->len - 1);
      g_assert_cmpint (last->kind, ==, RST_ASK_TXT);
      g_assert_cmpstr (last->name, ==, "_caldavs._tcp.example.org");
      g_ptr_array_add (reply->texts, g_strdup ("other"));
      g_ptr_array_add (reply->texts, g_strdup (cases[i].text));
      read_reply (self, reply);
      g_assert_cmpstr (((RstExtra *) g_ptr_array_index (self->findings->extras, 0))->url, ==,
                       cases[i].url != NULL ? cases[i].url
                                            : "https://dav.example.org:8443/.well-known/caldav");
      g_assert_cmpstr (((RstExtra *) g_ptr_array_index (self->findings->extras, 1))->url, ==,
                       "https://card.example.org/.well-known/carddav");
    }
}

static void
test_srv_flood (void)
{
  g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");
  g_autoptr (GString) records = g_string_new ("0 0 993 a0.example.org");

  for (guint i = 1; i < 200; i++)
    g_string_append_printf (records, ", %u 0 993 a%u.example.org", i, i);
  read_srv (self, "_imaps", records->str);
  g_assert_cmpuint (self->findings->candidates->len, ==, 10);
}

/* Only names that mean the same everywhere. */
static void
test_srv_hosts (void)
{
  static const char * const targets[] = { "localhost", "mail", "192.0.2.1", "127.1", "0x7f.1", "::1",
                                          "a_b.example.org", "imap.example.org.127.0.0.1" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("srv", "taro@example.org");
      g_autofree char *record = g_strdup_printf ("0 0 993 %s", targets[i]);

      read_srv (self, "_imaps", record);
      read_srv (self, "_caldavs", record);
      g_assert_cmpuint (self->findings->candidates->len, ==, 0);
      g_assert_cmpuint (self->findings->extras->len, ==, 0);
      g_assert_true (self->findings->failed);
    }
}

static void
test_guess (void)
{
  g_autoptr (Fixture) self = fixture_new ("guess", "taro@example.org");
  g_autoptr (Fixture) suffix = fixture_new ("guess", "taro@co.jp");

  assert_text (list_asks (self), "A/AAAA imap.example.org\nA/AAAA smtp.example.org\nA/AAAA pop.example.org\n"
                                 "A/AAAA mail.example.org\nA/AAAA pop3.example.org\nA/AAAA example.org\n"
                                 "A/AAAA *.example.org\n");
  assert_text (list_asks (suffix), "");
  read_reply (self, reply_new (RST_ASK_HOST, "imap.example.org", RST_REPLY_NOTHING));
  read_reply (self, reply_new (RST_ASK_HOST, "pop.example.org", RST_REPLY_FAILED));
  assert_text (list_candidates (self), "");
  read_reply (self, reply_new (RST_ASK_HOST, "mail.example.org", RST_REPLY_OK));
  read_reply (self, reply_new (RST_ASK_HOST, "smtp.example.org", RST_REPLY_OK));
  assert_text (list_candidates (self),
               "submissions://smtp.example.org:465 guess\nimaps://mail.example.org:993 guess\n"
               "pop3s://mail.example.org:995 guess\nsubmissions://mail.example.org:465 guess\n"
               "submission://smtp.example.org:587 guess\nimap://mail.example.org:143 guess\n"
               "pop3://mail.example.org:110 guess\nsubmission://mail.example.org:587 guess\n");
  g_assert_false (self->findings->unproven);
  read_reply (self, reply_new (RST_ASK_ANY_HOST, "example.org", RST_REPLY_NOTHING));
  g_assert_false (self->findings->unproven);
  read_reply (self, reply_new (RST_ASK_ANY_HOST, "example.org", RST_REPLY_OK));
  g_assert_true (self->findings->unproven);
}

/* No reply can make a source ask or name without end. */
static void
test_bounds (void)
{
  g_autoptr (RstFindings) findings = rst_findings_new ("isp");
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse ("imaps://imap.example.org", NULL);

  for (guint i = 0; i < 1000; i++)
    {
      rst_findings_ask (findings, RST_ASK_HOST, "h%u.example.org", i / 2);
      rst_findings_take (findings, rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD),
                         RST_TRUST_PROVIDER, i);
      rst_findings_note (findings, i % 2 ? "same" : "other");
    }
  g_assert_cmpuint (findings->asks->len, ==, RST_ASKS_MAX);
  g_assert_cmpuint (findings->candidates->len, ==, RST_CANDIDATES_MAX);
  g_assert_cmpuint (findings->notes->len, ==, 2);
}

static void
test_domains (void)
{
  static const struct {
    const char *a, *b;
    gboolean    same;
  } cases[] = {
    { "example.org", "autoconfig.example.org", TRUE }, { "a.example.co.uk", "b.c.example.co.uk", TRUE },
    { "a.co.uk", "b.co.uk", FALSE },                   { "example.org", "example.com", FALSE },
    { "one.github.io", "two.github.io", FALSE },       { "practice.test", "imap.practice.test", TRUE },
    { "practice.test", "other.test", FALSE },          { "co.uk", "co.uk", TRUE },
    { "192.0.2.1", "198.51.2.1", FALSE },               { "a.ne.jp", "b.ne.jp", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (rst_domain_same_site (cases[i].a, cases[i].b), ==, cases[i].same);
      g_assert_cmpint (rst_domain_same_site (cases[i].b, cases[i].a), ==, cases[i].same);
    }
  g_assert_true (rst_domain_is_public ("co.uk"));
  g_assert_false (rst_domain_is_public ("example.co.uk"));
  g_assert_true (rst_domain_is_reserved ("imap.practice.test"));
  g_assert_true (rst_domain_is_reserved ("nas.home.arpa"));
  g_assert_false (rst_domain_is_reserved ("imap.example.org"));
}

static char *
list_kin (const char *url,
          guint       wanted)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);
  g_autoptr (RstCandidate) candidate = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);
  g_autoptr (GPtrArray) kin = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  candidate->trust = RST_TRUST_PROVIDER;
  kin = rst_kin_of (candidate, wanted);
  for (guint i = 0; i < kin->len; i++)
    {
      const RstCandidate *relative = g_ptr_array_index (kin, i);
      g_autofree char *text = rst_endpoint_to_string (relative->endpoint);

      g_assert_cmpstr (relative->username, ==, "taro");
      g_string_append_printf (out, "%s %s\n", text, rst_trust_get_nick (relative->trust));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_kin (void)
{
  assert_text (list_kin ("imaps://imap.example.org", 0), "");
  assert_text (list_kin ("imaps://imap.example.org", 1u << RST_PROTOCOL_POP3),
               "pop3s://pop.example.org:995 guess\npop3s://pop3.example.org:995 guess\n"
               "pop3s://mail.example.org:995 guess\npop3s://imap.example.org:995 guess\n"
               "pop3://pop.example.org:110 guess\npop3://pop3.example.org:110 guess\n"
               "pop3://mail.example.org:110 guess\npop3://imap.example.org:110 guess\n");
  /* Not pop.com, not pop.co.uk: strangers live there. */
  assert_text (list_kin ("imaps://mail.com", 1u << RST_PROTOCOL_POP3),
               "pop3s://mail.com:995 guess\npop3://mail.com:110 guess\n");
  assert_text (list_kin ("imaps://mail.co.uk", 1u << RST_PROTOCOL_POP3),
               "pop3s://mail.co.uk:995 guess\npop3://mail.co.uk:110 guess\n");
  assert_text (list_kin ("imaps://box7.example.org", 1u << RST_PROTOCOL_POP3),
               "pop3s://box7.example.org:995 guess\npop3://box7.example.org:110 guess\n");
  /* The port says otherwise. */
  assert_text (list_kin ("submission://smtp.example.org:465", 0),
               "submissions://smtp.example.org:465 provider\n");
  assert_text (list_kin ("submissions://smtp.example.org:587", 0),
               "submission://smtp.example.org:587 provider\n");
}

static void
test_kin_of_plain (void)
{
  g_autoptr (RstEndpoint) endpoint =
    rst_endpoint_new (RST_PROTOCOL_POP3, RST_SECURITY_NONE, "pop.example.org", 1110, NULL);
  g_autoptr (RstCandidate) candidate = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);
  g_autoptr (GPtrArray) kin = NULL;

  candidate->trust = RST_TRUST_PROVIDER;
  kin = rst_kin_of (candidate, 0);
  g_assert_cmpuint (kin->len, ==, 3);
  for (guint i = 0; i < kin->len; i++)
    {
      const RstCandidate *relative = g_ptr_array_index (kin, i);

      g_assert_cmpint (relative->endpoint->security, !=, RST_SECURITY_NONE);
      g_assert_cmpint (relative->trust, ==, RST_TRUST_PROVIDER);
      g_assert_cmpuint (relative->endpoint->port, ==, ((guint[]) { 995, 110, 1110 })[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sources/isp", test_isp);
  g_test_add_func ("/sources/wellknown", test_wellknown);
  g_test_add_func ("/sources/settings-reply", test_settings_reply);
  g_test_add_func ("/sources/settings-without-answer", test_settings_without_answer);
  g_test_add_func ("/sources/file", test_file);
  g_test_add_func ("/sources/broken-file", test_broken_file);
  g_test_add_func ("/sources/srv-asks", test_srv_asks);
  g_test_add_func ("/sources/srv", test_srv);
  g_test_add_func ("/sources/srv-preference", test_srv_preference);
  g_test_add_func ("/sources/srv-extras", test_srv_extras);
  g_test_add_func ("/sources/srv-path", test_srv_path);
  g_test_add_func ("/sources/srv-flood", test_srv_flood);
  g_test_add_func ("/sources/srv-hosts", test_srv_hosts);
  g_test_add_func ("/sources/guess", test_guess);
  g_test_add_func ("/sources/bounds", test_bounds);
  g_test_add_func ("/sources/domains", test_domains);
  g_test_add_func ("/sources/kin", test_kin);
  g_test_add_func ("/sources/kin-of-plain", test_kin_of_plain);
  return g_test_run ();
}
