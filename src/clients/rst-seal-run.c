/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grants a request for a program's own password store. A worker thread copies the store into a private
 * folder, lets restante-nss work there, and reads what came out:
 *
 *   read the profile -> private copies -> restante-nss -> compare -> edits
 *
 * Whatever goes wrong, the account can still be set up: the program then asks for the password.
 */
#include "rst-seal.h"

#include "rst-error.h"
#include "rst-file.h"
#include "rst-logins.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The two data bases, which go through the child as they are. */
static const char * const stores[] = { "key4.db", "cert9.db" };

typedef struct {
  RstSetup *setup;      /* outlives the task */
  const RstSeal *seal;  /* the one of the setup */
  RstSecret *password;  /* (owned) (nullable) */
  char *folder;         /* (owned) (nullable) the private one */
  GBytes *before[G_N_ELEMENTS (stores)];
  GBytes *logins_before;
  GPtrArray *edits;     /* (element-type RstEdit) */
} Work;

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      (void) g_unlink (path);
    }
  (void) g_rmdir (folder);
}

static void
work_free (Work *self)
{
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_free (self->folder);
  g_clear_pointer (&self->password, rst_secret_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    g_clear_pointer (&self->before[i], g_bytes_unref);
  g_clear_pointer (&self->logins_before, g_bytes_unref);
  g_ptr_array_unref (self->edits);
  g_free (self);
}

/* In memory only, where the session has such a place. */
static char *
make_private_folder (GError **error)
{
  g_autofree char *template = g_build_filename (g_get_user_runtime_dir (), "restante-XXXXXX", NULL);

  if (g_mkdtemp (template) != NULL)
    return g_steal_pointer (&template);
  return g_dir_make_tmp ("restante-XXXXXX", error);
}

static gboolean
write_private (const Work  *work,
               const char  *name,
               GBytes      *contents,
               GError     **error)
{
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  gsize size;
  const char *data = g_bytes_get_data (contents, &size);

  return g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600,
                                   error);
}

/* A journal next to a data base: its program ended in the middle of a change, and only that program
 * can say what is true. */
static gboolean
is_settled (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  return !g_file_test (journal, G_FILE_TEST_EXISTS) && !g_file_test (wal, G_FILE_TEST_EXISTS);
}

static gboolean
copy_in (Work    *work,
         GError **error)
{
  g_autofree char *logins = g_build_filename (work->seal->folder, "logins.json", NULL);
  g_autoptr (GBytes) ca = NULL;

  work->folder = make_private_folder (error);
  if (work->folder == NULL || !rst_file_read (logins, &work->logins_before, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *path = g_build_filename (work->seal->folder, stores[i], NULL);

      if (!rst_file_read (path, &work->before[i], error))
        return FALSE;
      if (!is_settled (path))
        {
          g_set_error (error, RST_ERROR, RST_ERROR_STORE, _("“%s” is in the middle of a change."), path);
          return FALSE;
        }
      if (work->before[i] != NULL && !write_private (work, stores[i], work->before[i], error))
        return FALSE;
    }
  if (work->seal->ca_file == NULL)
    return TRUE;
  return rst_file_read (work->seal->ca_file, &ca, error) && ca != NULL &&
         write_private (work, "ca.pem", ca, error);
}

typedef struct {
  gsize size;
  char data[];
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  rst_wipe (input->data, input->size);
  g_free (input);
}

/* What the child reads: put together at once, so that no copy of the password is left behind. */
static GBytes *
make_input (const Work      *work,
            const RstLogins *logins)
{
  const char *password = work->password != NULL ? rst_secret_peek (work->password) : "";
  g_autoptr (GString) rest = g_string_new ("\n");
  Input *input;

  for (guint i = 0; work->password != NULL && i < work->seal->logins->len; i++)
    {
      const RstSealLogin *login = g_ptr_array_index (work->seal->logins, i);
      g_autoptr (GPtrArray) names = rst_logins_names_for (logins, login->origin);

      g_string_append_printf (rest, "user %s\n", login->user);
      for (guint j = 0; j < names->len; j++)
        g_string_append_printf (rest, "old %s\n", (char *) g_ptr_array_index (names, j));
    }
  input = g_malloc (sizeof *input + strlen (password) + rest->len);
  input->size = strlen (password) + rest->len;
  memcpy (input->data, password, strlen (password));
  memcpy (input->data + strlen (password), rest->str, rest->len);
  return g_bytes_new_with_free_func (input->data, input->size, input_free, input);
}

/* Next to the program in the folder where it was built, otherwise where it was installed. */
static char *
find_helper (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");
  g_autofree char *built = g_build_filename (folder, "..", "clients", "restante-nss", NULL);
  g_autofree char *tested = g_build_filename (folder, "..", "src", "clients", "restante-nss", NULL);

  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  if (g_file_test (tested, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&tested);
  return g_build_filename (RST_LIBEXECDIR, "restante-nss", NULL);
}

static char *
run_helper (const Work    *work,
            GBytes        *input,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *helper = find_helper ();
  g_autofree char *home = g_strconcat ("HOME=", work->folder, NULL);
  const char *environment[] = { "LC_ALL=C", home, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) output = NULL;
  gsize size;
  const char *data;

  g_subprocess_launcher_set_environ (launcher, (char **) environment);
  child = g_subprocess_launcher_spawn (launcher, error, helper, work->folder, NULL);
  if (child == NULL)
    return NULL;
  if (!g_subprocess_communicate (child, input, cancellable, &output, NULL, error))
    {
      g_subprocess_force_exit (child);
      return NULL;
    }
  if (!g_subprocess_get_successful (child))
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_STORE,
                           _("The program’s store of passwords cannot be opened."));
      return NULL;
    }
  data = g_bytes_get_data (output, &size);
  return g_strndup (data != NULL ? data : "", size);
}

