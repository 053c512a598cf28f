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
#include "rst-seal-child.h"

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
  GError *error;        /* (owned) (nullable) why the store cannot be used */
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
  g_clear_error (&self->error);
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

  work->folder = make_private_folder (error);
  if (work->folder == NULL || !rst_file_read (logins, &work->logins_before, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *path = g_build_filename (work->seal->folder, stores[i], NULL);
      g_autofree char *copy = g_build_filename (work->folder, stores[i], NULL);

      if (!rst_file_read (path, &work->before[i], error))
        return FALSE;
      if (!is_settled (path))
        {
          g_set_error (error, RST_ERROR, RST_ERROR_STORE, _("“%s” is in the middle of a change."), path);
          return FALSE;
        }
      if (work->before[i] != NULL && !rst_file_replace (copy, NULL, work->before[i], 0600, error))
        return FALSE;
    }
  return TRUE;
}

static char *
dup_text (GBytes *bytes)
{
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
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
copy_out (Work             *work,
          const RstLogins  *logins,
          GError          **error)
{
  static const char * const summaries[G_N_ELEMENTS (stores)] = {
    N_("Keep the key of the stored passwords."),
    N_("Trust the server’s certificate authority."),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *path = g_build_filename (work->folder, stores[i], NULL);
      g_autoptr (GBytes) after = NULL;
      gboolean wanted = i == 0 ? rst_logins_is_changed (logins) : work->seal->ca_file != NULL;

      if (!wanted)
        continue;
      if (!rst_file_read (path, &after, error))
        return FALSE;
      if (after != NULL)
        add_edit (work, stores[i], work->before[i], after, _(summaries[i]));
    }
  return TRUE;
}

static void
add_logins (Work            *work,
            const RstLogins *logins)
{
  g_autofree char *text = rst_logins_render (logins);
  g_autoptr (GBytes) after = g_bytes_new (text, strlen (text));

  if (rst_logins_is_changed (logins))
    add_edit (work, "logins.json", work->logins_before, after, _("Keep the password, encrypted."));
}

/* The certificates of authorities that the profile is to trust. */
static gboolean
read_authorities (const Work  *work,
                  char       **pem,
                  GError     **error)
{
  g_autoptr (GBytes) contents = NULL;

  if (work->seal->ca_file == NULL)
    return TRUE;
  if (!rst_file_read (work->seal->ca_file, &contents, error))
    return FALSE;
  *pem = dup_text (contents);
  if (*pem == NULL)
    g_set_error (error, RST_ERROR, RST_ERROR_FILE, _("There is no file “%s”."), work->seal->ca_file);
  return *pem != NULL;
}

static gboolean
grant (Work          *work,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *text = NULL, *pem = NULL, *output = NULL;
  g_autoptr (RstLogins) logins = NULL;

  if (work->password == NULL && work->seal->ca_file == NULL)
    return TRUE;
  if (!copy_in (work, error) || !read_authorities (work, &pem, error))
    return FALSE;
  text = dup_text (work->logins_before);
  logins = rst_logins_new (text, error);
  if (logins == NULL)
    return FALSE;
  output = rst_seal_child_run (work->seal, logins, pem, work->password, work->folder, cancellable, error);
  if (output == NULL ||
      !rst_seal_child_take (work->seal, output, work->password != NULL, logins, error) ||
      !copy_out (work, logins, error))
    return FALSE;
  add_logins (work, logins);
  return TRUE;
}

/* One after the other; what fails is kept for the end, unless it was cancelled. */
static void
work_cb (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  GPtrArray *works = task_data;

  for (guint i = 0; i < works->len; i++)
    {
      Work *work = g_ptr_array_index (works, i);

      (void) grant (work, cancellable, &work->error);
    }
  g_task_return_boolean (task, TRUE);
}

static Work *
work_new (RstSetup  *setup,
          RstSecret *password)
{
  Work *work = g_new0 (Work, 1);

  work->setup = setup;
  work->seal = setup->seal;
  work->password = password != NULL ? rst_secret_ref (password) : NULL;
  work->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_edit_free);
  return work;
}

/**
 * rst_seal_all_async:
 * @setups: (element-type RstSetup): setups; they must stay until the callback, which is when they are
 *   changed
 * @password: (nullable): the password, %NULL to leave it to the programs
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Grants the requests of those @setups that have one.
 */
void
rst_seal_all_async (GPtrArray           *setups,
                    RstSecret           *password,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *works = g_ptr_array_new_with_free_func ((GDestroyNotify) work_free);

  g_task_set_source_tag (task, rst_seal_all_async);
  for (guint i = 0; i < setups->len; i++)
    {
      RstSetup *setup = g_ptr_array_index (setups, i);

      if (setup->seal != NULL)
        g_ptr_array_add (works, work_new (setup, password));
    }
  g_task_set_task_data (task, works, (GDestroyNotify) g_ptr_array_unref);
  if (works->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, work_cb);
}

/* The edits of the store come before all others, so that the password is there when the account
 * appears. */
static void
finish_one (Work *work)
{
  RstSetup *setup = work->setup;

  for (guint i = 0; work->error == NULL && i < work->edits->len; i++)
    g_ptr_array_insert (setup->edits, (int) i, rst_edit_copy (g_ptr_array_index (work->edits, i)));
  if (work->error != NULL)
    g_ptr_array_add (setup->next,
                     g_strdup_printf (_("%s asks for the password once: it could not be stored. %s"),
                                      work->seal->program, work->error->message));
  work->seal = NULL;
  g_clear_pointer (&setup->seal, rst_seal_free);
}

/**
 * rst_seal_finish:
 * @result: the result that the callback got
 * @error: return location for an error
 *
 * Adds the edits of the password stores to the setups. If a store cannot be used, its setup says that
 * the program will ask.
 *
 * Returns: %TRUE, or %FALSE if it was cancelled
 */
gboolean
rst_seal_finish (GAsyncResult  *result,
                 GError       **error)
{
  GTask *task = G_TASK (result);
  GPtrArray *works = g_task_get_task_data (task);

  if (!g_task_propagate_boolean (task, error))
    return FALSE;
  for (guint i = 0; i < works->len; i++)
    finish_one (g_ptr_array_index (works, i));
  return TRUE;
}
