/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a probe ends, well or badly, and how it leaves the server. */
#include "rst-probe-private.h"

/* How long closing may take (seconds), which happens when the caller has its answer already. */
#define CLOSE_S 2

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  RstTurn *turn = user_data;

  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  g_clear_pointer (&turn, rst_gate_leave);
}

/* Closing TLS properly writes something: not on the caller's time, and not without a limit. */
static void
close_stream (RstProbe *self,
              gboolean  politely)
{
  GSocket *socket = self->socket != NULL ? g_socket_connection_get_socket (self->socket) : NULL;

  if (socket == NULL)
    return;
  g_socket_set_timeout (socket, CLOSE_S);
  if (politely)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, closed_cb,
                             g_steal_pointer (&self->turn));
  else
    g_socket_close (socket, NULL);
}

/**
 * rst_probe_end:
 * @task: a probe's task
 * @politely: whether TLS is to be closed as it should be
 *
 * Ends the probe: closes the connection and returns the facts.
 */
void
rst_probe_end (GTask    *task,
               gboolean  politely)
{
  RstProbe *self = g_task_get_task_data (task);

  rst_probe_clear_source (&self->total_limit);
  rst_probe_clear_source (&self->phase_limit);
  rst_probe_clear_source (&self->waiting);
  if (self->caller != NULL)
    g_cancellable_disconnect (self->caller, self->caller_id);
  close_stream (self, politely);
  rst_probe_end_attempt (self);
  rst_talk_end (self->talk);
  self->facts->elapsed_us = g_get_monotonic_time () - self->start_us;
  g_task_return_pointer (task, rst_facts_ref (self->facts), (GDestroyNotify) rst_facts_unref);
}

static void
note_error (RstProbe *self,
            GError   *error)
{
  g_debug ("%s: %s", self->facts->endpoint->host, error->message);
  g_clear_error (&self->facts->error);
  self->facts->error = error;
}

/**
 * rst_probe_fail:
 * @task: a probe's task
 * @error: (transfer full): what went wrong
 *
 * Ends the probe without another word to the server.
 */
void
rst_probe_fail (GTask  *task,
                GError *error)
{
  note_error (g_task_get_task_data (task), error);
  rst_probe_end (task, FALSE);
}

/**
 * rst_probe_fail_operation:
 * @task: a probe's task
 * @cause: (transfer full) (nullable): what GIO says; %NULL at the end of the stream
 *
 * Ends the probe because an operation failed, a time limit or the caller stopped it, or the server
 * has gone.
 */
void
rst_probe_fail_operation (GTask  *task,
                          GError *cause)
{
  RstProbe *self = g_task_get_task_data (task);
  g_autoptr (GError) reason = cause;

  /* What was learnt before counts, even if the last answer would take too long. */
  if (self->late && rst_talk_cut (self->talk))
    rst_probe_end (task, FALSE);
  else
    rst_probe_fail (task, rst_probe_report (self, reason));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  rst_probe_end (task, TRUE);
}

/**
 * rst_probe_say_goodbye:
 * @task: a probe's task
 *
 * Takes leave, then ends the probe. It is a few bytes, which fit into the socket's buffer; the
 * answer is not waited for.
 */
void
rst_probe_say_goodbye (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);

  if (self->talk->phase == RST_PHASE_GOODBYE)
    {
      rst_probe_end (task, TRUE);
      return;
    }
  rst_talk_sent (self->talk);
  g_string_printf (self->talk->out, "%s\r\n", self->talk->dialogue->goodbye);
  rst_probe_write (task, left_cb);
}

/* After a plain no the two sides still understand each other. */
static gboolean
is_plain_no (const GError *error)
{
  static const RstError kinds[] = { RST_ERROR_AUTH, RST_ERROR_BUSY, RST_ERROR_NOMECH,
                                    RST_ERROR_NOTLS };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_error_matches (error, RST_ERROR, (int) kinds[i]))
      return TRUE;
  return FALSE;
}

/**
 * rst_probe_fail_step:
 * @task: a probe's task
 * @error: (transfer full): why the dialogue cannot go on
 *
 * Ends the probe, politely if both sides still understand each other.
 */
void
rst_probe_fail_step (GTask  *task,
                     GError *error)
{
  if (!is_plain_no (error))
    {
      rst_probe_fail (task, error);
      return;
    }
  note_error (g_task_get_task_data (task), error);
  rst_probe_say_goodbye (task);
}
