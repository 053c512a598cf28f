/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every mail program against its golden folders: what a setup plans, that a second one changes
 * nothing, and that the account is read back as it was given.
 *
 * RST_UPDATE_CASES=1 writes after/, setup.txt and accounts.txt anew, to be read before they are
 * committed.
 */
#include "client-case.h"

#include "rst-error.h"

#include <glib/gstdio.h>

/* How often each case is damaged. */
#define DAMAGED_ROUNDS 30

static gboolean
updating (void)
{
  return g_getenv ("RST_UPDATE_CASES") != NULL;
}

static void
check_text (const char *folder,
            const char *file,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *expected = NULL;

  if (updating ())
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_file_get_contents (path, &expected, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
check_files (const char *folder,
             GHashTable *changed)
{
  g_autoptr (GHashTable) expected = NULL;
  GHashTableIter iter;
  gpointer path, contents;

  if (updating ())
    case_save (changed, folder, "after");
  expected = case_load (folder, "after");
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &path, &contents))
    {
      GBytes *bytes = g_hash_table_lookup (changed, path);
      g_autofree char *want = g_strndup (g_bytes_get_data (contents, NULL), g_bytes_get_size (contents));
      g_autofree char *have = NULL;

      g_assert_nonnull (bytes);
      have = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_cmpstr (have, ==, want);
      g_assert_true (g_bytes_equal (bytes, contents));
    }
  g_assert_cmpuint (g_hash_table_size (changed), ==, g_hash_table_size (expected));
}

static char *
list_accounts (const RstClient *client,
               GHashTable      *home)
{
  g_autoptr (RstFiles) files = case_read (client, home);
  g_autoptr (GPtrArray) accounts = case_accounts (client, files);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < accounts->len; i++)
    {
      g_autofree char *line = case_account_text (g_ptr_array_index (accounts, i));

      g_string_append_printf (out, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static RstSetup *
make_plan (const RstClient   *client,
           GHashTable        *home,
           const RstAccount  *account,
           GError           **error)
{
  g_autoptr (RstFiles) files = case_read (client, home);
  g_autoptr (RstProfile) profile = case_profile (client, files);
  g_autoptr (RstSetup) setup = rst_setup_new (client->id);

  if (!client->plan (&case_places, profile, files, account, setup, error))
    {
      g_assert_false (rst_setup_changes (setup));
      return NULL;
    }
  return g_steal_pointer (&setup);
}

/* The password may be another one, so that it goes where it went; to nothing else. */
static void
check_secrets (const RstSetup *again,
               const RstSetup *first)
{
  g_assert_cmpuint (again->secrets->len, ==, first->secrets->len);
  for (guint i = 0; i < again->secrets->len; i++)
    g_assert_true (rst_secret_item_equal (again->secrets->pdata[i], first->secrets->pdata[i]));
  g_assert_cmpint (again->seal != NULL, ==, first->seal != NULL);
}

static void
check_again (const RstClient  *client,
             GHashTable       *after,
             const RstAccount *account,
             const RstSetup   *first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstSetup) again = make_plan (client, after, account, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < again->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (again->edits, i);
      g_autofree char *before = edit->before != NULL ? g_strndup (g_bytes_get_data (edit->before, NULL),
                                                                  g_bytes_get_size (edit->before)) : NULL;
      g_autofree char *text = edit->after != NULL ? g_strndup (g_bytes_get_data (edit->after, NULL),
                                                               g_bytes_get_size (edit->after)) : NULL;

      g_test_message ("changes %s once more, from:\n%s\nto:\n%s", edit->path, before, text);
    }
  g_assert_cmpuint (again->edits->len, ==, 0);
  check_secrets (again, first);
}

static void
test_case (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *id = g_path_get_basename (parent);
  const RstClient *client = rst_client_find (id);
  g_autoptr (RstAccount) account = case_account (folder);
  g_autoptr (GHashTable) before = case_load (folder, "before");
  g_autoptr (GHashTable) changed = NULL, after = NULL;
  g_autofree char *wanted = case_error (folder);
  g_autofree char *plan = NULL, *accounts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstSetup) setup = make_plan (client, before, account, &error);

  if (wanted != NULL)
    {
      g_assert_null (setup);
      g_assert_cmpstr (rst_error_get_nick (error), ==, wanted);
      check_text (folder, "setup.txt", error->message);
      return;
    }
  g_assert_no_error (error);
  changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  after = case_apply (before, setup, changed);
  plan = case_describe (setup);
  check_text (folder, "setup.txt", plan);
  check_files (folder, changed);
  check_again (client, after, account, setup);
  accounts = list_accounts (client, after);
  check_text (folder, "accounts.txt", accounts);
}

