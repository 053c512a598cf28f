/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the provider wishes, read off the servers that it names. */
#include "rst-hints.h"
#include "rst-providers.h"

typedef struct {
  GPtrArray    *findings;                /* (owned) (element-type RstFindings) */
  RstCandidate *chosen[RST_N_PROTOCOLS]; /* (owned) (nullable) */
  const char   *address; /* (nullable) the usual one */
} Wishes;

static void
wishes_init (Wishes *self)
{
  *self = (Wishes) { g_ptr_array_new_with_free_func ((GDestroyNotify) rst_findings_free), { NULL } };
}

static void
wishes_clear (Wishes *self)
{
  g_ptr_array_unref (self->findings);
  for (guint i = 0; i < RST_N_PROTOCOLS; i++)
    g_clear_pointer (&self->chosen[i], rst_candidate_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wishes, wishes_clear)

static RstFindings *
add_source (Wishes     *self,
            const char *id)
{
  g_ptr_array_add (self->findings, rst_findings_new (id));
  return g_ptr_array_index (self->findings, self->findings->len - 1);
}

static RstCandidate *
add (RstFindings *findings,
     const char  *url,
     RstTrust     trust,
     guint        rank)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);
  RstCandidate *candidate = rst_candidate_new (endpoint, "taro", RST_AUTH_PASSWORD);

  rst_findings_take (findings, candidate, trust, rank);
  return candidate;
}

static void
use (Wishes             *self,
     const RstCandidate *candidate)
{
  g_clear_pointer (&self->chosen[candidate->endpoint->protocol], rst_candidate_unref);
  self->chosen[candidate->endpoint->protocol] = rst_candidate_copy (candidate);
}

static void
check (Wishes     *self,
       const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) hints = NULL;
  g_autoptr (RstAddress) address =
    rst_address_parse (self->address != NULL ? self->address : "taro@example.org", NULL);
  RstHints wishes;

  rst_hints_gather (&wishes, self->findings, self->chosen);
  hints = rst_hints_list (&wishes, address, NULL);
  g_ptr_array_add (hints, NULL);
  text = g_strjoinv ("|", (char **) hints->pdata);
  g_assert_cmpstr (text, ==, expected);
}

/* The lowest place of each way in one document, whichever server of it is the best. */
static void
test_preference (void)
{
  static const struct {
    const char *servers; /* URL RANK, … */
    guint       preferred;
  } cases[] = {
    { "", 0 },
    { "imaps://a.example.org 0", 0 },
    { "imaps://a.example.org 0, pop3s://a.example.org 1", 1u << RST_PROTOCOL_IMAP },
    { "imaps://a.example.org 3, pop3s://a.example.org 2", 1u << RST_PROTOCOL_POP3 },
    { "imaps://a.example.org 3, pop3s://a.example.org 3", 0 },
    { "pop3://a.example.org 0, imaps://a.example.org 1, pop3s://a.example.org 2", 1u << RST_PROTOCOL_POP3 },
    { "pop3s://a.example.org 2, imaps://a.example.org 1, imap://a.example.org 3", 1u << RST_PROTOCOL_IMAP },
    { "submissions://a.example.org 0, pop3s://a.example.org 1", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstFindings) findings = rst_findings_new ("isp");
      g_auto (GStrv) servers = g_strsplit (cases[i].servers, ", ", -1);

      for (char **server = servers; *server != NULL; server++)
        {
          g_auto (GStrv) words = g_strsplit (*server, " ", -1);

          add (findings, words[0], RST_TRUST_PROVIDER, (guint) atoi (words[1]));
        }
      rst_hints_prefer (findings, 0);
      g_assert_cmpuint (findings->preferred, ==, cases[i].preferred);
      /* Another document has nothing to say about it any more. */
      add (findings, "pop3s://b.example.org", RST_TRUST_PROVIDER, 10);
      add (findings, "imaps://b.example.org", RST_TRUST_PROVIDER, 11);
      rst_hints_prefer (findings, findings->candidates->len - 2);
      g_assert_cmpuint (findings->preferred, ==,
                        cases[i].preferred != 0 ? cases[i].preferred : 1u << RST_PROTOCOL_POP3);
    }
}

