/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one loop of discovery. Everything is asked at once; each reply and each probe ends in
 * refresh(), which merges all that is known, says what to probe next, and decides whether to wait:
 *
 *   ask ──reply──▶ refresh ──wishes──▶ prober ──facts──▶ refresh ──▶ done
 *                     ▲ │ more asks
 *                     └─┘
 *
 * A source that is not safe to ask, but allowed, is asked at the end of all that, if nothing better
 * works. What has not come when something good is known gets a short grace, then the search ends. Each
 * operation in flight holds one reference on the task and gives it up in its callback; a callback
 * that comes after the end finds the search over and does nothing.
 */
#include "rst-discovery-private.h"

#include "rst-part.h"
#include "rst-prober.h"

#include <glib/gi18n-lib.h>

#define TOTAL_MS(self) ((self)->patient ? 30000 : 8000)
#define GRACE_TRUSTED_MS 300 /* for sources, once what a provider named works */
#define GRACE_GUESS_MS 1200  /* for sources, once a guess works */
#define GRACE_PROBES_MS 1500 /* for probes, after the sources */

typedef struct {
  RstProber    *prober;    /* (owned) */
  GCancellable *asking;    /* (owned) ends all asks */
  GSource      *total;     /* (owned) (nullable) the end of the whole search */
  GSource      *grace;     /* (owned) (nullable) the end of the current wait */
  GSource      *cancelled; /* (owned) (nullable) the caller's cancellable */
  RstTrust      level;     /* what is known to work is trusted this far */
  gboolean      closed;    /* no reply is awaited any more */
  gboolean      insecure;  /* what is not safe to ask has been asked */
  gboolean      over;
} Run;

typedef struct {
  GTask   *task; /* (owned) */
  RstPart *part; /* (unowned) */
} Ask;

static void send_asks (GTask *task);
static gboolean ask_insecurely (GTask *task);
static void finish (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  rst_prober_free (run->prober);
  g_object_unref (run->asking);
  g_free (run);
}

static gint64
get_age (RstDiscovery *self)
{
  return g_get_monotonic_time () - self->started;
}

static guint
count_pending (RstDiscovery *self)
{
  guint pending = 0;

  for (guint i = 0; i < self->parts->len; i++)
    pending += ((RstPart *) g_ptr_array_index (self->parts, i))->pending->len;
  return pending;
}

static void
merge (RstDiscovery *self,
       GHashTable   *facts,
       gboolean      done)
{
  RstMergePhase phase = !self->probing ? RST_MERGE_UNPROBED : done ? RST_MERGE_DONE : RST_MERGE_RUNNING;
  g_autoptr (GPtrArray) findings = g_ptr_array_new ();

  for (guint i = 0; i < self->parts->len; i++)
    g_ptr_array_add (findings, ((RstPart *) g_ptr_array_index (self->parts, i))->findings);
  g_clear_pointer (&self->merged, rst_merged_free);
  self->merged = rst_merge (findings, facts, phase);
  for (guint i = 0; i < self->parts->len; i++)
    rst_part_judge (g_ptr_array_index (self->parts, i), self->merged->candidates, facts,
                    self->merged->open != 0, get_age (self));
}

static gboolean
is_verified (RstDiscovery *self,
             RstProtocol   protocol)
{
  const RstCandidate *chosen = self->merged->chosen[protocol];

  return chosen != NULL && rst_candidate_is_usable (chosen);
}

/* How far the working servers can be trusted: mail can be read and sent, at the least. */
static RstTrust
get_level (RstDiscovery *self)
{
  RstTrust trust = RST_TRUST_NONE;

  if (!is_verified (self, RST_PROTOCOL_SMTP))
    return RST_TRUST_NONE;
  for (RstProtocol protocol = RST_PROTOCOL_IMAP; protocol <= RST_PROTOCOL_POP3; protocol++)
    if (is_verified (self, protocol))
      trust = MAX (trust, self->merged->chosen[protocol]->trust);
  return MIN (trust, self->merged->chosen[RST_PROTOCOL_SMTP]->trust);
}

