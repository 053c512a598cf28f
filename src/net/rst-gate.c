/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-gate.h"

struct _RstGate {
  gint        refs;
  guint       per_host;
  guint       rest_ms;
  GHashTable *inside;  /* (owned) (element-type utf8 guint) turns by address, without those of none */
  GQueue      waiting; /* (element-type GTask) (owned) the first comer first */
};

struct _RstTurn {
  RstGate  *gate;      /* (owned) */
  char    **addresses; /* (owned) */
};

typedef struct {
  RstGate       *gate;      /* (owned) */
  gconstpointer  owner;     /* (unowned) */
  char         **addresses; /* (owned) (nullable) NULL: it has its turn */
  RstTurn       *turn;      /* (owned) (nullable) about to be returned */
  GSource       *cancelled; /* (owned) (nullable) */
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  if (self->cancelled != NULL)
    {
      g_source_destroy (self->cancelled);
      g_source_unref (self->cancelled);
    }
  g_strfreev (self->addresses);
  rst_gate_unref (self->gate);
  g_free (self);
}

static void
turn_free (gpointer data)
{
  RstTurn *self = data;

  g_strfreev (self->addresses);
  rst_gate_unref (self->gate);
  g_free (self);
}

static void
count (RstGate    *self,
       const char *address,
       int         change)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->inside, address)) + (guint) change;

  if (n > 0)
    g_hash_table_replace (self->inside, g_strdup (address), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->inside, address);
}

static gboolean
has_room (RstGate    *self,
          GHashTable *reserved,
          char      **addresses)
{
  for (guint i = 0; addresses[i] != NULL; i++)
    if (g_hash_table_contains (reserved, addresses[i]) ||
        GPOINTER_TO_UINT (g_hash_table_lookup (self->inside, addresses[i])) >= self->per_host)
      return FALSE;
  return TRUE;
}

static RstTurn *
turn_new (RstGate *gate,
          char   **addresses)
{
  RstTurn *self = g_new0 (RstTurn, 1);

  self->gate = rst_gate_ref (gate);
  self->addresses = addresses;
  for (guint i = 0; addresses[i] != NULL; i++)
    count (gate, addresses[i], 1);
  return self;
}

/* What somebody waits for is not given to those behind, or one who needs two might wait for ever. */
static GPtrArray *
choose_next (RstGate *self)
{
  g_autoptr (GHashTable) reserved = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GList *next;

  for (GList *l = self->waiting.head; l != NULL; l = next)
    {
      Wait *wait = g_task_get_task_data (l->data);

      next = l->next;
      if (has_room (self, reserved, wait->addresses))
        {
          wait->turn = turn_new (self, g_steal_pointer (&wait->addresses));
          g_ptr_array_add (chosen, l->data);
          g_queue_delete_link (&self->waiting, l);
        }
      else
        for (guint i = 0; wait->addresses[i] != NULL; i++)
          g_hash_table_add (reserved, wait->addresses[i]);
    }
  return chosen;
}

/* Whoever is called back may come again at once, so nothing else may be under way then. */
static void
give_turns (RstGate *self)
{
  g_autoptr (GPtrArray) chosen = choose_next (self);

  for (guint i = 0; i < chosen->len; i++)
    {
      Wait *wait = g_task_get_task_data (chosen->pdata[i]);

      g_task_return_pointer (chosen->pdata[i], g_steal_pointer (&wait->turn),
                             (GDestroyNotify) rst_gate_leave);
    }
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Wait *wait = g_task_get_task_data (task);

  if (!g_queue_remove (&wait->gate->waiting, task))
    return G_SOURCE_REMOVE;
  g_object_unref (task);
  g_task_return_error_if_cancelled (task);
  give_turns (wait->gate);
  return G_SOURCE_REMOVE;
}

static char **
describe (GPtrArray *addresses)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < addresses->len; i++)
    {
      char *name = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      if (!g_hash_table_contains (seen, name))
        g_strv_builder_add (names, name);
      g_hash_table_add (seen, name);
    }
  return g_strv_builder_end (names);
}

/**
 * rst_gate_new:
 * @per_host: how many turns at once one address has
 * @rest_ms: milliseconds until a turn that was given back is given to somebody else
 *
 * Returns: (transfer full): a gate that nobody has passed
 */
RstGate *
rst_gate_new (guint per_host,
              guint rest_ms)
{
  RstGate *self = NULL;

  g_return_val_if_fail (per_host > 0, NULL);

  self = g_new0 (RstGate, 1);
  self->refs = 1;
  self->per_host = per_host;
  self->rest_ms = rest_ms;
  self->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->waiting);
  return self;
}

/**
 * rst_gate_ref:
 * @self: a gate
 *
 * Returns: (transfer full): @self
 */
RstGate *
rst_gate_ref (RstGate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->refs++;
  return self;
}

/**
 * rst_gate_unref:
 * @self: (transfer full): a gate
 */
void
rst_gate_unref (RstGate *self)
{
  g_return_if_fail (self != NULL);

  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->inside);
  g_free (self);
}

/**
 * rst_gate_enter_async:
 * @self: a gate
 * @owner: on whose behalf, for rst_gate_holds()
 * @addresses: (element-type GInetAddress): where the connection may go
 * @cancellable: (nullable): to wait no longer
 * @callback: called when it is this one's turn
 * @user_data: for @callback
 *
 * Waits for a turn.
 */
void
rst_gate_enter_async (RstGate             *self,
                      gconstpointer        owner,
                      GPtrArray           *addresses,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Wait *wait = g_new0 (Wait, 1);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_gate_enter_async);
  g_task_set_check_cancellable (task, FALSE);
  wait->gate = rst_gate_ref (self);
  wait->owner = owner;
  wait->addresses = describe (addresses);
  g_task_set_task_data (task, wait, wait_free);
  if (cancellable != NULL)
    {
      wait->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (wait->cancelled, g_main_context_get_thread_default ());
    }
  g_queue_push_tail (&self->waiting, g_object_ref (task));
  give_turns (self);
}

/**
 * rst_gate_enter_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the turn, to be given back by rst_gate_leave(); %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
RstTurn *
rst_gate_enter_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
rested_cb (gpointer user_data)
{
  RstTurn *turn = user_data;

  for (guint i = 0; turn->addresses[i] != NULL; i++)
    count (turn->gate, turn->addresses[i], -1);
  give_turns (turn->gate);
  return G_SOURCE_REMOVE;
}

/**
 * rst_gate_leave:
 * @turn: (transfer full): a turn
 *
 * Gives the turn back. The connection is to be closed before the main loop turns.
 */
void
rst_gate_leave (RstTurn *turn)
{
  g_autoptr (GSource) rest = NULL;

  g_return_if_fail (turn != NULL);

  rest = g_timeout_source_new (turn->gate->rest_ms);
  g_source_set_callback (rest, rested_cb, turn, turn_free);
  g_source_attach (rest, g_main_context_get_thread_default ());
}

/**
 * rst_gate_holds:
 * @self: a gate
 * @owner: somebody
 *
 * Returns: whether @owner waits for a turn
 */
gboolean
rst_gate_holds (RstGate       *self,
                gconstpointer  owner)
{
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    if (((Wait *) g_task_get_task_data (l->data))->owner == owner)
      return TRUE;
  return FALSE;
}
