/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The merge by itself: which server is chosen, what is listed and what is probed next, for what the
 * sources found and the probes saw; and that the order in which it came makes no difference.
 */
#include "rst-merge.h"

#include "rst-error.h"

#include <string.h>

/* A case, in lines:
 *   SOURCE TRUST RANK URL [USER]   a candidate; ";plain" at the end of the URL: without encryption
 *   SOURCE denies PROTOCOL         published as not offered
 *   SOURCE unproven                every name exists
 *   SOURCE instructs TEXT
 *   good|cert|refused URL [WORD…]  what a probe saw there; SASL words, or words starting with "+" for
 *                                  capabilities
 * and what must come out: the chosen, the list, what is to be probed, the instructions. */
typedef struct {
  const char   *name;
  RstMergePhase phase;
  const char   *given;
  const char   *expected;
  const char   *signing_in; /* (nullable) the chosen IMAP server's user name and trust */
} Case;

static const char * const ids[] = { "file", "isp", "wellknown", "srv", "guess" };

static const Case cases[] = {
  { "nothing", RST_MERGE_DONE, "", "imap - pop3 - smtp -" },

  { "trust before security", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|srv dns 0 imaps://b.example.org|"
    "good imap://a.example.org|good imaps://b.example.org",
    "imap imap://a.example.org:143 pop3 - smtp -|"
    "* imap://a.example.org:143 isp|* imaps://b.example.org:993 srv" },

  /* Who named it is about the host; how to connect to it is what the probe saw. */
  { "security before trust at one host", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org taro|srv dns 0 imaps://a.example.org taro@example.org|"
    "good imap://a.example.org|good imaps://a.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|"
    "* imaps://a.example.org:993 srv|* imap://a.example.org:143 isp",
    "taro provider" },

  { "security, where it works", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|srv dns 0 imaps://a.example.org|"
    "good imap://a.example.org|cert imaps://a.example.org",
    "imap imap://a.example.org:143 pop3 - smtp -|"
    "* imap://a.example.org:143 isp|* imaps://a.example.org:993 srv" },

  { "whoever says so, not less secure", RST_MERGE_DONE,
    "isp provider 0 imaps://a.example.org|srv dns 0 imap://a.example.org|"
    "good imaps://a.example.org|good imap://a.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|"
    "* imaps://a.example.org:993 isp|* imap://a.example.org:143 srv" },

  { "as secure: trust, not the source’s place", RST_MERGE_DONE,
    "wellknown database 0 imaps://a.example.org taro|isp dns 0 imaps://a.example.org:1993 hanako|"
    "good imaps://a.example.org|good imaps://a.example.org:1993",
    "imap imaps://a.example.org:993 pop3 - smtp -|"
    "* imaps://a.example.org:993 wellknown|* imaps://a.example.org:1993 isp",
    "taro database" },

  /* Three that would beat each other in turn if only two were looked at. */
  { "the host that is trusted most, and the best way to it", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|wellknown database 0 imaps://b.example.org|"
    "srv foreign 0 imaps://a.example.org|"
    "good imap://a.example.org|good imaps://b.example.org|good imaps://a.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|* imaps://a.example.org:993 srv|"
    "* imap://a.example.org:143 isp|* imaps://b.example.org:993 wellknown",
    "(null) provider" },

  /* Names under one registered domain may belong to many. */
  { "not at a sibling", RST_MERGE_DONE,
    "isp provider 0 imap://mail.hoster.net|srv foreign 0 imaps://customer.hoster.net|"
    "srv foreign 1 imaps://hoster.net|good imap://mail.hoster.net|good imaps://customer.hoster.net|"
    "good imaps://hoster.net",
    "imap imap://mail.hoster.net:143 pop3 - smtp -|* imap://mail.hoster.net:143 isp|"
    "* imaps://customer.hoster.net:993 srv|* imaps://hoster.net:993 srv" },

  { "nor for another protocol", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|srv foreign 0 pop3s://a.example.org|"
    "good imap://a.example.org|good pop3s://a.example.org",
    "imap imap://a.example.org:143 pop3 pop3s://a.example.org:995 smtp -|"
    "* imap://a.example.org:143 isp|* pop3s://a.example.org:995 srv" },

  { "nor by a guess, nor by what anybody may have sent", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|guess guess 0 imaps://a.example.org|"
    "wellknown insecure 0 imaps://a.example.org:1993|"
    "good imap://a.example.org|good imaps://a.example.org|good imaps://a.example.org:1993",
    "imap imap://a.example.org:143 pop3 - smtp -|* imap://a.example.org:143 isp|"
    "* imaps://a.example.org:1993 wellknown" },

  { "plain there, encrypted here", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org;plain taro|srv dns 0 imaps://a.example.org|"
    "wellknown database 0 imaps://b.example.org|good imaps://a.example.org|good imaps://b.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|* imaps://a.example.org:993 srv|"
    "* imaps://b.example.org:993 wellknown|* imap://a.example.org:143;plain isp",
    "taro provider" },

  { "unprobed: nothing works yet", RST_MERGE_UNPROBED,
    "isp provider 0 imap://a.example.org|srv dns 0 imaps://a.example.org",
    "imap imap://a.example.org:143 pop3 - smtp -|"
    "* imap://a.example.org:143 isp|* imaps://a.example.org:993 srv" },

  { "security before place", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org|isp provider 1 imaps://a.example.org|"
    "good imap://a.example.org|good imaps://a.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|"
    "* imaps://a.example.org:993 isp|* imap://a.example.org:143 isp" },

  { "what works before what is trusted", RST_MERGE_DONE,
    "isp provider 0 imaps://a.example.org|guess guess 0 imaps://imap.example.org|"
    "cert imaps://a.example.org|good imaps://imap.example.org",
    "imap imaps://imap.example.org:993 pop3 - smtp -|"
    "* imaps://imap.example.org:993 guess|* imaps://a.example.org:993 isp" },

  { "no encryption, no choice", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org;plain|refused imaps://a.example.org|refused imap://a.example.org",
    "imap - pop3 - smtp -|* imap://a.example.org:143;plain isp" },

  { "no encryption even unprobed", RST_MERGE_UNPROBED, "isp provider 0 imap://a.example.org;plain",
    "imap - pop3 - smtp -|* imap://a.example.org:143;plain isp" },

  { "encryption is looked for", RST_MERGE_DONE,
    "isp provider 0 imap://a.example.org;plain|good imaps://a.example.org|good imap://a.example.org",
    "imap imaps://a.example.org:993 pop3 - smtp -|"
    "* imaps://a.example.org:993 isp|* imap://a.example.org:143;plain isp" },

  { "source order", RST_MERGE_DONE,
    "wellknown provider 0 imaps://w.example.org|isp provider 0 imaps://z.example.org|"
    "good imaps://w.example.org|good imaps://z.example.org",
    "imap imaps://z.example.org:993 pop3 - smtp -|"
    "* imaps://z.example.org:993 isp|* imaps://w.example.org:993 wellknown" },

  { "a file on disk first", RST_MERGE_DONE,
    "file local 0 imaps://f.example.org|isp provider 0 imaps://z.example.org|"
    "good imaps://f.example.org|good imaps://z.example.org",
    "imap imaps://f.example.org:993 pop3 - smtp -|"
    "* imaps://f.example.org:993 file|* imaps://z.example.org:993 isp" },

  { "all who named it, best trust", RST_MERGE_DONE,
    "guess guess 0 imaps://imap.example.org|srv foreign 3 imaps://imap.example.org|"
    "isp provider 1 imaps://imap.example.org taro|good imaps://imap.example.org",
    "imap imaps://imap.example.org:993 pop3 - smtp -|* imaps://imap.example.org:993 isp,srv,guess" },

  /* The pair of one source, although another source's server of the same worth comes first. */
  { "one source for both", RST_MERGE_DONE,
    "isp provider 0 submissions://isp.example.org|wellknown provider 0 imaps://w.example.org|"
    "wellknown provider 1 submissions://w.example.org|"
    "good submissions://isp.example.org|good imaps://w.example.org|good submissions://w.example.org",
    "imap imaps://w.example.org:993 pop3 - smtp submissions://w.example.org:465|"
    "* submissions://isp.example.org:465 isp|* imaps://w.example.org:993 wellknown|"
    "* submissions://w.example.org:465 wellknown" },

  { "named before guessed for sending", RST_MERGE_DONE,
    "srv dns 0 imaps://box.example.org|srv dns 0 submissions://relay.example.org|"
    "guess guess 0 submissions://smtp.example.org|"
    "good imaps://box.example.org|good submissions://relay.example.org|good submissions://smtp.example.org",
    "imap imaps://box.example.org:993 pop3 - smtp submissions://relay.example.org:465|"
    "* imaps://box.example.org:993 srv|* submissions://relay.example.org:465 srv" },

  { "unprobed: the source's own order", RST_MERGE_UNPROBED,
    "isp provider 0 imap://a.example.org|isp provider 1 imaps://a.example.org|"
    "isp provider 2 submissions://s.example.org",
    "imap imap://a.example.org:143 pop3 - smtp submissions://s.example.org:465|"
    "* imap://a.example.org:143 isp|* imaps://a.example.org:993 isp|* submissions://s.example.org:465 isp" },

  { "unprobed: a guess if there is nothing else", RST_MERGE_UNPROBED,
    "guess guess 0 imaps://imap.example.org", "imap imaps://imap.example.org:993 pop3 - smtp -|"
                                              "* imaps://imap.example.org:993 guess" },

  { "unprobed: no guess where all names exist", RST_MERGE_UNPROBED,
    "guess guess 0 imaps://imap.example.org|guess unproven", "imap - pop3 - smtp -" },

  { "running: named at once, guessed when seen", RST_MERGE_RUNNING,
    "srv dns 0 imaps://box.example.org|guess guess 0 submissions://smtp.example.org|srv denies pop3",
    "imap imaps://box.example.org:993 pop3 - smtp -|* imaps://box.example.org:993 srv|"
    "? imaps://box.example.org:993|? submissions://box.example.org:465|? submissions://smtp.example.org:465|"
    "? submission://box.example.org:587|! Your provider says that it does not offer POP." },

  { "running: a verified one beats a promised one", RST_MERGE_RUNNING,
    "isp provider 0 imaps://a.example.org|isp provider 1 imaps://b.example.org|"
    "srv denies pop3|srv denies smtp|good imaps://b.example.org",
    "imap imaps://b.example.org:993 pop3 - smtp -|* imaps://b.example.org:993 isp|"
    "* imaps://a.example.org:993 isp|? imaps://a.example.org:993|"
    "! Your provider says that it does not offer POP.|! Your provider says that it does not offer SMTP." },

  { "guesses behind a good one are dropped", RST_MERGE_RUNNING,
    "guess guess 0 imaps://imap.example.org|guess guess 1 imaps://mail.example.org|"
    "guess guess 2 imap://imap.example.org|good imaps://imap.example.org",
    "imap imaps://imap.example.org:993 pop3 - smtp -|* imaps://imap.example.org:993 guess" },

  { "guesses before a good one are awaited", RST_MERGE_RUNNING,
    "guess guess 0 imaps://imap.example.org|guess guess 1 imaps://mail.example.org|"
    "guess guess 2 imap://imap.example.org|good imap://imap.example.org",
    "imap imap://imap.example.org:143 pop3 - smtp -|* imap://imap.example.org:143 guess|"
    "? imaps://imap.example.org:993|? imaps://mail.example.org:993" },

  { "a guess that nothing answers is not listed", RST_MERGE_DONE,
    "guess guess 0 imaps://imap.example.org|refused imaps://imap.example.org", "imap - pop3 - smtp -" },

  { "a guess with a bad certificate is", RST_MERGE_DONE,
    "guess guess 0 imaps://imap.example.org|cert imaps://imap.example.org",
    "imap - pop3 - smtp -|* imaps://imap.example.org:993 guess" },

  { "denied means not guessed", RST_MERGE_DONE,
    "srv dns 0 imaps://imap.example.org|srv denies pop3|guess guess 0 pop3s://pop.example.org|"
    "good imaps://imap.example.org|good pop3s://pop.example.org",
    "imap imaps://imap.example.org:993 pop3 - smtp -|* imaps://imap.example.org:993 srv|"
    "! Your provider says that it does not offer POP." },

  { "denied one way, offered the other", RST_MERGE_DONE,
    "srv dns 0 pop3s://pop.example.org|srv denies pop3|good pop3s://pop.example.org",
    "imap - pop3 pop3s://pop.example.org:995 smtp -|* pop3s://pop.example.org:995 srv" },

  { "denied by one, named by another", RST_MERGE_DONE,
    "isp provider 0 pop3s://pop.example.org|srv denies pop3|guess guess 0 pop3s://mail.example.org|"
    "good pop3s://pop.example.org",
    "imap - pop3 pop3s://pop.example.org:995 smtp -|* pop3s://pop.example.org:995 isp" },

  /* POP was not named; beside the named host it works. */
  { "the other protocol is found beside", RST_MERGE_DONE,
    "isp provider 0 imaps://imap.hoster.net|good imaps://imap.hoster.net|good pop3s://pop.hoster.net|"
    "refused pop3s://pop3.hoster.net",
    "imap imaps://imap.hoster.net:993 pop3 pop3s://pop.hoster.net:995 smtp -|"
    "* imaps://imap.hoster.net:993 isp|* pop3s://pop.hoster.net:995 guess" },

  { "instructions of all, once", RST_MERGE_DONE,
    "wellknown instructs Switch on IMAP.|isp instructs Switch on IMAP.|isp instructs Then sign in.",
    "imap - pop3 - smtp -|! Switch on IMAP.|! Then sign in." },

  { "a private address is pointed out", RST_MERGE_DONE,
    "isp provider 0 imaps://imap.example.org|file local 0 imaps://imap.example.com|"
    "isp provider 0 imaps://imap.practice.test|"
    "good imaps://imap.example.org private-address=10.0.0.5|"
    "good imaps://imap.example.com private-address=10.0.0.6|"
    "good imaps://imap.practice.test private-address=10.0.0.7",
    "imap imaps://imap.example.com:993 pop3 - smtp -|* imaps://imap.example.com:993 file|"
    "* imaps://imap.example.org:993 isp|* imaps://imap.practice.test:993 isp|"
    "! imap.example.org leads to 10.0.0.5, an address inside a private network. Continue only if you know "
    "that this is right." },
};