static void
test_preferred_by (void)
{
  g_auto (Wishes) self = { 0 };
  RstFindings *isp, *srv;

  wishes_init (&self);
  srv = add_source (&self, "srv");
  isp = add_source (&self, "isp");
  check (&self, "");
  add (srv, "pop3s://pop.example.org", RST_TRUST_FOREIGN, 0);
  srv->preferred = 1u << RST_PROTOCOL_POP3;
  check (&self, "The provider prefers POP to IMAP. (DNS records for mail)");
  add (isp, "imaps://imap.example.org", RST_TRUST_PROVIDER, 0);
  check (&self, "The provider prefers POP to IMAP. (DNS records for mail)");
  isp->preferred = 1u << RST_PROTOCOL_IMAP;
  check (&self, "The provider prefers IMAP to POP. (Your provider’s settings file)");
  use (&self, g_ptr_array_index (srv->candidates, 0));
  check (&self, "The provider prefers POP to IMAP. (DNS records for mail)");
  use (&self, g_ptr_array_index (isp->candidates, 0));
  check (&self, "The provider prefers IMAP to POP. (Your provider’s settings file)");
  ((RstCandidate *) g_ptr_array_index (isp->candidates, 0))->trust = RST_TRUST_INSECURE;
  check (&self, "The provider prefers POP to IMAP. (DNS records for mail)");
  ((RstCandidate *) g_ptr_array_index (srv->candidates, 0))->trust = RST_TRUST_GUESS;
  check (&self, "");
}

static void
test_leave (void)
{
  g_auto (Wishes) self = { 0 };
  RstCandidate *pop, *other;
  RstFindings *isp, *database;

  wishes_init (&self);
  isp = add_source (&self, "isp");
  database = add_source (&self, "database");
  pop = add (isp, "pop3s://pop.example.org", RST_TRUST_PROVIDER, 0);
  check (&self, "");
  pop->leave_known = TRUE;
  pop->leave = RST_LEAVE_KEEP;
  check (&self, "With POP, your provider suggests that copies stay on the server. (Your provider’s settings "
                "file)");
  pop->leave = RST_LEAVE_DAYS;
  pop->leave_days = 14;
  check (&self, "With POP, your provider suggests that copies stay on the server for 14 days. (Your "
                "provider’s settings file)");
  pop->leave = RST_LEAVE_REMOVE;
  check (&self, "With POP, your provider suggests taking mail off the server as soon as it is fetched. "
                "(Your provider’s settings file)");
  /* Who is trusted less is heard where the other one says nothing, but not about another server. */
  pop->leave_known = FALSE;
  other = add (database, "pop3s://pop.example.org", RST_TRUST_DATABASE, 0);
  other->leave_known = TRUE;
  other->leave = RST_LEAVE_KEEP;
  use (&self, pop);
  rst_candidate_add_source (self.chosen[RST_PROTOCOL_POP3], "database");
  check (&self, "With POP, your provider suggests that copies stay on the server. (Public provider "
                "database)");
  g_strfreev (self.chosen[RST_PROTOCOL_POP3]->sources);
  self.chosen[RST_PROTOCOL_POP3]->sources = g_strsplit ("isp", " ", -1);
  check (&self, "");
}

/* What the server itself says about copies. */
static void
test_takes_away (void)
{
  g_auto (Wishes) self = { 0 };
  RstFindings *isp;
  RstCandidate *pop;

  wishes_init (&self);
  isp = add_source (&self, "isp");
  use (&self, add (isp, "pop3s://pop.example.org", RST_TRUST_PROVIDER, 0));
  pop = self.chosen[RST_PROTOCOL_POP3];
  pop->probe = rst_facts_new (pop->endpoint);
  g_hash_table_replace (pop->probe->more, g_strdup ("expire"), g_strdup ("1"));
  check (&self, "");
  g_hash_table_replace (pop->probe->more, g_strdup ("expire"), g_strdup ("0"));
  check (&self, "With POP, the server keeps no copies: it takes mail away as soon as it was fetched, "
                "whatever the mail program is told. Another device finds nothing then; use IMAP if you have "
                "several.");
}

/* Letters beyond ASCII are a matter for the server that sends. */
static void
test_letters (void)
{
  g_auto (Wishes) self = { 0 };
  RstCandidate *smtp;
  RstFacts *probe;

  wishes_init (&self);
  use (&self, add (add_source (&self, "isp"), "submissions://smtp.example.org", RST_TRUST_PROVIDER, 0));
  smtp = self.chosen[RST_PROTOCOL_SMTP];
  self.address = "たろう@example.org";
  check (&self, "");
  probe = smtp->probe = rst_facts_new (smtp->endpoint);
  check (&self, "");
  probe->secured = TRUE;
  check (&self, "Your address has letters before the @ that not every server knows, and the one for sending "
                "does not say that it does (SMTPUTF8). Mail from you may be turned away: ask the provider "
                "for a second address in plain letters.");
  g_strfreev (probe->capabilities);
  probe->capabilities = g_strsplit ("SIZE SMTPUTF8", " ", -1);
  check (&self, "Your address has letters before the @ that not every server knows. Yours for sending does; "
                "those of others may turn your mail away.");
  self.address = "taro@例え.jp";
  check (&self, "");
}

