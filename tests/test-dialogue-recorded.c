/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialogues against what real servers said: Dovecot, Cyrus, Courier, GNU Mailutils, popa3d,
 * Postfix, Exim and OpenSMTPD. The recordings are not part of this repository; without them the
 * tests are skipped.
 */
#include "lib-await.h"
#include "lib-recording.h"
#include "lib-script.h"
#include "rst-talk.h"

#include <string.h>

static char *folder;

/* The files of one server and port have one prefix. */
typedef struct {
  const char *prefix;
  RstProtocol protocol;
  RstSecurity security;
  const char *right; /* error when signing in with the right password; "none" or a kind */
  const char *wrong; /* the same with a wrong one; NULL: not recorded */
  gboolean    late;  /* the trouble shows after the sign-in */
} Server;

static const Server servers[] = {
  { "courier-imap-5.0-imap143", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "courier-imap-5.0-imaps993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "none", "auth" },
  { "courier-pop-1.0-pop110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, "none", "auth" },
  { "courier-pop-1.0-pops995", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "none", "auth" },
  { "cyrus-3.6-imap143", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "cyrus-3.6-imaps993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "none", "auth" },
  { "cyrus-3.6-pop110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, "none", "auth" },
  { "cyrus-3.6-pops995", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "none", "auth" },
  { "dovecot-2.3-imap143", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "dovecot-2.3-imaps993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "none", "auth" },
  { "dovecot-2.3-pop110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, "none", "auth" },
  { "dovecot-2.3-pops995", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "none", "auth" },
  { "dovecot-2.3-submission-smtp587", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "dovecot-2.3-submission-smtps465", RST_PROTOCOL_SMTP, RST_SECURITY_TLS, "none", "auth" },
  { "exim-4.96-smtp25", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "mailutils-3.15-imap143", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "mailutils-3.15-imaps993", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "none", "auth" },
  { "mailutils-3.15-pop110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, "none", "auth" },
  { "mailutils-3.15-pops995", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "none", "auth" },
  { "popa3d-1.0-pop110", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, "notls", "notls" },
  { "postfix-3.7-smtp25", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS, "nomech", "nomech" },
  { "postfix-3.7-smtp587", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS, "none", "auth" },
  { "postfix-3.7-smtps465", RST_PROTOCOL_SMTP, RST_SECURITY_TLS, "none", "auth" },
  /* One file each: a special situation, right after the greeting. */
  { "dovecot-2.3-special-imap-authdbdown-tls-greeting", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "auth",
    NULL },
  { "dovecot-2.3-special-imap-limit-tls-greeting", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "busy",
    NULL },
  { "dovecot-2.3-special-imap-storebroken-tls-greeting", RST_PROTOCOL_IMAP, RST_SECURITY_TLS,
    "none", NULL },
  { "dovecot-2.3-special-nologin-tls-greeting", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "auth", NULL },
  { "dovecot-2.3-special-overquota-tls-greeting", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, "none",
    NULL },
  { "dovecot-2.3-special-pop-authdbdown-tls-greeting", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "auth",
    NULL },
  { "dovecot-2.3-special-pop-limit-tls-greeting", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "busy",
    NULL },
  { "dovecot-2.3-special-pop-nologin-tls-greeting", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "auth",
    NULL },
  { "dovecot-2.3-special-pop-storebroken-tls-greeting", RST_PROTOCOL_POP3, RST_SECURITY_TLS, "busy",
    NULL, TRUE },
  { "dovecot-2.3-special-smtp-authdbdown-tls-greeting", RST_PROTOCOL_SMTP, RST_SECURITY_TLS, "auth",
    NULL },
};

/* The files of a session with the right or with a wrong password, in the order they were
 * recorded. */
static TestRecording *
load (const Server *server,
      gboolean      wrong)
{
  static const char * const right_parts[] = { "-1-", "-3-", "-5-", "-6-", NULL };
  static const char * const wrong_parts[] = { "-1-", "-3-", "-4-", NULL };
  const char * const *parts = wrong ? wrong_parts : right_parts;
  TestRecording *recording = test_recording_new (server->protocol);
  g_autoptr (GPtrArray) files = test_find_files (folder, ".txt");

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *name = g_path_get_basename (path);
      const char *rest = g_str_has_prefix (name, server->prefix) ? name + strlen (server->prefix)
                                                                 : NULL;
      gboolean fits = rest != NULL &&
                      (g_str_equal (rest, ".txt") || g_str_has_suffix (rest, "greeting.txt"));

      for (const char * const *part = parts; rest != NULL && *part != NULL; part++)
        fits |= g_str_has_prefix (rest, *part);
      if (fits)
        test_recording_add (recording, path,
                            server->security == RST_SECURITY_TLS ||
                                g_str_has_prefix (rest, "-4-") || g_str_has_prefix (rest, "-5-") ||
                                g_str_has_prefix (rest, "-6-"));
    }
  return recording;
}

static RstStep
hear (RstTalk    *talk,
      const char *line,
      GError    **error)
{
  return rst_talk_line (talk, line, strlen (line), 2, error);
}

/* The special recordings ask for no list: the one of the greeting has to do. */
static void
answer_from_greeting (TestRecording *recording,
                      const char    *command,
                      GPtrArray     *lines)
{
  const char *greeting = g_ptr_array_index (test_recording_get_greeting (recording), 0);
  const char *list = strstr (greeting, "[CAPABILITY ");
  g_auto (GStrv) words = g_strsplit (command, " ", 2);

  g_ptr_array_set_size (lines, 0);
  g_ptr_array_add (lines, g_strdup_printf ("* CAPABILITY %.*s", (int) strcspn (list + 12, "]"),
                                           list + 12));
  g_ptr_array_add (lines, g_strdup_printf ("%s OK", words[0]));
}

static GPtrArray *
answer (TestRecording *recording,
        RstTalk       *talk)
{
  g_autofree char *command = g_strndup (talk->out->str, talk->out->len - 2);
  GPtrArray *lines = test_recording_answer (recording, command, talk->secured);

  if (g_str_has_suffix (command, " CAPABILITY") &&
      !test_recording_knows (recording, "CAPABILITY", talk->secured))
    answer_from_greeting (recording, command, lines);
  return lines;
}

/* A sign-in in two messages was recorded as one: a prompt has to be put in between. */
static gboolean
wants_prompt (RstTalk *talk)
{
  return talk->sasl != NULL && !rst_sasl_is_complete (talk->sasl);
}

static RstStep
play_sign_in (RstTalk        *talk,
              GPtrArray      *lines,
              GError        **error)
{
  RstStep step = RST_STEP_READ;

  for (guint i = 0; i < lines->len && step == RST_STEP_READ; i++)
    step = hear (talk, g_ptr_array_index (lines, i), error);
  return step;
}

static RstFacts *
converse (const Server  *server,
          TestRecording *recording)
{
  g_autoptr (RstEndpoint)
      endpoint = rst_endpoint_new (server->protocol, server->security, "mail.alpha.test", 0, NULL);
  g_autoptr (RstSecret) secret = rst_secret_new ("pw1", 3, NULL);
  RstFacts *facts = rst_facts_new (endpoint);
  const RstDialogue *dialogue = NULL;
  g_autoptr (RstTalk) talk = NULL;
  RstStep step = RST_STEP_READ;

  for (gsize i = 0; rst_dialogues[i] != NULL; i++)
    if (rst_dialogues[i]->protocol == server->protocol)
      dialogue = rst_dialogues[i];
  talk = rst_talk_new (dialogue, facts, "u1", secret);
  if (server->security == RST_SECURITY_TLS)
    step = rst_talk_secured (talk, &facts->error);
  step = play_sign_in (talk, test_recording_get_greeting (recording), &facts->error);
  while (step == RST_STEP_SEND || step == RST_STEP_SECURE)
    {
      g_autoptr (GPtrArray) lines = NULL;

      if (step == RST_STEP_SECURE)
        {
          step = rst_talk_secured (talk, &facts->error);
          continue;
        }
      lines = answer (recording, talk);
      rst_talk_sent (talk);
      while (wants_prompt (talk))
        {
          g_assert_cmpint (hear (talk, server->protocol == RST_PROTOCOL_SMTP ? "334 " : "+ ",
                                 &facts->error),
                           ==, RST_STEP_SEND);
          rst_talk_sent (talk);
        }
      step = play_sign_in (talk, lines, &facts->error);
    }
  g_assert_true (step == RST_STEP_DONE || step == RST_STEP_FAIL);
  return facts;
}

static void
check_outcome (const RstFacts *facts,
               const char     *expected)
{
  const char *nick = facts->error != NULL ? rst_error_get_nick (facts->error) : "none";

  if (facts->error != NULL)
    g_test_message ("%s", facts->error->message);
  g_assert_cmpstr (nick, ==, expected);
}

static void
test_server (gconstpointer data)
{
  const Server *server = data;
  g_autoptr (TestRecording) recording = load (server, FALSE);
  g_autoptr (RstFacts) facts = NULL;
  g_autofree char *list = NULL;

  if (test_recording_get_greeting (recording)->len == 0)
    {
      g_test_skip ("the recordings are not there");
      return;
    }
  facts = converse (server, recording);
  check_outcome (facts, server->right);
  list = g_strjoinv (" ", facts->capabilities);
  g_test_message ("%s", list);
  g_assert_cmpint (facts->signed_in, ==, g_str_equal (server->right, "none") || server->late);
  if (facts->signed_in && server->wrong != NULL)
    g_assert_cmpint (g_strv_length (facts->capabilities), >, 2);
  if (facts->signed_in && server->wrong != NULL && server->protocol != RST_PROTOCOL_SMTP)
    g_assert_cmpstr (g_hash_table_lookup (facts->more, "messages"), ==, "3");
  if (server->wrong != NULL)
    {
      g_autoptr (TestRecording) refusal = load (server, TRUE);
      g_autoptr (RstFacts) refused = converse (server, refusal);

      check_outcome (refused, server->wrong);
      g_assert_false (refused->signed_in);
    }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_build_filename (g_getenv ("RST_SHARED") != NULL ? g_getenv ("RST_SHARED") : "",
                             "transcripts", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *name = g_strconcat ("/dialogue-recorded/", servers[i].prefix, NULL);

      g_test_add_data_func (name, &servers[i], test_server);
    }
  result = g_test_run ();
  g_free (folder);
  return result;
}
