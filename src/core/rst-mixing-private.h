/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the run of an arrangement tells, and the findings made of it.
 */
#pragma once

#include "rst-mixing.h"
#include "rst-world.h"

G_BEGIN_DECLS

/* Days of copies from which on one POP computer beside IMAP devices counts as a deliberate archive:
 * whatever is newer than that, everybody sees. */
#define RST_ARCHIVE_DAYS 30

/* What one device made of one letter. */
typedef struct {
  int          missing_day;   /* day from which on it does not show it, -1 never */
  int          taker;         /* index of the device that took it away, -1 nobody known */
  RstCauseKind cause;
  gboolean     seen;          /* it did show it before */
  gboolean     lost;          /* no copy is left anywhere */
} RstWatch;

RstWatch *rst_mixing_watch_letter  (GPtrArray       *devices);
RstWatch *rst_mixing_watch_delete  (GPtrArray       *devices,
                                    guint            deleter);

void      rst_mixing_add_findings  (RstMixingReport *report,
                                    GPtrArray       *devices,
                                    const GDate     *today,
                                    RstMixingFlags   flags);

G_END_DECLS
