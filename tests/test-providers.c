/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of providers in the program: that it is well formed, whom it recognises, what it says, and
 * that it agrees with the provider database's real files where they are at hand.
 */
#include "rst-config-xml.h"
#include "rst-domain.h"
#include "rst-providers.h"
#include "source-case.h"

#include <string.h>

static const RstProvider * const tables[] = { rst_providers_world, rst_providers_japan };

static const RstProvider *
next_provider (gsize *table,
               gsize *row)
{
  if (tables[*table][*row].name == NULL)
    {
      *row = 0;
      if (++*table == G_N_ELEMENTS (tables))
        return NULL;
    }
  return &tables[*table][(*row)++];
}

static char **
list_domains (const RstProvider *provider)
{
  return g_strsplit (provider->domains != NULL ? provider->domains : "", " ", -1);
}

static void
check_servers (const RstProvider *provider)
{
  g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
  g_autofree char *servers = rst_address_expand (address, provider->servers);
  g_auto (GStrv) urls = g_strsplit (servers, " ", -1);
  guint protocols = 0;

  for (char **url = urls; *url != NULL && *provider->servers != '\0'; url++)
    {
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (*url, NULL);

      g_assert_nonnull (endpoint);
      g_assert_cmpint (endpoint->security, !=, RST_SECURITY_NONE);
      protocols |= 1u << endpoint->protocol;
    }
  g_assert_false ((protocols & (1u << RST_PROTOCOL_IMAP)) && (provider->flags & RST_PROVIDER_NO_IMAP));
  g_assert_false ((protocols & (1u << RST_PROTOCOL_POP3)) && (provider->flags & RST_PROVIDER_NO_POP));
  g_assert_true (*provider->servers == '\0' || (protocols & (1u << RST_PROTOCOL_SMTP)));
  g_assert_true (*provider->servers != '\0' ||
                 (provider->flags & (RST_PROVIDER_NO_IMAP | RST_PROVIDER_BRIDGE)));
}

/* What a row knows beside the servers can be looked up again, is said in words, and once. */
static void
check_facts (const RstProvider *provider)
{
  guint kinds = 0;

  for (const RstProviderFact *fact = provider->facts; fact != NULL && fact->source != NULL; fact++)
    {
      g_autoptr (GUri) source = g_uri_parse (fact->source, G_URI_FLAGS_NONE, NULL);
      g_autofree char *text = rst_provider_fact_describe (fact);
      g_autofree char *day = g_strdup_printf ("%s%sT00:00:00Z", fact->checked,
                                              strlen (fact->checked) == 7 ? "-01" : "");
      g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (day, NULL);

      g_assert_nonnull (source);
      g_assert_nonnull (date);
      g_assert_nonnull (rst_provider_fact_get_nick (fact->kind));
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_cmpuint (fact->value, >, 0);
      g_assert_false (kinds & (1u << fact->kind));
      kinds |= 1u << fact->kind;
    }
}

/* Every row can be used, says where it is from, and no domain belongs to two. */
static void
test_rows (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const RstProvider *provider;
  gsize table = 0;
  gsize row = 0;

  while ((provider = next_provider (&table, &row)) != NULL)
    {
      g_auto (GStrv) domains = list_domains (provider);
      g_autoptr (GDateTime) date = NULL;
      g_autofree char *iso = g_strdup_printf ("%s%sT00:00:00Z", provider->checked,
                                              strlen (provider->checked) == 7 ? "-01" : "");

      g_test_message ("%s", provider->name);
      g_assert_true (provider->domains != NULL || provider->exchangers != NULL);
      g_assert_cmpstr (provider->origin, !=, "");
      date = g_date_time_new_from_iso8601 (iso, NULL);
      g_assert_nonnull (date);
      check_servers (provider);
      check_facts (provider);
      for (char **domain = domains; *domain != NULL; domain++)
        {
          g_assert_true (g_hash_table_add (seen, g_strdup (*domain)));
          g_assert_false (rst_domain_is_public (**domain == '.' ? *domain + 1 : *domain) && **domain != '.');
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), >=, 100);
}

