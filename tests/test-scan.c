/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for programs: what is read, what is refused, what runs. */
#include "rst-error.h"
#include "rst-file.h"
#include "rst-scan.h"
#include "temp-home.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RstScan *
scan (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstScan *found;

  rst_scan_async (NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = rst_scan_finish (result, &error);
  g_assert_no_error (error);
  return found;
}

static RstAccount *
account_new (void)
{
  RstAccount *account = rst_account_new ("taro@example.test");
  g_autoptr (RstEndpoint) imap = rst_endpoint_parse ("imaps://mail.example.test:993", NULL);
  g_autoptr (RstEndpoint) smtp = rst_endpoint_parse ("submissions://mail.example.test:465", NULL);

  rst_login_set (&account->incoming, imap, "taro@example.test", RST_AUTH_PASSWORD);
  rst_login_set (&account->outgoing, smtp, "taro@example.test", RST_AUTH_PASSWORD);
  return account;
}

/* A fresh home: every program of the table is there, with a profile and a plan. */
static void
test_fresh (void)
{
  g_autoptr (RstScan) found = scan ();
  g_autoptr (RstAccount) account = account_new ();
  GPtrArray *clients = rst_scan_get_clients (found);
  guint planned = 0;

  g_assert_cmpuint (clients->len, >, 0);
  for (guint i = 0; i < clients->len; i++)
    {
      RstFoundClient *client = g_ptr_array_index (clients, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RstSetup) setup = NULL;

      g_assert_no_error (client->error);
      g_assert_true (rst_scan_find (found, client->client->id) == client);
      g_assert_nonnull (rst_found_client_default (client));
      g_assert_false (rst_found_client_default (client)->running);
      g_assert_cmpuint (rst_found_client_default (client)->accounts->len, ==, 0);
      if (!rst_client_suits (client->client, account))
        continue;
      setup = rst_scan_plan (found, client, account, &error);
      g_assert_no_error (error);
      g_assert_true (rst_setup_changes (setup));
      planned++;
    }
  g_assert_cmpuint (planned, >, 0);
}

/* A file that cannot be read is told, the others are looked at, and no plan is made on it. */
static void
test_unreadable (void)
{
  g_autofree char *path = home_path (".mbsyncrc");
  g_autoptr (RstAccount) account = account_new ();
  g_autoptr (RstScan) found = NULL;
  g_autoptr (GError) error = NULL;
  RstFoundClient *mbsync;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  found = scan ();
  mbsync = rst_scan_find (found, "mbsync");
  g_assert_error (mbsync->error, RST_ERROR, RST_ERROR_FILE);
  g_assert_null (rst_scan_plan (found, mbsync, account, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
  g_assert_no_error (rst_scan_find (found, "msmtp")->error);
}

static void
test_accounts (void)
{
  g_autoptr (RstScan) found = NULL;
  GPtrArray *accounts;
  const RstAccount *account;

  home_write (".mbsyncrc", "IMAPAccount a\nHost mail.example.test\nUser taro\nSSLType IMAPS\n", 0600);
  found = scan ();
  accounts = rst_found_client_default (rst_scan_find (found, "mbsync"))->accounts;
  g_assert_cmpuint (accounts->len, ==, 1);
  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (account->incoming.endpoint->host, ==, "mail.example.test");
}

/* Many profiles of a program are found in no time. */
static void
test_many_profiles (void)
{
  g_autoptr (GString) ini = g_string_new (NULL);
  g_autoptr (RstScan) found = NULL;
  RstFoundClient *thunderbird;
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *prefs = g_strdup_printf (".thunderbird/p%u/prefs.js", i);

      g_string_append_printf (ini, "[Profile%u]\nName=p%u\nIsRelative=1\nPath=p%u\n\n", i, i, i);
      home_write (prefs, "user_pref(\"mail.accountmanager.accounts\", \"\");\n", 0600);
    }
  home_write (".thunderbird/profiles.ini", ini->str, 0600);
  /* The best of three: other tests may be running. */
  for (guint i = 0; i < 3; i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_clear_pointer (&found, rst_scan_unref);
      found = scan ();
      best = MIN (best, g_get_monotonic_time () - start);
    }
  g_test_message ("%" G_GINT64_FORMAT " ms", best / 1000);
  g_assert_cmpint (best, <, G_USEC_PER_SEC);
  thunderbird = rst_scan_find (found, "thunderbird");
  if (thunderbird == NULL)
    {
      g_test_skip ("this build has no client with profiles");
      return;
    }
  g_assert_no_error (thunderbird->error);
  g_assert_cmpuint (thunderbird->profiles->len, ==, 200);
}

/* What is no ordinary file is refused at once, without opening what waits or never ends. */
static void
test_read_refuses (void)
{
  static const char * const names[] = { "fifo", "socket", "zero", "huge", "folder", "loop" };
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char *fifo = home_path ("fifo");
  g_autofree char *link = home_path ("zero");
  g_autofree char *huge = home_path ("huge");
  g_autofree char *folder = home_path ("folder");
  g_autofree char *loop = home_path ("loop");
  gint64 start = g_get_monotonic_time ();
  int fd;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  fd = g_open (huge, O_WRONLY | O_CREAT, 0600);
  g_assert_cmpint (ftruncate (fd, (off_t) 1 << 40), ==, 0);
  close (fd);
  /* Socket addresses are short: bound from within the home. */
  g_assert_cmpint (g_chdir (g_get_home_dir ()), ==, 0);
  fd = socket (AF_UNIX, SOCK_STREAM, 0);
  g_strlcpy (address.sun_path, "socket", sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = home_path (names[i]);
      g_autoptr (GBytes) contents = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (rst_file_read (path, &contents, &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
      g_test_message ("%s", error->message);
      g_assert_null (contents);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  close (fd);
}

/* The bound is exact, and absent is no error. */
static void
test_read_bound (void)
{
  g_autofree char *most = g_strnfill (RST_FILE_MAX, 'x');
  g_autofree char *path = home_path ("f");
  g_autofree char *absent = home_path ("absent/f");
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GBytes) nothing = NULL;
  g_autoptr (GBytes) more = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *too_much = g_strconcat (most, "x", NULL);

  home_write ("f", most, 0600);
  g_assert_true (rst_file_read (path, &contents, &error));
  g_assert_cmpuint (g_bytes_get_size (contents), ==, RST_FILE_MAX);
  g_assert_true (rst_file_read (absent, &nothing, &error));
  g_assert_null (nothing);
  home_write ("f", too_much, 0600);
  g_assert_false (rst_file_read (path, &more, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/scan/fresh", test_fresh);
  home_add_test ("/scan/unreadable", test_unreadable);
  home_add_test ("/scan/accounts", test_accounts);
  home_add_test ("/scan/many-profiles", test_many_profiles);
  home_add_test ("/scan/read-refuses", test_read_refuses);
  home_add_test ("/scan/read-bound", test_read_bound);
  return home_run ();
}