static RstEndpoint *
parse_endpoint (const char *url)
{
  g_autofree char *text = g_strdup (url);
  gboolean plain = g_str_has_suffix (text, ";plain");
  RstEndpoint *endpoint;

  if (plain)
    *strrchr (text, ';') = '\0';
  endpoint = rst_endpoint_parse (text, NULL);
  g_assert_nonnull (endpoint);
  if (plain)
    endpoint->security = RST_SECURITY_NONE;
  return endpoint;
}

static RstFacts *
make_facts (char **words)
{
  g_autoptr (RstEndpoint) endpoint = parse_endpoint (words[1]);
  g_autoptr (GStrvBuilder) auth = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) capabilities = g_strv_builder_new ();
  RstFacts *facts = rst_facts_new (endpoint);

  facts->reachable = !g_str_equal (words[0], "refused");
  facts->secured = facts->reachable;
  facts->tls.verified = g_str_equal (words[0], "good");
  if (!facts->tls.verified)
    facts->error = g_error_new_literal (RST_ERROR, facts->reachable ? RST_ERROR_CERT : RST_ERROR_NET, "no");
  for (char **word = words + 2; *word != NULL; word++)
    if (strchr (*word, '=') != NULL)
      {
        g_auto (GStrv) pair = g_strsplit (*word, "=", 2);

        g_hash_table_insert (facts->more, g_strdup (pair[0]), g_strdup (pair[1]));
      }
    else
      g_strv_builder_add (**word == '+' ? capabilities : auth, *word + (**word == '+'));
  g_strfreev (facts->auth);
  g_strfreev (facts->capabilities);
  facts->auth = g_strv_builder_end (auth);
  facts->capabilities = g_strv_builder_end (capabilities);
  return facts;
}

