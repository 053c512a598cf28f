/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing one file: what goes over to the new version, what stops it, what it leaves behind. */
#include "rst-error.h"
#include "rst-file.h"
#include "rst-lock.h"
#include "temp-home.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static gboolean
replace (const char  *name,
         const char  *expected,
         const char  *contents,
         guint        mode,
         GError     **error)
{
  g_autofree char *path = home_path (name);
  g_autoptr (GBytes) before = text_bytes (expected);
  g_autoptr (GBytes) after = text_bytes (contents);

  return rst_file_replace (path, before, after, mode, error);
}

static RstFileStage *
stage (const char *name,
       const char *expected,
       const char *contents)
{
  g_autofree char *path = home_path (name);
  g_autoptr (GBytes) before = text_bytes (expected);
  g_autoptr (GBytes) after = text_bytes (contents);
  g_autoptr (GError) error = NULL;
  RstFileStage *self = rst_file_stage_new (path, before, after, 0600, &error);

  g_assert_no_error (error);
  return self;
}

static guint
count_entries (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_home_dir (), 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Whatever the umask: the mode is exact, and the file was never open to others. */
static void
test_modes (void)
{
  static const guint modes[] = { 0600, 0400, 0640, 0644, 0755 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *name = g_strdup_printf ("f%u", i);
      mode_t old = umask (i % 2 == 0 ? 0 : 0277);
      g_autoptr (GError) error = NULL;

      g_assert_true (replace (name, NULL, "a", modes[i], &error));
      g_assert_true (replace (name, "a", "b", modes[i], &error));
      umask (old);
      g_assert_no_error (error);
      g_assert_cmpuint (home_mode (name), ==, modes[i]);
    }
  g_assert_cmpuint (count_entries (), ==, G_N_ELEMENTS (modes));
}

static void
test_attributes (void)
{
  g_autofree char *path = home_path ("f");
  char value[8] = "";

  home_write ("f", "a", 0600);
  if (setxattr (path, "user.note", "mine", 4, 0) != 0)
    {
      g_test_skip ("no extended attributes on this disk");
      return;
    }
  g_assert_true (replace ("f", "a", "b", 0600, NULL));
  g_assert_cmpint (getxattr (path, "user.note", value, sizeof value), ==, 4);
  g_assert_cmpstr (value, ==, "mine");
}

/* The group goes over; this can only be tried by one who may give files away. */
static void
test_group (void)
{
  g_autofree char *path = home_path ("f");
  struct stat info;

  home_write ("f", "a", 0640);
  if (chown (path, -1, 12345) != 0)
    {
      g_test_skip ("not allowed to change a group");
      return;
    }
  g_assert_true (replace ("f", "a", "b", 0640, NULL));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_gid, ==, 12345);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
}

static void
test_foreign_owner (void)
{
  g_autofree char *path = home_path ("f");
  g_autoptr (GError) error = NULL;

  home_write ("f", "a", 0644);
  if (chown (path, 12345, -1) != 0)
    {
      g_test_skip ("not allowed to give a file away");
      return;
    }
  g_assert_false (replace ("f", "a", "b", 0644, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "another user"));
}

