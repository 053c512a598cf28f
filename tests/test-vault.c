/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Secret Service on a bus of its own: absent, a real gnome-keyring-daemon unlocked and locked, and one
 * that misbehaves.
 */
#include "fake-secrets.h"
#include "rst-error.h"
#include "rst-vault-call.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD " p\"w\\{}'`$(id)#;パス "

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static RstVaultState
check (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_vault_check_async (NULL, done_cb, &result);
  return rst_vault_check_finish (wait_for (&result), error);
}

static RstSecretItem *
item_new (void)
{
  return rst_secret_item_new (NULL, "Mail of taro", "host", "h", "service", "imap", "user", "taro", NULL);
}

static gboolean
store (const char    *password,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstSecretItem) item = item_new ();
  g_autoptr (RstSecret) secret = rst_secret_new (password, strlen (password), NULL);

  rst_secret_service.store_async (item, secret, cancellable, done_cb, &result);
  return rst_secret_service.store_finish (wait_for (&result), error);
}

static char *
lookup (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstSecretItem) item = item_new ();
  g_autoptr (RstSecret) secret = NULL;

  rst_vault_lookup_async (item, NULL, done_cb, &result);
  secret = rst_vault_lookup_finish (wait_for (&result), error);
  return secret != NULL ? g_strdup (rst_secret_peek (secret)) : NULL;
}

static gboolean
clear (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstSecretItem) item = item_new ();

  rst_secret_service.clear_async (item, NULL, done_cb, &result);
  return rst_secret_service.clear_finish (wait_for (&result), error);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (check (&error), ==, RST_VAULT_ABSENT);
  g_assert_no_error (error);
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "no password store"));
}

/* A real keyring, in a home of its own. */
typedef struct {
  GSubprocess *process;
  char        *home;
} Keyring;

static void
named_cb (GDBusConnection *bus,
          const char      *name,
          const char      *owner,
          gpointer         user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
unnamed_cb (GDBusConnection *bus,
            const char      *name,
            gpointer         user_data)
{
  *(gboolean *) user_data = FALSE;
}

static void
wait_for_name (gboolean there)
{
  gboolean named = !there;
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets",
                                  G_BUS_NAME_WATCHER_FLAGS_NONE, named_cb, unnamed_cb, &named, NULL);

  while (named != there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static gboolean
keyring_start (Keyring *self)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *control = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return FALSE;
    }
  self->home = g_dir_make_tmp ("restante-keyring-XXXXXX", NULL);
  control = g_build_filename (self->home, "control", NULL);
  g_mkdir (control, 0700);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", self->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", self->home, TRUE);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--unlock",
                                               "--components=secrets", "--control-directory", control, NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), "test", 4, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  wait_for_name (TRUE);
  return TRUE;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
keyring_stop (Keyring *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  wait_for_name (FALSE);
  g_clear_object (&self->process);
  remove_tree (self->home);
  g_clear_pointer (&self->home, g_free);
}

/* What programs do that look a password up by themselves. */
static char *
secret_tool (void)
{
  const char * const argv[] = { "secret-tool", "lookup", "service", "imap", "host", "h", "user", "taro",
                                NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  char *out = NULL;

  g_assert_nonnull (process);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, NULL);
  return out;
}

static void
test_unlocked (void)
{
  Keyring keyring = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *fetched = NULL;

  if (!keyring_start (&keyring))
    return;
  g_assert_cmpint (check (&error), ==, RST_VAULT_READY);
  nothing = lookup (&error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  g_assert_true (store ("first", NULL, &error));
  g_assert_no_error (error);
  first = lookup (&error);
  g_assert_cmpstr (first, ==, "first");
  g_assert_true (store (PASSWORD, NULL, &error));
  second = lookup (&error);
  g_assert_cmpstr (second, ==, PASSWORD);
  fetched = secret_tool ();
  g_assert_cmpstr (fetched, ==, PASSWORD);
  g_assert_true (clear (&error));
  g_free (nothing);
  nothing = lookup (&error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  keyring_stop (&keyring);
}

static void
test_stores (void)
{
  Keyring keyring = { NULL, NULL };
  g_autofree char *password = NULL;

  if (!keyring_start (&keyring))
    return;
  g_assert_true (store (PASSWORD, NULL, NULL));
  password = lookup (NULL);
  g_assert_true (g_str_equal (password, PASSWORD));
  keyring_stop (&keyring);
}

/* Not even with all of the libraries' own logging is the password printed. */
static void
test_no_trace (void)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  g_test_trap_subprocess ("/vault/no-trace/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*CreateItem*");
  g_test_trap_assert_stdout_unmatched ("*`$(id)#;*");
  g_test_trap_assert_stderr_unmatched ("*`$(id)#;*");
}

/* An entry of another program that has our attributes and one more is neither read nor changed. */
static void
test_other_entries (void)
{
  Keyring keyring = { NULL, NULL };
  const SecretSchema schema = { "org.example.Other", SECRET_SCHEMA_DONT_MATCH_NAME,
    { { "host", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "user", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "port", SECRET_SCHEMA_ATTRIBUTE_STRING } } };
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (!keyring_start (&keyring))
    return;
  g_assert_true (secret_password_store_sync (&schema, NULL, "Other", "theirs", NULL, &error, "host", "h",
                                             "service", "imap", "user", "taro", "port", "imaps", NULL));
  nothing = lookup (&error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  g_assert_true (store ("ours", NULL, &error));
  ours = lookup (&error);
  g_assert_cmpstr (ours, ==, "ours");
  g_assert_true (clear (&error));
  theirs = secret_password_lookup_sync (&schema, NULL, &error, "port", "imaps", NULL);
  g_assert_cmpstr (theirs, ==, "theirs");
  secret_service_disconnect ();
  keyring_stop (&keyring);
}

static void
test_locked (void)
{
  Keyring keyring = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;

  if (!keyring_start (&keyring))
    return;
  g_assert_true (store ("pw", NULL, &error));
  service = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_NONE, NULL, &error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  {
    GList objects = { collection, NULL, NULL };

    g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, NULL, &error), ==, 1);
  }
  g_assert_cmpint (check (&error), ==, RST_VAULT_LOCKED);
  g_assert_no_error (error);
  /* Nobody can show the prompt here. */
  g_assert_false (store ("other", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "not unlocked"));
  g_clear_object (&collection);
  g_clear_object (&service);
  keyring_stop (&keyring);
}

