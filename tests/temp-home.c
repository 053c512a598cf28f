/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temp-home.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

char *
home_path (const char *name)
{
  /* Named but not made by g_test_init(). */
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  return g_build_filename (g_get_home_dir (), name, NULL);
}

void
home_write (const char *name,
            const char *text,
            guint       mode)
{
  g_autofree char *path = home_path (name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  /* As an editor: the same file, new contents. */
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

char *
home_read (const char *name)
{
  g_autofree char *path = home_path (name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

guint
home_mode (const char *name)
{
  g_autofree char *path = home_path (name);
  struct stat info;

  return stat (path, &info) == 0 ? info.st_mode & 07777 : 0;
}

gboolean
home_exists (const char *name)
{
  g_autofree char *path = home_path (name);
  struct stat info;

  return lstat (path, &info) == 0;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
add_entries (GString    *out,
             const char *folder,
             const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *shown = g_build_filename (prefix, g_ptr_array_index (names, i), NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      g_autofree char *text = NULL;
      struct stat info;

      g_assert_cmpint (lstat (path, &info), ==, 0);
      if (target == NULL && S_ISREG (info.st_mode))
        g_file_get_contents (path, &text, NULL, NULL);
      g_string_append_printf (out, "%s %o %s %s\n", shown, info.st_mode, target != NULL ? target : "-",
                              text != NULL ? text : "-");
      if (S_ISDIR (info.st_mode))
        add_entries (out, path, shown);
    }
}

/* All of the home in one string: names, modes, links and contents. */
char *
home_snapshot (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  add_entries (out, g_get_home_dir (), "");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GBytes *
text_bytes (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}
