/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-planning.h"

#include "rst-seal.h"
#include "rst-settle.h"
#include "rst-vault.h"

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

typedef struct
{
  RstPlanning *planning; /* (owned) (nullable) until it is returned */
  RstScan     *scan;     /* (owned) */
  RstSecret   *secret;   /* (owned) (nullable) */
} Work;

static void
work_free (Work *self)
{
  g_clear_pointer (&self->planning, rst_planning_free);
  rst_scan_unref (self->scan);
  g_clear_pointer (&self->secret, rst_secret_unref);
  g_free (self);
}

static void
plan_program (Work             *self,
              RstFoundClient   *found,
              const RstAccount *account)
{
  GError *error = NULL;
  RstSetup *setup = rst_scan_plan (self->scan, found, account, &error);

  if (setup != NULL)
    g_ptr_array_add (self->planning->setups, setup);
  else
    g_ptr_array_add (self->planning->errors, error);
}

static guint
count_edits (const RstPlanning *self)
{
  guint n = 0;

  for (guint i = 0; i < self->setups->len; i++)
    n += ((RstSetup *) g_ptr_array_index (self->setups, i))->edits->len;
  return n;
}

/* What has to be closed first: now it is known what changes. */
static void
list_running (Work *self)
{
  RstPlanning *planning = self->planning;

  for (guint i = 0; i < planning->setups->len; i++)
    {
      const RstSetup *setup = g_ptr_array_index (planning->setups, i);
      RstFoundClient *found = rst_scan_find (self->scan, setup->client);
      const RstFoundProfile *profile = rst_found_client_default (found);

      if (profile != NULL && profile->running && rst_setup_changes (setup))
        g_ptr_array_add (planning->running, (gpointer) found->client->name);
    }
}

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rst_settle_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  list_running (self);
  g_task_return_pointer (task, g_steal_pointer (&self->planning), (GDestroyNotify) rst_planning_free);
}

static void
sealed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  guint n_edits = count_edits (self->planning);
  GError *error = NULL;

  if (!rst_seal_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->planning->sealed = count_edits (self->planning) > n_edits;
  rst_settle_async (self->planning->setups, self->secret, &rst_secret_service,
                    g_task_get_cancellable (task), settled_cb, g_object_ref (task));
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
  RstSecret *secret = rst_journey_get_secret (journey);
  g_autoptr(RstAccount) account = rst_journey_make_account (journey);
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *self = g_new0 (Work, 1);

  g_task_set_source_tag (task, rst_planning_async);
  self->planning = planning_new ();
  self->scan = rst_scan_ref (scan);
  self->secret = secret != NULL ? rst_secret_ref (secret) : NULL;
  g_task_set_task_data (task, self, (GDestroyNotify) work_free);
  for (guint i = 0; account != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);

      if (rst_journey_has_program (journey, found->client->id))
        plan_program (self, found, account);
    }
  rst_seal_all_async (self->planning->setups, secret, cancellable, sealed_cb, g_object_ref (task));
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
  return g_task_propagate_pointer (G_TASK (result), error);
}
