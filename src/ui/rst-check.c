/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two probes; the task ends with the later one. Each callback owns one reference on the task.
 *
 *   without password:  incoming ─┐
 *                      outgoing ─┴─ done
 *   with password:     incoming ─── signed in ─── outgoing ─── done
 */
#include "rst-check.h"

#include "rst-probe.h"

typedef struct
{
  RstCheck     *check;
  RstCandidate *outgoing; /* (owned) (nullable) not started yet */
  GTlsDatabase *trust;    /* (owned) (nullable) */
  RstSecret    *password; /* (owned) (nullable) */
  guint         running;
  GError       *error;    /* the first one that is not about the server: cancelled */
} Both;

static void outgoing_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

/**
 * rst_check_free:
 * @self: (transfer full): what was found
 */
void
rst_check_free (RstCheck *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->incoming, rst_facts_unref);
  g_clear_pointer (&self->outgoing, rst_facts_unref);
  g_free (self);
}

static void
both_free (gpointer data)
{
  Both *both = data;

  g_clear_pointer (&both->check, rst_check_free);
  g_clear_pointer (&both->outgoing, rst_candidate_unref);
  g_clear_object (&both->trust);
  g_clear_pointer (&both->password, rst_secret_unref);
  g_clear_error (&both->error);
  g_free (both);
}

static void
take_facts (GTask         *task,
            RstFacts     **place,
            GAsyncResult  *result)
{
  Both *both = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  *place = rst_probe_finish (result, &error);
  if (*place == NULL && both->error == NULL)
    both->error = g_steal_pointer (&error);
  if (--both->running > 0)
    return;
  if (both->error != NULL)
    g_task_return_error (task, g_steal_pointer (&both->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&both->check), (GDestroyNotify) rst_check_free);
}

static void
probe (GTask               *task,
       RstCandidate        *candidate,
       GAsyncReadyCallback  callback)
{
  Both *both = g_task_get_task_data (task);
  RstProbeOptions options = {
    .trust = both->trust,
    .username = both->password != NULL ? candidate->username : NULL,
    .password = both->password,
  };

  both->running++;
  rst_probe_async (candidate->endpoint, &options, g_task_get_cancellable (task), callback,
                   g_object_ref (task));
}

static void
incoming_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Both *both = g_task_get_task_data (task);

  take_facts (task, &both->check->incoming, result);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Both *both = g_task_get_task_data (task);
  g_autoptr(RstCandidate) outgoing = g_steal_pointer (&both->outgoing);
  g_autoptr(GError) error = NULL;

  both->running--;
  both->check->incoming = rst_probe_finish (result, &error);
  if (both->check->incoming == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (outgoing != NULL && both->check->incoming->error == NULL)
    probe (task, outgoing, outgoing_cb);
  else
    g_task_return_pointer (task, g_steal_pointer (&both->check), (GDestroyNotify) rst_check_free);
}

static void
outgoing_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  take_facts (task, &((Both *) g_task_get_task_data (task))->check->outgoing, result);
}

/**
 * rst_check_async:
 * @incoming: the server to read from
 * @outgoing: (nullable): the server to send through
 * @trust: (nullable): the authorities to trust
 * @password: (nullable): also signs in with it
 * @cancellable: (nullable): a cancellable
 * @callback: called when both have ended
 * @user_data: for @callback
 *
 * Asks both servers. What is wrong with one of them is in its facts, and is no error. With a password,
 * the second is asked only if the first accepts it.
 */
void
rst_check_async (RstCandidate        *incoming,
                 RstCandidate        *outgoing,
                 GTlsDatabase        *trust,
                 RstSecret           *password,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Both *both = g_new0 (Both, 1);

  g_task_set_source_tag (task, rst_check_async);
  both->check = g_new0 (RstCheck, 1);
  g_set_object (&both->trust, trust);
  both->password = password != NULL ? rst_secret_ref (password) : NULL;
  g_task_set_task_data (task, both, both_free);
  if (password != NULL && outgoing != NULL)
    both->outgoing = rst_candidate_ref (outgoing);
  probe (task, incoming, password != NULL ? signed_in_cb : incoming_cb);
  if (password == NULL && outgoing != NULL)
    probe (task, outgoing, outgoing_cb);
}

/**
 * rst_check_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL if it was cancelled
 */
RstCheck *
rst_check_finish (GAsyncResult  *result,
                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
