/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the facts of a mailbox mean for the advice. */
#include "rst-facts-mailbox.h"
#include "rst-provider-fact.h"

#include <string.h>

static RstFacts *
make_facts (RstProtocol  protocol,
            const char  *text)
{
  g_autoptr (RstEndpoint) endpoint =
    rst_endpoint_new (protocol, RST_SECURITY_TLS, "mail.example.org", 0, NULL);
  RstFacts *facts = rst_facts_new (endpoint);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    g_hash_table_replace (facts->more, g_strdup (words[i]), g_strdup (words[i + 1]));
  return facts;
}

static void
test_answers (void)
{
  static const struct {
    const char *facts, *answers;
  } cases[] = {
    { "", "" },
    { "quota-used 0 quota-limit 51200", "quota=small" },
    { "quota-used 1000 quota-limit 15728640", "quota=large" },
    { "quota-used 1000 quota-limit 1048576", "quota=large" },
    { "quota-used 1000 quota-limit 1048575", "quota=small" },
    { "quota-used 12582000 quota-limit 15728640", "quota=large" },
    { "quota-used 12584000 quota-limit 15728640", "quota=small" },
    { "quota-used 99999999 quota-limit 15728640", "quota=small" },
    { "quota-used 1 quota-limit 18446744073709551615", "quota=large" },
    { "quota-used 18446744073709551615 quota-limit 18446744073709551615", "quota=small" },
    { "quota-used 0 quota-limit 0", "" },
    { "quota-limit 51200", "" },
    { "expire NEVER", "" },
    { "expire 30", "expires=30" },
    { "expire 0", "" },
    { "expire 99999999999", "" },
    { "expire -1", "" },
    { "login-delay 10 expire 14 quota-used 1 quota-limit 2", "quota=small expires=14" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) facts = make_facts (RST_PROTOCOL_POP3, cases[i].facts);
      RstAnswers answers = { 0 };
      g_autofree char *text = NULL;

      rst_facts_answer (facts, &answers);
      text = rst_answers_to_string (&answers);
      g_assert_cmpstr (text, ==, cases[i].answers);
    }
}

/* In words, for how long mail is kept, and how often programs may look for it. */
static void
test_pop_rules (void)
{
  static const struct {
    const char *facts, *keeping, *delay;
    guint       seconds;
    gboolean    takes_away;
  } cases[] = {
    { "", NULL, NULL, 0, FALSE },
    { "expire never", "for ever", NULL, 0, FALSE },
    { "expire 0 login-delay 0", "until it is fetched", NULL, 0, TRUE },
    { "expire 1 login-delay 1", "1 day", "1 second", 1, FALSE },
    { "expire 30 expire-by-mailbox yes", "at least 30 days, in some mailboxes longer", NULL, 0, FALSE },
    { "login-delay 900 login-delay-by-mailbox yes", NULL, "at least 900 seconds, in some mailboxes longer",
      900, FALSE },
    { "expire soon login-delay often", NULL, NULL, 0, FALSE },
    { "expire 99999999999 login-delay 99999999999", NULL, NULL, 86400, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) facts = make_facts (RST_PROTOCOL_POP3, cases[i].facts);
      g_autofree char *keeping = rst_facts_describe_keeping (facts);
      g_autofree char *delay = rst_facts_describe_delay (facts);

      g_assert_cmpstr (keeping, ==, cases[i].keeping);
      g_assert_cmpstr (delay, ==, cases[i].delay);
      g_assert_cmpuint (rst_facts_get_delay (facts), ==, cases[i].seconds);
      g_assert_cmpint (rst_facts_takes_away (facts), ==, cases[i].takes_away);
    }
  g_assert_false (rst_facts_takes_away (NULL));
  g_assert_cmpuint (rst_facts_get_delay (NULL), ==, 0);
}

/* No more is claimed than is known. */
static void
test_mailbox (void)
{
  static const struct {
    const char *facts, *oldest, *folders;
  } cases[] = {
    { "", NULL, NULL },
    { "oldest 2025-10-01", "1 October 2025 or earlier", NULL },
    { "oldest 2025-10-01 older 0", "1 October 2025", NULL },
    { "oldest 2025-10-01 older 2", "before 1 October 2025", NULL },
    { "oldest soon older 0 folders 1", NULL, "1 folder" },
    { "older 3 folders 12", NULL, "12 folders" },
    { "folders 999 folders-cut yes", NULL, "more than 999 folders" },
    { "folders many", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) facts = make_facts (RST_PROTOCOL_IMAP, cases[i].facts);
      g_autofree char *oldest = rst_facts_describe_oldest (facts);
      g_autofree char *folders = rst_facts_describe_folders (facts);

      g_assert_cmpstr (oldest, ==, cases[i].oldest);
      g_assert_cmpstr (folders, ==, cases[i].folders);
    }
}

