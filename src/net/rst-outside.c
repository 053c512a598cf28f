/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-outside.h"

#include "rst-disk.h"
#include "rst-dns.h"
#include "rst-error.h"
#include "rst-fetch.h"
#include "rst-hosts.h"
#include "rst-probe.h"
#include "rst-route.h"

#define PROBE_TIMEOUT_MS 6000

typedef struct {
  RstOutside    parent;
  GTlsDatabase *trust; /* (owned) (nullable) */
  RstDns       *dns;   /* (owned) */
} Outside;

typedef struct {
  Outside            *outside;     /* (unowned) lives until nothing is in flight */
  RstEndpoint        *endpoint;    /* (owned) */
  GCancellable       *cancellable; /* (owned) (nullable) */
  char               *private;     /* (owned) (nullable) an address, if the host has only private ones */
  GSocketConnectable *route;       /* (owned) (nullable) */
  RstTurn            *turn;        /* (owned) (nullable) until the probe has it */
} Probe;

static void
probe_free (gpointer data)
{
  Probe *self = data;

  rst_endpoint_free (self->endpoint);
  g_clear_object (&self->cancellable);
  g_free (self->private);
  g_clear_object (&self->route);
  g_clear_pointer (&self->turn, rst_gate_leave);
  g_free (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, rst_disk_ask_finish (result), (GDestroyNotify) rst_reply_free);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, rst_fetch_finish (result), (GDestroyNotify) rst_reply_free);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, rst_dns_ask_finish (result), (GDestroyNotify) rst_reply_free);
}

static void
outside_ask_async (RstOutside          *outside,
                   const RstAsk        *ask,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  Outside *self = (Outside *) outside;
  g_autoptr (GTask) task = NULL;

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, outside_ask_async);
  switch (ask->kind)
    {
    case RST_ASK_FILE:
      rst_disk_ask_async (ask, cancellable, read_cb, g_steal_pointer (&task));
      break;
    case RST_ASK_HTTPS:
    case RST_ASK_HTTP:
    case RST_ASK_POST:
      rst_fetch_async (ask, self->dns, self->trust, cancellable, fetched_cb, g_steal_pointer (&task));
      break;
    case RST_ASK_SRV:
    case RST_ASK_MX:
    case RST_ASK_TXT:
    case RST_ASK_HOST:
    case RST_ASK_ANY_HOST:
      rst_dns_ask_async (self->dns, ask, cancellable, looked_up_cb, g_steal_pointer (&task));
      break;
    }
}

static RstReply *
outside_ask_finish (RstOutside   *outside,
                    GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Probe *self = g_task_get_task_data (task);
  RstFacts *facts = rst_probe_finish (result, &error);

  if (facts == NULL)
    {
      facts = rst_facts_new (self->endpoint);
      facts->error = g_steal_pointer (&error);
    }
  if (self->private != NULL)
    g_hash_table_insert (facts->more, g_strdup ("private-address"), g_steal_pointer (&self->private));
  g_task_return_pointer (task, facts, (GDestroyNotify) rst_facts_unref);
}

static char *
find_private_address (GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    if (!rst_hosts_is_private (g_ptr_array_index (addresses, i)))
      return NULL;
  return addresses->len > 0 ? g_inet_address_to_string (g_ptr_array_index (addresses, 0)) : NULL;
}

static void
start_probe (GTask *task)
{
  Probe *self = g_task_get_task_data (task);
  RstProbeOptions options = { .trust = self->outside->trust, .timeout_ms = PROBE_TIMEOUT_MS,
                              .route = self->route, .turn = g_steal_pointer (&self->turn) };

  rst_probe_async (self->endpoint, &options, self->cancellable, probed_cb, g_object_ref (task));
}

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *self = g_task_get_task_data (task);
  RstFacts *facts = rst_facts_new (self->endpoint);

  self->turn = rst_gate_enter_finish (result, &facts->error);
  if (self->turn != NULL)
    {
      rst_facts_unref (facts);
      start_probe (task);
      return;
    }
  g_task_return_pointer (task, facts, (GDestroyNotify) rst_facts_unref);
}

static void
host_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *self = g_task_get_task_data (task);
  g_autoptr (RstReply) reply = rst_dns_ask_finish (result);
  RstGate *gate = rst_dns_get_gate (self->outside->dns);
  RstFacts *facts;

  if (reply->status == RST_REPLY_OK)
    {
      self->private = find_private_address (reply->addresses);
      self->route = rst_route_new (self->endpoint->host, self->endpoint->port, reply->addresses);
      if (gate != NULL)
        rst_gate_enter_async (gate, self->outside->dns, reply->addresses, self->cancellable, turn_cb,
                              g_steal_pointer (&task));
      else
        start_probe (task);
      return;
    }
  facts = rst_facts_new (self->endpoint);
  facts->error = g_error_new_literal (RST_ERROR, RST_ERROR_NET, reply->detail);
  g_task_return_pointer (task, facts, (GDestroyNotify) rst_facts_unref);
}

static void
outside_probe_async (RstOutside          *outside,
                     const RstEndpoint   *endpoint,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HOST, endpoint->host);
  Probe *self = g_new0 (Probe, 1);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, outside_probe_async);
  self->outside = (Outside *) outside;
  self->endpoint = rst_endpoint_copy (endpoint);
  g_set_object (&self->cancellable, cancellable);
  g_task_set_task_data (task, self, probe_free);
  rst_dns_ask_async (self->outside->dns, ask, cancellable, host_found_cb, g_steal_pointer (&task));
}

static RstFacts *
outside_probe_finish (RstOutside   *outside,
                      GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static gboolean
outside_is_held (RstOutside *outside)
{
  return rst_dns_is_held (((Outside *) outside)->dns);
}

static void
outside_free (RstOutside *outside)
{
  Outside *self = (Outside *) outside;

  g_clear_object (&self->trust);
  rst_dns_unref (self->dns);
  g_free (self);
}

/**
 * rst_outside_new:
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 * @gate: (nullable): what is passed before each connection, if there are many searches at once
 *
 * Returns: (transfer full): the real world
 */
RstOutside *
rst_outside_new (GTlsDatabase *trust,
                 RstGate      *gate)
{
  Outside *self = g_new0 (Outside, 1);

  self->parent = (RstOutside) {
    .ask_async = outside_ask_async,
    .ask_finish = outside_ask_finish,
    .probe_async = outside_probe_async,
    .probe_finish = outside_probe_finish,
    .is_held = outside_is_held,
    .free = outside_free,
  };
  g_set_object (&self->trust, trust);
  self->dns = rst_dns_new ();
  rst_dns_set_gate (self->dns, gate);
  return &self->parent;
}

/**
 * rst_outside_is_held:
 * @self: the world
 *
 * Returns: whether something waits for its turn, behind other searches
 */
gboolean
rst_outside_is_held (RstOutside *self)
{
  return self->is_held != NULL && self->is_held (self);
}

/**
 * rst_outside_free:
 * @self: (transfer full): the world; nothing may be in flight
 */
void
rst_outside_free (RstOutside *self)
{
  g_return_if_fail (self != NULL);

  self->free (self);
}
