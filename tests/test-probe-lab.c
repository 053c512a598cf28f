/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probe against the laboratory's Dovecot and its broken hosts: run by tests/lab/lab. What needs
 * names or several addresses is skipped where the laboratory has to make do with loopback.
 */
#include "lib-probe.h"
#include "rst-attempts.h"
#include "rst-error.h"
#include "rst-facts-mailbox.h"

#include <stdlib.h>
#include <string.h>

#define TARO "taro", "tegami"

typedef struct {
  const char *name;
  const char *url;      /* a port such as LAB_IMAPS stands for the variable's value */
  const char *user;     /* (nullable) */
  const char *password; /* (nullable) */
  const char *error;    /* "none" or a kind */
  const char *says;     /* (nullable) part of the error's message */
} Case;

/* The usual servers, by whatever names and ports they have here. */
static const Case cases[] = {
  { "imap/tls", "imaps://LAB_HOST:LAB_IMAPS", NULL, NULL, "none" },
  { "imap/starttls", "imap://LAB_HOST:LAB_IMAP", NULL, NULL, "none" },
  { "pop3/tls", "pop3s://LAB_HOST:LAB_POP3S", NULL, NULL, "none" },
  { "pop3/starttls", "pop3://LAB_HOST:LAB_POP3", NULL, NULL, "none" },
  { "smtp/tls", "submissions://LAB_HOST:LAB_SUBMISSIONS", NULL, NULL, "none" },
  { "smtp/starttls", "submission://LAB_HOST:LAB_SUBMISSION", NULL, NULL, "none" },
  { "imap/tls/taro", "imaps://LAB_HOST:LAB_IMAPS", TARO, "none" },
  { "imap/starttls/taro", "imap://LAB_HOST:LAB_IMAP", TARO, "none" },
  { "pop3/tls/taro", "pop3s://LAB_HOST:LAB_POP3S", TARO, "none" },
  { "pop3/starttls/taro", "pop3://LAB_HOST:LAB_POP3", TARO, "none" },
  { "smtp/tls/taro", "submissions://LAB_HOST:LAB_SUBMISSIONS", TARO, "none" },
  { "smtp/starttls/taro", "submission://LAB_HOST:LAB_SUBMISSION", TARO, "none" },
  { "imap/quoting", "imaps://LAB_HOST:LAB_IMAPS", "hanako", "sa kura \"#$%'\\`&!", "none" },
  { "pop3/quoting", "pop3s://LAB_HOST:LAB_POP3S", "hanako", "sa kura \"#$%'\\`&!", "none" },
  { "smtp/quoting", "submissions://LAB_HOST:LAB_SUBMISSIONS", "hanako", "sa kura \"#$%'\\`&!",
    "none" },
  { "imap/wrong", "imaps://LAB_HOST:LAB_IMAPS", "taro", "wrong", "auth", "refused" },
  { "pop3/wrong", "pop3://LAB_HOST:LAB_POP3", "taro", "wrong", "auth", "refused" },
  { "smtp/wrong", "submission://LAB_HOST:LAB_SUBMISSION", "taro", "wrong", "auth", "refused" },
  { "imap/suspended", "imaps://LAB_HOST:LAB_IMAPS", "suspended", "suspended", "auth", "blocked" },
  { "imap/plain-port", "imaps://LAB_HOST:LAB_IMAP", TARO, "proto", "does not speak TLS" },
  { "pop3/plain-port", "pop3s://LAB_HOST:LAB_POP3", TARO, "proto", "does not speak TLS" },
  { "smtp/plain-port", "submissions://LAB_HOST:LAB_SUBMISSION", TARO, "proto",
    "does not speak TLS" },
};

/* Hosts that only the closed internet has. */
static const Case named_cases[] = {
  { "expired/imap", "imaps://mail.expired.test", TARO, "cert", "expired" },
  { "expired/pop3", "pop3://mail.expired.test", TARO, "cert", "expired" },
  { "expired/smtp", "submission://mail.expired.test", TARO, "cert", "expired" },
  { "wronghost/imap", "imap://mail.wronghost.test", TARO, "cert", "mail.somebody-else.test" },
  { "wronghost/pop3", "pop3s://mail.wronghost.test", TARO, "cert", "mail.somebody-else.test" },
  { "wronghost/smtp", "submissions://mail.wronghost.test", TARO, "cert",
    "mail.somebody-else.test" },
  { "selfsigned", "imaps://mail.selfsigned.test", TARO, "cert", "itself" },
  { "unknownca", "submission://mail.unknownca.test", TARO, "cert", "does not know" },
  { "refused", "imaps://mail.refused.test", TARO, "net", "refuses" },
  { "no-name", "imaps://mail.no-such-name.test", TARO, "net", "no server named" },
  { "ssh", "imap://mail.other.test", TARO, "proto", "not a server for IMAP" },
  { "ftp", "pop3://mail.other.test", TARO, "proto", "not a server for POP" },
};

