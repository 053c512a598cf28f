/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The escapers, held against the programs' own readers where these are installed: whatever text goes
 * in, the program reads just that text. Texts are made of letters that mean something to one of them.
 */
#include "rst-error.h"
#include "rst-fetch-script.h"
#include "rst-quote.h"
#include "rst-text.h"
#include "temp-home.h"

#include <string.h>

#define ROUNDS 24

static const char * const fixed[] = {
  "taro@example.test", "a b", " lead", "trail ", "\"", "'", "\\", "`id`", "$HOME", "${HOME}", "$(id)",
  "#x", "a#b", ";", "a;b", "\"quoted\"", "'quoted'", "a\"b'c\\d", "\\\"", "\\'", "\\\\", "ends\\",
  "\\n\\t\\x41\\101", "%s%T%F%%", "*?[a]", "a=b", "a:b/c", "~", "!", "|", "&", "<>", "(){}", "-x", ",",
};

static char *
random_text (void)
{
  static const char letters[] = "ab \"'\\`$#;%=|&*?~!()<>{}[]:/,@n0x1";
  g_autoptr (GString) text = g_string_new (NULL);
  int length = g_test_rand_int_range (1, 24);

  for (int i = 0; i < length; i++)
    g_string_append_c (text, letters[g_test_rand_int_range (0, (int) strlen (letters))]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All texts, and as many random ones. */
static GPtrArray *
make_texts (const char * const *more)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (texts, g_strdup (fixed[i]));
  for (guint i = 0; i < ROUNDS; i++)
    g_ptr_array_add (texts, random_text ());
  for (gsize i = 0; more != NULL && more[i] != NULL; i++)
    g_ptr_array_add (texts, g_strdup (more[i]));
  return texts;
}

static gboolean
is_missing (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

  if (path == NULL)
    g_test_skip (reason);
  return path == NULL;
}

static char *
run (const char * const *argv)
{
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDIN_FROM_DEV_NULL, NULL, NULL,
                &output, &errors, NULL, &error);
  g_assert_no_error (error);
  return g_strconcat (output, errors, NULL);
}

/* What stands between @before and @after, with backslashes taken out as C does. */
static char *
take_out (const char *output,
          const char *before,
          const char *after)
{
  const char *start = strstr (output, before);
  const char *end;
  g_autofree char *inside = NULL;

  if (start == NULL)
    return NULL;
  start += strlen (before);
  end = strstr (start, after);
  g_assert_nonnull (end);
  inside = g_strndup (start, (gsize) (end - start));
  return g_strcompress (inside);
}

static void
test_control (void)
{
  static char *(*const quoters[]) (const char *, GError **) = {
    rst_quote_mbsync, rst_quote_msmtp, rst_quote_fetchmail, rst_quote_mutt, rst_quote_prefs_js,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (quoters); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (quoters[i] ("a\nb", &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
      g_assert_null (quoters[i] ("a\rb", NULL));
      g_assert_null (quoters[i] ("a\x7f", NULL));
      g_assert_null (quoters[i] ("\xff", NULL));
    }
}

static void
check_mutt (const char *program,
            const char *name)
{
  static const char * const more[] = { "山田 太郎", NULL };
  g_autoptr (GPtrArray) texts = make_texts (more);
  g_autofree char *rc = home_path ("muttrc");

  if (is_missing (program))
    return;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *quoted = rst_quote_mutt (text, NULL);
      g_autofree char *line = g_strdup_printf ("set charset=utf-8\nset realname=%s\n", quoted);
      g_autofree char *before = g_strdup_printf ("%s=\"", name);
      const char *argv[] = { program, "-n", "-F", rc, "-Q", "realname", NULL };
      g_autofree char *output = NULL, *found = NULL;

      home_write ("muttrc", line, 0600);
      output = run (argv);
      /* neomutt prints blanks around the sign. */
      if (strstr (output, before) == NULL)
        {
          g_free (before);
          before = g_strdup_printf ("%s = \"", name);
        }
      found = take_out (output, before, "\"\n");
      g_assert_cmpstr (found, ==, text);
    }
}

static void
test_mutt (void)
{
  check_mutt ("mutt", "realname");
}

static void
test_neomutt (void)
{
  check_mutt ("neomutt", "real_name");
}

static void
test_msmtp (void)
{
  static const char * const more[] = { "tarō", NULL };
  g_autoptr (GPtrArray) texts = make_texts (more);
  g_autofree char *rc = home_path ("msmtprc");
  const char *argv[] = { "msmtp", "-C", rc, "-a", "x", "-P", "somebody@example.test", NULL };

  if (is_missing ("msmtp"))
    return;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *quoted = rst_quote_msmtp (text, NULL);
      g_autofree char *lines = g_strdup_printf ("account x\nhost example.test\nfrom a@example.test\nauth on\n"
                                                "tls on\nuser %s\npassword y\n", quoted);
      g_autofree char *output = NULL, *wanted = NULL;

      home_write ("msmtprc", lines, 0600);
      output = run (argv);
      wanted = g_strdup_printf ("\nuser = %s\n", text);
      if (strstr (output, wanted) == NULL)
        g_error ("msmtp reads “%s” as: %s", quoted, output);
    }
}