static void
test_whom (void)
{
  static const struct {
    const char *name, *provider;
    gboolean    exchanger;
  } cases[] = {
    { "gmail.com", "Gmail" }, { "sub.gmail.com", NULL }, { "notgmail.com", NULL }, { "com", NULL },
    { "aa9.so-net.ne.jp", "So-net" }, { "ocn.ne.jp", "OCN" }, { "xocn.ne.jp", NULL },
    { "you.sakura.ne.jp", "Sakura Internet" }, { "sakura.ne.jp", NULL }, { "example.org", NULL },
    { "aspmx.l.google.com", "Google Workspace", TRUE }, { "notgoogle.com", NULL, TRUE },
    { "example-org.mail.protection.outlook.com", "Microsoft 365", TRUE },
    { "google.com.example.org", NULL, TRUE }, { "mx.example.org", NULL, TRUE },
    { "in1-smtp.messagingengine.com", "Fastmail", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RstProvider *provider = cases[i].exchanger ? rst_providers_find_by_exchanger (cases[i].name)
                                                       : rst_providers_find (cases[i].name);

      g_assert_cmpstr (provider != NULL ? provider->name : NULL, ==, cases[i].provider);
    }
}

static void
check_said (Fixture    *self,
            const char *instruction)
{
  gboolean said = FALSE;

  for (guint i = 0; i < self->findings->instructions->len; i++)
    said |= strstr (g_ptr_array_index (self->findings->instructions, i), instruction) != NULL;
  g_assert_true (said);
}

static const RstCandidate *
find_candidate (Fixture     *self,
                RstProtocol  protocol)
{
  for (guint i = 0; i < self->findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (self->findings->candidates, i);

      if (candidate->endpoint->protocol == protocol)
        return candidate;
    }
  return NULL;
}

static void
test_gmail (void)
{
  g_autoptr (Fixture) self = fixture_new ("list", "taro@gmail.com");
  const RstCandidate *pop = find_candidate (self, RST_PROTOCOL_POP3);

  assert_text (list_asks (self), "");
  assert_text (list_candidates (self), "imaps://imap.gmail.com:993 database\n"
                                       "pop3s://pop.gmail.com:995 database\n"
                                       "submissions://smtp.gmail.com:465 database\n");
  g_assert_cmpint (pop->auth, ==, RST_AUTH_OAUTH2);
  g_assert_cmpuint (pop->auths, ==, 1u << RST_AUTH_OAUTH2 | 1u << RST_AUTH_PASSWORD);
  g_assert_true (pop->leave_known);
  g_assert_cmpint (pop->leave, ==, RST_LEAVE_KEEP);
  g_assert_cmpstr (pop->username, ==, "taro@gmail.com");
  check_said (self, "app password");
  check_said (self, "Gmail");
  check_said (self, "POP is shut off at first");
  g_assert_cmpuint (self->findings->notes->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (self->findings->notes, 0), "2026-03-12"));
}

