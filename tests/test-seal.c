/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mozilla's password store, with Mozilla's own library: passwords are put in, found again and replaced,
 * a primary password is respected, an authority is trusted. Skipped where the library is not
 * installed.
 */
#include "rst-error.h"
#include "rst-logins.h"
#include "rst-seal.h"
#include "temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
helper (void)
{
  return g_test_build_filename (G_TEST_BUILT, "..", "src", "clients", "restante-nss", NULL);
}

/* What the child answers; NULL if it fails. */
static char *
ask (const char *input,
     int        *status)
{
  g_autofree char *program = helper ();
  g_autofree char *folder = home_path ("profile");
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, folder,
                      NULL);
  char *output = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (child, input, NULL, &output, NULL, NULL));
  *status = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
  return output;
}

static gboolean
no_library (void)
{
  g_autofree char *keys = home_path ("profile/key4.db");
  g_autofree char *certificates = home_path ("profile/cert9.db");
  g_autofree char *output = NULL;
  int status;

  home_write ("profile/probe", "", 0600);
  output = ask ("\n", &status);
  g_remove (keys);
  g_remove (certificates);
  if (status == 3)
    g_test_skip ("libnss3 is not installed");
  return status == 3;
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  g_assert_true (rst_seal_finish (result, &error));
  g_assert_no_error (error);
  *done = TRUE;
}

static void
seal (RstSetup   *setup,
      const char *password)
{
  g_autoptr (RstSecret) secret = password != NULL ? rst_secret_new (password, strlen (password), NULL) : NULL;
  g_autoptr (GPtrArray) setups = g_ptr_array_new ();
  gboolean done = FALSE;

  g_ptr_array_add (setups, setup);
  rst_seal_all_async (setups, secret, NULL, finished_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (setup->seal);
}

static RstSetup *
make_setup (const char *user,
            const char *ca_file)
{
  g_autofree char *folder = home_path ("profile");
  RstSetup *setup = rst_setup_new ("thunderbird");

  setup->seal = rst_seal_new (folder, "Thunderbird", ca_file);
  if (user == NULL)
    return setup;
  rst_seal_add_login (setup->seal, "imap://imap.example.test", user);
  rst_seal_add_login (setup->seal, "smtp://smtp.example.test", user);
  return setup;
}

/* Writes what was planned. */
static void
apply (const RstSetup *setup)
{
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);
      gsize size;
      const char *data = g_bytes_get_data (edit->after, &size);

      g_assert_cmpint (edit->kind, ==, RST_EDIT_BINARY);
      g_assert_cmpuint (edit->mode, ==, 0600);
      g_assert_true (g_file_set_contents (edit->path, data, (gssize) size, NULL));
    }
}

static const RstEdit *
find_edit (const RstSetup *setup,
           const char     *name)
{
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      if (g_str_has_suffix (edit->path, name))
        return edit;
    }
  return NULL;
}

/* In how many entries the store has @user at @origin; each must have @password. */
static guint
count_logins (const char *origin,
              const char *user,
              const char *password)
{
  g_autofree char *text = home_read ("profile/logins.json");
  g_autoptr (RstLogins) logins = rst_logins_new (text, NULL);
  g_autoptr (GArray) stored = rst_logins_list_for (logins, origin);
  guint found = 0;

  for (guint i = 0; i < stored->len; i++)
    {
      const RstLoginBlobs *blobs = &g_array_index (stored, RstLoginBlobs, i);
      g_autofree char *input = g_strdup_printf ("%s\nuser %s\nold %s %s\n", password, user, blobs->name,
                                                blobs->password);
      int status;
      g_autofree char *output = ask (input, &status);

      g_assert_cmpint (status, ==, 0);
      g_assert_null (strstr (output, blobs->name));
      found += g_str_equal (output, "same\n");
    }
  return found;
}