/* Only who needs to know it is told. */
static void
test_letters (void)
{
  static const struct {
    RstProtocol protocol;
    const char *facts, *part;
  } cases[] = {
    { RST_PROTOCOL_IMAP, "messages 3", NULL },
    { RST_PROTOCOL_IMAP, "utf8-address yes", "says that it knows" },
    { RST_PROTOCOL_POP3, "utf8-address no", "Mail to you" },
    { RST_PROTOCOL_SMTP, "utf8-address no", "Mail from you" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) facts = make_facts (cases[i].protocol, cases[i].facts);
      g_autofree char *text = rst_facts_describe_letters (facts);

      g_assert_cmpint (text != NULL, ==, cases[i].part != NULL);
      g_assert_true (text == NULL || strstr (text, cases[i].part) != NULL);
    }
}

/* What is not told takes nothing away. */
static void
test_answers_kept (void)
{
  g_autoptr (RstFacts) facts = make_facts (RST_PROTOCOL_IMAP, "messages 3");
  RstAnswers answers = { 0 };

  rst_answers_set (&answers, RST_KEY_QUOTA, RST_QUOTA_SMALL);
  rst_facts_answer (facts, &answers);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_QUOTA), ==, RST_QUOTA_SMALL);
  g_assert_cmpuint (rst_answers_get_evidence (&answers, RST_KEY_QUOTA), ==, RST_EVIDENCE_PERSON);
}

static const char *
get_origin (const RstAnswers *answers,
            RstKey            key)
{
  static const char * const names[] = {
    [RST_EVIDENCE_PERSON] = "person",
    [RST_EVIDENCE_SERVER] = "server",
    [RST_EVIDENCE_PROVIDER_LIST] = "list",
    [RST_EVIDENCE_COMPUTER] = "computer",
  };

  return names[rst_answers_get_evidence (answers, key)];
}

/* What is known of a provider counts until the server tells. */
static void
test_listed (void)
{
  static const RstProviderFact small = { RST_PROVIDER_FACT_QUOTA, 9 * RST_MEGABYTE, "https://x", "2026-11" };
  static const RstProviderFact room = { RST_PROVIDER_FACT_QUOTA, 5 * RST_GIGABYTE, "https://x", "2026-11" };
  static const RstProviderFact year = { RST_PROVIDER_FACT_EXPIRES, 365, "https://x", "2026-11" };
  static const RstProviderFact idle = { RST_PROVIDER_FACT_UNUSED, 90, "https://x", "2026-11" };
  static const struct {
    const RstProviderFact *listed;
    const char            *told, *answers;
    RstKey                 key;
    const char            *origin;
  } cases[] = {
    { &small, "", "quota=small", RST_KEY_QUOTA, "list" },
    { &small, "quota-used 1 quota-limit 20000000", "quota=large", RST_KEY_QUOTA, "server" },
    { &small, "quota-limit 20000000", "quota=small", RST_KEY_QUOTA, "list" },
    /* Nobody knows how full it is. */
    { &room, "", "", RST_KEY_QUOTA, "person" },
    { &room, "quota-used 19 quota-limit 20", "quota=small", RST_KEY_QUOTA, "server" },
    { &year, "", "expires=365", RST_KEY_EXPIRES, "list" },
    { &year, "expire 30", "expires=30", RST_KEY_EXPIRES, "server" },
    { &year, "expire NEVER", "", RST_KEY_EXPIRES, "server" },
    { &year, "expire nonsense", "expires=365", RST_KEY_EXPIRES, "list" },
    { &idle, "", "", RST_KEY_EXPIRES, "person" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) facts = make_facts (RST_PROTOCOL_POP3, cases[i].told);
      g_autoptr (GPtrArray) listed = g_ptr_array_new ();
      RstAnswers answers = { 0 };
      g_autofree char *text = NULL;

      g_ptr_array_add (listed, (gpointer) cases[i].listed);
      rst_provider_facts_answer (listed, &answers);
      rst_facts_answer (facts, &answers);
      text = rst_answers_to_string (&answers);
      g_assert_cmpstr (text, ==, cases[i].answers);
      g_assert_cmpstr (get_origin (&answers, cases[i].key), ==, cases[i].origin);
    }
}

/* NEVER of one server does not undo the days that another one tells. */
static void
test_never_and_days (void)
{
  g_autoptr (RstFacts) days = make_facts (RST_PROTOCOL_POP3, "expire 30");
  g_autoptr (RstFacts) never = make_facts (RST_PROTOCOL_POP3, "expire NEVER");
  RstAnswers answers = { 0 };

  rst_facts_answer (days, &answers);
  rst_facts_answer (never, &answers);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_EXPIRES), ==, 30);
}

