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

/* How long each phase may take (milliseconds). A server that wants TLS from the first byte says
 * nothing on a plain connection, hence the short wait for a greeting; a refusal is often delayed on
 * purpose. */
static const guint phase_ms[RST_N_PHASES] = {
  [RST_PHASE_CONNECT] = 10000,
  [RST_PHASE_HANDSHAKE] = 8000,
  [RST_PHASE_GREETING] = 4000,
  [RST_PHASE_CAPABILITIES] = 10000,
  [RST_PHASE_STARTTLS] = 10000,
  [RST_PHASE_SIGN_IN] = 25000,
  [RST_PHASE_MAILBOX] = 10000,
  [RST_PHASE_GOODBYE] = 2000,
};

/* How long closing may take (seconds), which happens when the caller has its answer already. */
#define CLOSE_S 2

static void read_on (GTask *task);

/**
 * rst_probe_clear_source:
 * @source: where a source is kept
 *
 * Stops a source and drops the reference.
 */
void
rst_probe_clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

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
  g_clear_object (&self->trust);
  g_clear_object (&self->stop);
  g_clear_object (&self->caller);
  g_free (self->attempt);
  rst_facts_unref (self->facts);
  g_free (self);
}

static gboolean
late_cb (gpointer data)
{
  RstProbe *self = data;

  self->late = TRUE;
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

static GSource *
start_limit (RstProbe *self,
             guint     ms)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, late_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
limit_phase (RstProbe *self)
{
  rst_probe_clear_source (&self->phase_limit);
  self->phase_limit = start_limit (self, phase_ms[self->talk->phase]);
}

/**
 * rst_probe_enter_phase:
 * @self: a probe
 * @phase: what begins, outside the dialogue
 *
 * Starts the phase's time limit.
 */
void
rst_probe_enter_phase (RstProbe *self,
                       RstPhase  phase)
{
  self->talk->phase = phase;
  limit_phase (self);
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
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
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
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, closed_cb, NULL);
  else
    g_socket_close (socket, NULL);
}

static void
finish (GTask    *task,
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
  finish (task, FALSE);
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
  g_autoptr (GError) owned = cause;

  rst_probe_fail (task, rst_probe_report (g_task_get_task_data (task), cause));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  finish (task, TRUE);
}

static void
write_out (GTask               *task,
           GAsyncReadyCallback  callback)
{
  RstProbe *self = g_task_get_task_data (task);
  GString *out = self->talk->out;

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), out->str, out->len,
                                   G_PRIORITY_DEFAULT, self->stop, callback, g_object_ref (task));
}

/* A few bytes, which fit into the socket's buffer; the answer is not waited for. */
static void
say_goodbye (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);

  if (self->talk->phase == RST_PHASE_GOODBYE)
    {
      finish (task, TRUE);
      return;
    }
  rst_talk_sent (self->talk);
  g_string_printf (self->talk->out, "%s\r\n", self->talk->dialogue->goodbye);
  write_out (task, left_cb);
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
    finish (task, FALSE);
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
    step = rst_talk_fail_size (self->talk, &error);
  if (step != RST_STEP_READ)
    rst_probe_take_step (task, step, error);
  else
    g_buffered_input_stream_fill_async (self->lines, -1, G_PRIORITY_DEFAULT, self->stop, filled_cb,
                                        g_object_ref (task));
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
  limit_phase (g_task_get_task_data (task));
  write_out (task, written_cb);
}

static void
send_step (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  GError *error = NULL;

  /* In POP3 and SMTP a server speaks only when it is spoken to. */
  if (self->facts->endpoint->protocol != RST_PROTOCOL_IMAP && rst_lines_get_pending (self->lines) > 0)
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

/* After a plain no the two sides still understand each other. */
static gboolean
is_plain_no (const GError *error)
{
  static const RstError kinds[] = { RST_ERROR_AUTH, RST_ERROR_BUSY, RST_ERROR_NOMECH, RST_ERROR_NOTLS };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_error_matches (error, RST_ERROR, (int) kinds[i]))
      return TRUE;
  return FALSE;
}

static void
fail_step (GTask  *task,
           GError *error)
{
  if (!is_plain_no (error))
    {
      rst_probe_fail (task, error);
      return;
    }
  note_error (g_task_get_task_data (task), error);
  say_goodbye (task);
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
      limit_phase (g_task_get_task_data (task));
      read_on (task);
      break;
    case RST_STEP_SEND:
      send_step (task);
      break;
    case RST_STEP_SECURE:
      rst_probe_upgrade (task);
      break;
    case RST_STEP_DONE:
      say_goodbye (task);
      break;
    case RST_STEP_FAIL:
      fail_step (task, error);
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
  g_socket_set_option (g_socket_connection_get_socket (self->socket), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
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
    return g_error_new_literal (RST_ERROR, RST_ERROR_NOTLS, _("This connection would not be encrypted."));
  if (options->username != NULL && (*options->username == '\0' || strlen (options->username) > 255 ||
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
  self->total_limit = start_limit (self, options->timeout_ms > 0 ? options->timeout_ms : RST_PROBE_TIMEOUT_MS);
  rst_probe_enter_phase (self, RST_PHASE_CONNECT);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, address, self->stop, connected_cb, g_object_ref (task));
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
 * Returns: (transfer full) (nullable): the facts, with #RstFacts.error set if something is wrong with
 *   the server; %NULL with %G_IO_ERROR_CANCELLED if the probe was cancelled
 */
RstFacts *
rst_probe_finish (GAsyncResult *result,
                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