static void
test_msmtp_long (void)
{
  g_autofree char *text = g_strnfill (470, 'x');
  g_autofree char *longer = g_strnfill (471, 'x');
  g_autofree char *quoted = rst_quote_msmtp (text, NULL);
  g_autofree char *lines = g_strdup_printf ("account x\nhost example.test\nfrom a@example.test\nauth on\n"
                                            "tls on\nuser y\npasswordeval %s\n", quoted);
  g_autofree char *rc = home_path ("msmtprc");
  const char *argv[] = { "msmtp", "-C", rc, "-a", "x", "-P", "somebody@example.test", NULL };
  g_autofree char *output = NULL;

  g_assert_null (rst_quote_msmtp (longer, NULL));
  if (is_missing ("msmtp"))
    return;
  home_write ("msmtprc", lines, 0600);
  output = run (argv);
  g_assert_null (strstr (output, "line"));
  g_assert_nonnull (strstr (output, text));
}

/* fetchmail prints what it has read in the form of Python. */
static void
check_fetchmail_output (const char *output,
                        const char *key,
                        const char *text)
{
  g_autofree char *before = g_strdup_printf ("\"%s\":\"", key);
  g_autofree char *found = take_out (output, before, "\",\n");

  if (g_strcmp0 (found, text) != 0)
    g_error ("fetchmail reads “%s” as “%s”", text, found != NULL ? found : output);
}

static void
test_fetchmail (void)
{
  g_autoptr (GPtrArray) texts = make_texts (NULL);
  g_autofree char *rc = home_path ("fetchmailrc");
  const char *argv[] = { "fetchmail", "-f", rc, "--configdump", NULL };

  g_assert_null (rst_quote_fetchmail ("tarō", NULL));
  if (is_missing ("fetchmail"))
    return;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *quoted = rst_quote_fetchmail (text, NULL);
      g_autofree char *lines = g_strdup_printf ("poll x via y.test proto pop3\n  user %s there\n", quoted);
      g_autofree char *output = NULL;

      home_write ("fetchmailrc", lines, 0600);
      output = run (argv);
      check_fetchmail_output (output, "remote", text);
    }
}

/* mbsync starts what it is told to tunnel through, before it talks: two layers, its own and sh's. */
static void
test_mbsync (void)
{
  static const char * const more[] = { "tarō", NULL };
  g_autoptr (GPtrArray) texts = make_texts (more);
  g_autofree char *rc = home_path ("mbsyncrc");
  g_autofree char *out = home_path ("out");
  const char *argv[] = { "mbsync", "-c", rc, "-l", "x", NULL };

  if (is_missing ("mbsync"))
    return;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *argument = rst_text_shell_quote (text);
      g_autofree char *command = g_strdup_printf ("printf %%s %s >%s", argument, out);
      g_autofree char *quoted = rst_quote_mbsync (command, NULL);
      g_autofree char *lines = g_strdup_printf ("IMAPStore r\nTunnel %s\n\nMaildirStore l\nPath %s/\n\n"
                                                "Channel x\nFar :r:\nNear :l:\n", quoted, out);
      g_autofree char *output = NULL, *found = NULL;

      home_write ("mbsyncrc", lines, 0600);
      home_write ("out", "", 0600);
      output = run (argv);
      found = home_read ("out");
      if (g_strcmp0 (found, text) != 0)
        g_error ("mbsync reads “%s” as “%s”: %s", quoted, found, output);
    }
}

/* The script that runs fetchmail, with stand-ins for the keyring and for fetchmail; then fetchmail
 * itself reads what the stand-in was given. */
