/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What servers say when they refuse a sign-in, line by line of tests/cases/refusals.tsv: each is played to
 * the pure dialogue, which has to tell the kind of trouble and its cause, and what to try.
 */
#include "rst-talk.h"

#include <string.h>

enum { PROTOCOL, HOST, KIND, CAUSE, FIRST_LINE };

/* What comes before the refusal, inside TLS. */
static const char * const preludes[RST_N_PROTOCOLS][6] = {
  [RST_PROTOCOL_IMAP] = { "* OK ready", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN", "a1 OK done", NULL },
  [RST_PROTOCOL_POP3] = { "+OK ready", "+OK", "SASL PLAIN", ".", NULL },
  [RST_PROTOCOL_SMTP] = { "220 ready", "250-mail.example.org", "250 AUTH PLAIN", NULL },
};

static RstProtocol
find_protocol (const char *nick)
{
  RstProtocol protocol = 0;

  while (!g_str_equal (rst_protocol_get_nick (protocol), nick))
    g_assert_cmpint (++protocol, <, RST_N_PROTOCOLS);
  return protocol;
}

static const RstDialogue *
find_dialogue (RstProtocol protocol)
{
  gsize i = 0;

  while (rst_dialogues[i]->protocol != protocol)
    i++;
  return rst_dialogues[i];
}

static RstStep
hear (RstTalk     *talk,
      const char  *line,
      GError     **error)
{
  RstStep step = rst_talk_line (talk, line, strlen (line), 2, error);

  rst_talk_sent (talk);
  return step;
}

static void
check_advice (const GError *error)
{
  g_autoptr (GError) bare = g_error_new_literal (error->domain, error->code, "");
  g_autoptr (GError) copy = g_error_copy (error);
  RstTrouble cause = rst_error_get_cause (error);
  const char *advice = rst_error_get_advice (error);

  g_assert_nonnull (advice);
  g_assert_cmpstr (rst_error_get_advice (copy), ==, advice);
  g_assert_cmpint (rst_error_get_cause (bare), ==, RST_TROUBLE_NONE);
  /* A kind's own advice is for who mistyped a password or came at a bad time. */
  if (cause == RST_TROUBLE_PASSWORD || cause == RST_TROUBLE_TEMPORARY || cause == RST_TROUBLE_NONE)
    g_assert_cmpstr (advice, ==, rst_error_get_advice (bare));
  else
    g_assert_cmpstr (advice, !=, rst_error_get_advice (bare));
}

static void
test_refusal (gconstpointer data)
{
  char * const *columns = data;
  RstProtocol protocol = find_protocol (columns[PROTOCOL]);
  const char *host = g_str_equal (columns[HOST], "-") ? "mail.example.org" : columns[HOST];
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_new (protocol, RST_SECURITY_TLS, host, 0, NULL);
  g_autoptr (RstSecret) secret = rst_secret_new ("sesame-7", 8, NULL);
  g_autoptr (RstFacts) facts = rst_facts_new (endpoint);
  g_autoptr (RstTalk) talk = rst_talk_new (find_dialogue (protocol), facts, "taro", secret);
  g_autoptr (GError) error = NULL;
  RstStep step = RST_STEP_READ;

  rst_talk_secured (talk, &error);
  for (guint i = 0; preludes[protocol][i] != NULL; i++)
    hear (talk, preludes[protocol][i], &error);
  g_assert_no_error (error);
  g_assert_cmpint (talk->phase, ==, RST_PHASE_SIGN_IN);
  for (char * const *line = columns + FIRST_LINE; *line != NULL; line++)
    step = hear (talk, *line, &error);
  g_assert_cmpint (step, ==, RST_STEP_FAIL);
  g_assert_cmpstr (rst_error_get_nick (error), ==, columns[KIND]);
  g_assert_cmpstr (rst_trouble_get_nick (rst_error_get_cause (error)), ==,
                   g_str_equal (columns[CAUSE], "-") ? NULL : columns[CAUSE]);
  check_advice (error);
}

/* Each cause has its own words; who is blocked is not told to sign in again. */
static void
test_advice (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (RstTrouble cause = RST_TROUBLE_APP_PASSWORD; cause < RST_N_TROUBLES; cause++)
    {
      g_autoptr (GError) error = g_error_new_literal (RST_ERROR, RST_ERROR_AUTH, "no");

      rst_error_set_cause (error, cause);
      if (cause != RST_TROUBLE_TEMPORARY)
        g_assert_true (g_hash_table_add (seen, (gpointer) rst_error_get_advice (error)));
      g_assert_true (g_hash_table_add (seen, (gpointer) rst_trouble_get_nick (cause)));
      if (cause == RST_TROUBLE_BLOCKED)
        {
          g_assert_null (strstr (rst_error_get_advice (error), "sign in again."));
          g_assert_nonnull (strstr (rst_error_get_advice (error), "does not help"));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "cases", "refusals.tsv", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      {
        char **columns = g_strsplit (lines[i], "\t", -1);
        g_autofree char *name = g_strdup_printf ("/refusal/%u/%s/%s", i + 1, columns[0], columns[CAUSE]);

        g_assert_cmpint (g_strv_length (columns), >, FIRST_LINE);
        g_ptr_array_add (rows, columns);
        g_test_add_data_func (name, columns, test_refusal);
      }
  g_assert_cmpint (rows->len, >, 80);
  g_test_add_func ("/refusal/advice", test_advice);
  return g_test_run ();
}