static char *
expand (const char *text)
{
  static const char * const names[] = {
    "LAB_SUBMISSIONS", "LAB_SUBMISSION", "LAB_IMAPS", "LAB_IMAP",
    "LAB_POP3S",       "LAB_POP3",       "LAB_HOST",
  };
  GString *out = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_replace (out, names[i], g_getenv (names[i]), 0);
  return g_string_free (out, FALSE);
}

static gboolean
is_loopback (void)
{
  return g_str_equal (g_getenv ("LAB_MODE"), "loopback");
}

static RstFacts *
probe (const Case *one)
{
  g_autoptr (GError) error = NULL;
  /* The closed internet's own authority is among the system's. */
  g_autoptr (GTlsDatabase)
      trust = rst_probe_load_trust (is_loopback () ? g_getenv ("LAB_CA") : NULL, &error);
  g_autofree char *url = expand (one->url);
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, &error);
  g_autoptr (RstSecret) secret = NULL;
  RstProbeOptions options = { .trust = trust, .username = one->user };

  g_assert_no_error (error);
  if (one->password != NULL)
    secret = rst_secret_new (one->password, strlen (one->password), NULL);
  options.password = secret;
  rst_attempts_reset ();
  return test_probe (endpoint, &options);
}

static void
check_good (const Case     *one,
            const RstFacts *facts)
{
  g_assert_true (rst_facts_is_usable (facts));
  g_assert_true (rst_facts_has_auth (facts, "PLAIN"));
  g_assert_cmpint (facts->signed_in, ==, one->user != NULL);
  g_assert_true (g_str_has_prefix (facts->tls.version, "TLS 1."));
  if (facts->signed_in && facts->endpoint->protocol != RST_PROTOCOL_SMTP)
    g_assert_cmpstr (g_hash_table_lookup (facts->more, "messages"), ==, "5");
  if (facts->signed_in && facts->endpoint->protocol == RST_PROTOCOL_IMAP)
    {
      /* Whatever was probed before, nothing has been read. */
      g_assert_cmpstr (g_hash_table_lookup (facts->more, "unseen"), ==, "5");
      g_assert_cmpstr (g_hash_table_lookup (facts->more, "quota-limit"), ==, "51200");
    }
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (RstFacts) facts = probe (one);

  if (facts->error != NULL)
    g_test_message ("%s", facts->error->message);
  if (g_str_equal (one->error, "none"))
    {
      g_assert_no_error (facts->error);
      check_good (one, facts);
      return;
    }
  g_assert_cmpstr (rst_error_get_nick (facts->error), ==, one->error);
  g_assert_nonnull (strstr (facts->error->message, one->says));
  g_assert_false (facts->signed_in);
  g_assert_false (rst_facts_is_usable (facts));
}

static char *
mail_folder (const char *name)
{
  return g_build_filename (g_getenv ("LAB_DIR"), "mail", "hanako", "Maildir", name, NULL);
}

static gint
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* In a maildir the flags are letters at the end of the file's name; that a message is in `new` only
 * means that nobody has looked yet. */
static void
look_into (GPtrArray  *lines,
           const char *folder)
{
  g_autofree char *path = mail_folder (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = test_read_file (file);
      const char *flags = strstr (name, ":2,");

      g_ptr_array_add (lines, g_strdup_printf ("%.*s flags=%s size=%" G_GSIZE_FORMAT " %08x",
                                               (int) strcspn (name, ":"), name,
                                               flags != NULL ? flags + 3 : "", strlen (text),
                                               g_str_hash (text)));
    }
}

/* In a maildir each folder but the inbox is a folder whose name begins with a dot. */
static void
look_for_folders (GPtrArray *lines)
{
  g_autofree char *path = mail_folder (".");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] == '.')
      g_ptr_array_add (lines, g_strdup_printf ("folder %s", name));
}

