/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a probe's connection becomes an encrypted one: the handshake, the same for implicit TLS and
 * after STARTTLS, and the one upgrade from plain text. The host that was asked for is always the
 * identity that the certificate is checked against.
 */
#include "rst-probe-private.h"

#include "rst-tls-base.h"
#include "rst-tls.h"

#include <glib/gi18n-lib.h>

/* Version and problems can be told only after a complete handshake: rst_tls_judge() refuses then. */
static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  return TRUE;
}

/* What is left of a server's answer that was not TLS is text; its first bytes are gone. */
static gboolean
is_text_waiting (RstProbe *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->socket);
  char bytes[64];
  GInputVector vector = { bytes, sizeof bytes };
  gint flags = G_SOCKET_MSG_PEEK;
  gssize n;

  if (!(g_socket_condition_check (socket, G_IO_IN) & G_IO_IN))
    return FALSE;
  n = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);
  for (gssize i = 0; i < n; i++)
    if (!g_ascii_isprint (bytes[i]) && !g_ascii_isspace (bytes[i]))
      return FALSE;
  return n > 0;
}

static void
shaken_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) cause = NULL;
  RstProbe *self = g_task_get_task_data (task);
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  GError *error = NULL;
  RstStep step;

  if (!g_tls_connection_handshake_finish (tls, result, &cause))
    {
      rst_probe_fail (task, rst_probe_report_tls (self, cause, is_text_waiting (self)));
      return;
    }
  if (!rst_tls_judge (tls, self->trust, self->facts, &error))
    {
      rst_probe_fail (task, error);
      return;
    }
  if (self->talk->username != NULL)
    rst_tls_get_binding (tls, &self->talk->binding);
  rst_probe_listen (self);
  step = rst_talk_secured (self->talk, &error);
  rst_probe_take_step (task, step, error);
}

/* Without authorities: GnuTLS would read all of them anew for each connection, which takes some 7 ms of
 * the loop's time. rst_tls_judge() knows them. */
static GIOStream *
new_connection (RstProbe *self,
                GError  **error)
{
  const RstEndpoint *endpoint = self->facts->endpoint;
  g_autoptr (GSocketConnectable) identity = g_network_address_new (endpoint->host, endpoint->port);
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GIOStream) base = rst_tls_base_new (self->socket);

  return g_initable_new (g_tls_backend_get_client_connection_type (backend), NULL, error,
                         "base-io-stream", base,
                         "server-identity", identity,
                         "database", NULL,
                         NULL);
}

/**
 * rst_probe_shake_hands:
 * @task: the task of a probe that is connected
 *
 * Begins TLS.
 */
void
rst_probe_shake_hands (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = NULL;

  rst_probe_enter_phase (self, RST_PHASE_HANDSHAKE);
  tls = new_connection (self, &error);
  if (tls == NULL)
    {
      rst_probe_fail (task, rst_probe_report_tls (self, error, FALSE));
      return;
    }
  g_set_object (&self->stream, tls);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->stop,
                                    shaken_cb, g_object_ref (task));
}

/**
 * rst_probe_upgrade:
 * @task: the task of a probe whose server agreed to TLS
 *
 * The only way from plain text to TLS. Nothing may have arrived after the go-ahead: whoever speaks
 * between it and the handshake is not the server (Poddebniak et al., USENIX Security 2021).
 */
void
rst_probe_upgrade (GTask *task)
{
  RstProbe *self = g_task_get_task_data (task);
  GSocket *socket = g_socket_connection_get_socket (self->socket);
  GError *error = NULL;

  if (rst_lines_get_pending (self->lines) == 0 && g_socket_get_available_bytes (socket) <= 0)
    {
      rst_probe_shake_hands (task);
      return;
    }
  rst_talk_fail (self->talk, &error, RST_ERROR_TAMPER,
                 _("Something was slipped into the connection before it was encrypted."), NULL);
  rst_probe_fail (task, error);
}