static void
test_new (void)
{
  static const char user[] = "ta\"ro \\ 太郎";
  g_autoptr (RstSetup) setup = make_setup (user, NULL);
  g_autofree char *logins = NULL;

  if (no_library ())
    return;
  seal (setup, "secret “x”");
  g_assert_cmpuint (setup->edits->len, ==, 2);
  g_assert_cmpuint (setup->next->len, ==, 0);
  apply (setup);
  g_assert_cmpuint (count_logins ("imap://imap.example.test", user, "secret “x”"), ==, 1);
  g_assert_cmpuint (count_logins ("smtp://smtp.example.test", user, "secret “x”"), ==, 1);
  g_assert_cmpuint (count_logins ("imap://imap.example.test", "other", "secret “x”"), ==, 0);
  logins = home_read ("profile/logins.json");
  g_assert_null (strstr (logins, "secret"));
  g_assert_null (strstr (logins, "太郎"));
}

static void
test_replace (void)
{
  g_autoptr (RstSetup) first = make_setup ("taro", NULL), other = make_setup ("hanako", NULL);
  g_autoptr (RstSetup) again = make_setup ("taro", NULL);
  g_autofree char *text = NULL;

  if (no_library ())
    return;
  seal (first, "one");
  apply (first);
  seal (other, "two");
  apply (other);
  seal (again, "three");
  apply (again);
  g_assert_cmpuint (count_logins ("imap://imap.example.test", "taro", "three"), ==, 1);
  g_assert_cmpuint (count_logins ("imap://imap.example.test", "hanako", "two"), ==, 1);
  text = home_read ("profile/logins.json");
  g_assert_nonnull (strstr (text, "\"nextId\":5"));
}

/* Encrypting gives something else every time, so that what is there has to be recognized. */
static void
test_same (void)
{
  g_autofree char *ca = g_test_build_filename (G_TEST_DIST, "cases", "authority.pem", NULL);
  g_autoptr (RstSetup) first = make_setup ("taro", ca), again = make_setup ("taro", ca);
  g_autoptr (RstSetup) other = make_setup ("taro", ca);

  if (no_library ())
    return;
  seal (first, "one");
  g_assert_cmpuint (first->edits->len, ==, 3);
  apply (first);
  seal (again, "one");
  g_assert_cmpuint (again->edits->len, ==, 0);
  seal (other, "another");
  g_assert_cmpuint (other->edits->len, ==, 1);
  g_assert_nonnull (find_edit (other, "/logins.json"));
}

static void
test_no_password (void)
{
  g_autoptr (RstSetup) setup = make_setup ("taro", NULL);

  seal (setup, NULL);
  g_assert_cmpuint (setup->edits->len, ==, 0);
  g_assert_cmpuint (setup->next->len, ==, 0);
}

static void
test_broken_logins (void)
{
  static const char * const texts[] = { "{", "[]", "{\"logins\":{}}", "{\"logins\":[],\"version\":4}", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RstSetup) setup = make_setup ("taro", NULL);

      home_write ("profile/logins.json", texts[i], 0600);
      seal (setup, "one");
      g_assert_cmpuint (setup->edits->len, ==, 0);
      g_assert_cmpuint (setup->next->len, ==, 1);
    }
}

static void
test_unsettled (void)
{
  g_autoptr (RstSetup) setup = make_setup ("taro", NULL);

  home_write ("profile/key4.db-journal", "x", 0600);
  seal (setup, "one");
  g_assert_cmpuint (setup->edits->len, ==, 0);
  g_assert_cmpuint (setup->next->len, ==, 1);
}

static gboolean
run_certutil (const char * const *argv)
{
  g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);

  return child != NULL && g_subprocess_wait_check (child, NULL, NULL);
}

