/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to tell the person when an operation of the probe failed, in the program's own error
 * domain. */
#include "rst-probe-private.h"

#include <glib/gi18n-lib.h>

static GError *
report_late (RstProbe *self)
{
  const RstEndpoint *endpoint = self->facts->endpoint;
  RstPhase phase = self->talk->phase;
  GError *error;

  /* A server that wants TLS from the first byte waits for us, as we wait for it. */
  if (phase == RST_PHASE_GREETING)
    return g_error_new (RST_ERROR, RST_ERROR_PROTO,
                        _("%s accepts connections on port %u but says nothing there."),
                        endpoint->host, endpoint->port);
  error = phase == RST_PHASE_CONNECT
    ? g_error_new (RST_ERROR, RST_ERROR_NET, _("%s did not answer on port %u in time."), endpoint->host,
                   endpoint->port)
    : g_error_new (RST_ERROR, RST_ERROR_NET, _("%s stopped answering (%s)."), endpoint->host,
                   rst_phase_describe (phase));
  rst_error_set_cause (error, RST_TROUBLE_SILENT);
  return error;
}

static GError *
report_connect (RstProbe     *self,
                const GError *cause)
{
  const RstEndpoint *endpoint = self->facts->endpoint;

  if (g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return g_error_new (RST_ERROR, RST_ERROR_NET, _("There is no server named %s."),
                        endpoint->host);
  if (cause->domain == G_RESOLVER_ERROR)
    return g_error_new (RST_ERROR, RST_ERROR_NET,
                        _("The server name %s cannot be looked up at the moment."), endpoint->host);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (RST_ERROR, RST_ERROR_NET, _("%s refuses connections on port %u."),
                        endpoint->host, endpoint->port);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return report_late (self);
  return g_error_new (RST_ERROR, RST_ERROR_NET, _("%s cannot be reached: %s"), endpoint->host,
                      cause->message);
}

/**
 * rst_probe_report:
 * @self: a probe
 * @cause: (nullable): what GIO says; %NULL at the end of the stream
 *
 * Returns: (transfer full): the error of an operation that failed, other than a handshake
 */
GError *
rst_probe_report (RstProbe     *self,
                  const GError *cause)
{
  if (self->late)
    return report_late (self);
  if (self->talk->phase == RST_PHASE_CONNECT && cause != NULL)
    return report_connect (self, cause);
  return g_error_new (RST_ERROR, RST_ERROR_NET, _("%s closed the connection (%s)."),
                      self->facts->endpoint->host, rst_phase_describe (self->talk->phase));
}

/**
 * rst_probe_report_tls:
 * @self: a probe
 * @cause: what GIO says
 * @text: what the server sends is text, not TLS
 *
 * Returns: (transfer full): the error of a handshake that failed
 */
GError *
rst_probe_report_tls (RstProbe     *self,
                      const GError *cause,
                      gboolean      text)
{
  const RstEndpoint *endpoint = self->facts->endpoint;

  if (text)
    return g_error_new (RST_ERROR, RST_ERROR_PROTO, _("%s does not speak TLS on port %u."),
                        endpoint->host, endpoint->port);
  if (self->late)
    return report_late (self);
  return g_error_new (RST_ERROR, RST_ERROR_NET,
                      _("This computer and %s could not agree on an encrypted connection: %s"),
                      endpoint->host, cause->message);
}
