/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one loop that carries out what dialogues want: all reading, writing, TLS and time limits are here.
 *
 *   connect ──(implicit TLS)──► handshake ──► judge ──► read ◄─────┐
 *      └──────(STARTTLS)──► read ──► take_step ──► send ───────────┤
 *                                       ├──► upgrade ──► handshake ┘
 *                                       └──► done, fail ──► goodbye ──► return
 *
 * Each callback receives one reference on the task and passes it on. At most one operation is under way.
 */
#include "rst-probe.h"

#include "rst-attempts.h"
#include "rst-lines.h"
#include "rst-talk.h"
#include "rst-text.h"
#include "rst-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long each phase may take (milliseconds). A server that wants TLS from the first byte says nothing on
 * a plain connection, hence the short wait for a greeting; a refusal is often delayed on purpose. */
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

static void
clear_source (GSource **source)
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

  clear_source (&self->total_limit);
  clear_source (&self->step_limit);
  clear_source (&self->waiting);
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
             guint  ms)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, late_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

RstPhase
rst_probe_get_phase (RstProbe *self)
{
  return self->talking ? self->talk->phase : self->phase;
}

static void
start_phase_limit (RstProbe *self)
{
  clear_source (&self->step_limit);
  self->step_limit = start_limit (self, phase_ms[rst_probe_get_phase (self)]);
}

static void
caller_cancelled_cb (GCancellable *caller,
                     GCancellable *stop)
{
  g_cancellable_cancel (stop);
}

/* Nothing may hold the connection open, or block, once the probe is over. */
static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
}

static void
close_stream (RstProbe *self,
              gboolean  politely)
{
  if (self->socket == NULL)
    return;
  g_socket_set_timeout (g_socket_connection_get_socket (self->socket), 2);
  if (politely)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, closed_cb, NULL);
  else
    g_socket_close (g_socket_connection_get_socket (self->socket), NULL);
}

static void
finish (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);

  clear_source (&self->total_limit);
  clear_source (&self->step_limit);
  clear_source (&self->waiting);
  if (self->caller != NULL)
    g_cancellable_disconnect (self->caller, self->caller_id);
  if (self->attempting)
    rst_attempts_end (self->attempt, self->facts->signed_in);
  self->attempting = FALSE;
  if (!self->facts->secured)
    rst_talk_forget (self->talk);
  self->facts->elapsed_us = g_get_monotonic_time () - self->start_us;
  g_task_return_pointer (task, rst_facts_ref (self->facts), (GDestroyNotify) rst_facts_unref);
}

static void
fail (GTask  *task,
      GError *error)
{
  RstProbe *self = g_task_get_task_data (task);

  g_debug ("%s: %s", self->facts->endpoint->host, error->message);
  g_clear_error (&self->facts->error);
  self->facts->error = error;
  close_stream (self, FALSE);
  finish (task);
}

/* Turns a failed operation's error into ours, and ends the probe. */
static void
fail_operation (GTask  *task,
                GError *cause)
{
  g_autoptr (GError) owned = cause;
  RstProbe *self = g_task_get_task_data (task);

  if (self->late)
    fail (task, describe_late (self));
  else if (rst_probe_get_phase (self) == RST_PHASE_CONNECT && cause != NULL)
    fail (task, describe_connect (self, cause));
  else
    fail (task, describe_broken (self));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RstProbe *self = g_task_get_task_data (task);

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  rst_talk_sent (self->talk);
  close_stream (self, TRUE);
  finish (task);
}

/* A few bytes fit into the socket's buffer at once; the answer is not waited for. */
static void
say_goodbye (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);

  if (rst_probe_get_phase (self) == RST_PHASE_GOODBYE)
    {
      close_stream (self, TRUE);
      finish (task);
      return;
    }
  rst_talk_sent (self->talk);
  g_string_append_printf (self->talk->out, "%s\r\n", self->talk->dialogue->goodbye);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->talk->out->str,
                                   self->talk->out->len, G_PRIORITY_DEFAULT, self->stop, left_cb,
                                   g_object_ref (task));
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
end_badly (GTask  *task,
           GError *error)
{
  RstProbe *self = g_task_get_task_data (task);

  if (!is_plain_no (error))
    {
      fail (task, error);
      return;
    }
  g_debug ("%s: %s", self->facts->endpoint->host, error->message);
  self->facts->error = error;
  say_goodbye (task);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RstProbe *self = g_task_get_task_data (task);
  gssize n = g_buffered_input_stream_fill_finish (G_BUFFERED_INPUT_STREAM (source), result, &error);

  if (n > 0)
    read_on (task);
  else if (rst_probe_get_phase (self) == RST_PHASE_GOODBYE && !g_cancellable_is_cancelled (self->caller))
    {
      close_stream (self, FALSE);
      finish (task);
    }
  else
    fail_operation (task, g_steal_pointer (&error));
}

