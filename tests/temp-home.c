/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temp-home.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *top; /* (owned) has a folder for each of the places below */

static const char * const places[][2] = {
  { "HOME", "home" },
  { "XDG_CONFIG_HOME", "config" },
  { "XDG_DATA_HOME", "data" },
  { "XDG_STATE_HOME", "state" },
  { "XDG_CACHE_HOME", "cache" },
  { "XDG_RUNTIME_DIR", "run" },
};

/* To be called before GLib is asked for any of these places: it remembers them. */
void
home_init (void)
{
  top = g_dir_make_tmp ("restante-home-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (top, places[i][1], NULL);

      g_setenv (places[i][0], path, TRUE);
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
run (gconstpointer data)
{
  GTestFunc test = (GTestFunc) data;

  remove_tree (top);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (top, places[i][1], NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    }
  test ();
}

void
home_add_test (const char *name,
               GTestFunc   test)
{
  g_test_add_data_func (name, test, run);
}

/* g_test_run(), and nothing is left behind. */
int
home_run (void)
{
  int status = g_test_run ();

  remove_tree (top);
  g_clear_pointer (&top, g_free);
  return status;
}

char *
home_path (const char *name)
{
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
  /* As an editor: the same file, new contents; GLib 2.74 leaves the end of longer old ones. */
  if (truncate (path, 0) != 0)
    g_assert_cmpint (errno, ==, ENOENT);
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