static void
test_links (void)
{
  g_autofree char *relative = home_path ("relative");
  g_autofree char *chain = home_path ("chain");
  g_autofree char *absolute = home_path ("absolute");
  g_autofree char *target = home_path ("there/f");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  home_write ("there/f", "a", 0600);
  g_assert_cmpint (symlink ("there/f", relative), ==, 0);
  g_assert_cmpint (symlink ("relative", chain), ==, 0);
  g_assert_cmpint (symlink (target, absolute), ==, 0);
  g_assert_true (replace ("chain", "a", "b", 0600, &error));
  g_assert_true (replace ("absolute", "b", "c", 0600, &error));
  g_assert_no_error (error);
  text = home_read ("there/f");
  g_assert_cmpstr (text, ==, "c");
  g_assert_true (g_file_test (chain, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (absolute, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (relative, G_FILE_TEST_IS_SYMLINK));
}

typedef struct {
  const char *expected; /* NULL: must not exist */
  const char *now;      /* what somebody makes of it between stage and commit; NULL: removes it */
} Race;

/* Whatever somebody else does between the two steps wins, and no temporary file is left. */
static void
test_changed_between (void)
{
  static const Race races[] = {
    { "a", "aa" }, { "a", "b" }, { "a", NULL }, { NULL, "a" }, { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (races); i++)
    {
      g_autofree char *path = home_path ("f");
      g_autofree char *text = NULL;
      g_autoptr (RstFileStage) self = NULL;
      g_autoptr (GError) error = NULL;

      g_remove (path);
      if (races[i].expected != NULL)
        home_write ("f", races[i].expected, 0600);
      self = stage ("f", races[i].expected, "ours");
      g_remove (path);
      if (races[i].now != NULL)
        home_write ("f", races[i].now, 0600);
      g_assert_false (rst_file_stage_commit (self, &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_CONFLICT);
      g_clear_pointer (&self, rst_file_stage_free);
      text = home_read ("f");
      g_assert_cmpstr (text, ==, races[i].now);
      g_assert_cmpuint (count_entries (), ==, races[i].now != NULL ? 1 : 0);
    }
}

static void
test_remove (void)
{
  g_autoptr (GError) error = NULL;

  home_write ("f", "a", 0600);
  g_assert_false (replace ("f", "b", NULL, 0, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_CONFLICT);
  g_assert_true (replace ("f", "a", NULL, 0, NULL));
  g_assert_cmpuint (count_entries (), ==, 0);
}

/* What a killed run left behind goes; what another is just writing stays, and so does all that only
 * looks like it. */
static void
test_sweep (void)
{
  static const char * const others[] = { ".restante-0123456789abcdef", ".restante-0123456789abcde.tmp",
                                         ".restante-0123456789ABCDEF.tmp", "restante-0123456789abcdef.tmp" };
  g_autofree char *path = home_path ("f");
  g_autofree char *busy = home_path (".restante-fedcba9876543210.tmp");
  g_autoptr (RstFileStage) self = stage ("f", NULL, "ours");
  int fd;

  home_write (".restante-0123456789abcdef.tmp", "a", 0600);
  home_write (".restante-fedcba9876543210.tmp", "a", 0600);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    home_write (others[i], "a", 0600);
  fd = g_open (busy, O_RDONLY, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  rst_file_sweep (path);
  g_assert_false (home_exists (".restante-0123456789abcdef.tmp"));
  g_assert_true (home_exists (".restante-fedcba9876543210.tmp"));
  g_assert_cmpuint (count_entries (), ==, G_N_ELEMENTS (others) + 2);
  g_assert_true (rst_file_stage_commit (self, NULL));
  g_assert_true (home_exists ("f"));
  close (fd);
}

/* As the program would, in a process of its own, since locks of one process do not disturb it. */
static int
try_posix_lock (const char *path)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = open (path, O_WRONLY | O_CREAT, 0666);

      _exit (fd >= 0 && fcntl (fd, F_SETLK, &lock) == 0 ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WEXITSTATUS (status);
}

static void
test_lock (void)
{
  g_autofree char *path = home_path ("profile/.parentlock");
  g_autofree char *folder = home_path ("profile");
  g_autoptr (RstLock) self = NULL;
  gboolean held;

  /* No folder: nothing to lock. */
  g_assert_null (rst_lock_take (path, &held));
  g_assert_false (held);
  g_assert_false (rst_lock_is_held (path));

  /* No lock file: there is one for the time being. */
  g_mkdir (folder, 0700);
  self = rst_lock_take (path, &held);
  g_assert_nonnull (self);
  g_assert_cmpint (try_posix_lock (path), ==, 1);
  g_clear_pointer (&self, rst_lock_free);
  g_assert_false (home_exists ("profile/.parentlock"));

  /* It stays held while others look at it, and stays a file if it was one. */
  home_write ("profile/.parentlock", "", 0644);
  self = rst_lock_take (path, &held);
  g_assert_true (rst_lock_is_held (path));
  g_assert_cmpint (try_posix_lock (path), ==, 1);
  g_assert_null (rst_lock_take (path, &held));
  g_assert_true (held);
  g_clear_pointer (&self, rst_lock_free);
  g_assert_cmpint (try_posix_lock (path), ==, 0);
  g_assert_true (home_exists ("profile/.parentlock"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/file/modes", test_modes);
  home_add_test ("/file/attributes", test_attributes);
  home_add_test ("/file/group", test_group);
  home_add_test ("/file/foreign-owner", test_foreign_owner);
  home_add_test ("/file/links", test_links);
  home_add_test ("/file/changed-between", test_changed_between);
  home_add_test ("/file/remove", test_remove);
  home_add_test ("/file/sweep", test_sweep);
  home_add_test ("/file/lock", test_lock);
  return home_run ();
}
