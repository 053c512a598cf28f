/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one loop that carries out what dialogues want: all reading, writing and time limits are here.
 *
 *   connect ──(implicit TLS)──► handshake ──► read ◄───────────────┐
 *      └──────(STARTTLS)──► read ──► take_step ──► send ───────────┤
 *                                       ├──► upgrade ──► handshake ┘
 *                                       └──► done, fail ──► goodbye ──► return
 *
 * Each callback receives one reference on the task and passes it on. At most one operation is under
 * way at a time.
 */
#include "rst-probe-private.h"

#include "rst-attempts.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

static void read_on (GTask *task);

static void
probe_free (gpointer data)
{
  RstProbe *self = data;

  rst_probe_clear_source (&self->total_limit);
  rst_probe_clear_source (&self->phase_limit);
  rst_probe_clear_source (&self->waiting);
  g_clear_pointer (&self->talk, rst_talk_free);
  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  g_clear_object (&self->lines);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->turn, rst_gate_leave);
  g_clear_object (&self->trust);
  g_clear_object (&self->stop);
  g_clear_object (&self->caller);
  g_free (self->attempt);
  rst_facts_unref (self->facts);
  g_free (self);
}

/**
 * rst_probe_listen:
 * @self: a probe whose stream is another one now
 *
 * Reads from the new stream; what was buffered of the old one belongs to nobody.
 */
void
rst_probe_listen (RstProbe *self)
{
  g_clear_object (&self->lines);
  self->lines = rst_lines_new (g_io_stream_get_input_stream (self->stream));
}

static void
caller_cancelled_cb (GCancellable *caller,
                     GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) cause = NULL;
  RstProbe *self = g_task_get_task_data (task);
  gssize n = g_buffered_input_stream_fill_finish (G_BUFFERED_INPUT_STREAM (source), result, &cause);

  if (n > 0)
    read_on (task);
  else if (self->talk->phase == RST_PHASE_GOODBYE)
    rst_probe_end (task, FALSE);
  else
    rst_probe_fail_operation (task, g_steal_pointer (&cause));
}

static void
read_on (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  GError *error = NULL;
  RstStep step = RST_STEP_READ;

  while (step == RST_STEP_READ)
    {
      g_autofree char *line = NULL;
      gsize length, end_length;

      if (!rst_lines_pop (self->lines, &line, &length, &end_length))
        break;
      step = rst_talk_line (self->talk, line, length, end_length, &error);
    }
  if (step == RST_STEP_READ && rst_lines_is_full (self->lines))
    step = rst_talk_exceed (self->talk, &error);
  if (step != RST_STEP_READ)
    rst_probe_take_step (task, step, error);
  else
    g_buffered_input_stream_fill_async (self->lines, -1, G_PRIORITY_DEFAULT, self->stop, filled_cb,
                                        g_object_ref (task));
}

/**
 * rst_probe_write:
 * @task: a probe's task
 * @callback: (scope async): called with a reference on @task
 *
 * Writes what the conversation has to say.
 */
void
rst_probe_write (GTask               *task,
                 GAsyncReadyCallback  callback)
{
  RstProbe *self = g_task_get_task_data (task);
  GString *out = self->talk->out;

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), out->str, out->len,
                                   G_PRIORITY_DEFAULT, self->stop, callback, g_object_ref (task));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) cause = NULL;
  RstProbe *self = g_task_get_task_data (task);
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &cause);

  rst_talk_sent (self->talk);
  if (ok)
    read_on (task);
  else
    rst_probe_fail_operation (task, g_steal_pointer (&cause));
}

/**
 * rst_probe_send:
 * @task: a probe's task
 *
 * Sends what the conversation has to say, then reads.
 */
void
rst_probe_send (GTask *task)
{
  rst_probe_limit_phase (g_task_get_task_data (task));
  rst_probe_write (task, written_cb);
}

/* In POP3 and SMTP a server speaks only when it is spoken to. In IMAP it may say something at any time, but
 * answers nothing that was not asked; inside TLS a line may be in the middle of a literal. */
static gboolean
has_spoken_early (RstProbe *self)
{
  if (self->facts->endpoint->protocol != RST_PROTOCOL_IMAP)
    return rst_lines_get_pending (self->lines) > 0;
  return !self->talk->secured && !rst_lines_all_begin (self->lines, '*');
}

static void
send_step (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (has_spoken_early (self))
    {
      rst_talk_fail (self->talk, &error, self->talk->secured ? RST_ERROR_PROTO : RST_ERROR_TAMPER,
                     _("The server answered before it was asked."), NULL);
      rst_probe_fail (task, error);
    }
  else if (self->talk->out_secret)
    rst_probe_send_secret (task);
  else
    rst_probe_send (task);
}

/**
 * rst_probe_take_step:
 * @task: a probe's task
 * @step: what the dialogue wants
 * @error: (transfer full) (nullable): set with %RST_STEP_FAIL
 *
 * The one place where a wish becomes I/O.
 */
