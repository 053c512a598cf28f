/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-planning.h"

#include "rst-seal.h"

static RstPlanning *
planning_new (void)
{
  RstPlanning *self = g_new0 (RstPlanning, 1);

  self->setups = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_setup_free);
  self->running = g_ptr_array_new ();
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  return self;
}

/**
 * rst_planning_free:
 * @self: (transfer full): a planning
 */
void
rst_planning_free (RstPlanning *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->setups);
  g_ptr_array_unref (self->running);
  g_ptr_array_unref (self->errors);
  g_free (self);
}

static void
plan_program (RstPlanning      *self,
              RstScan          *scan,
              RstFoundClient   *found,
              const RstAccount *account)
{
  RstFoundProfile *profile = rst_found_client_default (found);
  GError *error = NULL;
  RstSetup *setup = rst_scan_plan (scan, found, account, &error);

  if (setup == NULL)
    {
      g_ptr_array_add (self->errors, error);
      return;
    }
  g_ptr_array_add (self->setups, setup);
  if (profile != NULL && profile->running && rst_setup_changes (setup))
    g_ptr_array_add (self->running, (gpointer) found->client->name);
}

static guint
count_edits (const RstPlanning *self)
{
  guint n = 0;

  for (guint i = 0; i < self->setups->len; i++)
    n += ((RstSetup *) g_ptr_array_index (self->setups, i))->edits->len;
  return n;
}

static void
sealed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPlanning *self = g_task_get_task_data (task);
  guint n_edits = count_edits (self);
  GError *error = NULL;

  if (!rst_seal_finish (result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (self->errors, error);
    }
  self->sealed = count_edits (self) > n_edits;
  g_task_return_boolean (task, TRUE);
}

/**
 * rst_planning_async:
 * @journey: a journey with a scan
 * @cancellable: (nullable): a cancellable
 * @callback: called when the plans are complete
 * @user_data: for @callback
 *
 * Plans the chosen programs; those with a password store of their own get the password into it on
 * paper, as edits like all others. Nothing is written.
 */
void
rst_planning_async (RstJourney          *journey,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  RstScan *scan = rst_journey_get_scan (journey);
  GPtrArray *clients = rst_scan_get_clients (scan);
  g_autoptr(RstAccount) account = rst_journey_make_account (journey);
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  RstPlanning *self = planning_new ();

  g_task_set_source_tag (task, rst_planning_async);
  g_task_set_task_data (task, self, (GDestroyNotify) rst_planning_free);
  for (guint i = 0; account != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);

      if (rst_journey_has_program (journey, found->client->id))
        plan_program (self, scan, found, account);
    }
  rst_seal_all_async (self->setups, rst_journey_get_secret (journey), cancellable, sealed_cb,
                      g_object_ref (task));
}

/**
 * rst_planning_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plans, or %NULL if it was cancelled
 */
RstPlanning *
rst_planning_finish (GAsyncResult  *result,
                     GError       **error)
{
  GTask *task = G_TASK (result);
  RstPlanning *self = g_task_get_task_data (task);
  RstPlanning *taken;

  if (!g_task_propagate_boolean (task, error))
    return NULL;
  taken = g_new0 (RstPlanning, 1);
  taken->setups = g_ptr_array_ref (self->setups);
  taken->running = g_ptr_array_ref (self->running);
  taken->errors = g_ptr_array_ref (self->errors);
  taken->sealed = self->sealed;
  return taken;
}
