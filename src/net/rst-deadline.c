/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-deadline.h"

struct _RstDeadline {
  GCancellable *cancellable; /* (owned) the one to hand to calls */
  GSource      *timer;       /* (owned) (nullable) NULL: the time is up */
  GSource      *parent;      /* (owned) (nullable) watches the caller's cancellable */
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  RstDeadline *self = user_data;

  clear_source (&self->timer);
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
parent_cancelled_cb (GCancellable *parent,
                     gpointer      user_data)
{
  RstDeadline *self = user_data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * rst_deadline_new:
 * @timeout_ms: milliseconds from now
 * @parent: (nullable): the caller's cancellable
 *
 * The clock runs in the thread-default main context.
 *
 * Returns: (transfer full): a running deadline
 */
RstDeadline *
rst_deadline_new (guint         timeout_ms,
                  GCancellable *parent)
{
  RstDeadline *self = g_new0 (RstDeadline, 1);
  GMainContext *context = g_main_context_get_thread_default ();

  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->timer, time_is_up_cb, self, NULL);
  g_source_attach (self->timer, context);
  if (parent == NULL)
    return self;
  self->parent = g_cancellable_source_new (parent);
  g_source_set_callback (self->parent, G_SOURCE_FUNC (parent_cancelled_cb), self, NULL);
  g_source_attach (self->parent, context);
  return self;
}

/**
 * rst_deadline_free:
 * @self: (transfer full): a deadline
 *
 * Stops the clock; calls that still run are not cancelled.
 */
void
rst_deadline_free (RstDeadline *self)
{
  g_return_if_fail (self != NULL);

  clear_source (&self->timer);
  clear_source (&self->parent);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * rst_deadline_get_cancellable:
 * @self: a deadline
 *
 * Returns: (transfer none): what to give to the calls that it limits
 */
GCancellable *
rst_deadline_get_cancellable (RstDeadline *self)
{
  return self->cancellable;
}

/**
 * rst_deadline_has_passed:
 * @self: a deadline
 *
 * Returns: whether the time is up, as opposed to the caller having cancelled
 */
gboolean
rst_deadline_has_passed (RstDeadline *self)
{
  return self->timer == NULL;
}
