/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setups written and undone: byte for byte, all or nothing, with the passwords. */
#include "fake-vault.h"
#include "rst-error.h"
#include "rst-settle.h"
#include "rst-writer.h"
#include "temp-home.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static char *
apply_full (GPtrArray     *setups,
            const char    *password,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstSecret) secret = NULL;

  if (password != NULL)
    secret = rst_secret_new (password, strlen (password), NULL);
  rst_writer_apply_async (setups, "taro@example.test", secret, &fake_vault, cancellable, done_cb, &result);
  return rst_writer_apply_finish (wait_for (&result), error);
}

static char *
apply (GPtrArray *setups)
{
  g_autoptr (GError) error = NULL;
  char *id = apply_full (setups, NULL, NULL, &error);

  g_assert_no_error (error);
  return id;
}

static void
apply_fails (GPtrArray  *setups,
             const char *password,
             int         code,
             const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = home_snapshot ();
  g_autofree char *after = NULL;
  g_autofree char *id = apply_full (setups, password, NULL, &error);

  g_assert_error (error, RST_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (id);
  after = home_snapshot ();
  g_assert_cmpstr (before, ==, after);
}

static RstUndoReport *
undo (const char  *id,
      GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_writer_undo_async (id, &fake_vault, NULL, done_cb, &result);
  return rst_writer_undo_finish (wait_for (&result), error);
}

static GPtrArray *
history (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  rst_writer_history_async (NULL, done_cb, &result);
  entries = rst_writer_history_finish (wait_for (&result), &error);
  g_assert_no_error (error);
  return entries;
}

static GPtrArray *
setups_new (void)
{
  GPtrArray *setups = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_setup_free);

  g_ptr_array_add (setups, rst_setup_new ("mbsync"));
  return setups;
}

/* Plans to replace what is there now. */
static RstEdit *
plan (GPtrArray   *setups,
      RstEditKind  kind,
      const char  *name,
      const char  *text,
      guint        mode)
{
  RstSetup *setup = g_ptr_array_index (setups, setups->len - 1);
  g_autofree char *path = home_path (name);
  g_autofree char *now = home_read (name);
  g_autoptr (GBytes) before = text_bytes (kind != RST_EDIT_DIRECTORY ? now : NULL);
  g_autoptr (GBytes) after = text_bytes (text);
  RstEdit *edit = rst_edit_new (kind, path, mode, before, after, "");

  g_ptr_array_add (setup->edits, edit);
  return edit;
}

static void
plan_secret (GPtrArray  *setups,
             const char *host)
{
  RstSetup *setup = g_ptr_array_index (setups, setups->len - 1);

  g_ptr_array_add (setup->secrets, rst_secret_item_new (NULL, host, "host", host, NULL));
}

/* A home with everything that undo has to get right. */
static GPtrArray *
plan_all (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autofree char *link = home_path (".linkrc");
  g_autofree char *dangling = home_path (".danglingrc");

  home_write (".mbsyncrc", "Host old\nno last line end", 0640);
  home_write ("dotfiles/linkrc", "linked\n", 0644);
  home_write ("keys.db", "binary", 0644);
  home_write (".readonlyrc", "r\n", 0400);
  g_assert_cmpint (symlink ("dotfiles/linkrc", link), ==, 0);
  g_assert_cmpint (symlink ("dotfiles/missing", dangling), ==, 0);
  plan (setups, RST_EDIT_DIRECTORY, "Mail/taro", NULL, 0755);
  plan (setups, RST_EDIT_TEXT, ".mbsyncrc", "Host old\nno last line end\n\nHost new\n", 0600);
  plan (setups, RST_EDIT_TEXT, ".linkrc", "linked\nours\n", 0600);
  plan (setups, RST_EDIT_TEXT, ".danglingrc", "ours\n", 0600);
  plan (setups, RST_EDIT_TEXT, ".config/new/deep/rc", "ours\n", 0644);
  plan (setups, RST_EDIT_BINARY, "keys.db", "other", 0600);
  plan (setups, RST_EDIT_TEXT, ".readonlyrc", "r\nours\n", 0600);
  return g_steal_pointer (&setups);
}