static void
add_edit (Work       *work,
          const char *name,
          GBytes     *before,
          GBytes     *after,
          const char *summary)
{
  g_autofree char *path = g_build_filename (work->seal->folder, name, NULL);
  g_autoptr (RstEdit) edit = rst_edit_new (RST_EDIT_BINARY, path, 0600, before, after, summary);

  if (rst_edit_changes (edit))
    g_ptr_array_add (work->edits, g_steal_pointer (&edit));
}

static gboolean
copy_out (Work    *work,
          GError **error)
{
  static const char * const summaries[G_N_ELEMENTS (stores)] = {
    N_("Keep the key of the stored passwords."),
    N_("Trust the server’s certificate authority."),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *path = g_build_filename (work->folder, stores[i], NULL);
      g_autoptr (GBytes) after = NULL;
      gboolean wanted = i == 0 ? work->password != NULL : work->seal->ca_file != NULL;

      if (!wanted)
        continue;
      if (!rst_file_read (path, &after, error))
        return FALSE;
      if (after != NULL)
        add_edit (work, stores[i], work->before[i], after, _(summaries[i]));
    }
  return TRUE;
}

static gboolean
take_logins (Work        *work,
             RstLogins   *logins,
             const char  *output,
             GError     **error)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) after = NULL;

  if (g_str_equal (lines[0] != NULL ? lines[0] : "", "locked"))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_STORE, _("%s has a primary password."), work->seal->program);
      return FALSE;
    }
  for (guint i = 0; work->password != NULL && i < work->seal->logins->len; i++)
    {
      const RstSealLogin *login = g_ptr_array_index (work->seal->logins, i);
      g_auto (GStrv) words = g_strsplit (lines[i] != NULL ? lines[i] : "", " ", -1);

      if (g_strv_length (words) != 3)
        {
          g_set_error_literal (error, RST_ERROR, RST_ERROR_STORE,
                               _("The program’s store of passwords cannot be opened."));
          return FALSE;
        }
      rst_logins_put (logins, login->origin, words[0], words[1],
                      g_str_equal (words[2], "-") ? NULL : words[2], g_get_real_time () / 1000);
    }
  if (work->password == NULL || work->seal->logins->len == 0)
    return TRUE;
  text = rst_logins_render (logins);
  after = g_bytes_new (text, strlen (text));
  add_edit (work, "logins.json", work->logins_before, after, _("Keep the password, encrypted."));
  return TRUE;
}

static char *
logins_text (const Work *work)
{
  gsize size;
  const char *data;

  if (work->logins_before == NULL)
    return NULL;
  data = g_bytes_get_data (work->logins_before, &size);
  return g_strndup (data != NULL ? data : "", size);
}

static void
work_cb (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Work *work = task_data;
  g_autofree char *text = NULL, *output = NULL;
  g_autoptr (RstLogins) logins = NULL;
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GError) error = NULL;

  if (!copy_in (work, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  text = logins_text (work);
  logins = rst_logins_new (text, &error);
  if (logins != NULL)
    {
      input = make_input (work, logins);
      output = run_helper (work, input, cancellable, &error);
    }
  if (output == NULL || !take_logins (work, logins, output, &error) || !copy_out (work, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rst_seal_async:
 * @setup: a setup; it must stay until the callback, which is when it is changed
 * @password: (nullable): the password, %NULL to leave it to the program
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Grants the request of @setup, if it has one.
 */
void
rst_seal_async (RstSetup            *setup,
                RstSecret           *password,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, rst_seal_async);
  work->setup = setup;
  work->seal = setup->seal;
  work->password = password != NULL ? rst_secret_ref (password) : NULL;
  work->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_edit_free);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  if (setup->seal == NULL || (password == NULL && setup->seal->ca_file == NULL))
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, work_cb);
}

/**
 * rst_seal_finish:
 * @result: the result that the callback got
 * @error: return location for an error
 *
 * Adds the edits of the password store to the setup, before all others, so that the password is there
 * when the account appears. If the store cannot be used, the setup says that the program will ask.
 *
 * Returns: %TRUE, or %FALSE if it was cancelled
 */
gboolean
rst_seal_finish (GAsyncResult  *result,
                 GError       **error)
{
  GTask *task = G_TASK (result);
  Work *work = g_task_get_task_data (task);
  RstSetup *setup = work->setup;
  g_autoptr (GError) trouble = NULL;

  if (g_task_propagate_boolean (task, &trouble))
    for (guint i = 0; i < work->edits->len; i++)
      g_ptr_array_insert (setup->edits, (int) i, rst_edit_copy (g_ptr_array_index (work->edits, i)));
  else if (g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  else
    g_ptr_array_add (setup->next,
                     g_strdup_printf (_("%s asks for the password once: it could not be stored. %s"),
                                      work->seal->program, trouble->message));
  g_clear_pointer (&setup->seal, rst_seal_free);
  work->seal = NULL;
  return TRUE;
}
