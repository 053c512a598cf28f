/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GResolver has no time limit of its own, works in a pool of ten threads that other calls need too,
 * and cannot tell “no such name” from “nothing of this kind”, nor a dead name server from a slow one.
 */
#include "rst-dns.h"

#include "rst-deadline.h"
#include "rst-hosts.h"
#include "rst-txt.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

#define TIMEOUT_MS 2500
#define ADDRESSES_MAX 16
#define RECORDS_MAX 64

/* The questions of all searches together, since they share threads. */
typedef struct {
  GQueue waiting; /* (element-type Lookup) (unowned) not yet begun */
  guint  running;
  guint  most;    /* at once */
} Lane;

/* Hosts have threads of their own; the others leave some of the pool to whoever else needs it. */
static Lane host_lane = { G_QUEUE_INIT, 0, 16 };
static Lane record_lane = { G_QUEUE_INIT, 0, 8 };

struct _RstDns {
  gint        refs;    /* one for the owner, one for each lookup in flight */
  GHashTable *hosts;   /* (owned) (element-type utf8 Lookup) by host, kept */
  GHashTable *others;  /* (owned) a set of Lookup, removed when answered */
  RstGate    *gate;    /* (owned) (nullable) */
};

typedef struct {
  RstDns      *dns;      /* (unowned) owned while in flight */
  RstReply    *reply;    /* (owned) */
  char        *name;     /* (owned) what is looked up */
  GPtrArray   *waiters;  /* (owned) (element-type Waiter) */
  Lane        *lane;     /* (unowned) */
  RstDeadline *deadline; /* (owned) (nullable) NULL: not in flight */
  gboolean     answered;
} Lookup;

typedef struct {
  Lookup  *lookup;    /* (unowned) */
  GTask   *task;      /* (owned) */
  GSource *cancelled; /* (owned) (nullable) */
} Waiter;

static void
waiter_free (gpointer data)
{
  Waiter *self = data;

  if (self->cancelled != NULL)
    {
      g_source_destroy (self->cancelled);
      g_source_unref (self->cancelled);
    }
  g_object_unref (self->task);
  g_free (self);
}

static void
lookup_free (gpointer data)
{
  Lookup *self = data;

  g_clear_pointer (&self->deadline, rst_deadline_free);
  g_ptr_array_unref (self->waiters);
  rst_reply_free (self->reply);
  g_free (self->name);
  g_free (self);
}

/* Nobody can have published this name, unless all names are (getrandom: not to be foreseen). */
static char *
random_host (const char *domain)
{
  guint64 random = 0;

  if (getrandom (&random, sizeof random, 0) != sizeof random)
    random = (guint64) g_get_monotonic_time ();
  return g_strdup_printf ("x%016" G_GINT64_MODIFIER "x.%s", random, domain);
}

static gboolean
is_host (RstAskKind kind)
{
  return kind == RST_ASK_HOST || kind == RST_ASK_ANY_HOST;
}

/* Instead of the resolver that GIO has by default; another one is somebody's wish. */
static gboolean
has_own_threads (void)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  return g_str_equal (G_OBJECT_TYPE_NAME (resolver), "GThreadedResolver");
}

static Lookup *
lookup_new (RstDns       *dns,
            const RstAsk *ask)
{
  Lookup *self = g_new0 (Lookup, 1);

  self->dns = dns;
  self->reply = rst_reply_new (ask);
  self->name = ask->kind == RST_ASK_ANY_HOST ? random_host (ask->name) : g_strdup (ask->name);
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  self->lane = is_host (ask->kind) && has_own_threads () ? &host_lane : &record_lane;
  return self;
}

static void start_lookups (Lane *lane);

static void
describe_failure (Lookup       *self,
                  const GError *error)
{
  if (rst_deadline_has_passed (self->deadline))
    rst_reply_fail (self->reply, RST_REPLY_FAILED,
                    g_strdup_printf (_("DNS did not answer about %s in time."), self->name));
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    rst_reply_fail (self->reply, RST_REPLY_NOTHING,
                    g_strdup_printf (_("DNS has no answer for %s."), self->name));
  else
    rst_reply_fail (self->reply, RST_REPLY_FAILED,
                    g_strdup_printf (_("DNS failed to answer about %s."), self->name));
}