static void
test_fetchmail_password (void)
{
  static const char rc[] =
    "poll other.test user x password y\n\n# >>> Restante a@b.test >>>\n"
    "# password: secret-tool lookup user 'a'\npoll x via y.test proto pop3\n  user \"a\" there\n"
    "# <<< Restante a@b.test <<<\npoll more.test user x password z\n";
  g_auto (GStrv) lines = g_strsplit (rc, "\n", -1);
  g_autofree char *crlf = g_strjoinv ("\r\n", lines);
  static const char * const more[] = { "pass wörd 山", NULL };
  g_autoptr (GPtrArray) texts = make_texts (more);
  g_autofree char *script = rst_fetch_script ();
  g_autofree char *script_path = home_path ("script");
  g_autofree char *given = home_path ("given");
  g_autofree char *bin = home_path ("");
  g_autofree char *path = g_strdup_printf ("%s:%s", bin, g_getenv ("PATH"));
  const char *argv[] = { "env", NULL, NULL, "sh", script_path, "a@b.test", NULL };
  const char *dump[] = { "fetchmail", "-f", given, "--configdump", NULL };
  g_autofree char *path_setting = g_strdup_printf ("PATH=%s", path);
  g_autofree char *home_setting = g_strdup_printf ("HOME=%s", bin);

  if (is_missing ("fetchmail"))
    return;
  argv[1] = path_setting;
  argv[2] = home_setting;
  home_write ("script", script, 0700);
  home_write ("secret-tool", "#!/bin/sh\n[ \"$3\" = a ] && cat \"$HOME/secret\"\n", 0700);
  home_write ("fetchmail", "#!/bin/sh\numask 077\ncat >\"$HOME/given\"\n", 0700);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *output = NULL, *dumped = NULL;

      home_write (".fetchmailrc", i % 2 == 0 ? rc : crlf, 0600);
      home_write ("secret", text, 0600);
      output = run (argv);
      g_assert_cmpstr (output, ==, "");
      dumped = run (dump);
      if (g_str_is_ascii (text))
        check_fetchmail_output (dumped, "password", text);
      g_assert_null (strstr (dumped, "other.test"));
      g_assert_null (strstr (dumped, "more.test"));
    }
}

static int
run_shell (const char *command)
{
  const char *argv[] = { "sh", "-c", command, NULL };
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, NULL));
  return status;
}

/* One message goes in whole; a Maildir that cannot be written says so. */
static void
test_fetchmail_delivery (void)
{
  g_autofree char *script = rst_fetch_script ();
  g_autofree char *script_path = home_path ("script");
  g_autofree char *maildir = home_path ("some 'Mail'");
  g_autofree char *quoted = rst_text_shell_quote (maildir);
  g_autofree char *good = g_strdup_printf ("printf 'Subject: x\\n\\nbody\\n' | sh %s --deliver %s",
                                           script_path, quoted);
  g_autofree char *bad = g_strdup_printf ("echo x | sh %s --deliver %s/file 2>/dev/null",
                                          script_path, quoted);
  g_autofree char *new = g_build_filename (maildir, "new", NULL);
  g_autofree char *message = NULL, *text = NULL;
  g_autoptr (GDir) dir = NULL;

  home_write ("script", script, 0700);
  home_write ("some 'Mail'/file", "", 0600);
  g_assert_cmpint (run_shell (good), ==, 0);
  dir = g_dir_open (new, 0, NULL);
  message = g_build_filename (new, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (message, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Subject: x\n\nbody\n");
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (run_shell (bad), !=, 0);
}

static void
test_patterns (void)
{
  g_autoptr (GPtrArray) texts = make_texts (NULL);

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *pattern = rst_quote_ere (text);
      g_autofree char *whole = g_strdup_printf ("^(%s)$", pattern);
      const char *argv[] = { "grep", "-Exc", whole, NULL, NULL };
      g_autofree char *file = home_path ("text");
      g_autofree char *output = NULL;

      argv[3] = file;
      home_write ("text", text, 0600);
      output = run (argv);
      g_assert_cmpstr (output, ==, "1\n");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/quote/control", test_control);
  home_add_test ("/quote/mutt", test_mutt);
  home_add_test ("/quote/neomutt", test_neomutt);
  home_add_test ("/quote/msmtp", test_msmtp);
  home_add_test ("/quote/msmtp-long", test_msmtp_long);
  home_add_test ("/quote/fetchmail", test_fetchmail);
  home_add_test ("/quote/mbsync", test_mbsync);
  home_add_test ("/quote/fetchmail-password", test_fetchmail_password);
  home_add_test ("/quote/fetchmail-delivery", test_fetchmail_delivery);
  home_add_test ("/quote/patterns", test_patterns);
  return home_run ();
}