static void
test_user_names (void)
{
  static const struct {
    const char *mail;
    const char *users[RST_N_PROTOCOLS];
  } cases[] = {
    { "taro@icloud.com", { "taro", NULL, "taro@icloud.com" } },
    { "taro@yahoo.co.jp", { "taro", "taro", "taro" } },
    { "taro@iijmio-mail.jp", { NULL, "taro.iijmio-mail.jp", "taro.iijmio-mail.jp" } },
    { "taro@ocn.ne.jp", { "taro@ocn.ne.jp", "taro@ocn.ne.jp", "taro@ocn.ne.jp" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("list", cases[i].mail);

      for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
        {
          const RstCandidate *candidate = find_candidate (self, protocol);

          g_assert_cmpstr (candidate != NULL ? candidate->username : NULL, ==, cases[i].users[protocol]);
        }
    }
}

static void
test_what (void)
{
  g_autoptr (Fixture) sakura = fixture_new ("list", "taro@you.sakura.ne.jp");
  g_autoptr (Fixture) tuta = fixture_new ("list", "taro@tuta.com");
  g_autoptr (Fixture) outlook = fixture_new ("list", "taro@outlook.com");
  g_autoptr (Fixture) nobody = fixture_new ("list", "taro@example.org");
  const RstCandidate *imap = find_candidate (outlook, RST_PROTOCOL_IMAP);

  g_assert_cmpstr (find_candidate (sakura, RST_PROTOCOL_SMTP)->endpoint->host, ==, "you.sakura.ne.jp");
  g_assert_cmpuint (tuta->findings->candidates->len, ==, 0);
  g_assert_cmpuint (tuta->findings->denied, ==, 1u << RST_PROTOCOL_IMAP | 1u << RST_PROTOCOL_POP3);
  g_assert_cmpuint (imap->auths, ==, 1u << RST_AUTH_OAUTH2);
  check_said (outlook, "switch on IMAP or POP");
  check_said (outlook, "web page on which you sign in");
  g_assert_cmpuint (nobody->findings->candidates->len, ==, 0);
  g_assert_cmpuint (nobody->findings->notes->len, ==, 0);
}

static char *
list_stated (Fixture *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->findings->stated->len; i++)
    {
      const RstProviderFact *fact = g_ptr_array_index (self->findings->stated, i);

      g_string_append_printf (text, "%s=%" G_GUINT64_FORMAT " ", rst_provider_fact_get_nick (fact->kind),
                              fact->value);
    }
  return g_string_free (text, FALSE);
}

/* How much a mailbox holds, how long mail stays, what POP does. */
static void
test_stated (void)
{
  static const struct {
    const char *mail, *stated, *said;
  } cases[] = {
    { "taro@gmail.com", "once=1 ", "With POP, the provider hands out each message once" },
    { "taro@icloud.com", "quota=5000000000 ", "The mailbox holds about 5.0" },
    { "taro@web.de", "interval=900 ", "every 15 minutes." },
    { "taro@yahoo.co.jp", "unused=180 ", "The provider may delete mail if you read none for 180 days." },
    { "taro@i.softbank.jp", "quota=200000000 messages=5000 ", "The mailbox holds about 5000 messages." },
    { "taro@aa9.so-net.ne.jp", "quota=3000000000 expires=730 ",
      "The provider deletes mail that has been in the inbox for 730 days." },
    { "taro@biglobe.ne.jp", "quota=5000000000 unused=90 ", "for 90 days." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("list", cases[i].mail);

      assert_text (list_stated (self), cases[i].stated);
      check_said (self, cases[i].said);
      g_assert_cmpuint (self->findings->notes->len, ==, self->findings->stated->len + 1);
    }
}

/* Who has a domain of their own behind a provider has another plan than its free addresses. */
static void
test_stated_behind_exchanger (void)
{
  static const struct {
    const char *exchanger, *stated;
  } cases[] = {
    { "aspmx.l.google.com", "once=1 " },
    { "mx01.mail.icloud.com", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) self = fixture_new ("mx", "taro@example.org");
      RstReply *reply = reply_new (RST_ASK_MX, "example.org", RST_REPLY_OK);

      rst_reply_add_record (reply, 1, 0, 0, cases[i].exchanger);
      read_reply (self, reply);
      g_assert_cmpuint (self->findings->candidates->len, >, 0);
      assert_text (list_stated (self), cases[i].stated);
    }
}

/* Behind an exchanger, which unsigned DNS names: the same facts, trusted less, told once. */
static void
test_behind_exchanger (void)
{
  g_autoptr (Fixture) self = fixture_new ("mx", "taro@example.org");
  RstReply *reply = reply_new (RST_ASK_MX, "example.org", RST_REPLY_OK);

  rst_reply_add_record (reply, 1, 0, 0, "aspmx.l.google.com");
  rst_reply_add_record (reply, 1, 0, 0, "alt1.aspmx.l.google.com");
  read_reply (self, reply);
  assert_text (list_candidates (self), "imaps://imap.gmail.com:993 foreign\n"
                                       "pop3s://pop.gmail.com:995 foreign\n"
                                       "submissions://smtp.gmail.com:465 foreign\n"
                                       "submission://smtp.gmail.com:587 foreign\n");
  g_assert_cmpstr (find_candidate (self, RST_PROTOCOL_IMAP)->username, ==, "taro@example.org");
  check_said (self, "organisation");
}

static gboolean
is_named (const RstFindings  *findings,
          const RstCandidate *candidate)
{
  for (guint i = 0; i < findings->candidates->len; i++)
    {
      const RstCandidate *other = g_ptr_array_index (findings->candidates, i);

      if (rst_endpoint_equal (other->endpoint, candidate->endpoint))
        return g_str_equal (other->username, candidate->username);
    }
  return FALSE;
}

/* Rows that say they are from the database name nothing that is not in it. */
static guint
compare_with_file (const char *path,
                   const char *domain)
{
  g_autofree char *mail = g_strconcat ("taro@", domain, NULL);
  g_autoptr (Fixture) self = fixture_new ("list", mail);
  g_autoptr (RstFindings) file = rst_findings_new ("database");
  g_autoptr (GMappedFile) map = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (map);
  const RstProvider *provider = rst_providers_find (domain);

  if (provider == NULL || !g_str_equal (provider->checked, "2026-03-12"))
    return 0;
  g_assert_true (rst_config_xml_read (bytes, &self->search, RST_TRUST_DATABASE, file, NULL));
  for (guint i = 0; i < self->findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (self->findings->candidates, i);
      g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);

      if (is_named (file, candidate))
        continue;
      g_test_message ("%s: %s %s is not in %s", domain, url, candidate->username, path);
      g_test_fail ();
    }
  return 1;
}

static void
test_database (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("RST_SHARED"), "ispdb", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GRegex) domain = g_regex_new ("<domain[^>]*>\\s*([^<\\s]+)", 0, 0, NULL);
  const char *name;
  guint compared = 0;

  if (dir == NULL)
    {
      g_test_skip ("the database's files are not at hand");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_str_has_suffix (name, ".xml") || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      for (g_regex_match (domain, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        {
          g_autofree char *word = g_match_info_fetch (match, 1);

          compared += compare_with_file (path, word);
        }
    }
  g_test_message ("%u domains agree", compared);
  g_assert_cmpuint (compared, >=, 60);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/providers/rows", test_rows);
  g_test_add_func ("/providers/whom", test_whom);
  g_test_add_func ("/providers/gmail", test_gmail);
  g_test_add_func ("/providers/user-names", test_user_names);
  g_test_add_func ("/providers/what", test_what);
  g_test_add_func ("/providers/stated", test_stated);
  g_test_add_func ("/providers/stated-behind-exchanger", test_stated_behind_exchanger);
  g_test_add_func ("/providers/behind-exchanger", test_behind_exchanger);
  g_test_add_func ("/providers/database", test_database);
  return g_test_run ();
}