/* Damages a file as a bad disk or a hostile hand would. */
static GBytes *
damage (GBytes *contents)
{
  static const char bytes[] = "\n\r\"'\\\\`$#;{}[]()=:, \t\x80\xff\x01>><<Z0";
  gsize size = g_bytes_get_size (contents);
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, g_bytes_get_data (contents, NULL), (guint) size);
  for (int i = g_test_rand_int_range (1, 6); i > 0 && out->len > 0; i--)
    {
      guint at = (guint) g_test_rand_int_range (0, (int) out->len);
      guint length = (guint) g_test_rand_int_range (1, 40);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          g_byte_array_set_size (out, at);
          break;
        case 1:
          g_byte_array_remove_range (out, at, MIN (out->len - at, length));
          break;
        case 2:
          g_byte_array_append (out, (const guint8 *) g_bytes_get_data (contents, NULL), (guint) (size / 2));
          break;
        default:
          out->data[at] = (guint8) bytes[g_test_rand_int_range (0, (int) sizeof bytes - 1)];
        }
    }
  return g_byte_array_free_to_bytes (out);
}

/* Damaged files make no trouble: they are read without harm, and a plan over them keeps its word. */
static void
test_damaged (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *id = g_path_get_basename (parent);
  const RstClient *client = rst_client_find (id);
  g_autoptr (RstAccount) account = case_account (folder);

  for (guint round = 0; round < DAMAGED_ROUNDS; round++)
    {
      g_autoptr (GHashTable) home = case_load (folder, "before");
      g_autoptr (GHashTable) changed = NULL, after = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *accounts = NULL;
      g_autoptr (RstSetup) setup = NULL;
      GHashTableIter iter;
      gpointer contents;

      g_hash_table_iter_init (&iter, home);
      while (g_hash_table_iter_next (&iter, NULL, &contents))
        g_hash_table_iter_replace (&iter, damage (contents));
      accounts = list_accounts (client, home);
      setup = make_plan (client, home, account, &error);
      if (setup == NULL)
        continue;
      changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
      after = case_apply (home, setup, changed);
      check_again (client, after, account, setup);
    }
}

static void
test_has_case (gconstpointer data)
{
  const RstClient *client = data;
  g_autoptr (GPtrArray) cases = case_list (client->id);

  if (cases->len == 0)
    g_error ("no case for client %s", client->id);
}

static void
test_table (void)
{
  for (gsize i = 0; rst_clients[i] != NULL; i++)
    {
      const RstClient *client = rst_clients[i];

      g_assert_true (rst_client_find (client->id) == client);
      g_assert_nonnull (client->name);
      g_assert_nonnull (client->programs[0]);
      g_assert_nonnull (client->wants);
      g_assert_nonnull (client->profiles);
      g_assert_nonnull (client->accounts);
      g_assert_nonnull (client->plan);
    }
  g_assert_null (rst_client_find ("nothing"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clients/table", test_table);
  for (gsize i = 0; rst_clients[i] != NULL; i++)
    {
      const RstClient *client = rst_clients[i];
      g_autoptr (GPtrArray) cases = case_list (client->id);
      g_autofree char *has_case = g_strdup_printf ("/clients/%s/has-case", client->id);

      g_test_add_data_func (has_case, client, test_has_case);
      for (guint j = 0; j < cases->len; j++)
        {
          char *folder = g_ptr_array_index (cases, j);
          g_autofree char *name = g_path_get_basename (folder);
          g_autofree char *path = g_strdup_printf ("/clients/%s/%s", client->id, name);

          g_autofree char *damaged = g_strdup_printf ("%s/damaged", path);
          g_autofree char *before = g_build_filename (folder, "before", NULL);

          g_test_add_data_func_full (path, g_strdup (folder), test_case, g_free);
          if (g_file_test (before, G_FILE_TEST_IS_DIR))
            g_test_add_data_func_full (damaged, g_strdup (folder), test_damaged, g_free);
        }
    }
  return g_test_run ();
}