static void
test_apply_undo (void)
{
  g_autoptr (GPtrArray) setups = plan_all ();
  g_autofree char *before = home_snapshot ();
  mode_t mask = umask (0);
  g_autofree char *id = apply (setups);
  g_autofree char *link = home_path (".linkrc");
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *linked = home_read ("dotfiles/linkrc");
  g_autofree char *created = home_read ("dotfiles/missing");
  g_autofree char *after = NULL;
  g_autoptr (RstUndoReport) report = NULL;
  g_autoptr (GPtrArray) entries = history ();
  const RstHistoryEntry *entry;

  g_assert_cmpuint (entries->len, ==, 1);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->id, ==, id);
  g_assert_cmpstr (entry->address, ==, "taro@example.test");
  g_assert_cmpuint (entry->paths->len, ==, 6);
  g_assert_false (entry->undone || entry->unfinished);

  g_assert_cmpstr (target, ==, "dotfiles/linkrc");
  g_assert_cmpstr (linked, ==, "linked\nours\n");
  g_assert_cmpstr (created, ==, "ours\n");
  g_assert_cmpuint (home_mode (".mbsyncrc"), ==, 0640);
  g_assert_cmpuint (home_mode ("dotfiles/linkrc"), ==, 0644);
  g_assert_cmpuint (home_mode (".readonlyrc"), ==, 0400);
  g_assert_cmpuint (home_mode ("keys.db"), ==, 0600);
  g_assert_cmpuint (home_mode (".config/new/deep/rc"), ==, 0644);
  g_assert_cmpuint (home_mode (".config/new/deep"), ==, 0700);
  g_assert_cmpuint (home_mode ("Mail/taro"), ==, 0755);

  report = undo (NULL, NULL);
  umask (mask);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->restored->len, ==, 6);
  after = home_snapshot ();
  g_assert_cmpstr (before, ==, after);
}

/* Nothing planned, nothing left behind. */
static void
test_nothing_to_do (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *id = NULL;

  home_write ("rc", "same\n", 0600);
  plan (setups, RST_EDIT_TEXT, "rc", "same\n", 0600);
  id = apply (setups);
  g_assert_cmpstr (id, ==, "");
  entries = history ();
  g_assert_cmpuint (entries->len, ==, 0);
}

