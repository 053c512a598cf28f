/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-look.h"

#include "rst-facts-mailbox.h"
#include "rst-glances.h"

static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GPtrArray *looks = g_object_get_data (G_OBJECT (task), "looks");

  rst_glances_note_finish (result);
  rst_facts_note_removal (g_task_get_task_data (task), g_ptr_array_index (looks, 0));
  g_task_return_boolean (task, TRUE);
}

/**
 * rst_look_note_async:
 * @facts: what a probe learnt
 * @username: who signed in
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Remembers what was seen of the mailbox, and adds to @facts what it tells together with the last look.
 */
void
rst_look_note_async (RstFacts            *facts,
                     const char          *username,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GPtrArray *looks;
  RstGlance *look;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_look_note_async);
  g_task_set_task_data (task, rst_facts_ref (facts), (GDestroyNotify) rst_facts_unref);
  look = rst_facts_make_look (facts, username, g_get_real_time () / G_USEC_PER_SEC);
  if (look == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  looks = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_glance_free);
  g_ptr_array_add (looks, look);
  g_object_set_data_full (G_OBJECT (task), "looks", looks, (GDestroyNotify) g_ptr_array_unref);
  rst_glances_note_async (looks, cancellable, noted_cb, g_object_ref (task));
}

/**
 * rst_look_note_finish:
 * @result: what the callback got
 */
void
rst_look_note_finish (GAsyncResult *result)
{
  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
remembered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  rst_look_note_finish (result);
  g_task_return_pointer (task, rst_facts_ref (g_object_get_data (G_OBJECT (task), "facts")),
                         (GDestroyNotify) rst_facts_unref);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstCandidate *candidate = g_task_get_task_data (task);
  RstFacts *facts;
  GError *error = NULL;

  facts = rst_probe_finish (result, &error);
  if (facts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "facts", facts, (GDestroyNotify) rst_facts_unref);
  rst_look_note_async (facts, candidate->username, g_task_get_cancellable (task), remembered_cb,
                       g_object_ref (task));
}

/**
 * rst_look_at_async:
 * @journey: a journey whose password was accepted
 * @candidate: a server that the person agreed to
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Signs in once more, to see what the mailbox tells now.
 */
void
rst_look_at_async (RstJourney          *journey,
                   RstCandidate        *candidate,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  RstProbeOptions options = {
    .trust = rst_journey_get_trust (journey),
    .username = candidate->username,
    .password = rst_journey_get_secret (journey),
  };
  g_autoptr(GTask) task = g_task_new (journey, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_look_at_async);
  g_task_set_task_data (task, rst_candidate_ref (candidate), (GDestroyNotify) rst_candidate_unref);
  rst_probe_async (candidate->endpoint, &options, cancellable, looked_cb, g_object_ref (task));
}

/**
 * rst_look_at_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was learnt; %NULL if it was cancelled
 */
RstFacts *
rst_look_at_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