static RstTrust
parse_trust (const char *nick)
{
  for (RstTrust trust = RST_TRUST_NONE; trust <= RST_TRUST_LOCAL; trust++)
    if (g_str_equal (rst_trust_get_nick (trust), nick))
      return trust;
  g_assert_not_reached ();
}

static void
add_line (GPtrArray  *findings,
          GHashTable *facts,
          const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (RstEndpoint) endpoint = NULL;
  RstFindings *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (words[0], ids[i]))
      found = g_ptr_array_index (findings, i);
  if (found == NULL)
    {
      g_hash_table_replace (facts, parse_endpoint (words[1]), make_facts (words));
      return;
    }
  if (g_str_equal (words[1], "unproven"))
    found->unproven = TRUE;
  else if (g_str_equal (words[1], "instructs"))
    rst_findings_instruct (found, strstr (line, "instructs ") + strlen ("instructs "));
  else if (g_str_equal (words[1], "denies"))
    {
      for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
        if (g_str_equal (rst_protocol_get_nick (protocol), words[2]))
          found->denied |= 1u << protocol;
    }
  else
    {
      endpoint = parse_endpoint (words[3]);
      rst_findings_take (found, rst_candidate_new (endpoint, words[4], RST_AUTH_PASSWORD),
                         parse_trust (words[1]), (guint) atoi (words[2]));
    }
}

