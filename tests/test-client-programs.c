/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The golden folders of the terminal's programs, read by the programs themselves: each takes the file
 * that a setup leaves without complaint, and understands of our part what we meant. The person's own
 * lines in these files are valid, so that every complaint is about ours.
 */
#include "client-case.h"
#include "temp-home.h"

#include <string.h>

typedef void (*Check) (const char *folder,
                       const char *path);

static gboolean
is_missing (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

  if (path == NULL)
    g_test_skip (reason);
  return path == NULL;
}

/* Puts the folders before/ and after/ of a case into the home folder; returns the main file. */
static char *
unpack (const char *folder)
{
  static const char * const parts[] = { "before", "after" };
  char *changed = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GHashTable) home = case_load (folder, parts[i]);
      GHashTableIter iter;
      gpointer path, contents;

      g_hash_table_iter_init (&iter, home);
      while (g_hash_table_iter_next (&iter, &path, &contents))
        {
          const char *name = (const char *) path + strlen (CASE_HOME);
          g_autofree char *text = g_strndup (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents));

          home_write (name, text, strstr (name, "/restante/") != NULL ? 0700 : 0600);
          if (i == 0 || strstr (name, "/restante/") != NULL)
            continue;
          g_free (changed);
          changed = home_path (name);
        }
    }
  return changed;
}

/* What a program says, with stand-ins for the keyring and for a password manager. */
static char *
run (const char * const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char *bin = home_path ("bin");
  g_autofree char *path = g_strdup_printf ("%s:%s", bin, g_getenv ("PATH"));
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = NULL;

  home_write ("bin/secret-tool", "#!/bin/sh\nprintf '%s' 'a\"b`c'\n", 0700);
  home_write ("bin/pass", "#!/bin/sh\necho x\n", 0700);
  g_subprocess_launcher_setenv (launcher, "PATH", path, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", g_get_home_dir (), TRUE);
  child = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (child, NULL, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static void
expect (const char *output,
        const char *wanted)
{
  if (strstr (output, wanted) == NULL)
    g_error ("no “%s” in: %s", wanted, output);
}

static void
refuse (const char *output,
        const char *unwanted)
{
  if (strstr (output, unwanted) != NULL)
    g_error ("“%s” in: %s", unwanted, output);
}

/* Their exit code says nothing, so what is on the screen has to. */
static void
check_mutt_program (const char *program,
                    const char *path)
{
  const char *argv[] = { program, "-n", "-F", path, "-Q", "folder", NULL };
  g_autofree char *output = run (argv);

  refuse (output, "rror");
  expect (output, "folder");
}

static void
check_mutt (const char *folder,
            const char *path)
{
  if (!is_missing ("mutt"))
    check_mutt_program ("mutt", path);
}

static void
check_neomutt (const char *folder,
               const char *path)
{
  if (!is_missing ("neomutt"))
    check_mutt_program ("neomutt", path);
}

/* A channel that is not there: it is looked for if the file is good, and nothing is connected to. The
 * authority of the one case that has one is not there either. */
static void
check_mbsync (const char *folder,
              const char *path)
{
  g_autoptr (RstAccount) account = case_account (folder);
  const char *argv[] = { "mbsync", "-c", path, "-l", "missing", NULL };
  g_autofree char *output = NULL;

  if (is_missing ("mbsync"))
    return;
  output = run (argv);
  expect (output, account->ca_file != NULL ? "CertificateFile '/etc/my ca/root.pem'"
                                           : "No channel or group named 'missing'");
}

static void
check_msmtp (const char *folder,
             const char *path)
{
  g_autoptr (RstAccount) account = case_account (folder);
  g_autofree char *name = rst_account_slug (account);
  const char *argv[] = { "msmtp", "-C", path, "-a", name, "-P", "somebody@example.test", NULL };
  g_autofree char *wanted = NULL, *output = NULL;

  if (is_missing ("msmtp"))
    return;
  output = run (argv);
  wanted = account->outgoing.auth == RST_AUTH_NONE ? g_strdup ("\nauth = none\n")
                                                   : g_strdup_printf ("\nuser = %s\n",
                                                                      account->outgoing.username);
  expect (output, wanted);
  expect (output, "\ntls = on\n");
  expect (output, "\ntls_certcheck = on\n");
  expect (output, account->outgoing.endpoint->security == RST_SECURITY_TLS ? "\ntls_starttls = off\n"
                                                                         : "\ntls_starttls = on\n");
}

/* The part of fetchmail's listing that is about our entry, as Python. */
static void
check_fetchmail (const char *folder,
                 const char *path)
{
  g_autoptr (RstAccount) account = case_account (folder);
  g_autofree char *slug = rst_account_slug (account);
  g_autofree char *begin = g_strdup_printf ("\"pollname\":\"%s\"", slug);
  const char *argv[] = { "fetchmail", "-f", path, "--configdump", NULL };
  g_autofree char *output = NULL;
  const char *entry;

  if (is_missing ("fetchmail"))
    return;
  output = run (argv);
  entry = strstr (output, begin);
  g_assert_nonnull (entry);
  expect (entry, rst_account_is_pop (account) ? "\"protocol\":\"POP3\"" : "\"protocol\":\"IMAP\"");
  expect (entry, account->leave == RST_LEAVE_REMOVE ? "'keep':FALSE" : "'keep':TRUE");
  expect (entry, "'flush':FALSE");
  expect (entry, "'fetchall':FALSE");
  expect (entry, "'sslcertck':TRUE");
  expect (entry, "--deliver");
  expect (entry, account->incoming.endpoint->security == RST_SECURITY_TLS ? "'ssl':TRUE" : "'ssl':FALSE");
}

static void
test_client (const char *client,
             Check       check)
{
  g_autoptr (GPtrArray) cases = case_list (client);

  for (guint i = 0; i < cases->len; i++)
    {
      const char *folder = g_ptr_array_index (cases, i);
      g_autofree char *path = unpack (folder);

      g_test_message ("%s", folder);
      if (path != NULL)
        check (folder, path);
    }
}

static void
test_mutt (void)
{
  test_client ("mutt", check_mutt);
}

static void
test_neomutt (void)
{
  test_client ("neomutt", check_neomutt);
}

static void
test_mbsync (void)
{
  test_client ("mbsync", check_mbsync);
}

static void
test_msmtp (void)
{
  test_client ("msmtp", check_msmtp);
}

static void
test_fetchmail (void)
{
  test_client ("fetchmail", check_fetchmail);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/client-programs/mutt", test_mutt);
  home_add_test ("/client-programs/neomutt", test_neomutt);
  home_add_test ("/client-programs/mbsync", test_mbsync);
  home_add_test ("/client-programs/msmtp", test_msmtp);
  home_add_test ("/client-programs/fetchmail", test_fetchmail);
  return home_run ();
}
