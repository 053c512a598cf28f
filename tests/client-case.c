/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-case.h"

#include "rst-seal.h"

#include <glib/gstdio.h>
#include <string.h>

const RstPlaces case_places = {
  .home = CASE_HOME,
  .config = CASE_HOME "/.config",
  .data = CASE_HOME "/.local/share",
};

static char *
folder_of (const char *client)
{
  return g_test_build_filename (G_TEST_DIST, "cases", "clients", client, NULL);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* Paths of the case folders of a program, sorted. */
GPtrArray *
case_list (const char *client)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = folder_of (client);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (list, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (list, compare_text);
  return list;
}

static GKeyFile *
open_ini (const char *folder)
{
  g_autoptr (GKeyFile) ini = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "account.ini", NULL);
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (ini, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&ini);
}

static void
read_login (GKeyFile   *ini,
            const char *which,
            RstLogin   *login)
{
  static const char * const ways[] = { "password", "encrypted", "oauth2", "none" };
  g_autofree char *url = g_key_file_get_string (ini, which, "server", NULL);
  g_autofree char *user = g_key_file_get_string (ini, which, "user", NULL);
  g_autofree char *way = g_key_file_get_string (ini, which, "auth", NULL);
  g_autoptr (RstEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;
  RstAuth auth = RST_AUTH_PASSWORD;

  if (url == NULL)
    return;
  endpoint = rst_endpoint_parse (url, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (way, ways[i]) == 0)
      auth = i;
  rst_login_set (login, endpoint, user, auth);
}

RstAccount *
case_account (const char *folder)
{
  g_autoptr (GKeyFile) ini = open_ini (folder);
  g_autofree char *address = g_key_file_get_string (ini, "account", "address", NULL);
  g_autofree char *leave = g_key_file_get_string (ini, "account", "leave", NULL);
  RstAccount *account = rst_account_new (address);

  account->name = g_key_file_get_string (ini, "account", "name", NULL);
  account->ca_file = g_key_file_get_string (ini, "account", "ca-file", NULL);
  account->store_secret = g_key_file_get_boolean (ini, "account", "store-secret", NULL);
  account->delete_along = g_key_file_get_boolean (ini, "account", "delete-along", NULL);
  account->leave_days = (guint) g_key_file_get_integer (ini, "account", "leave-days", NULL);
  account->login_delay = (guint) g_key_file_get_integer (ini, "account", "login-delay", NULL);
  account->leave = RST_LEAVE_KEEP;
  if (g_strcmp0 (leave, "remove") == 0)
    account->leave = RST_LEAVE_REMOVE;
  if (g_strcmp0 (leave, "days") == 0)
    account->leave = RST_LEAVE_DAYS;
  read_login (ini, "incoming", &account->incoming);
  read_login (ini, "outgoing", &account->outgoing);
  return account;
}

/* The kind of error that the case expects; NULL for none. */
char *
case_error (const char *folder)
{
  g_autoptr (GKeyFile) ini = open_ini (folder);

  return g_key_file_get_string (ini, "expect", "error", NULL);
}

static void
load_folder (const char *folder,
             const char *as,
             GHashTable *home)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *known = g_build_filename (as, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        load_folder (path, known, home);
      else if (g_file_get_contents (path, &text, &length, NULL))
        g_hash_table_insert (home, g_steal_pointer (&known), g_bytes_new (text, length));
    }
}

/* A home folder as path → contents. */
GHashTable *
case_load (const char *folder,
           const char *part)
{
  GHashTable *home = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autofree char *path = g_build_filename (folder, part, NULL);

  load_folder (path, CASE_HOME, home);
  return home;
}

void
case_save (GHashTable *home,
           const char *folder,
           const char *part)
{
  GHashTableIter iter;
  gpointer path, contents;

  g_hash_table_iter_init (&iter, home);
  while (g_hash_table_iter_next (&iter, &path, &contents))
    {
      g_autofree char *file = g_build_filename (folder, part, (char *) path + strlen (CASE_HOME), NULL);
      g_autofree char *parent = g_path_get_dirname (file);
      gsize size;
      const char *data = g_bytes_get_data (contents, &size);

      g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
      g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
    }
}