static void
test_primary_password (void)
{
  g_autoptr (RstSetup) setup = make_setup ("taro", NULL);
  g_autofree char *folder = home_path ("profile");
  g_autofree char *pin = home_path ("pin");
  g_autofree char *store = g_strconcat ("sql:", folder, NULL);
  const char *argv[] = { "certutil", "-N", "-d", store, "-f", pin, NULL };
  g_autofree char *before = NULL, *after = NULL;

  if (no_library ())
    return;
  home_write ("pin", "primary-1234\n", 0600);
  if (!run_certutil (argv))
    {
      g_test_skip ("certutil is not installed");
      return;
    }
  before = home_snapshot ();
  seal (setup, "one");
  after = home_snapshot ();
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (setup->edits->len, ==, 0);
  g_assert_cmpuint (setup->next->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (setup->next, 0), "primary password"));
}

static void
test_authority (void)
{
  g_autofree char *ca = g_test_build_filename (G_TEST_DIST, "cases", "authority.pem", NULL);
  g_autofree char *missing = home_path ("missing.pem");
  g_autoptr (RstSetup) setup = make_setup (NULL, ca), other = make_setup (NULL, missing);
  g_autoptr (RstSetup) both = make_setup ("taro", ca);

  if (no_library ())
    return;
  seal (setup, NULL);
  g_assert_cmpuint (setup->edits->len, ==, 1);
  g_assert_nonnull (find_edit (setup, "/cert9.db"));
  seal (both, "one");
  g_assert_cmpuint (both->edits->len, ==, 3);
  seal (other, NULL);
  g_assert_cmpuint (other->edits->len, ==, 0);
  g_assert_cmpuint (other->next->len, ==, 1);
}

static void
test_keeps_rest (void)
{
  static const char text[] = "{\"nextId\":7,\"logins\":[{\"id\":6,\"hostname\":\"https://x.test\","
                             "\"new\":[1,2]}],\"version\":3,\"unknown\":{\"a\":null}}";
  g_autoptr (RstLogins) logins = rst_logins_new (text, NULL);
  g_autofree char *same = rst_logins_render (logins);
  g_autofree char *more = NULL;

  g_assert_cmpstr (same, ==, text);
  rst_logins_put (logins, "imap://a.test", "N", "P", NULL, 5);
  more = rst_logins_render (logins);
  g_assert_nonnull (strstr (more, "\"new\":[1,2]"));
  g_assert_nonnull (strstr (more, "\"unknown\":{\"a\":null}"));
  g_assert_nonnull (strstr (more, "\"id\":7,\"hostname\":\"imap://a.test\",\"httpRealm\":"));
  g_assert_nonnull (strstr (more, "\"nextId\":8"));
}

/* Deeper than any stack, or with numbers that cannot grow. */
static void
test_hostile_logins (void)
{
  g_autofree char *deep = g_strnfill (4 * 1024 * 1024, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (RstLogins) numbers = NULL;
  g_autofree char *text = NULL;

  g_assert_null (rst_logins_new (deep, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_null (rst_logins_new ("{\"logins\":[],\"other\":1e999}", NULL));
  numbers = rst_logins_new ("{\"nextId\":9223372036854775807,\"logins\":[{\"id\":9223372036854775807}]}",
                            NULL);
  rst_logins_put (numbers, "imap://a.test", "N", "P", NULL, 5);
  text = rst_logins_render (numbers);
  g_assert_nonnull (strstr (text, "\"nextId\":9223372036854775807"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/seal/new", test_new);
  home_add_test ("/seal/replace", test_replace);
  home_add_test ("/seal/same", test_same);
  home_add_test ("/seal/no-password", test_no_password);
  home_add_test ("/seal/broken-logins", test_broken_logins);
  home_add_test ("/seal/hostile-logins", test_hostile_logins);
  home_add_test ("/seal/unsettled", test_unsettled);
  home_add_test ("/seal/primary-password", test_primary_password);
  home_add_test ("/seal/authority", test_authority);
  home_add_test ("/seal/keeps-rest", test_keeps_rest);
  return home_run ();
}