/* Answers all who wait. The lookup of a host stays, for those who ask later. */
static void
answered (Lookup       *self,
          const GError *error)
{
  RstDns *dns = self->dns;
  Lane *lane = self->lane;
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  if (error != NULL)
    describe_failure (self, error);
  self->answered = TRUE;
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  g_clear_pointer (&self->deadline, rst_deadline_free);
  for (guint i = 0; i < waiters->len; i++)
    g_task_return_pointer (((Waiter *) g_ptr_array_index (waiters, i))->task, rst_reply_copy (self->reply),
                           (GDestroyNotify) rst_reply_free);
  g_hash_table_remove (dns->others, self);
  lane->running--;
  start_lookups (lane);
  rst_dns_unref (dns);
}

static void
addresses_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Lookup *self = user_data;
  g_autoptr (GError) error = NULL;
  GList *found = source != NULL ? g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error)
                                : rst_hosts_look_up_finish (result, &error);

  for (GList *l = found; l != NULL && self->reply->addresses->len < ADDRESSES_MAX; l = l->next)
    g_ptr_array_add (self->reply->addresses, g_object_ref (l->data));
  g_resolver_free_addresses (found);
  answered (self, error);
}

static void
take_record (RstReply *reply,
             GVariant *record)
{
  guint16 priority, weight = 0, port = 0;
  const char *target;

  if (reply->ask->kind == RST_ASK_SRV)
    g_variant_get (record, "(qqq&s)", &priority, &weight, &port, &target);
  else
    g_variant_get (record, "(q&s)", &priority, &target);
  rst_reply_add_record (reply, priority, weight, port, target);
}

static void
records_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Lookup *self = user_data;
  g_autoptr (GError) error = NULL;
  GList *found = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);

  for (GList *l = found; l != NULL && self->reply->records->len < RECORDS_MAX; l = l->next)
    take_record (self->reply, l->data);
  g_list_free_full (found, (GDestroyNotify) g_variant_unref);
  answered (self, error);
}

static void
texts_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Lookup *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = rst_txt_lookup_finish (result, &error);

  if (texts != NULL)
    g_ptr_array_extend_and_steal (self->reply->texts, g_steal_pointer (&texts));
  answered (self, error);
}

static void
start_lookup (Lookup *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  RstAskKind kind = self->reply->ask->kind;
  GCancellable *cancellable;

  self->dns->refs++;
  self->lane->running++;
  self->deadline = rst_deadline_new (TIMEOUT_MS, NULL);
  cancellable = rst_deadline_get_cancellable (self->deadline);
  if (self->lane == &host_lane)
    rst_hosts_look_up_async (self->name, cancellable, addresses_cb, self);
  else if (is_host (kind))
    g_resolver_lookup_by_name_async (resolver, self->name, cancellable, addresses_cb, self);
  else if (kind == RST_ASK_TXT)
    rst_txt_lookup_async (self->name, cancellable, texts_cb, self);
  else
    g_resolver_lookup_records_async (resolver, self->name,
                                     kind == RST_ASK_SRV ? G_RESOLVER_RECORD_SRV : G_RESOLVER_RECORD_MX,
                                     cancellable, records_cb, self);
}

static void
start_lookups (Lane *lane)
{
  while (lane->running < lane->most && !g_queue_is_empty (&lane->waiting))
    start_lookup (g_queue_pop_head (&lane->waiting));
}

/* Nobody waits for it any more: it is ended, and whoever asks for the same later starts anew. */
static void
give_up (Lookup *self)
{
  RstDns *dns = self->dns;

  if (self->reply->ask->kind == RST_ASK_HOST)
    {
      g_hash_table_steal (dns->hosts, self->name);
      g_hash_table_add (dns->others, self);
    }
  if (self->deadline != NULL)
    g_cancellable_cancel (rst_deadline_get_cancellable (self->deadline));
  else if (g_queue_remove (&self->lane->waiting, self))
    g_hash_table_remove (dns->others, self);
}

