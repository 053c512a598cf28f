/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the probe share: rst-probe.c (the loop), rst-probe-limit.c (time limits),
 * rst-probe-tls.c (handshake, upgrade), rst-probe-secret.c (the gate before a password leaves),
 * rst-probe-end.c (the end, good or bad), rst-probe-report.c (failures in words).
 */
#pragma once

#include "rst-lines.h"
#include "rst-probe.h"
#include "rst-talk.h"

G_BEGIN_DECLS

typedef struct {
  RstFacts             *facts;       /* (owned) */
  RstTalk              *talk;        /* (owned) */
  GTlsDatabase         *trust;       /* (owned) from the start of the connection on */
  gint64                start_us;

  GSocketConnection    *socket;      /* (owned) (nullable) */
  RstTurn              *turn;        /* (owned) (nullable) until the connection has been closed */
  GIOStream *stream; /* (owned) (nullable) what is read and written: @socket, or TLS */
  GBufferedInputStream *lines;       /* (owned) (nullable) */

  GCancellable         *stop;        /* (owned) for every operation */
  GCancellable         *caller;      /* (owned) (nullable) the caller's, which triggers @stop */
  gulong                caller_id;
  GSource              *total_limit; /* (owned) (nullable) */
  GSource              *phase_limit; /* (owned) (nullable) */
  gboolean              late;        /* a time limit triggered @stop */

  char                 *attempt;     /* (owned) (nullable) key of the sign-in */
  gboolean              attempting;  /* it has begun */
  GSource              *waiting;     /* (owned) (nullable) waits for leave to begin, or for @stop */
} RstProbe;

/* rst-probe.c */
void    rst_probe_take_step      (GTask               *task,
                                  RstStep              step,
                                  GError              *error);
void    rst_probe_listen         (RstProbe            *self);
void    rst_probe_write          (GTask               *task,
                                  GAsyncReadyCallback  callback);
void    rst_probe_send           (GTask               *task);

/* rst-probe-limit.c */
void    rst_probe_limit_whole    (RstProbe            *self,
                                  guint                ms);
void    rst_probe_limit_phase    (RstProbe            *self);
void    rst_probe_enter_phase    (RstProbe            *self,
                                  RstPhase             phase);
void    rst_probe_clear_source   (GSource            **source);

/* rst-probe-tls.c */
void    rst_probe_shake_hands    (GTask               *task);
void    rst_probe_upgrade        (GTask               *task);

/* rst-probe-secret.c */
void    rst_probe_send_secret    (GTask               *task);
void    rst_probe_end_attempt    (RstProbe            *self);

/* rst-probe-end.c */
void    rst_probe_end            (GTask               *task,
                                  gboolean             politely);
void    rst_probe_say_goodbye    (GTask               *task);
void    rst_probe_fail           (GTask               *task,
                                  GError              *error);
void    rst_probe_fail_step      (GTask               *task,
                                  GError              *error);
void    rst_probe_fail_operation (GTask               *task,
                                  GError              *cause);

/* rst-probe-report.c */
GError *rst_probe_report         (RstProbe            *self,
                                  const GError        *cause);
GError *rst_probe_report_tls     (RstProbe            *self,
                                  const GError        *cause,
                                  gboolean             text);

G_END_DECLS
