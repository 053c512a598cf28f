/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time limits of a probe: of the whole, and of each phase. */
#include "rst-probe-private.h"

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

/**
 * rst_probe_limit_phase:
 * @self: a probe
 *
 * Starts the time limit of the conversation's phase.
 */
void
rst_probe_limit_phase (RstProbe *self)
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
  rst_probe_limit_phase (self);
}

/**
 * rst_probe_limit_whole:
 * @self: a probe that begins
 * @ms: how long it may take as a whole (milliseconds)
 */
void
rst_probe_limit_whole (RstProbe *self,
                       guint     ms)
{
  self->total_limit = start_limit (self, ms);
}