static gboolean
waiter_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  Waiter *waiter = user_data;
  Lookup *self = waiter->lookup;
  RstReply *reply = rst_reply_new (self->reply->ask);

  rst_reply_fail (reply, RST_REPLY_FAILED, g_strdup (_("Not waited for.")));
  g_task_return_pointer (waiter->task, reply, (GDestroyNotify) rst_reply_free);
  g_ptr_array_remove (self->waiters, waiter);
  if (self->waiters->len == 0)
    give_up (self);
  return G_SOURCE_REMOVE;
}

static Lookup *
find_lookup (RstDns       *self,
             const RstAsk *ask)
{
  Lookup *lookup = ask->kind == RST_ASK_HOST ? g_hash_table_lookup (self->hosts, ask->name) : NULL;

  if (lookup != NULL)
    return lookup;
  lookup = lookup_new (self, ask);
  if (ask->kind == RST_ASK_HOST)
    g_hash_table_insert (self->hosts, lookup->name, lookup);
  else
    g_hash_table_add (self->others, lookup);
  g_queue_push_tail (&lookup->lane->waiting, lookup);
  return lookup;
}

/**
 * rst_dns_new:
 *
 * Returns: (transfer full): nothing asked yet
 */
RstDns *
rst_dns_new (void)
{
  RstDns *self = g_new0 (RstDns, 1);

  self->refs = 1;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, lookup_free);
  self->others = g_hash_table_new_full (NULL, NULL, lookup_free, NULL);
  return self;
}

/**
 * rst_dns_unref:
 * @self: (transfer full): all of its callers must have their replies
 */
void
rst_dns_unref (RstDns *self)
{
  g_return_if_fail (self != NULL);

  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->others);
  g_clear_pointer (&self->gate, rst_gate_unref);
  g_free (self);
}

/**
 * rst_dns_set_gate:
 * @self: the questions of a search
 * @gate: (nullable): what whoever connects to a host that was looked up here has to pass
 *
 * For many searches at once.
 */
void
rst_dns_set_gate (RstDns  *self,
                  RstGate *gate)
{
  g_return_if_fail (self != NULL && self->gate == NULL);

  self->gate = gate != NULL ? rst_gate_ref (gate) : NULL;
}

/**
 * rst_dns_get_gate:
 * @self: the questions of a search
 *
 * Returns: (transfer none) (nullable): what to pass before connecting, on behalf of @self
 */
RstGate *
rst_dns_get_gate (RstDns *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->gate;
}

static gboolean
has_waiting (RstDns *self,
             Lane   *lane)
{
  for (GList *l = lane->waiting.head; l != NULL; l = l->next)
    if (((Lookup *) l->data)->dns == self)
      return TRUE;
  return FALSE;
}

/**
 * rst_dns_is_held:
 * @self: the questions of a search
 *
 * Returns: whether it has a gate, and something waits there or for its turn to be looked up
 */
gboolean
rst_dns_is_held (RstDns *self)
{
  return self->gate != NULL && (has_waiting (self, &host_lane) || has_waiting (self, &record_lane) ||
                                rst_gate_holds (self->gate, self));
}

/**
 * rst_dns_ask_async:
 * @self: the questions of a search
 * @ask: an ask of kind %RST_ASK_HOST, %RST_ASK_ANY_HOST, %RST_ASK_SRV, %RST_ASK_MX or %RST_ASK_TXT
 * @cancellable: (nullable): to stop waiting
 * @callback: called when there is a reply
 * @user_data: for @callback
 *
 * Asks DNS, for two and a half seconds at the most once it is this question's turn.
 */
void
rst_dns_ask_async (RstDns              *self,
                   const RstAsk        *ask,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Lookup *lookup = find_lookup (self, ask);
  Waiter *waiter;

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rst_dns_ask_async);
  if (lookup->answered)
    {
      g_task_return_pointer (task, rst_reply_copy (lookup->reply), (GDestroyNotify) rst_reply_free);
      return;
    }
  waiter = g_new0 (Waiter, 1);
  waiter->lookup = lookup;
  waiter->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (waiter_cancelled_cb), waiter, NULL);
      g_source_attach (waiter->cancelled, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (lookup->waiters, waiter);
  start_lookups (lookup->lane);
}

/**
 * rst_dns_ask_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): the reply; that it failed is part of it
 */
RstReply *
rst_dns_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