#define BY " (Your provider’s settings file)"
#define SAME "As advised, and as your provider suggests." BY
#define LONGER "As your provider suggests, which is longer than advised." BY
#define SOONER "As advised. What your provider suggests would delete mail sooner, perhaps before your " \
               "other devices have read it." BY
#define MORE "As advised. What your provider suggests would leave more mail on the server than fits your " \
             "answers, or the room there." BY

/* As advised, or for longer as the provider suggests, but never shorter; and whoever wants the server to be
 * empty, or has little room there, is not talked out of that. */
static void
test_suggested_leave (void)
{
  static const struct {
    RstHints    hints;
    const char *answers;
    guint       advised;
    RstLeave    leave;
    guint       days;
    const char *why;
  } cases[] = {
    { { 0 }, "", 14, RST_LEAVE_DAYS, 14, "As advised." },
    { { 0 }, "", 0, RST_LEAVE_REMOVE, 0, "As advised." },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 21 }, "", 14, RST_LEAVE_DAYS, 21, LONGER },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 7 }, "", 14, RST_LEAVE_DAYS, 14, SOONER },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 21 }, "expires=17", 14, RST_LEAVE_DAYS, 17,
      LONGER },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 21 }, "expires=10", 14, RST_LEAVE_DAYS, 14,
      SOONER },
    { { .leave_by = "isp", .leave = RST_LEAVE_KEEP }, "", 14, RST_LEAVE_KEEP, 0, LONGER },
    { { .leave_by = "isp", .leave = RST_LEAVE_REMOVE }, "", 14, RST_LEAVE_DAYS, 14, SOONER },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 14 }, "", 14, RST_LEAVE_DAYS, 14, SAME },
    { { .leave_by = "nobody", .leave = RST_LEAVE_KEEP }, "", 14, RST_LEAVE_KEEP, 0,
      "As your provider suggests, which is longer than advised." },
    { { .leave_by = "isp", .leave = RST_LEAVE_KEEP }, "", 0, RST_LEAVE_REMOVE, 0, MORE },
    { { .leave_by = "isp", .leave = RST_LEAVE_KEEP }, "privacy=empty-server", 3, RST_LEAVE_DAYS, 3, MORE },
    { { .leave_by = "isp", .leave = RST_LEAVE_DAYS, .leave_days = 21 }, "quota=small", 14, RST_LEAVE_DAYS, 14,
      MORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstAnswers) answers = rst_answers_new ();
      guint days = G_MAXUINT;
      g_autofree char *why = NULL;

      g_assert_true (*cases[i].answers == '\0' || rst_answers_parse (answers, cases[i].answers, NULL));
      why = rst_hints_explain_leave (&cases[i].hints, answers, cases[i].advised);
      g_assert_cmpstr (why, ==, cases[i].why);
      g_assert_cmpint (rst_hints_suggest_leave (&cases[i].hints, answers, cases[i].advised, &days), ==,
                       cases[i].leave);
      g_assert_cmpuint (days, ==, cases[i].days);
    }
}

static void
test_instructions (void)
{
  g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
  g_autoptr (GPtrArray) instructions = g_ptr_array_new ();
  const RstHints wishes = { 1u << RST_PROTOCOL_POP3, "isp", NULL, RST_LEAVE_KEEP, 0 };
  g_autoptr (GPtrArray) hints = NULL;
  g_autoptr (GPtrArray) only = NULL;

  g_ptr_array_add (instructions, (gpointer) "Switch POP on first.");
  hints = rst_hints_list (&wishes, address, instructions);
  g_assert_cmpuint (hints->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (hints, 0), ==, "Switch POP on first.");
  only = rst_hints_list (NULL, address, instructions);
  g_assert_cmpuint (only->len, ==, 1);
}

static void
test_decides (void)
{
  g_assert_true (rst_providers_decide_pop ("taro@gmail.com"));
  g_assert_false (rst_providers_decide_pop ("taro@gmx.de"));
  g_assert_false (rst_providers_decide_pop ("taro@nobody.example"));
  g_assert_false (rst_providers_decide_pop ("taro"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hints/preference", test_preference);
  g_test_add_func ("/hints/preferred-by", test_preferred_by);
  g_test_add_func ("/hints/leave", test_leave);
  g_test_add_func ("/hints/takes-away", test_takes_away);
  g_test_add_func ("/hints/letters", test_letters);
  g_test_add_func ("/hints/suggested-leave", test_suggested_leave);
  g_test_add_func ("/hints/instructions", test_instructions);
  g_test_add_func ("/hints/decides", test_decides);
  return g_test_run ();
}
