/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replacing one file. The new version is written next to the old one under a name of its own and
 * brought to disk (stage), then takes the name in one step (commit) if the file is still the one that
 * was expected. A link stays a link: the file it leads to is replaced. Owner, group, mode and
 * extended attributes (access lists among them) go over to the new file.
 */
#include "rst-file.h"

#include "rst-error.h"
#include "rst-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Temporary files: so that a later run knows its own. */
#define TEMP_PREFIX ".restante-"
#define TEMP_SUFFIX ".tmp"
#define TEMP_DIGITS 16

#define MAX_LINKS 40
#define MAX_XATTRS 65536 /* bytes */

struct _RstFileStage {
  char        *path;    /* (owned) as the caller named it */
  char        *base;    /* (owned) name within the folder */
  char        *temp;    /* (owned) (nullable) the new version; NULL: the file is to go */
  int          folder;  /* (owned) */
  int          fd;      /* (owned) the new version, locked against sweeping; or -1 */
  gboolean     existed;
  struct stat  seen;    /* of the old version */
};

/* Follows links at the end of a path to the file that they mean, which need not exist. */
static char *
resolve (const char  *path,
         GError     **error)
{
  g_autofree char *current = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *parent = g_path_get_dirname (current);
      g_autofree char *base = g_path_get_basename (current);
      g_autofree char *target = NULL;
      char *real = realpath (parent, NULL);

      if (real == NULL)
        {
          rst_file_set_error (error, errno, TRUE, path);
          return NULL;
        }
      g_free (current);
      current = g_build_filename (real, base, NULL);
      free (real);
      target = g_file_read_link (current, NULL);
      if (target == NULL)
        return g_steal_pointer (&current);
      g_free (parent);
      parent = g_path_get_dirname (current);
      g_free (current);
      current = g_path_is_absolute (target) ? g_strdup (target)
                                            : g_build_filename (parent, target, NULL);
    }
  rst_file_set_error (error, ELOOP, TRUE, path);
  return NULL;
}