/* The names are those of real servers. */
static void
test_inboxes (void)
{
  static const struct {
    const char *imap, *pop;
    RstInboxes  expected;
  } cases[] = {
    { "", "", RST_INBOXES_UNKNOWN },
    { "messages 3", "", RST_INBOXES_UNKNOWN },
    { "messages 3", "messages 3", RST_INBOXES_UNKNOWN },
    { "messages 0", "messages 0", RST_INBOXES_UNKNOWN },
    { "messages 3", "messages 2", RST_INBOXES_DIFFER },
    { "messages 3 size 192", "messages 3 size 192", RST_INBOXES_SAME },
    { "messages 3 size 192", "messages 3 size 193", RST_INBOXES_UNKNOWN },
    { "messages 3 first-uid 1 uid-validity 1795476030",
      "messages 3 first-uid 000000016b04ca3e", RST_INBOXES_SAME },
    { "messages 3 first-uid 1 uid-validity 1795475895",
      "messages 3 first-uid 1795475895.1", RST_INBOXES_SAME },
    { "messages 3 first-uid 1 uid-validity 1795475895",
      "messages 3 first-uid 1795475895.2", RST_INBOXES_UNKNOWN },
    { "messages 3 first-uid 1 uid-validity 1795475895",
      "messages 4 first-uid 1795475895.1", RST_INBOXES_DIFFER },
    { "messages 3 first-uid 4294967297 uid-validity 5",
      "messages 3 first-uid 5.1", RST_INBOXES_UNKNOWN },
    { "messages 3 first-uid 7 uid-validity 5", "messages 3 first-uid UID7-5", RST_INBOXES_SAME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) imap = make_facts (RST_PROTOCOL_IMAP, cases[i].imap);
      g_autoptr (RstFacts) pop = make_facts (RST_PROTOCOL_POP3, cases[i].pop);

      g_assert_cmpint (rst_facts_compare_inboxes (imap, pop), ==, cases[i].expected);
    }
}

/* What the comparison says where it is shown, by whichever protocol. */
static void
test_inbox_text (void)
{
  static const struct {
    const char *imap, *pop, *same, *says;
  } cases[] = {
    { "messages 3 size 192", "messages 3 size 192", "yes", "show the same mail" },
    { "messages 300", "messages 1", "no", "POP shows 1 message, the inbox by IMAP has 300." },
    { "messages 300", "messages 20", "no", "never get the rest" },
    { "messages 3", "messages 20", "no", "from other folders too" },
    { "messages 3", "messages 3", NULL, NULL },
    { "", "messages 3", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFacts) imap = make_facts (RST_PROTOCOL_IMAP, cases[i].imap);
      g_autoptr (RstFacts) pop = make_facts (RST_PROTOCOL_POP3, cases[i].pop);
      g_autofree char *by_imap = NULL;
      g_autofree char *by_pop = NULL;

      rst_facts_note_inboxes (imap, pop);
      by_imap = rst_facts_describe_inbox (imap);
      by_pop = rst_facts_describe_inbox (pop);
      g_assert_cmpstr (by_imap, ==, by_pop);
      g_assert_cmpstr (g_hash_table_lookup (pop->more, "same-inbox"), ==, cases[i].same);
      g_assert_cmpint (by_imap != NULL, ==, cases[i].says != NULL);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (by_imap, cases[i].says));
    }
}

/* From facts to a look, and from looks back to facts. */
static void
test_look (void)
{
  g_autoptr (RstFacts) imap =
    make_facts (RST_PROTOCOL_IMAP, "messages 3 first-uid 7 uid-next 12 uid-validity 5");
  g_autoptr (RstFacts) pop = make_facts (RST_PROTOCOL_POP3, "messages 3 first-uid 7");
  g_autoptr (RstGlance) by_imap = NULL;
  g_autoptr (RstGlance) by_pop = NULL;
  RstRemoval removal;

  g_assert_null (rst_facts_make_look (imap, "taro", 1000));
  imap->signed_in = pop->signed_in = TRUE;
  by_imap = rst_facts_make_look (imap, "taro", 1000);
  g_assert_cmpuint (by_imap->first, ==, 7);
  g_assert_cmpuint (by_imap->next, ==, 12);
  g_assert_cmpuint (by_imap->validity, ==, 5);
  by_pop = rst_facts_make_look (pop, "taro", 1000);
  g_assert_cmpuint (by_pop->first, ==, 0);
  g_assert_nonnull (by_pop->name);
  rst_facts_note_removal (imap, by_imap);
  g_assert_false (rst_facts_get_removal (imap, &removal));
  by_imap->removal = (RstRemoval) { .at_least = 4, .since = 1764000000, .until = 1764000001 };
  rst_facts_note_removal (imap, by_imap);
  g_assert_cmpstr (g_hash_table_lookup (imap->more, "removed-since"), ==, "2025-11-24T16:00:00Z");
  g_assert_true (rst_facts_get_removal (imap, &removal));
  g_assert_cmpuint (removal.at_least, ==, 4);
  g_assert_cmpint (removal.since, ==, 1764000000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts-mailbox/answers", test_answers);
  g_test_add_func ("/facts-mailbox/answers-kept", test_answers_kept);
  g_test_add_func ("/facts-mailbox/pop-rules", test_pop_rules);
  g_test_add_func ("/facts-mailbox/mailbox", test_mailbox);
  g_test_add_func ("/facts-mailbox/letters", test_letters);
  g_test_add_func ("/facts-mailbox/answers-listed", test_listed);
  g_test_add_func ("/facts-mailbox/answers-never", test_never_and_days);
  g_test_add_func ("/facts-mailbox/inboxes", test_inboxes);
  g_test_add_func ("/facts-mailbox/inbox-text", test_inbox_text);
  g_test_add_func ("/facts-mailbox/look", test_look);
  return g_test_run ();
}