/* Reads what the program wants until it wants nothing more, as the scan does. */
RstFiles *
case_read (const RstClient *client,
           GHashTable      *home)
{
  RstFiles *files = rst_files_new ();
  gboolean more = TRUE;

  for (guint round = 0; more; round++)
    {
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

      g_assert_cmpuint (round, <, 20);
      more = FALSE;
      client->wants (&case_places, files, paths);
      for (guint i = 0; i < paths->len; i++)
        {
          const char *path = g_ptr_array_index (paths, i);

          if (rst_files_knows (files, path))
            continue;
          rst_files_add (files, path, g_hash_table_lookup (home, path));
          more = TRUE;
        }
    }
  return files;
}

/* The profile that the program opens. */
RstProfile *
case_profile (const RstClient *client,
              const RstFiles  *files)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();
  RstProfile *chosen = NULL;

  client->profiles (&case_places, files, profiles);
  g_assert_cmpuint (profiles->len, >, 0);
  for (guint i = 0; i < profiles->len; i++)
    {
      RstProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->is_default && chosen == NULL)
        chosen = profile;
      else
        rst_profile_free (profile);
    }
  g_assert_nonnull (chosen);
  return chosen;
}

GPtrArray *
case_accounts (const RstClient *client,
               const RstFiles  *files)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
  g_autoptr (RstProfile) profile = case_profile (client, files);

  client->accounts (&case_places, profile, files, accounts);
  return accounts;
}

/* The home folder after a setup; the files that it touched are added to @changed. */
GHashTable *
case_apply (GHashTable     *home,
            const RstSetup *setup,
            GHashTable     *changed)
{
  GHashTable *after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GHashTableIter iter;
  gpointer path, contents;

  g_hash_table_iter_init (&iter, home);
  while (g_hash_table_iter_next (&iter, &path, &contents))
    g_hash_table_insert (after, g_strdup (path), g_bytes_ref (contents));
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);
      GBytes *before = g_hash_table_lookup (after, edit->path);

      if (edit->kind == RST_EDIT_DIRECTORY)
        continue;
      g_assert_true ((before == NULL) == (edit->before == NULL));
      g_assert_true (before == NULL || g_bytes_equal (before, edit->before));
      g_hash_table_insert (after, g_strdup (edit->path), g_bytes_ref (edit->after));
      g_hash_table_insert (changed, g_strdup (edit->path), g_bytes_ref (edit->after));
    }
  return after;
}

static void
describe_secret (const RstSecretItem *item,
                 GString             *out)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (item->attributes), (GCompareFunc) g_strcmp0);

  g_string_append_printf (out, "secret “%s”", item->label);
  for (GList *l = keys; l != NULL; l = l->next)
    g_string_append_printf (out, " %s=%s", (char *) l->data,
                            (char *) g_hash_table_lookup (item->attributes, l->data));
  g_string_append_c (out, '\n');
}

/* All of a plan but the texts. */
char *
case_describe (const RstSetup *setup)
{
  static const char * const kinds[] = { "file", "store", "folder" };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < setup->secrets->len; i++)
    describe_secret (g_ptr_array_index (setup->secrets, i), out);
  for (guint i = 0; setup->seal != NULL && i < setup->seal->logins->len; i++)
    {
      const RstSealLogin *login = g_ptr_array_index (setup->seal->logins, i);

      g_string_append_printf (out, "own store %s %s\n", login->origin, login->user);
    }
  if (setup->seal != NULL && setup->seal->ca_file != NULL)
    g_string_append_printf (out, "own store trusts %s\n", setup->seal->ca_file);
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      g_string_append_printf (out, "%s %s %04o: %s\n", kinds[edit->kind], edit->path, edit->mode,
                              edit->summary);
    }
  for (guint i = 0; i < setup->next->len; i++)
    g_string_append_printf (out, "next: %s\n", (char *) g_ptr_array_index (setup->next, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
describe_login (const RstLogin *login,
                const char     *which,
                GString        *out)
{
  g_autofree char *url = login->endpoint != NULL ? rst_endpoint_to_string (login->endpoint) : NULL;

  if (url != NULL)
    g_string_append_printf (out, " %s=%s user=%s auth=%u", which, url, login->username, login->auth);
}

/* An account in one line. */
char *
case_account_text (const RstAccount *account)
{
  g_autoptr (GString) out = g_string_new (account->address);

  describe_login (&account->incoming, "in", out);
  if (rst_account_is_pop (account))
    g_string_append_printf (out, " leave=%u days=%u along=%d", account->leave,
                            account->leave == RST_LEAVE_DAYS ? account->leave_days : 0,
                            account->delete_along);
  describe_login (&account->outgoing, "out", out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