static void
test_silent (void)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  fake_secrets_start (FAKE_SILENT);
  rst_vault_time_limit = 300;
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "did not answer"));
  g_clear_error (&error);
  g_assert_cmpint (check (&error), ==, RST_VAULT_ABSENT);
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  fake_secrets_stop ();
}

/* Foreign text is cleaned: no markup is made of it, no line breaks, nothing that turns it round. */
static void
test_refuses (void)
{
  g_autoptr (GError) error = NULL;

  fake_secrets_start (FAKE_REFUSES);
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "<b>no space</b>  left"));
  fake_secrets_stop ();
}

static void
test_dismissed (void)
{
  g_autoptr (GError) error = NULL;

  fake_secrets_start (FAKE_PROMPT_DISMISSED);
  g_assert_cmpint (check (&error), ==, RST_VAULT_LOCKED);
  g_assert_no_error (error);
  g_assert_false (fake_secrets_was_prompting ());
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "not unlocked"));
  fake_secrets_stop ();
}

/* A question that the person closes is no consent, whatever it was about. */
static void
test_keeps (void)
{
  g_autoptr (GError) error = NULL;

  fake_secrets_start (FAKE_KEEPS);
  g_assert_false (clear (&error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "not unlocked"));
  g_clear_error (&error);
  fake_secrets_drop_item ();
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  fake_secrets_stop ();
}

static void
test_wrong_type (void)
{
  g_autoptr (GError) error = NULL;

  fake_secrets_start (FAKE_PROMPT_WRONG_TYPE);
  rst_vault_time_limit = 300;
  g_test_expect_message ("libsecret", G_LOG_LEVEL_WARNING, "*unexpected result type*");
  g_test_expect_message ("GLib-GIO", G_LOG_LEVEL_CRITICAL, "*");
  g_assert_false (store ("pw", NULL, &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_STORE);
  g_test_message ("%s", error->message);
  fake_secrets_stop ();
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* A prompt may stay as long as the person likes, but Cancel works. */
static void
test_open_prompt (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  fake_secrets_start (FAKE_PROMPT_OPEN);
  rst_vault_time_limit = 300;
  g_timeout_add (1000, cancel_cb, cancellable);
  g_assert_false (store ("pw", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (fake_secrets_was_prompting ());
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
  while (!fake_secrets_was_dismissed ())
    g_main_context_iteration (NULL, TRUE);
  fake_secrets_stop ();
}

int
main (int   argc,
      char *argv[])
{
  /* Not freed: it would wait for connections to end that the misbehaving service keeps alive. */
  static GTestDBus *bus;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_test_subprocess ())
    {
      /* Before there are threads. */
      g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
      g_setenv ("G_DBUS_DEBUG", "all", TRUE);
    }
  g_test_add_func ("/vault/absent", test_absent);
  g_test_add_func ("/vault/unlocked", test_unlocked);
  g_test_add_func ("/vault/no-trace", test_no_trace);
  g_test_add_func ("/vault/no-trace/subprocess", test_stores);
  g_test_add_func ("/vault/other-entries", test_other_entries);
  g_test_add_func ("/vault/locked", test_locked);
  g_test_add_func ("/vault/refuses", test_refuses);
  g_test_add_func ("/vault/dismissed", test_dismissed);
  g_test_add_func ("/vault/keeps", test_keeps);
  g_test_add_func ("/vault/silent", test_silent);
  g_test_add_func ("/vault/wrong-type", test_wrong_type);
  g_test_add_func ("/vault/open-prompt", test_open_prompt);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  status = g_test_run ();
  g_test_dbus_stop (bus);
  return status;
}
