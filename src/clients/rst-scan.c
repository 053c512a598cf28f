/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-scan.h"

#include "rst-error.h"
#include "rst-file.h"
#include "rst-lock.h"

#include <glib/gi18n-lib.h>

/* What the files of a program name may name further files; nothing honest goes deeper or wider. */
#define MAX_ROUNDS 16
#define MAX_FILES 2000
#define MAX_BYTES (64 * 1024 * 1024)

struct _RstScan {
  gint       refs;
  GPtrArray *clients; /* (owned) (element-type RstFoundClient) */
  char      *home;    /* (owned) */
  char      *config;  /* (owned) */
  char      *data;    /* (owned) */
  RstPlaces  places;  /* borrows from the above */
};

G_DEFINE_BOXED_TYPE (RstScan, rst_scan, rst_scan_ref, rst_scan_unref)

static void
found_profile_free (RstFoundProfile *self)
{
  rst_profile_free (self->profile);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

static void
found_client_free (RstFoundClient *self)
{
  g_ptr_array_unref (self->profiles);
  rst_files_free (self->files);
  g_clear_error (&self->error);
  g_free (self);
}

static RstScan *
scan_new (void)
{
  RstScan *self = g_new0 (RstScan, 1);

  self->refs = 1;
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) found_client_free);
  self->home = g_strdup (g_get_home_dir ());
  self->config = g_strdup (g_get_user_config_dir ());
  self->data = g_strdup (g_get_user_data_dir ());
  self->places = (RstPlaces) { self->home, self->config, self->data };
  return self;
}

/**
 * rst_scan_ref:
 * @self: what was found
 *
 * Returns: (transfer full): @self
 */
RstScan *
rst_scan_ref (RstScan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->refs);
  return self;
}

/**
 * rst_scan_unref:
 * @self: (transfer full): what was found
 */
void
rst_scan_unref (RstScan *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->refs))
    return;
  g_ptr_array_unref (self->clients);
  g_free (self->home);
  g_free (self->config);
  g_free (self->data);
  g_free (self);
}

static gboolean
is_installed (const RstClient *client)
{
  for (gsize i = 0; client->programs[i] != NULL; i++)
    {
      g_autofree char *path = g_find_program_in_path (client->programs[i]);

      if (path != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Reads one file. One that cannot be read counts as absent for looking on, but no plan is made then. */
static gsize
read_file (RstFoundClient *found,
           const char     *path)
{
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GError) error = NULL;

  if (!rst_file_read (path, &contents, &error) && found->error == NULL)
    found->error = g_steal_pointer (&error);
  rst_files_add (found->files, path, contents);
  return contents != NULL ? g_bytes_get_size (contents) : 0;
}

/* What has not been read must not be taken for absent. */
static void
set_too_much (RstFoundClient *found)
{
  if (found->error == NULL)
    found->error = g_error_new (RST_ERROR, RST_ERROR_FILE, _("%s has more configuration than can be read."),
                                found->client->name);
}

/* Reads what the program asks for, again and again until it asks for nothing new. */
static void
read_files (RstFoundClient  *found,
            const RstPlaces *places)
{
  guint n_files = 0;
  gsize n_bytes = 0;

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
      gboolean news = FALSE;

      found->client->wants (places, found->files, paths);
      for (guint i = 0; i < paths->len; i++)
        {
          const char *path = g_ptr_array_index (paths, i);

          if (!g_path_is_absolute (path) || rst_files_knows (found->files, path))
            continue;
          if (n_files++ == MAX_FILES || n_bytes > MAX_BYTES)
            {
              set_too_much (found);
              return;
            }
          n_bytes += read_file (found, path);
          news = TRUE;
        }
      if (!news)
        return;
    }
  set_too_much (found);
}

static void
read_profiles (RstFoundClient  *found,
               const RstPlaces *places)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new ();

  found->client->profiles (places, found->files, profiles);
  for (guint i = 0; i < profiles->len; i++)
    {
      RstFoundProfile *entry = g_new0 (RstFoundProfile, 1);

      entry->profile = g_ptr_array_index (profiles, i);
      entry->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
      entry->running = rst_lock_is_held (entry->profile->lock);
      found->client->accounts (places, entry->profile, found->files, entry->accounts);
      g_ptr_array_add (found->profiles, entry);
    }
}

static RstFoundClient *
look_for (const RstClient *client,
          const RstPlaces *places)
{
  RstFoundClient *found = g_new0 (RstFoundClient, 1);

  found->client = client;
  found->installed = is_installed (client);
  found->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) found_profile_free);
  found->files = rst_files_new ();
  read_files (found, places);
  read_profiles (found, places);
  return found;
}

static void
scan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (RstScan) self = scan_new ();

  for (gsize i = 0; rst_clients[i] != NULL; i++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      g_ptr_array_add (self->clients, look_for (rst_clients[i], &self->places));
    }
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) rst_scan_unref);
}

/**
 * rst_scan_async:
 * @cancellable: (nullable): cancels
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks for mail programs, in a worker thread. Programs that are not installed may have files too.
 */
void
rst_scan_async (GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_scan_async);
  g_task_run_in_thread (task, scan_thread);
}

/**
 * rst_scan_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with %G_IO_ERROR_CANCELLED
 */
RstScan *
rst_scan_finish (GAsyncResult  *result,
                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rst_scan_get_clients:
 * @self: what was found
 *
 * Returns: (transfer none) (element-type RstFoundClient): all programs that are known, installed or
 *   not, in the order on screen
 */
GPtrArray *
rst_scan_get_clients (RstScan *self)
{
  return self->clients;
}

/**
 * rst_scan_find:
 * @self: what was found
 * @client_id: id of a program
 *
 * Returns: (transfer none) (nullable): the program
 */
RstFoundClient *
rst_scan_find (RstScan    *self,
               const char *client_id)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (self->clients, i);

      if (g_str_equal (found->client->id, client_id))
        return found;
    }
  return NULL;
}

/**
 * rst_found_client_default:
 * @self: a program
 *
 * Returns: (transfer none) (nullable): the profile that the program opens; %NULL if it has none, which
 *   no program of ours should
 */
RstFoundProfile *
rst_found_client_default (RstFoundClient *self)
{
  for (guint i = 0; i < self->profiles->len; i++)
    {
      RstFoundProfile *entry = g_ptr_array_index (self->profiles, i);

      if (entry->profile->is_default)
        return entry;
    }
  return self->profiles->len > 0 ? g_ptr_array_index (self->profiles, 0) : NULL;
}

/**
 * rst_scan_plan:
 * @self: what was found
 * @found: one program of it
 * @account: the account to set up
 * @error: return location for an error
 *
 * Plans the account for the profile that the program opens. Nothing is written.
 *
 * Returns: (transfer full) (nullable): what to do, or %NULL with %RST_ERROR_FILE if a file of the program
 *   could not be read, or what the program's plan says
 */
RstSetup *
rst_scan_plan (RstScan           *self,
               RstFoundClient    *found,
               const RstAccount  *account,
               GError           **error)
{
  RstFoundProfile *entry = rst_found_client_default (found);
  g_autoptr (RstSetup) setup = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (found->error != NULL)
    {
      g_propagate_error (error, g_error_copy (found->error));
      return NULL;
    }
  setup = rst_setup_new (found->client->id);
  setup->lock = g_strdup (entry->profile->lock);
  if (!found->client->plan (&self->places, entry->profile, found->files, account, setup, error))
    return NULL;
  return g_steal_pointer (&setup);
}