static char *
describe (const RstMerged *merged)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      const RstCandidate *chosen = merged->chosen[protocol];
      g_autofree char *url = chosen != NULL ? rst_endpoint_to_string (chosen->endpoint) : g_strdup ("-");

      g_string_append_printf (out, "%s%s %s", protocol > 0 ? " " : "", rst_protocol_get_nick (protocol), url);
    }
  for (guint i = 0; i < merged->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (merged->candidates, i);
      g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);
      g_autofree char *sources = g_strjoinv (",", candidate->sources);

      g_string_append_printf (out, "|* %s %s", url, sources);
    }
  for (guint i = 0; i < merged->wishes->len; i++)
    {
      g_autofree char *url = rst_endpoint_to_string (g_ptr_array_index (merged->wishes, i));

      g_string_append_printf (out, "|? %s", url);
    }
  for (guint i = 0; i < merged->instructions->len; i++)
    g_string_append_printf (out, "|! %s", (char *) g_ptr_array_index (merged->instructions, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static RstMerged *
merge_lines (char        **lines,
             RstMergePhase phase)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_findings_free);
  g_autoptr (GHashTable) facts = g_hash_table_new_full (
    (GHashFunc) rst_endpoint_hash, (GEqualFunc) rst_endpoint_equal, (GDestroyNotify) rst_endpoint_free,
    (GDestroyNotify) rst_facts_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_ptr_array_add (findings, rst_findings_new (ids[i]));
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      add_line (findings, facts, *line);
  return rst_merge (findings, facts, phase);
}

/* The next order of the lines: a fixed sequence, so that a failure comes back. */
static void
shuffle (char   **lines,
         guint32 *state)
{
  for (guint n = g_strv_length (lines); n > 1; n--)
    {
      char *last = lines[n - 1];
      guint other;

      *state = *state * 1664525u + 1013904223u;
      other = (*state >> 8) % n;
      lines[n - 1] = lines[other];
      lines[other] = last;
    }
}

/* Instructions come in the order of a document, so their lines stay where they are. */
static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_auto (GStrv) lines = g_strsplit (self->given, "|", -1);
  gboolean ordered = strstr (self->given, "instructs") != NULL;
  guint32 state = 1;

  for (guint round = 0; round < (ordered ? 1 : 100); round++)
    {
      g_autoptr (RstMerged) merged = merge_lines (lines, self->phase);
      g_autofree char *got = describe (merged);

      g_assert_cmpstr (got, ==, self->expected);
      if (self->signing_in != NULL)
        {
          const RstCandidate *imap = merged->chosen[RST_PROTOCOL_IMAP];
          g_autofree char *signing_in =
            g_strdup_printf ("%s %s", imap->username, rst_trust_get_nick (imap->trust));

          g_assert_cmpstr (signing_in, ==, self->signing_in);
        }
      shuffle (lines, &state);
    }
}

