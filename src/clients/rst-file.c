/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-file.h"

#include "rst-error.h"
#include "rst-file-private.h"
#include "rst-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * rst_file_show:
 * @path: a path of any encoding
 *
 * Returns: (transfer full): @path as it can be shown in a sentence
 */
char *
rst_file_show (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  return rst_text_clean (name, -1, 300);
}

/**
 * rst_file_set_error:
 * @error: return location for an error
 * @errsv: the `errno` of the call that failed
 * @writing: whether the file was to be written
 * @path: the file
 *
 * Says what happened to which file.
 */
void
rst_file_set_error (GError     **error,
                    int          errsv,
                    gboolean     writing,
                    const char  *path)
{
  g_autofree char *name = rst_file_show (path);

  if (errsv == ENOSPC)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 _("The disk is full: “%s” could not be written."), name);
  else if (errsv == EDQUOT)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 _("You have used up your share of the disk: “%s” could not be written."), name);
  else if (errsv == EROFS)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 _("“%s” could not be written: the disk is read-only."), name);
  else if (errsv == EACCES || errsv == EPERM)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 writing ? _("You have no permission to write “%s”.")
                         : _("You have no permission to read “%s”."), name);
  else if (errsv == ELOOP)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 _("“%s” is a link that leads nowhere."), name);
  else
    g_set_error (error, RST_ERROR, RST_ERROR_FILE,
                 writing ? _("“%s” could not be written: %s.") : _("“%s” could not be read: %s."),
                 name, g_strerror (errsv));
}

static gboolean
refuse (GError     **error,
        const char  *format,
        const char  *path)
{
  g_autofree char *name = rst_file_show (path);
  g_autofree char *message = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
  g_set_error_literal (error, RST_ERROR, RST_ERROR_FILE, message);
  return FALSE;
}

/* Only what can be read to its end in no time: no folder, device, pipe or socket, nothing huge. */
static gboolean
check_kind (const struct stat  *info,
            const char         *path,
            GError            **error)
{
  if (S_ISDIR (info->st_mode))
    return refuse (error, _("“%s” is a folder; a file was expected there."), path);
  if (S_ISCHR (info->st_mode) || S_ISBLK (info->st_mode))
    return refuse (error, _("“%s” is a device or leads to one; a file was expected there."), path);
  if (!S_ISREG (info->st_mode))
    return refuse (error, _("“%s” is a pipe or socket; a file was expected there."), path);
  if (info->st_size > RST_FILE_MAX)
    return refuse (error, _("“%s” is too large: more than 4 MB."), path);
  return TRUE;
}

/* Replacing gives a name a new file: what else hangs on the old one would be lost. */
gboolean
rst_file_check_ours (const struct stat  *info,
                     const char         *path,
                     GError            **error)
{
  if (info->st_uid != geteuid ())
    return refuse (error, _("“%s” belongs to another user."), path);
  if (info->st_nlink != 1)
    return refuse (error, _("“%s” has a second name elsewhere on the disk (a hard link), which would be "
                            "cut off by changing it."), path);
  return TRUE;
}

/* Reads a descriptor to its end. A file may grow while it is read. */
GBytes *
rst_file_read_fd (int          fd,
                  const char  *path,
                  GError     **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 block[65536];

  while (TRUE)
    {
      ssize_t n = read (fd, block, sizeof block);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          rst_file_set_error (error, errno, FALSE, path);
          return NULL;
        }
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&data));
      if (data->len + n > RST_FILE_MAX)
        {
          refuse (error, _("“%s” is too large: more than 4 MB."), path);
          return NULL;
        }
      g_byte_array_append (data, block, n);
    }
}

/* Opens for reading without waiting for anybody, after a look at what it is. */
int
rst_file_open_at (int           folder,
                  const char   *name,
                  int           flags,
                  const char   *path,
                  struct stat  *info,
                  GError      **error)
{
  int fd;

  if (fstatat (folder, name, info, (flags & O_NOFOLLOW) != 0 ? AT_SYMLINK_NOFOLLOW : 0) != 0)
    {
      rst_file_set_error (error, errno, FALSE, path);
      return -1;
    }
  if (!check_kind (info, path, error))
    return -1;
  fd = openat (folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
  if (fd < 0 || fstat (fd, info) != 0)
    rst_file_set_error (error, errno, FALSE, path);
  else if (check_kind (info, path, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * rst_file_read:
 * @path: an absolute path
 * @contents: (out) (nullable) (transfer full): what is in the file; %NULL if there is none
 * @error: return location for an error
 *
 * Reads a file that may be anything: what is no regular file, or has more than %RST_FILE_MAX bytes, is
 * refused at once.
 *
 * Returns: %TRUE if the file was read or does not exist; %FALSE with %RST_ERROR_FILE
 */
gboolean
rst_file_read (const char  *path,
               GBytes     **contents,
               GError     **error)
{
  struct stat info;
  int fd;

  g_return_val_if_fail (g_path_is_absolute (path), FALSE);

  *contents = NULL;
  if (stat (path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;
  fd = rst_file_open_at (AT_FDCWD, path, 0, path, &info, error);
  if (fd < 0)
    return FALSE;
  *contents = rst_file_read_fd (fd, path, error);
  close (fd);
  return *contents != NULL;
}

gboolean
rst_file_write_fd (int     fd,
                   GBytes *contents)
{
  gsize size;
  const char *data = g_bytes_get_data (contents, &size);

  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= n;
    }
  return TRUE;
}

/* Writes a file that must not be there, under its own name: for folders that nobody looks into yet. */
gboolean
rst_file_create (const char  *path,
                 GBytes      *contents,
                 guint        mode,
                 GError     **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && rst_file_write_fd (fd, contents) && fchmod (fd, mode) == 0 &&
                     fsync (fd) == 0;

  if (!written)
    rst_file_set_error (error, errno, TRUE, path);
  if (fd >= 0)
    close (fd);
  return written;
}

/* fsync() of a folder makes names durable; some network file systems have no such thing. */
gboolean
rst_file_sync_folder (int          folder,
                      const char  *path,
                      GError     **error)
{
  if (fsync (folder) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EBADF)
    return TRUE;
  rst_file_set_error (error, errno, TRUE, path);
  return FALSE;
}

/* The same for a folder by its path. */
gboolean
rst_file_sync_path (const char  *path,
                    GError     **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced;

  if (fd < 0)
    {
      rst_file_set_error (error, errno, TRUE, path);
      return FALSE;
    }
  synced = rst_file_sync_folder (fd, path, error);
  close (fd);
  return synced;
}

/**
 * rst_file_make_folder:
 * @path: an absolute path; the folder that it is in exists
 * @mode: permission bits, whatever the umask
 * @error: return location for an error
 *
 * Makes one folder; it is no error if it is there.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_FILE
 */
gboolean
rst_file_make_folder (const char  *path,
                      guint        mode,
                      GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (mkdir (path, 0700) != 0)
    {
      if (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR))
        return TRUE;
      rst_file_set_error (error, errno, TRUE, path);
      return FALSE;
    }
  if (mode != 0700 && chmod (path, mode & 0777) != 0)
    {
      rst_file_set_error (error, errno, TRUE, path);
      return FALSE;
    }
  return rst_file_sync_path (parent, error);
}