static void
test_undo_edited (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (RstUndoReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *spoiled = NULL;
  g_autofree char *loose = NULL;

  home_write ("edited", "a\n", 0600);
  home_write ("spoiled", "a\n", 0600);
  home_write ("gone", "a\n", 0600);
  home_write ("loose", "a\n", 0600);
  plan (setups, RST_EDIT_TEXT, "edited", "a\n\nours\n", 0600);
  plan (setups, RST_EDIT_TEXT, "spoiled", "a\nours 1\nours 2\n", 0600);
  plan (setups, RST_EDIT_TEXT, "gone", "a\nours\n", 0600);
  plan (setups, RST_EDIT_TEXT, "fresh", "ours\n", 0600);
  plan (setups, RST_EDIT_BINARY, "keys", "ours", 0600);
  plan (setups, RST_EDIT_TEXT, "loose", "a\nours 1\nours 2\n", 0600)->loose = TRUE;
  id = apply (setups);
  home_write ("edited", "a\n\nours\nmine\n", 0640);
  home_write ("spoiled", "a\nours 1\nmine\nours 2\n", 0600);
  home_write ("gone", "mine\n", 0600);
  home_write ("fresh", "ours\nmine\n", 0600);
  home_write ("keys", "mine", 0600);
  home_write ("loose", "ours 2\nmine\nours 1\na\n", 0600);
  report = undo (id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->restored->len, ==, 0);
  g_assert_cmpuint (report->kept->len, ==, 3);
  g_assert_cmpuint (report->left->len, ==, 3);
  edited = home_read ("edited");
  g_assert_cmpstr (edited, ==, "a\nmine\n");
  g_assert_cmpuint (home_mode ("edited"), ==, 0640);
  spoiled = home_read ("spoiled");
  g_assert_cmpstr (spoiled, ==, "a\nours 1\nmine\nours 2\n");
  loose = home_read ("loose");
  g_assert_cmpstr (loose, ==, "mine\na\n");

  g_assert_null (undo (id, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
}

/* Folders that we made go, unless somebody put something there. */
static void
test_undo_folders (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (RstUndoReport) report = NULL;
  g_autofree char *id = NULL;

  plan (setups, RST_EDIT_DIRECTORY, "Mail/taro", NULL, 0700);
  plan (setups, RST_EDIT_TEXT, "conf/rc", "ours\n", 0600);
  id = apply (setups);
  home_write ("Mail/taro/letter", "x", 0600);
  report = undo (id, NULL);
  g_assert_nonnull (report);
  g_assert_true (home_exists ("Mail/taro/letter"));
  g_assert_false (home_exists ("conf"));
}

static void
test_conflicts (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autofree char *path = home_path ("rc");
  g_autofree char *other = home_path ("other");

  home_write ("first", "a\n", 0600);
  home_write ("rc", "a\n", 0600);
  plan (setups, RST_EDIT_TEXT, "first", "a\nours\n", 0600);
  plan (setups, RST_EDIT_TEXT, "rc", "a\nours\n", 0600);
  plan_secret (setups, "h");
  home_write ("rc", "b\n", 0600);
  apply_fails (setups, "pw", RST_ERROR_CONFLICT, "/rc");

  home_write ("rc", "a\n", 0600);
  g_assert_cmpint (link (path, other), ==, 0);
  apply_fails (setups, "pw", RST_ERROR_FILE, "hard link");

  g_unlink (path);
  g_unlink (other);
  apply_fails (setups, "pw", RST_ERROR_CONFLICT, "changed meanwhile");
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  apply_fails (setups, "pw", RST_ERROR_FILE, "device");
  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  apply_fails (setups, "pw", RST_ERROR_FILE, "pipe");
  g_unlink (path);
  g_assert_cmpint (symlink ("rc", path), ==, 0);
  apply_fails (setups, "pw", RST_ERROR_FILE, "leads nowhere");
  g_unlink (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  apply_fails (setups, "pw", RST_ERROR_FILE, "folder");
  g_assert_cmpuint (fake_vault_size (), ==, 0);
}

/* The last of several fails while it takes its name: the others are put back, folders too. */
static void
test_roll_back (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *locked = home_path ("locked");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  home_write ("first", "a\n", 0640);
  home_write ("locked/rc", "a\n", 0600);
  plan (setups, RST_EDIT_TEXT, "first", "a\nours\n", 0600);
  plan (setups, RST_EDIT_TEXT, "new/rc", "ours\n", 0600);
  plan (setups, RST_EDIT_TEXT, "locked/rc", "a\nours\n", 0600);
  plan_secret (setups, "h");
  before = home_snapshot ();
  if (geteuid () != 0)
    {
      g_assert_cmpint (g_chmod (locked, 0500), ==, 0);
      apply_fails (setups, "pw", RST_ERROR_FILE, "locked/rc");
      g_assert_cmpint (g_chmod (locked, 0700), ==, 0);
    }
  else
    g_test_message ("not tried as root: a folder without permission to write");
  g_cancellable_cancel (cancellable);
  g_assert_null (apply_full (setups, "pw", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = home_snapshot ();
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (fake_vault_size (), ==, 0);
  entries = history ();
  g_assert_cmpuint (entries->len, ==, 0);
}

static void
test_running (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  RstSetup *setup = g_ptr_array_index (setups, 0);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *id = NULL;
  int fd;

  home_write (".parentlock", "", 0600);
  setup->lock = home_path (".parentlock");
  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  fd = g_open (setup->lock, O_RDWR, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  apply_fails (setups, NULL, RST_ERROR_CONFLICT, "running");
  close (fd);
  id = apply (setups);
  g_assert_cmpstr (id, !=, "");
  g_assert_true (home_exists (".parentlock"));

  fd = g_open (setup->lock, O_RDWR, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (undo (id, &error));
    g_assert_error (error, RST_ERROR, RST_ERROR_CONFLICT);
  }
  close (fd);
}

static void
test_secrets (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (RstUndoReport) report = NULL;
  g_autofree char *id = NULL;

  fake_vault_clear ();
  fake_vault_set ("other", "old");
  fake_vault_set ("same", "pw");
  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  plan_secret (setups, "none");
  plan_secret (setups, "other");
  plan_secret (setups, "same");
  id = apply_full (setups, "pw", NULL, NULL);
  g_assert_nonnull (id);
  g_assert_cmpstr (fake_vault_get ("none"), ==, "pw");
  g_assert_cmpstr (fake_vault_get ("other"), ==, "pw");
  g_assert_cmpstr (fake_vault_get ("same"), ==, "pw");
  g_assert_cmpuint (fake_vault_size (), ==, 4);
  report = undo (id, NULL);
  g_assert_no_error (report->store_error);
  g_assert_null (fake_vault_get ("none"));
  g_assert_cmpstr (fake_vault_get ("other"), ==, "old");
  g_assert_cmpstr (fake_vault_get ("same"), ==, "pw");
  g_assert_cmpuint (fake_vault_size (), ==, 2);
}

/* Whichever call to the store fails: everything is as before. */
static void
test_secrets_fail (void)
{
  for (guint call = 1; call <= 6; call++)
    {
      g_autoptr (GPtrArray) setups = setups_new ();

      fake_vault_clear ();
      fake_vault_set ("other", "old");
      fake_vault_set ("same", "pw");
      plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
      plan_secret (setups, "none");
      plan_secret (setups, "other");
      plan_secret (setups, "same");
      fake_vault_fail (call);
      apply_fails (setups, "pw", RST_ERROR_STORE, "no");
      g_assert_cmpuint (fake_vault_size (), ==, 2);
      g_assert_cmpstr (fake_vault_get ("other"), ==, "old");
    }
}

/* The store refuses when undoing: the files are back, and the rest can be done later. */
static void
test_undo_secrets_later (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RstUndoReport) report = NULL;
  g_autofree char *id = NULL;
  const RstHistoryEntry *entry;

  fake_vault_clear ();
  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  plan_secret (setups, "none");
  id = apply_full (setups, "pw", NULL, NULL);
  fake_vault_fail (1);
  report = undo (id, NULL);
  g_assert_error (report->store_error, RST_ERROR, RST_ERROR_STORE);
  g_assert_false (home_exists ("rc"));
  entries = history ();
  entry = g_ptr_array_index (entries, 0);
  g_assert_true (entry->unfinished);
  g_clear_pointer (&report, rst_undo_report_free);
  report = undo (id, NULL);
  g_assert_no_error (report->store_error);
  g_assert_cmpuint (fake_vault_size (), ==, 0);
}

/* A file changes between the passwords and the files, so that the password has to go again. */
static GError *
apply_disturbed (GPtrArray *setups,
                 gboolean   refuse)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstSecret) secret = rst_secret_new ("pw", 2, NULL);
  g_autofree char *id = NULL;
  GError *error = NULL;

  fake_vault_clear ();
  rst_writer_apply_async (setups, NULL, secret, &fake_vault, NULL, done_cb, &result);
  while (fake_vault_size () == 0)
    g_main_context_iteration (NULL, TRUE);
  home_write ("rc", "somebody else\n", 0600);
  if (refuse)
    fake_vault_fail (1);
  id = rst_writer_apply_finish (wait_for (&result), &error);
  g_assert_null (id);
  return error;
}

/* The message says that all is as before if it is so, and else what is not. */
static void
test_failure_is_told (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autofree char *rc = home_path ("rc");
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) clean = NULL;
  g_autoptr (GError) stuck = NULL;

  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  plan_secret (setups, "none");
  clean = apply_disturbed (setups, FALSE);
  g_assert_error (clean, RST_ERROR, RST_ERROR_CONFLICT);
  g_assert_nonnull (strstr (clean->message, "Nothing was set up."));
  g_assert_cmpuint (fake_vault_size (), ==, 0);
  none = history ();
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_cmpint (g_unlink (rc), ==, 0);
  stuck = apply_disturbed (setups, TRUE);
  g_assert_error (stuck, RST_ERROR, RST_ERROR_CONFLICT);
  g_test_message ("%s", stuck->message);
  g_assert_null (strstr (stuck->message, "Nothing was set up."));
  g_assert_nonnull (strstr (stuck->message, "password store could not be put back"));
  entries = history ();
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_true (((RstHistoryEntry *) g_ptr_array_index (entries, 0))->unfinished);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(RstUndoReport **) user_data = rst_writer_undo_finish (result, NULL);
}

/* A caller who keeps nothing of the result, as a window does: nothing of it is used afterwards. */
static void
test_undo_let_go (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autofree char *id = NULL;
  RstUndoReport *report = NULL;

  fake_vault_clear ();
  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  plan_secret (setups, "none");
  id = apply_full (setups, "pw", NULL, NULL);
  fake_vault_fail (1);
  rst_writer_undo_async (id, &fake_vault, NULL, finished_cb, &report);
  while (report == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (report->store_error, RST_ERROR, RST_ERROR_STORE);
  rst_undo_report_free (report);
}

/* Two setups share an entry; the first is undone first. */
static void
test_shared_secret (void)
{
  g_autoptr (GPtrArray) first = setups_new ();
  g_autoptr (GPtrArray) second = setups_new ();
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;
  g_autoptr (RstUndoReport) first_report = NULL;
  g_autoptr (RstUndoReport) second_report = NULL;

  fake_vault_clear ();
  fake_vault_set ("other", "old");
  plan (first, RST_EDIT_TEXT, "rc1", "ours\n", 0600);
  plan_secret (first, "none");
  plan_secret (first, "other");
  first_id = apply_full (first, "pw", NULL, NULL);
  plan (second, RST_EDIT_TEXT, "rc2", "ours\n", 0600);
  plan_secret (second, "none");
  plan_secret (second, "other");
  second_id = apply_full (second, "pw", NULL, NULL);
  first_report = undo (first_id, NULL);
  g_assert_nonnull (first_report);
  g_assert_cmpstr (fake_vault_get ("none"), ==, "pw");
  g_assert_cmpstr (fake_vault_get ("other"), ==, "pw");
  second_report = undo (second_id, NULL);
  g_assert_nonnull (second_report);
  g_assert_null (fake_vault_get ("none"));
  g_assert_cmpstr (fake_vault_get ("other"), ==, "old");
  g_assert_cmpuint (fake_vault_size (), ==, 1);
}

/* One setup builds on the other; in whatever order they are undone, everything is as before both. */
static void
test_undo_any_order (void)
{
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (GPtrArray) first = setups_new ();
      g_autoptr (GPtrArray) second = setups_new ();
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *rest = NULL;
      g_autofree char *first_id = NULL;
      g_autofree char *second_id = NULL;
      g_autoptr (RstUndoReport) report = NULL;
      g_autoptr (RstUndoReport) second_report = NULL;

      fake_vault_clear ();
      home_write ("rc", "a", 0640);
      before = home_snapshot ();
      plan (first, RST_EDIT_TEXT, "conf/rc", "one\n", 0600);
      plan (first, RST_EDIT_TEXT, "rc", "a\n\none\n", 0600);
      plan (first, RST_EDIT_BINARY, "keys", "one", 0600);
      plan_secret (first, "h");
      first_id = apply_full (first, "pw", NULL, NULL);
      plan (second, RST_EDIT_TEXT, "conf/rc", "one\n\ntwo\n", 0600);
      plan (second, RST_EDIT_TEXT, "conf/more", "two\n", 0600);
      plan (second, RST_EDIT_TEXT, "rc", "a\n\none\n\ntwo\n", 0600);
      plan_secret (second, "h");
      second_id = apply_full (second, "pw", NULL, NULL);

      report = undo (order == 0 ? second_id : first_id, NULL);
      g_assert_nonnull (report);
      rest = home_read ("conf/rc");
      g_assert_cmpstr (rest, ==, order == 0 ? "one\n" : "\ntwo\n");
      g_assert_cmpstr (fake_vault_get ("h"), ==, "pw");
      second_report = undo (NULL, NULL);
      g_assert_nonnull (second_report);
      g_assert_cmpuint (second_report->kept->len + second_report->left->len, ==, 0);
      after = home_snapshot ();
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpuint (fake_vault_size (), ==, 0);
    }
}

static void
settle (GPtrArray  *setups,
        const char *password)
{
  g_autoptr (RstSecret) secret = rst_secret_new (password, strlen (password), NULL);
  g_autoptr (GAsyncResult) result = NULL;

  rst_settle_async (setups, secret, &fake_vault, NULL, done_cb, &result);
  g_assert_true (rst_settle_finish (wait_for (&result), NULL));
}

/* Only what is stored already, and belongs to no new file, is left out. */
static void
test_settle (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  static const guint left[] = { 0, 2, 1, 1 };

  fake_vault_clear ();
  fake_vault_set ("same", "pw");
  fake_vault_set ("other", "old");
  plan_secret (setups, "same");
  g_ptr_array_add (setups, rst_setup_new ("msmtp"));
  plan_secret (setups, "same");
  plan_secret (setups, "other");
  g_ptr_array_add (setups, rst_setup_new ("mutt"));
  plan_secret (setups, "none");
  g_ptr_array_add (setups, rst_setup_new ("fetchmail"));
  plan_secret (setups, "same");
  plan (setups, RST_EDIT_TEXT, "rc", "ours\n", 0600);
  settle (setups, "pw");
  for (guint i = 0; i < setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (setups, i);

      g_assert_cmpuint (setup->secrets->len, ==, left[i]);
      g_assert_cmpint (rst_setup_changes (setup), ==, left[i] > 0);
    }
}

/* The vault fails: the writer is to find out. */
static void
test_settle_fails (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();

  fake_vault_clear ();
  fake_vault_set ("same", "pw");
  plan_secret (setups, "same");
  fake_vault_fail (1);
  settle (setups, "pw");
  g_assert_true (rst_setup_changes (g_ptr_array_index (setups, 0)));
}

/* The password changes, the files do not; in whatever order both setups are undone, nothing is left. */
static void
test_new_password (void)
{
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (GPtrArray) first = setups_new (), second = setups_new ();
      g_autofree char *first_id = NULL, *second_id = NULL;
      g_autoptr (RstUndoReport) report = NULL, second_report = NULL;

      fake_vault_clear ();
      plan (first, RST_EDIT_TEXT, "rc", "ours\n", 0600);
      plan_secret (first, "h");
      first_id = apply_full (first, "pw", NULL, NULL);
      plan_secret (second, "h");
      settle (second, "new");
      second_id = apply_full (second, "new", NULL, NULL);
      g_assert_cmpstr (second_id, !=, "");
      g_assert_cmpstr (fake_vault_get ("h"), ==, "new");

      report = undo (order == 0 ? second_id : first_id, NULL);
      g_assert_nonnull (report);
      g_assert_cmpstr (fake_vault_get ("h"), ==, order == 0 ? "pw" : "new");
      g_assert_cmpuint (fake_vault_size (), ==, 1);
      second_report = undo (NULL, NULL);
      g_assert_nonnull (second_report);
      g_assert_cmpuint (fake_vault_size (), ==, 0);
      g_assert_false (home_exists ("rc"));
    }
}

/* What a later setup remembers cannot be corrected: its password stays, and undo can be repeated. */
static void
test_heir_stuck (void)
{
  g_autoptr (GPtrArray) first = setups_new (), second = setups_new ();
  g_autofree char *first_id = NULL, *second_id = NULL, *name = NULL, *way = NULL, *inside = NULL;
  g_autoptr (RstUndoReport) none = NULL, report = NULL, second_report = NULL;
  g_autoptr (GError) error = NULL;

  fake_vault_clear ();
  plan (first, RST_EDIT_TEXT, "rc1", "ours\n", 0600);
  plan_secret (first, "h");
  first_id = apply_full (first, "pw", NULL, NULL);
  plan (second, RST_EDIT_TEXT, "rc2", "ours\n", 0600);
  plan_secret (second, "h");
  second_id = apply_full (second, "pw", NULL, NULL);

  name = g_strdup_printf (".%s.new", second_id);
  way = g_build_filename (g_get_user_state_dir (), "restante", "setups", name, NULL);
  inside = g_build_filename (way, "x", NULL);
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  none = undo (first_id, &error);
  g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
  g_assert_null (none);
  g_assert_cmpstr (fake_vault_get ("h"), ==, "pw");
  g_assert_cmpint (g_rmdir (inside), ==, 0);

  report = undo (first_id, NULL);
  g_assert_nonnull (report);
  g_assert_cmpstr (fake_vault_get ("h"), ==, "pw");
  second_report = undo (second_id, NULL);
  g_assert_nonnull (second_report);
  g_assert_cmpuint (fake_vault_size (), ==, 0);
  g_assert_false (home_exists ("rc1") || home_exists ("rc2"));
}

/* The password is nowhere in what we write, backups have no wider mode than their originals. */
static void
test_journal_is_private (void)
{
  g_autoptr (GPtrArray) setups = setups_new ();
  g_autofree char *id = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;
  struct stat info;

  fake_vault_clear ();
  fake_vault_set ("other", "old-and-secret");
  home_write ("rc", "a\n", 0644);
  plan (setups, RST_EDIT_TEXT, "rc", "a\nours\n", 0600);
  plan_secret (setups, "other");
  id = apply_full (setups, "new-and-secret", NULL, NULL);
  folder = g_build_filename (g_get_user_state_dir (), "restante", "setups", id, NULL);
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      n++;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_null (strstr (text, "secret"));
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
    }
  g_assert_cmpuint (n, ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/writer/apply-undo", test_apply_undo);
  home_add_test ("/writer/nothing-to-do", test_nothing_to_do);
  home_add_test ("/writer/undo-edited", test_undo_edited);
  home_add_test ("/writer/undo-folders", test_undo_folders);
  home_add_test ("/writer/conflicts", test_conflicts);
  home_add_test ("/writer/roll-back", test_roll_back);
  home_add_test ("/writer/running", test_running);
  home_add_test ("/writer/secrets", test_secrets);
  home_add_test ("/writer/secrets-fail", test_secrets_fail);
  home_add_test ("/writer/undo-secrets-later", test_undo_secrets_later);
  home_add_test ("/writer/failure-is-told", test_failure_is_told);
  home_add_test ("/writer/undo-let-go", test_undo_let_go);
  home_add_test ("/writer/shared-secret", test_shared_secret);
  home_add_test ("/writer/undo-any-order", test_undo_any_order);
  home_add_test ("/writer/settle", test_settle);
  home_add_test ("/writer/settle-fails", test_settle_fails);
  home_add_test ("/writer/new-password", test_new_password);
  home_add_test ("/writer/heir-stuck", test_heir_stuck);
  home_add_test ("/writer/journal-is-private", test_journal_is_private);
  return home_run ();
}
