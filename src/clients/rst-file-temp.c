/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the new version of a file lies until it takes its name, and clearing that away after a kill. */
#include "rst-file.h"

#include "rst-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

/* Temporary files: so that a later run knows its own. */
#define TEMP_PREFIX ".restante-"
#define TEMP_SUFFIX ".tmp"
#define TEMP_DIGITS 16

#define MAX_LINKS 40

/* Follows links at the end of a path to the file that they mean, which need not exist. */
char *
rst_file_resolve (const char  *path,
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

/* A name for a new version; it cannot be guessed, so that nobody can put something there first. */
char *
rst_file_temp_name (void)
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
  g_autofree char *real = rst_file_resolve (path, NULL);
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