void
rst_probe_take_step (GTask   *task,
                     RstStep  step,
                     GError  *error)
{
  switch (step)
    {
    case RST_STEP_READ:
      rst_probe_limit_phase (g_task_get_task_data (task));
      read_on (task);
      break;
    case RST_STEP_SEND:
      send_step (task);
      break;
    case RST_STEP_SECURE:
      rst_probe_upgrade (task);
      break;
    case RST_STEP_DONE:
      rst_probe_say_goodbye (task);
      break;
    case RST_STEP_FAIL:
      rst_probe_fail_step (task, error);
      break;
    }
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RstProbe *self = g_task_get_task_data (task);
  GError *cause = NULL;

  self->socket = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &cause);
  if (self->socket == NULL)
    {
      rst_probe_fail_operation (task, cause);
      return;
    }
  self->facts->reachable = TRUE;
  /* Or the first command after a handshake would wait for the handshake's acknowledgement. */
  g_socket_set_option (g_socket_connection_get_socket (self->socket), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  self->stream = g_object_ref (G_IO_STREAM (self->socket));
  if (self->facts->endpoint->security == RST_SECURITY_TLS)
    {
      rst_probe_shake_hands (task);
      return;
    }
  rst_probe_listen (self);
  rst_probe_enter_phase (self, RST_PHASE_GREETING);
  read_on (task);
}

static const RstDialogue *
find_dialogue (RstProtocol protocol)
{
  gsize i = 0;

  while (rst_dialogues[i]->protocol != protocol)
    i++;
  return rst_dialogues[i];
}

/* A user name ends up in a command of one line. */
static GError *
check_request (const RstEndpoint     *endpoint,
               const RstProbeOptions *options)
{
  if (endpoint->security == RST_SECURITY_NONE)
    return g_error_new_literal (RST_ERROR, RST_ERROR_NOTLS,
                                _("This connection would not be encrypted."));
  if (options->username != NULL &&
      (*options->username == '\0' || strlen (options->username) > 255 ||
       rst_text_has_control (options->username)))
    return g_error_new_literal (RST_ERROR, RST_ERROR_INPUT, _("This cannot be a user name."));
  return NULL;
}

static RstProbe *
probe_new (const RstEndpoint     *endpoint,
           const RstProbeOptions *options,
           GCancellable          *cancellable)
{
  RstProbe *self = g_new0 (RstProbe, 1);

  self->start_us = g_get_monotonic_time ();
  self->facts = rst_facts_new (endpoint);
  self->talk = rst_talk_new (find_dialogue (endpoint->protocol), self->facts, options->username,
                             options->password);
  g_set_object (&self->trust, options->trust);
  self->turn = options->turn;
  self->stop = g_cancellable_new ();
  g_set_object (&self->caller, cancellable);
  if (self->talk->username != NULL)
    self->attempt = rst_attempts_key (endpoint->host, options->username, options->password);
  return self;
}

static void
start (GTask                 *task,
       const RstProbeOptions *options)
{
  RstProbe *self = g_task_get_task_data (task);
  const RstEndpoint *endpoint = self->facts->endpoint;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address =
    options->route != NULL ? g_object_ref (options->route)
                           : g_network_address_new (endpoint->host, endpoint->port);

  if (self->caller != NULL)
    self->caller_id = g_cancellable_connect (self->caller, G_CALLBACK (caller_cancelled_cb),
                                             g_object_ref (self->stop), g_object_unref);
  rst_probe_limit_whole (self, options->timeout_ms > 0 ? options->timeout_ms
                                                       : RST_PROBE_TIMEOUT_MS);
  rst_probe_enter_phase (self, RST_PHASE_CONNECT);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, address, self->stop, connected_cb, g_object_ref (task));
  /* Reading the system's authorities takes some 20 ms the first time: while the network is busy. */
  if (self->trust == NULL)
    self->trust = rst_probe_load_trust (NULL, NULL);
}

/**
 * rst_probe_async:
 * @endpoint: the server
 * @options: (nullable): what else to mind; what is needed of it is copied or referenced
 * @cancellable: (nullable): to stop at any moment
 * @callback: (scope async): called when the probe is over
 * @user_data: for @callback
 *
 * Probes one server. What is wrong with the server is part of the facts, not an error of the call.
 * Proxies are not used: the mail programs that the result is for do not use them either.
 */
void
rst_probe_async (const RstEndpoint     *endpoint,
                 const RstProbeOptions *options,
                 GCancellable          *cancellable,
                 GAsyncReadyCallback    callback,
                 gpointer               user_data)
{
  static const RstProbeOptions none;
  g_autoptr (GTask) task = NULL;
  GError *error;

  g_return_if_fail (endpoint != NULL);

  if (options == NULL)
    options = &none;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_probe_async);
  g_task_set_task_data (task, probe_new (endpoint, options, cancellable), probe_free);
  error = check_request (endpoint, options);
  if (error != NULL)
    rst_probe_fail (task, error);
  else
    start (task, options);
}

/**
 * rst_probe_finish:
 * @result: what the callback received
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the facts, with #RstFacts.error set if something is wrong
 * with the server; %NULL with %G_IO_ERROR_CANCELLED if the probe was cancelled
 */
RstFacts *
rst_probe_finish (GAsyncResult *result,
                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
