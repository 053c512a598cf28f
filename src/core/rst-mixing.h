/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mixing check: do devices that read the same mailbox take mail away from each other?
 *
 * The real arrangement is run in the model for as long as it takes; every letter that stops being
 * visible somewhere is reported with the device that did it and the day on which it happens.
 */
#pragma once

#include "rst-device.h"
#include "rst-glance.h"
#include "rst-reason.h"

G_BEGIN_DECLS

typedef enum {
  RST_MIXING_DEFAULT           = 0,
  RST_MIXING_PROVIDER_DECIDES  = 1 << 0,   /* the provider ignores the program's copies setting */
} RstMixingFlags;

/* One thing that happens, or may happen, between two devices. */
typedef struct {
  const char  *id;             /* "pop-takes-mail", "pop-days", "delete-follows", … */
  RstSeverity  severity;
  char        *title;
  char        *text;           /* one or two sentences */
  char        *detail;         /* (nullable) with dates: "On 5 May the phone would stop seeing …" */
  char        *taker;          /* (nullable) name of the device that takes the mail */
  char        *loser;          /* (nullable) name of the device that stops seeing it */
  int          days;           /* days from now until the first letter goes; 0 at once, -1 never */
  gboolean     lost;           /* a letter is lost for good, not only elsewhere */
  char        *help;
} RstMixingFinding;

/* What the person can do about it. */
typedef struct {
  const char  *id;             /* "imap-everywhere", "archive-pc", "leave" */
  char        *title;
  char        *text;
  guint        days;           /* for "archive-pc": suggested days, adjustable */
  gboolean     recommended;
} RstMixingChoice;

typedef struct {
  RstSeverity  severity;       /* the worst of the findings; INFO if there is none */
  gboolean     conflict;       /* something must be decided before writing (exit code 6) */
  char        *title;
  char        *text;
  GPtrArray   *findings;       /* RstMixingFinding, worst first */
  GPtrArray   *choices;        /* RstMixingChoice; empty without a conflict */
} RstMixingReport;

RstMixingReport *rst_mixing_check        (GPtrArray        *devices,
                                          const GDate      *today,
                                          RstMixingFlags    flags);
void             rst_mixing_add_removal  (RstMixingReport  *report,
                                          GPtrArray        *devices,
                                          const RstRemoval *removal);
GPtrArray       *rst_mixing_apply        (GPtrArray        *devices,
                                          const char       *choice,
                                          guint             days);
void             rst_mixing_report_free  (RstMixingReport  *self);
void             rst_mixing_finding_free (RstMixingFinding *self);
void             rst_mixing_choice_free  (RstMixingChoice  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMixingReport, rst_mixing_report_free)

G_END_DECLS
