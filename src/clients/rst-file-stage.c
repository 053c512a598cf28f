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
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MAX_XATTRS 65536 /* bytes */

struct _RstFileStage {
  char        *path;    /* (owned) as the caller named it */
  char        *base;    /* (owned) name within the folder */
  char        *temp;    /* (owned) (nullable) the new version; NULL: the file is to go */
  int          folder;  /* (owned) */
  int          fd;      /* (owned) the new version, locked against sweeping; or -1 */
  GBytes      *old;     /* (owned) (nullable) contents of the old version; NULL: there is none */
  struct stat  seen;    /* of the old version */
};

/* Opens the folder that a file is in. */
static RstFileStage *
enter (const char  *path,
       GError     **error)
{
  g_autofree char *real = rst_file_resolve (path, error);
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

/* Reads what has the name now, if anything has. */
static gboolean
look (const RstFileStage  *self,
      struct stat         *info,
      GBytes             **contents,
      GError             **error)
{
  int fd;

  *contents = NULL;
  if (fstatat (self->folder, self->base, info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
    return TRUE;
  fd = rst_file_open_at (self->folder, self->base, O_NOFOLLOW, self->path, info, error);
  if (fd < 0)
    return FALSE;
  if (rst_file_check_ours (info, self->path, error))
    *contents = rst_file_read_fd (fd, self->path, error);
  close (fd);
  return *contents != NULL;
}

static gboolean
is_same (GBytes *a,
         GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
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

/* Whether the file is as it was when it was looked at. The clock of a file system is coarse: a change
 * within the same few milliseconds only shows in the contents. */
static gboolean
check_unchanged (const RstFileStage  *self,
                 GError             **error)
{
  g_autoptr (GBytes) contents = NULL;
  struct stat now;

  if (!look (self, &now, &contents, error))
    return FALSE;
  if (!is_same (contents, self->old))
    return set_changed (self, error);
  if (contents != NULL && (now.st_dev != self->seen.st_dev || now.st_ino != self->seen.st_ino ||
                           now.st_mtim.tv_sec != self->seen.st_mtim.tv_sec ||
                           now.st_mtim.tv_nsec != self->seen.st_mtim.tv_nsec))
    return set_changed (self, error);
  return TRUE;
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
  if (self->old != NULL)
    {
      int old = openat (self->folder, self->base,
                        O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
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
  self->temp = rst_file_temp_name ();
  self->fd = openat (self->folder, self->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                     0600);
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
  if (self == NULL || !look (self, &self->seen, contents, error))
    return FALSE;
  *mode = *contents != NULL ? self->seen.st_mode & 0777 : 0;
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

  if (self == NULL || !look (self, &self->seen, &self->old, error))
    return NULL;
  if (!is_same (self->old, expected))
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
  if (self->old != NULL)
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

  if (!check_unchanged (self, error))
    return FALSE;
  if (self->temp != NULL)
    done = take_name (self);
  else
    done = self->old == NULL || unlinkat (self->folder, self->base, 0) == 0;
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
  g_clear_pointer (&self->old, g_bytes_unref);
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