static void
take_times (RstDiscovery *self)
{
  gboolean read = FALSE;
  gboolean settled = TRUE;

  for (RstProtocol protocol = RST_PROTOCOL_IMAP; protocol <= RST_PROTOCOL_POP3; protocol++)
    {
      read |= self->merged->chosen[protocol] != NULL;
      settled &= is_verified (self, protocol) || !(self->merged->open & (1u << protocol));
    }
  if (!read || self->merged->chosen[RST_PROTOCOL_SMTP] == NULL)
    self->first_usable_us = -1;
  else if (self->first_usable_us < 0)
    self->first_usable_us = get_age (self);
  if (!settled || get_level (self) == RST_TRUST_NONE)
    self->probed_us = -1;
  else if (self->probed_us < 0)
    self->probed_us = get_age (self);
}

static gboolean wait_over_cb (gpointer user_data);

static void
wait_for (GTask *task,
          guint  milliseconds)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (self->patient)
    return;
  clear_source (&run->grace);
  run->grace = g_timeout_source_new (milliseconds);
  g_task_attach_source (task, run->grace, wait_over_cb);
}

static void
decide_wait (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  RstTrust level = get_level (self);
  gboolean closed = run->closed || count_pending (self) == 0;

  if (closed && self->merged->wishes->len == 0)
    {
      if (!ask_insecurely (task))
        finish (task);
      return;
    }
  if (closed && level > RST_TRUST_NONE && !(run->closed && run->level > RST_TRUST_NONE))
    wait_for (task, GRACE_PROBES_MS);
  else if (!closed && level > RST_TRUST_FOREIGN && run->level <= RST_TRUST_FOREIGN)
    wait_for (task, GRACE_TRUSTED_MS);
  else if (!closed && level > RST_TRUST_NONE && run->level == RST_TRUST_NONE)
    wait_for (task, GRACE_GUESS_MS);
  run->closed = closed;
  run->level = level;
}

static void
refresh (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (!run->closed)
    send_asks (task);
  merge (self, rst_prober_get_facts (run->prober), FALSE);
  take_times (self);
  rst_prober_set_wishes (run->prober, self->merged->wishes);
  rst_discovery_changed (self);
  /* Whoever listens may have let the main loop turn meanwhile. */
  if (!run->over)
    decide_wait (task);
}

static void
probed_cb (gpointer owner)
{
  refresh (G_TASK (owner));
}

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Ask *ask = user_data;
  g_autoptr (GTask) task = ask->task;
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (RstReply) reply = self->outside->ask_finish (self->outside, result);

  rst_part_take (ask->part, &self->search, reply);
  if (!run->closed && !run->over)
    refresh (task);
}

static gboolean
send_next_ask (GTask   *task,
               RstPart *part)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  const RstAsk *next = rst_part_next_ask (part);
  Ask *ask;

  if (next == NULL)
    return FALSE;
  ask = g_new0 (Ask, 1);
  ask->task = g_object_ref (task);
  ask->part = part;
  self->outside->ask_async (self->outside, next, run->asking, replied_cb, ask);
  return TRUE;
}

/* The sources take turns, so that what each wants to know most comes first. */
static void
send_asks (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  gboolean more = TRUE;

  while (more)
    {
      more = FALSE;
      for (guint i = 0; i < self->parts->len; i++)
        more |= send_next_ask (task, g_ptr_array_index (self->parts, i));
    }
}

static void
close_asks (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  run->closed = TRUE;
  g_cancellable_cancel (run->asking);
  for (guint i = 0; i < self->parts->len; i++)
    rst_part_cut (g_ptr_array_index (self->parts, i));
}

static void
begin (GTask   *task,
       gboolean insecure)
{
  RstDiscovery *self = g_task_get_source_object (task);

  for (guint i = 0; i < self->parts->len; i++)
    {
      RstPart *part = g_ptr_array_index (self->parts, i);

      if (part->report->outcome == RST_SOURCE_WAITING && part->search == NULL &&
          part->source->insecure == insecure)
        rst_part_begin (part, &self->search);
    }
}

