/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct _RstLock {
  int   fd;      /* (owned) */
  char *created; /* (owned) (nullable) the lock file, if it was not there before */
};

/**
 * rst_lock_is_held:
 * @path: (nullable): a lock file
 *
 * Returns: whether some process holds a write lock on it; the mere file means nothing
 */
gboolean
rst_lock_is_held (const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gboolean held;
  int fd;

  if (path == NULL)
    return FALSE;
  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  held = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);
  return held;
}

static RstLock *
lock_new (int   fd,
          char *created)
{
  RstLock *self = g_new0 (RstLock, 1);

  self->fd = fd;
  self->created = created;
  return self;
}

/**
 * rst_lock_take:
 * @path: (nullable): a lock file
 * @held: (out): whether another process holds it
 *
 * Takes the lock of a mail program, so that it cannot start while its files are written. The lock
 * belongs to the open file and not to the process: closing another descriptor does not drop it. If
 * the file is not there it is made for that long; if its folder is not there either, or the disk has
 * no locks, there is nothing to take.
 *
 * Returns: (transfer full) (nullable): the lock, or %NULL
 */
RstLock *
rst_lock_take (const char *path,
               gboolean   *held)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr (RstLock) self = NULL;
  gboolean created = FALSE;
  int fd;

  *held = FALSE;
  if (path == NULL)
    return NULL;
  fd = open (path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT)
    {
      fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      created = fd >= 0;
    }
  if (fd < 0)
    {
      *held = rst_lock_is_held (path);
      return NULL;
    }
  self = lock_new (fd, created ? g_strdup (path) : NULL);
  if (fcntl (fd, F_OFD_SETLK, &lock) == 0)
    return g_steal_pointer (&self);
  *held = errno == EAGAIN || errno == EACCES;
  return NULL;
}

/**
 * rst_lock_take_journals:
 * @folder: the folder of the journals, which exists
 * @held: (out): whether another setup is at work
 *
 * Returns: (transfer full) (nullable): our own lock, or %NULL
 */
RstLock *
rst_lock_take_journals (const char *folder,
                        gboolean   *held)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  *held = FALSE;
  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return lock_new (fd, NULL);
  *held = errno == EWOULDBLOCK;
  close (fd);
  return NULL;
}

/**
 * rst_lock_free:
 * @self: (transfer full): a lock
 *
 * Drops the lock.
 */
void
rst_lock_free (RstLock *self)
{
  g_return_if_fail (self != NULL);

  if (self->created != NULL)
    (void) unlink (self->created);
  close (self->fd);
  g_free (self->created);
  g_free (self);
}