static void
test_identity (void)
{
  char *lines[] = { (char *) "srv dns 5 imaps://imap.example.org by-srv",
                    (char *) "isp provider 7 imaps://imap.example.org by-isp",
                    (char *) "isp provider 3 pop3s://pop.example.org by-isp",
                    (char *) "wellknown provider 0 imaps://imap.example.org by-web",
                    (char *) "guess guess 0 imaps://imap.example.org by-guess", NULL };
  g_autoptr (RstMerged) merged = merge_lines (lines, RST_MERGE_UNPROBED);
  const RstCandidate *imap = merged->chosen[RST_PROTOCOL_IMAP];
  const RstCandidate *pop = merged->chosen[RST_PROTOCOL_POP3];

  g_assert_cmpstr (imap->username, ==, "by-isp");
  g_assert_cmpint (imap->trust, ==, RST_TRUST_PROVIDER);
  /* The provider lists POP first; gaps between its numbers mean nothing. */
  g_assert_cmpuint (pop->rank, ==, 0);
  g_assert_cmpuint (imap->rank, ==, 1);
}

/* The way to sign in that is written into a mail program is one that the server has. */
static void
test_auth (void)
{
  static const struct {
    guint       listed; /* bits; the lowest comes first */
    RstAuth     first;
    const char *url, *seen;
    RstAuth     expected;
  } auths[] = {
    { 1, RST_AUTH_PASSWORD, "imaps://h.example.org", "PLAIN LOGIN", RST_AUTH_PASSWORD },
    { 1, RST_AUTH_PASSWORD, "imaps://h.example.org", "XOAUTH2", RST_AUTH_PASSWORD }, /* LOGIN command */
    { 1, RST_AUTH_PASSWORD, "imaps://h.example.org", "XOAUTH2 +LOGINDISABLED", RST_AUTH_OAUTH2 },
    { 1, RST_AUTH_PASSWORD, "pop3s://h.example.org", "SCRAM-SHA-256", RST_AUTH_ENCRYPTED },
    { 1, RST_AUTH_PASSWORD, "pop3s://h.example.org", "SCRAM-SHA-256 +USER", RST_AUTH_PASSWORD },
    { 1, RST_AUTH_PASSWORD, "submissions://h.example.org", "CRAM-MD5", RST_AUTH_ENCRYPTED },
    { 1, RST_AUTH_PASSWORD, "submissions://h.example.org", "", RST_AUTH_PASSWORD },
    { 2, RST_AUTH_ENCRYPTED, "imaps://h.example.org", "PLAIN", RST_AUTH_PASSWORD },
    { 2, RST_AUTH_ENCRYPTED, "imaps://h.example.org", "PLAIN CRAM-MD5", RST_AUTH_ENCRYPTED },
    { 5, RST_AUTH_OAUTH2, "imaps://h.example.org", "PLAIN XOAUTH2", RST_AUTH_OAUTH2 },
    { 5, RST_AUTH_OAUTH2, "imaps://h.example.org", "PLAIN", RST_AUTH_PASSWORD },
    { 6, RST_AUTH_OAUTH2, "imaps://h.example.org", "PLAIN CRAM-MD5", RST_AUTH_ENCRYPTED },
    { 8, RST_AUTH_NONE, "submissions://h.example.org", "PLAIN", RST_AUTH_NONE },
    { 1, RST_AUTH_PASSWORD, "imaps://h.example.org", "GSSAPI +LOGINDISABLED", RST_AUTH_PASSWORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (auths); i++)
    {
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (auths[i].url, NULL);
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_findings_free);
      g_autofree char *line = g_strdup_printf ("good %s %s", auths[i].url, auths[i].seen);
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);
      g_autoptr (RstFacts) seen = make_facts (words);
      g_autoptr (GHashTable) facts = g_hash_table_new ((GHashFunc) rst_endpoint_hash,
                                                       (GEqualFunc) rst_endpoint_equal);
      RstCandidate *candidate = rst_candidate_new (endpoint, "taro", auths[i].first);
      g_autoptr (RstMerged) merged = NULL;

      candidate->auths = auths[i].listed;
      g_ptr_array_add (findings, rst_findings_new ("isp"));
      rst_findings_take (g_ptr_array_index (findings, 0), candidate, RST_TRUST_PROVIDER, 0);
      g_hash_table_insert (facts, endpoint, seen);
      merged = rst_merge (findings, facts, RST_MERGE_DONE);
      g_assert_cmpint (merged->chosen[endpoint->protocol]->auth, ==, auths[i].expected);
      g_assert_cmpint (candidate->auth, ==, auths[i].first);
    }
}

/* However much is named, work and memory stay bounded. */
static void
test_flood (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autoptr (RstMerged) merged = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint k = 0; k < 2 * RST_CANDIDATES_MAX; k++)
      g_ptr_array_add (lines, g_strdup_printf ("%s provider %u pop3://pop%u.%s.example.org;plain", ids[i],
                                               k, k, ids[i]));
  merged = merge_lines ((char **) lines->pdata, RST_MERGE_RUNNING);
  g_assert_cmpuint (merged->wishes->len, <=, 128);
  g_assert_cmpuint (merged->candidates->len, <=, 128);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/merge/case/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/merge/identity", test_identity);
  g_test_add_func ("/merge/auth", test_auth);
  g_test_add_func ("/merge/flood", test_flood);
  return g_test_run ();
}