/* What an outsider sees of the mail that the server keeps. */
static char *
look (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  look_into (lines, "new");
  look_into (lines, "cur");
  g_assert_cmpuint (lines->len, ==, 5);
  look_for_folders (lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Which number each message has. The sizes that stand between are Dovecot's memory, not mail. */
static char *
look_at_numbers (void)
{
  g_autofree char *path = mail_folder ("dovecot-uidlist");
  g_autofree char *text = test_read_file (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *name = strchr (lines[i], ':');

      if (name != NULL)
        g_string_append_printf (out, "%.*s%s\n", (int) strcspn (lines[i], " "), lines[i], name);
    }
  g_assert_cmpuint (out->len, >, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
get (const RstFacts *facts,
     const char     *name)
{
  return g_hash_table_lookup (facts->more, name);
}

#define HANAKO "hanako", "sa kura \"#$%'\\`&!"

/* Whoever probes a mailbox with unread mail leaves it as it was: messages, flags, numbers. */
static void
test_unchanged (void)
{
  static const Case by_imap = { "", "imaps://LAB_HOST:LAB_IMAPS", HANAKO, "none" };
  static const Case by_pop = { "", "pop3s://LAB_HOST:LAB_POP3S", HANAKO, "none" };
  g_autofree char *before = look ();
  g_autoptr (RstFacts) imap = probe (&by_imap);
  g_autofree char *numbers = look_at_numbers ();
  g_autoptr (RstFacts) pop = probe (&by_pop);
  g_autoptr (RstFacts) again = probe (&by_imap);
  g_autofree char *after = look ();
  g_autofree char *numbers_after = look_at_numbers ();

  g_assert_no_error (imap->error);
  g_assert_no_error (pop->error);
  g_assert_no_error (again->error);
  g_assert_cmpstr (get (imap, "unseen"), ==, "5");
  g_assert_cmpstr (get (again, "unseen"), ==, "5");
  g_assert_cmpstr (get (imap, "older"), ==, "0");
  g_assert_nonnull (get (imap, "folders"));
  g_assert_cmpstr (get (imap, "first-uid"), ==, get (again, "first-uid"));
  g_assert_cmpstr (get (imap, "uid-validity"), ==, get (again, "uid-validity"));
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (numbers, ==, numbers_after);
}

/* What a mailbox tells, against what the laboratory put there. */
static void
test_mailbox (void)
{
  static const Case by_imap = { "", "imaps://LAB_HOST:LAB_IMAPS", TARO, "none" };
  static const Case by_pop = { "", "pop3s://LAB_HOST:LAB_POP3S", TARO, "none" };
  g_autoptr (RstFacts) imap = probe (&by_imap);
  g_autoptr (RstFacts) pop = probe (&by_pop);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_auto (GStrv) day = g_strsplit (get (imap, "oldest"), "-", 3);
  g_autoptr (GDateTime) oldest = NULL;
  RstAnswers answers = { 0 };

  g_assert_cmpstr (get (imap, "special-use"), ==, "archive drafts junk sent trash");
  g_assert_cmpint (atoi (get (imap, "folders")), >=, 6);
  g_assert_cmpstr (get (imap, "older"), ==, "0");
  g_assert_true (g_str_has_prefix (get (imap, "server"), "Dovecot"));
  g_assert_cmpstr (get (imap, "messages"), ==, get (pop, "messages"));
  g_assert_cmpstr (get (imap, "size"), ==, get (pop, "size"));
  g_assert_cmpint (rst_facts_compare_inboxes (imap, pop), ==, RST_INBOXES_SAME);
  oldest = g_date_time_new_utc (atoi (day[0]), atoi (day[1]), atoi (day[2]), 0, 0, 0);
  g_assert_cmpint (ABS (g_date_time_difference (now, oldest) / G_TIME_SPAN_DAY - 400), <=, 1);
  rst_facts_answer (imap, &answers);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_QUOTA), ==, RST_QUOTA_SMALL);
}

static void
test_named_case (gconstpointer data)
{
  if (is_loopback ())
    g_test_skip ("needs namespaces");
  else
    test_case (data);
}

static void
add_cases (const Case   *list,
           gsize         n,
           GTestDataFunc function)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat ("/probe-lab/", list[i].name, NULL);

      g_test_add_data_func (name, &list[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("LAB_MODE") == NULL)
    g_error ("run me by tests/lab/lab");
  add_cases (cases, G_N_ELEMENTS (cases), test_case);
  add_cases (named_cases, G_N_ELEMENTS (named_cases), test_named_case);
  g_test_add_func ("/probe-lab/mailbox", test_mailbox);
  g_test_add_func ("/probe-lab/unchanged", test_unchanged);
  return g_test_run ();
}