/* Opens the folder that a file is in. */
static RstFileStage *
enter (const char  *path,
       GError     **error)
{
  g_autofree char *real = resolve (path, error);
  g_autofree char *parent = NULL;
  g_autoptr (RstFileStage) self = NULL;

  if (real == NULL)
    return NULL;
  parent = g_path_get_dirname (real);
  self = g_new0 (RstFileStage, 1);
  self->fd = -1;
  self->path = g_strdup (path);
  self->base = g_path_get_basename (real);
  self->folder = open (parent, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (self->folder < 0)
    {
      rst_file_set_error (error, errno, TRUE, path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Reads the old version, if there is one. */
static gboolean
look (RstFileStage  *self,
      GBytes       **contents,
      GError       **error)
{
  int fd;

  *contents = NULL;
  if (fstatat (self->folder, self->base, &self->seen, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
    return TRUE;
  fd = rst_file_open_at (self->folder, self->base, O_NOFOLLOW, self->path, &self->seen, error);
  if (fd < 0)
    return FALSE;
  self->existed = TRUE;
  if (rst_file_check_ours (&self->seen, self->path, error))
    *contents = rst_file_read_fd (fd, self->path, error);
  close (fd);
  return *contents != NULL;
}

static gboolean
set_changed (const RstFileStage  *self,
             GError             **error)
{
  g_autofree char *name = rst_file_show (self->path);

  g_set_error (error, RST_ERROR, RST_ERROR_CONFLICT,
               _("“%s” was changed meanwhile by another program."), name);
  return FALSE;
}

/* Whether the file is as it was when its contents were compared. */
static gboolean
is_unchanged (const RstFileStage *self)
{
  struct stat now;

  if (fstatat (self->folder, self->base, &now, AT_SYMLINK_NOFOLLOW) != 0)
    return !self->existed && errno == ENOENT;
  return self->existed && now.st_dev == self->seen.st_dev && now.st_ino == self->seen.st_ino &&
         now.st_size == self->seen.st_size && now.st_mtim.tv_sec == self->seen.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == self->seen.st_mtim.tv_nsec;
}

static char *
temp_name (void)
{
  guint64 number = 0;

  if (getrandom (&number, sizeof number, 0) != sizeof number)
    g_error ("no random numbers");
  return g_strdup_printf (TEMP_PREFIX "%0*" G_GINT64_MODIFIER "x" TEMP_SUFFIX, TEMP_DIGITS, number);
}

static gboolean
is_temp_name (const char *name)
{
  gsize prefix = strlen (TEMP_PREFIX);

  return g_str_has_prefix (name, TEMP_PREFIX) &&
         strspn (name + prefix, "0123456789abcdef") == TEMP_DIGITS &&
         g_str_equal (name + prefix + TEMP_DIGITS, TEMP_SUFFIX);
}

/* Best effort: an attribute that this disk or this user may not set is not worth failing for. */
static void
copy_xattrs (int from,
             int to)
{
  ssize_t size = flistxattr (from, NULL, 0);
  g_autofree char *names = NULL;
  g_autofree char *value = NULL;

  if (size <= 0 || size > MAX_XATTRS)
    return;
  names = g_malloc (size);
  size = flistxattr (from, names, size);
  value = g_malloc (MAX_XATTRS);
  for (const char *name = names; size > 0 && name < names + size; name += strlen (name) + 1)
    {
      ssize_t length = fgetxattr (from, name, value, MAX_XATTRS);

      if (length >= 0)
        (void) fsetxattr (to, name, value, length, 0);
    }
}

/* The new version has been readable for its owner only so far. */
static gboolean
take_over (RstFileStage *self,
           guint         mode)
{
  if (self->existed)
    {
      int old = openat (self->folder, self->base, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
      struct stat info;

      if (old < 0)
        return FALSE;
      if (fstat (self->fd, &info) == 0 && info.st_gid != self->seen.st_gid &&
          fchown (self->fd, -1, self->seen.st_gid) != 0)
        mode &= ~(guint) 070; /* our group instead of the old one: it gets no access */
      copy_xattrs (old, self->fd);
      close (old);
    }
  return fchmod (self->fd, mode & 0777) == 0;
}

static gboolean
write_temp (RstFileStage  *self,
            GBytes        *contents,
            guint          mode,
            GError       **error)
{
  self->temp = temp_name ();
  self->fd = openat (self->folder, self->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      int errsv = errno;

      g_clear_pointer (&self->temp, g_free);
      rst_file_set_error (error, errsv, TRUE, self->path);
      return FALSE;
    }
  (void) flock (self->fd, LOCK_EX | LOCK_NB);
  if (rst_file_write_fd (self->fd, contents) && take_over (self, mode) && fsync (self->fd) == 0)
    return TRUE;
  rst_file_set_error (error, errno, TRUE, self->path);
  return FALSE;
}

/**
 * rst_file_inspect:
 * @path: an absolute path, may be a link
 * @contents: (out) (nullable) (transfer full): what is in the file; %NULL if there is none
 * @mode: (out): its permission bits, 0 if there is none
 * @error: return location for an error
 *
 * Reads a file that is to be replaced, and makes sure that it can be: that it is a regular file of this
 * user, of a bearable size and without a second name.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE
 */
gboolean
rst_file_inspect (const char  *path,
                  GBytes     **contents,
                  guint       *mode,
                  GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (RstFileStage) self = NULL;

  *contents = NULL;
  *mode = 0;
  if (!g_file_test (parent, G_FILE_TEST_EXISTS))
    return TRUE;
  self = enter (path, error);
  if (self == NULL || !look (self, contents, error))
    return FALSE;
  *mode = self->existed ? self->seen.st_mode & 0777 : 0;
  return TRUE;
}

/**
 * rst_file_stage_new:
 * @path: an absolute path, may be a link; its folder exists
 * @expected: (nullable): what must be in the file; %NULL if there must be none
 * @contents: (nullable): what is to be in it; %NULL if it is to be removed
 * @mode: its permission bits then, whatever the umask
 * @error: return location for an error
 *
 * Prepares all of a replacement that needs space on the disk. Nothing changes yet.
 *
 * Returns: (transfer full) (nullable): the stage, or %NULL with %RST_ERROR_CONFLICT if the file is not as
 *   expected, %RST_ERROR_FILE if it cannot be replaced
 */
RstFileStage *
rst_file_stage_new (const char  *path,
                    GBytes      *expected,
                    GBytes      *contents,
                    guint        mode,
                    GError     **error)
{
  g_autoptr (RstFileStage) self = enter (path, error);
  g_autoptr (GBytes) current = NULL;

  if (self == NULL || !look (self, &current, error))
    return NULL;
  if ((current == NULL) != (expected == NULL) ||
      (current != NULL && !g_bytes_equal (current, expected)))
    {
      set_changed (self, error);
      return NULL;
    }
  if (contents != NULL && !write_temp (self, contents, mode, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Gives the new version its name. A new file must not fall on one that appeared just now. */
static gboolean
take_name (const RstFileStage *self)
{
  if (self->existed)
    return renameat (self->folder, self->temp, self->folder, self->base) == 0;
  if (renameat2 (self->folder, self->temp, self->folder, self->base, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  return renameat (self->folder, self->temp, self->folder, self->base) == 0;
}

/**
 * rst_file_stage_commit:
 * @self: a stage
 * @error: return location for an error
 *
 * Lets the new version take its name, or removes the file, if it is still as it was.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_CONFLICT if the file changed since, %RST_ERROR_FILE
 */
gboolean
rst_file_stage_commit (RstFileStage  *self,
                       GError       **error)
{
  gboolean done;

  if (!is_unchanged (self))
    return set_changed (self, error);
  if (self->temp != NULL)
    done = take_name (self);
  else
    done = !self->existed || unlinkat (self->folder, self->base, 0) == 0;
  if (!done && errno == EEXIST)
    return set_changed (self, error);
  if (!done)
    {
      rst_file_set_error (error, errno, TRUE, self->path);
      return FALSE;
    }
  g_clear_pointer (&self->temp, g_free);
  return rst_file_sync_folder (self->folder, self->path, error);
}

/**
 * rst_file_stage_free:
 * @self: (transfer full): a stage
 *
 * Removes the new version if it was not committed.
 */
void
rst_file_stage_free (RstFileStage *self)
{
  g_return_if_fail (self != NULL);

  if (self->temp != NULL)
    (void) unlinkat (self->folder, self->temp, 0);
  if (self->fd >= 0)
    close (self->fd);
  if (self->folder >= 0)
    close (self->folder);
  g_free (self->temp);
  g_free (self->base);
  g_free (self->path);
  g_free (self);
}

/**
 * rst_file_replace:
 * @path: an absolute path
 * @expected: (nullable): what must be in the file; %NULL if there must be none
 * @contents: (nullable): what is to be in it; %NULL if it is to be removed
 * @mode: its permission bits then
 * @error: return location for an error
 *
 * Both steps at once.
 *
 * Returns: %TRUE, or %FALSE with @error set and the file as it was
 */
gboolean
rst_file_replace (const char  *path,
                  GBytes      *expected,
                  GBytes      *contents,
                  guint        mode,
                  GError     **error)
{
  g_autoptr (RstFileStage) stage = rst_file_stage_new (path, expected, contents, mode, error);

  return stage != NULL && rst_file_stage_commit (stage, error);
}

/**
 * rst_file_sweep:
 * @path: a path; its folder is swept
 *
 * Removes temporary files that an earlier run left behind when it was killed. Those that are being
 * written at this moment are locked, and stay.
 */
void
rst_file_sweep (const char *path)
{
  g_autofree char *real = resolve (path, NULL);
  g_autofree char *folder = real != NULL ? g_path_get_dirname (real) : NULL;
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *temp = NULL;
      int fd;

      if (!is_temp_name (name))
        continue;
      temp = g_build_filename (folder, name, NULL);
      fd = open (temp, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        (void) unlink (temp);
      close (fd);
    }
}
