/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last gate before something secret leaves: a verified TLS connection, and not too many
 * attempts in this run of the program (rst-attempts.h).
 */
#include "rst-probe-private.h"

#include "rst-attempts.h"

#include <glib/gi18n-lib.h>

static gboolean
leave_cb (gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (data));
  RstProbe *self = g_task_get_task_data (task);

  rst_probe_clear_source (&self->waiting);
  rst_attempts_forget (self->attempt, task);
  if (g_cancellable_is_cancelled (self->stop))
    rst_probe_fail_operation (task, NULL);
  else
    rst_probe_send_secret (task);
  return G_SOURCE_REMOVE;
}

static void
changed (gpointer data)
{
  RstProbe *self = g_task_get_task_data (G_TASK (data));

  g_source_set_ready_time (self->waiting, 0);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  return callback (user_data);
}

/* Waits until other attempts with the same password have ended, or until the probe is stopped. */
static void
wait_for_leave (GTask *task)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  RstProbe *self = g_task_get_task_data (task);
  g_autoptr (GSource) stopped = g_cancellable_source_new (self->stop);

  rst_probe_clear_source (&self->phase_limit);
  g_source_set_dummy_callback (stopped);
  self->waiting = g_source_new (&funcs, sizeof (GSource));
  g_source_add_child_source (self->waiting, stopped);
  g_source_set_callback (self->waiting, leave_cb, g_object_ref (task), g_object_unref);
  g_source_attach (self->waiting, g_main_context_get_thread_default ());
}

/**
 * rst_probe_send_secret:
 * @task: a probe's task; its conversation has something secret to send
 *
 * Sends it if it may be sent.
 */
void
rst_probe_send_secret (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  RstGrant grant = RST_GRANT_NOW;
  GError *error = NULL;

  if (!self->facts->tls.verified || self->stream == G_IO_STREAM (self->socket))
    g_error ("a secret was about to leave in the clear");
  if (!self->attempting)
    grant = rst_attempts_begin (self->attempt, changed, task);
  if (grant == RST_GRANT_LATER)
    {
      wait_for_leave (task);
      return;
    }
  if (grant == RST_GRANT_NOW)
    {
      self->attempting = TRUE;
      rst_probe_send (task);
      return;
    }
  rst_talk_fail (self->talk, &error, RST_ERROR_AUTH,
                 rst_secret_is_token (self->talk->password)
                   ? _("The server has refused this sign-in twice, so it was not asked again.")
                   : _("This password has been sent to the server twice without success, so it was not "
                       "sent again."),
                 NULL);
  rst_probe_take_step (task, RST_STEP_FAIL, error);
}

/**
 * rst_probe_end_attempt:
 * @self: a probe that is over
 *
 * Reports how the sign-in ended, if one was begun.
 */
void
rst_probe_end_attempt (RstProbe *self)
{
  if (self->attempting)
    rst_attempts_end (self->attempt, self->facts->signed_in);
  self->attempting = FALSE;
}
