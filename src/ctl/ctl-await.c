/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-await.h"

#include <glib-unix.h>

struct _CtlAwait {
  GMainLoop    *loop;
  GCancellable *cancellable;
  GPtrArray    *results;
  guint         handed_out; /* of the results: those of the last wait */
  guint         wanted;
  guint         signals[2];
};

static gboolean
interrupted_cb (gpointer user_data)
{
  CtlAwait *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    if (self->signals[i] == g_source_get_id (g_main_current_source ()))
      self->signals[i] = 0;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * ctl_await_new:
 *
 * Returns: (transfer full): somebody who waits; there should be one at a time
 */
CtlAwait *
ctl_await_new (void)
{
  CtlAwait *self = g_new0 (CtlAwait, 1);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  self->results = g_ptr_array_new_with_free_func (g_object_unref);
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  return self;
}

/**
 * ctl_await_free:
 * @self: (transfer full): somebody who waits no longer
 */
void
ctl_await_free (CtlAwait *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_ptr_array_unref (self->results);
  g_object_unref (self->cancellable);
  g_main_loop_unref (self->loop);
  g_free (self);
}

/**
 * ctl_await_cancellable:
 * @self: somebody who waits
 *
 * Returns: (transfer none): what Ctrl+C cancels
 */
GCancellable *
ctl_await_cancellable (CtlAwait *self)
{
  return self->cancellable;
}

/**
 * ctl_await_cb:
 * @source: (nullable): what called
 * @result: what came
 * @user_data: a #CtlAwait
 *
 * The callback to hand to asynchronous functions.
 */
void
ctl_await_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  CtlAwait *self = user_data;

  g_ptr_array_add (self->results, g_object_ref (result));
  if (self->results->len >= self->wanted)
    g_main_loop_quit (self->loop);
}

/**
 * ctl_await_results:
 * @self: somebody who waits
 * @n: how many asynchronous functions were called with ctl_await_cb()
 *
 * Waits until all have called back.
 *
 * Returns: (transfer none) (element-type GAsyncResult): the results in the order in which they came,
 *   valid until the next wait
 */
GPtrArray *
ctl_await_results (CtlAwait *self,
                   guint     n)
{
  g_ptr_array_remove_range (self->results, 0, self->handed_out);
  self->wanted = n;
  if (self->results->len < n)
    g_main_loop_run (self->loop);
  self->handed_out = self->results->len;
  return self->results;
}

/**
 * ctl_await_result:
 * @self: somebody who waits
 *
 * Waits for one result.
 *
 * Returns: (transfer none): the result, valid until the next wait
 */
GAsyncResult *
ctl_await_result (CtlAwait *self)
{
  return ctl_await_results (self, 1)->pdata[0];
}