/* Guesses about the person's own domain are worth more than what anybody may have sent, but may be
 * wrong. Returns whether there was something to ask. */
static gboolean
ask_insecurely (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (!self->allow_http || run->insecure || get_level (self) > RST_TRUST_GUESS)
    return FALSE;
  run->insecure = TRUE;
  close_asks (task);
  begin (task, TRUE);
  g_object_unref (run->asking);
  run->asking = g_cancellable_new ();
  run->closed = FALSE;
  run->level = get_level (self);
  send_asks (task);
  if (count_pending (self) == 0)
    return FALSE;
  refresh (task);
  return TRUE;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  clear_source (&run->grace);
  if (!run->closed)
    {
      close_asks (task);
      run->level = RST_TRUST_NONE;
      refresh (task);
    }
  else if (!ask_insecurely (task))
    finish (task);
  return G_SOURCE_REMOVE;
}

static gboolean
total_over_cb (gpointer user_data)
{
  RstDiscovery *self = g_task_get_source_object (user_data);

  if (rst_outside_is_held (self->outside))
    return G_SOURCE_CONTINUE;
  finish (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  finish (user_data);
  return G_SOURCE_REMOVE;
}

/* What has not begun has become superfluous, or the search was cut short. */
static void
skip_rest (RstDiscovery *self)
{
  const char *reason = get_level (self) > RST_TRUST_GUESS ? _("Something safer works.") : NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      RstPart *part = g_ptr_array_index (self->parts, i);

      if (part->search == NULL && part->report->outcome == RST_SOURCE_WAITING)
        rst_part_skip (part, reason);
    }
}

static void
finish (GTask *task)
{
  RstDiscovery *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  g_return_if_fail (!run->over);

  run->over = TRUE;
  close_asks (task);
  skip_rest (self);
  merge (self, rst_prober_get_facts (run->prober), TRUE);
  take_times (self);
  self->elapsed_us = get_age (self);
  self->running = FALSE;
  rst_prober_stop (run->prober);
  clear_source (&run->total);
  clear_source (&run->grace);
  clear_source (&run->cancelled);
  rst_discovery_changed (self);
  g_task_return_boolean (task, TRUE);
}

static void
start_clocks (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  run->total = g_timeout_source_new (TOTAL_MS ((RstDiscovery *) g_task_get_source_object (task)));
  g_task_attach_source (task, run->total, total_over_cb);
  if (g_task_get_cancellable (task) == NULL)
    return;
  run->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_task_attach_source (task, run->cancelled, G_SOURCE_FUNC (cancelled_cb));
}

/**
 * rst_discovery_run_async:
 * @self: a discovery that has not been run
 * @cancellable: (nullable): ends the search at once
 * @callback: called when it has ended
 * @user_data: for @callback
 *
 * Searches, for eight seconds at the most, thirty with a gate. To search again, make another object.
 */
void
rst_discovery_run_async (RstDiscovery        *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run = NULL;

  g_return_if_fail (RST_IS_DISCOVERY (self));
  g_return_if_fail (self->started == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_discovery_run_async);
  run = g_new0 (Run, 1);
  run->asking = g_cancellable_new ();
  run->prober = rst_prober_new (self->outside, G_OBJECT (task), probed_cb);
  g_task_set_task_data (task, run, run_free);
  self->started = g_get_monotonic_time ();
  self->running = TRUE;
  start_clocks (task);
  begin (task, FALSE);
  refresh (task);
}

/**
 * rst_discovery_run_finish:
 * @self: a discovery
 * @result: what the callback was given
 * @error: return location for an error
 *
 * That nothing was found is not an error: see rst_discovery_get_chosen().
 *
 * Returns: whether the search came to its end; otherwise %G_IO_ERROR_CANCELLED. In both cases the
 *   getters tell what was found.
 */
gboolean
rst_discovery_run_finish (RstDiscovery  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