static void
read_on (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
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
    step = rst_talk_fail (self->talk, &error, RST_ERROR_PROTO,
                          _("The server sends far more than an answer can be."), NULL);
  if (step != RST_STEP_READ)
    take_step (task, step, g_steal_pointer (&error));
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
  g_autoptr (GError) error = NULL;
  RstProbe *self = g_task_get_task_data (task);
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);

  rst_talk_sent (self->talk);
  if (ok)
    read_on (task);
  else
    fail_operation (task, g_steal_pointer (&error));
}

static void
send_out (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);

  start_phase_limit (self);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->talk->out->str,
                                   self->talk->out->len, G_PRIORITY_DEFAULT, self->stop, written_cb,
                                   g_object_ref (task));
}

/* In POP3 and SMTP the server speaks only when it is spoken to. */
static gboolean
is_answered_already (RstProbe *self)
{
  return self->facts->endpoint->protocol != RST_PROTOCOL_IMAP && rst_lines_get_pending (self->lines) > 0;
}

static void
fail_order (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  GError *error = NULL;

  rst_talk_fail (self->talk, &error, self->talk->secured ? RST_ERROR_PROTO : RST_ERROR_TAMPER,
                 _("The server answered before it was asked."), NULL);
  fail (task, error);
}

/* The one place where a wish becomes I/O. */
static void
take_step (GTask   *task,
           RstStep  step,
           GError  *error)
{
  RstProbe *self = g_task_get_task_data (task);

  switch (step)
    {
    case RST_STEP_READ:
      read_on (task);
      break;
    case RST_STEP_SEND:
      if (is_answered_already (self))
        fail_order (task);
      else if (self->talk->out_secret)
        try_secret (task);
      else
        send_out (task);
      break;
    case RST_STEP_SECURE:
      upgrade (task);
      break;
    case RST_STEP_DONE:
      say_goodbye (task);
      break;
    case RST_STEP_FAIL:
      end_badly (task, error);
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
  GError *error = NULL;

  self->socket = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (self->socket == NULL)
    {
      fail_operation (task, error);
      return;
    }
  self->facts->reachable = TRUE;
  self->stream = g_object_ref (G_IO_STREAM (self->socket));
  if (self->facts->endpoint->security == RST_SECURITY_TLS)
    {
      self->phase = RST_PHASE_HANDSHAKE;
      start_handshake (task);
      return;
    }
  self->talking = TRUE;
  start_talking (self);
  start_phase_limit (self);
  read_on (task);
}

static const RstDialogue *
find_dialogue (RstProtocol protocol)
{
  for (gsize i = 0; rst_dialogues[i] != NULL; i++)
    if (rst_dialogues[i]->protocol == protocol)
      return rst_dialogues[i];
  g_return_val_if_reached (NULL);
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
  self->phase = RST_PHASE_CONNECT;
  self->stop = g_cancellable_new ();
  self->caller = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (self->talk->username != NULL)
    self->attempt = rst_attempts_key (endpoint->host, options->username, options->password);
  return self;
}

/**
 * rst_probe_async:
 * @endpoint: the server
 * @options: (nullable): what else to mind; nothing in it is needed after the call but kept by reference
 * @cancellable: (nullable): to stop at any moment
 * @callback: (scope async): called when the probe is over
 * @user_data: for @callback
 *
 * Probes one server. What goes wrong with the server is part of the facts, not an error of the call.
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
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketConnectable) address = NULL;
  GError *error;
  RstProbe *self;

  g_task_set_source_tag (task, rst_probe_async);
  g_return_if_fail (endpoint != NULL);

  if (options == NULL)
    options = &none;
  self = probe_new (endpoint, options, cancellable);
  g_task_set_task_data (task, self, probe_free);
  error = check_request (endpoint, options);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (self->caller != NULL)
    self->caller_id = g_cancellable_connect (self->caller, G_CALLBACK (caller_cancelled_cb),
                                             g_object_ref (self->stop), g_object_unref);
  self->total_limit = start_limit (self, options->timeout_ms > 0 ? options->timeout_ms : RST_PROBE_TIMEOUT_MS);
  start_phase_limit (self);
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  address = g_network_address_new (endpoint->host, endpoint->port);
  g_socket_client_connect_async (client, address, self->stop, connected_cb, g_object_ref (task));
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
