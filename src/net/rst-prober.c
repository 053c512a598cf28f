/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-prober.h"

/* Polite to the network and to each host: no more connections at once than a mail program opens. No
 * protocol waits for what may be there of another. */
#define PROBES_PER_PROTOCOL 3
#define PROBES_PER_HOST 2

struct _RstProber {
  RstOutside    *outside;     /* (unowned) */
  GObject       *owner;       /* (unowned) each probe in flight holds a reference on it */
  RstProberFunc  probed;
  GPtrArray     *wishes;      /* (owned) (element-type RstEndpoint) the most wanted first */
  GHashTable    *running;     /* (owned) a set of RstEndpoint; they belong to their Probe */
  GHashTable    *facts;       /* (owned) (element-type RstEndpoint RstFacts) */
  GCancellable  *cancellable; /* (owned) */
};

typedef struct {
  RstProber   *prober;   /* (unowned) lives as long as the owner */
  GObject     *owner;    /* (owned) */
  RstEndpoint *endpoint; /* (owned) */
} Probe;

static void start_probes (RstProber *self);

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Probe *probe = user_data;
  g_autoptr (GObject) owner = probe->owner;
  RstProber *self = probe->prober;
  RstFacts *facts = self->outside->probe_finish (self->outside, result);

  g_hash_table_remove (self->running, probe->endpoint);
  g_hash_table_replace (self->facts, probe->endpoint, facts);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  start_probes (self);
  self->probed (owner);
}

static void
start_probe (RstProber         *self,
             const RstEndpoint *endpoint)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->prober = self;
  probe->owner = g_object_ref (self->owner);
  probe->endpoint = rst_endpoint_copy (endpoint);
  g_hash_table_add (self->running, probe->endpoint);
  self->outside->probe_async (self->outside, endpoint, self->cancellable, probed_cb, probe);
}

static gboolean
has_room_for (RstProber         *self,
              const RstEndpoint *endpoint)
{
  GHashTableIter iter;
  gpointer key;
  guint host = 0;
  guint protocol = 0;

  g_hash_table_iter_init (&iter, self->running);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const RstEndpoint *other = key;

      host += g_str_equal (other->host, endpoint->host);
      protocol += other->protocol == endpoint->protocol;
    }
  return host < PROBES_PER_HOST && protocol < PROBES_PER_PROTOCOL;
}

static void
start_probes (RstProber *self)
{
  for (guint i = 0; i < self->wishes->len; i++)
    {
      const RstEndpoint *endpoint = g_ptr_array_index (self->wishes, i);

      if (!g_hash_table_contains (self->running, endpoint) &&
          !g_hash_table_contains (self->facts, endpoint) && has_room_for (self, endpoint))
        start_probe (self, endpoint);
    }
}

/**
 * rst_prober_new:
 * @outside: what probes; must live as long as @owner
 * @owner: kept alive by each probe in flight
 * @probed: called with @owner after each probe
 *
 * Returns: (transfer full): a prober without wishes, which must live as long as @owner
 */
RstProber *
rst_prober_new (RstOutside    *outside,
                GObject       *owner,
                RstProberFunc  probed)
{
  RstProber *self = g_new0 (RstProber, 1);

  self->outside = outside;
  self->owner = owner;
  self->probed = probed;
  self->wishes = g_ptr_array_new ();
  self->running = g_hash_table_new ((GHashFunc) rst_endpoint_hash, (GEqualFunc) rst_endpoint_equal);
  self->facts = g_hash_table_new_full ((GHashFunc) rst_endpoint_hash, (GEqualFunc) rst_endpoint_equal,
                                       (GDestroyNotify) rst_endpoint_free,
                                       (GDestroyNotify) rst_facts_unref);
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * rst_prober_set_wishes:
 * @self: a prober
 * @endpoints: (element-type RstEndpoint): what to probe, the most wanted first
 *
 * Replaces the wishes. Probes that run go on, wanted or not.
 */
void
rst_prober_set_wishes (RstProber *self,
                       GPtrArray *endpoints)
{
  g_ptr_array_unref (self->wishes);
  self->wishes = g_ptr_array_ref (endpoints);
  if (!g_cancellable_is_cancelled (self->cancellable))
    start_probes (self);
}

/**
 * rst_prober_get_facts:
 * @self: a prober
 *
 * Returns: (transfer none) (element-type RstEndpoint RstFacts): all that is known
 */
GHashTable *
rst_prober_get_facts (RstProber *self)
{
  return self->facts;
}

/**
 * rst_prober_stop:
 * @self: a prober
 *
 * Ends all probes; the owner hears of no further one.
 */
void
rst_prober_stop (RstProber *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * rst_prober_free:
 * @self: (transfer full): a prober; no probe may be in flight
 */
void
rst_prober_free (RstProber *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->wishes);
  g_hash_table_unref (self->running);
  g_hash_table_unref (self->facts);
  g_object_unref (self->cancellable);
  g_free (self);
}
