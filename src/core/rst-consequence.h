/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The consequence table: every event, run on every plan.
 *
 * One run is: set up the devices as the plan says, live for some years, let the event happen, and
 * compare what a person sees on each device with what they saw before. Everything is counted; no
 * outcome is typed in. Runs are remembered, since the same ones are needed again and again.
 */
#pragma once

#include "rst-event-private.h"
#include "rst-plan.h"
#include "rst-reason.h"

G_BEGIN_DECLS

/* Letters by age at the event, because old mail matters more to some people than to others. */
typedef enum {
  RST_AGE_RECENT,       /* up to 30 days */
  RST_AGE_YEAR,         /* up to a year */
  RST_AGE_OLD,
} RstAge;

#define RST_N_AGES (RST_AGE_OLD + 1)

/* Where letters lie: on the server, or on a device that holds them in some way. */
typedef struct {
  gboolean server;                     /* all of them */
  int      device;                     /* -1 none */
  RstHold  hold;
} RstWhere;

/* What an event did. A hit is one letter on one device that got worse. */
typedef struct {
  gboolean   applies;                  /* the event can happen to this person */
  RstOutcome outcome;                  /* the worst */
  guint      n_pairs;                  /* letters times devices that were looked at */
  guint      hits[RST_N_AGES][RST_N_OUTCOMES];
  double     costs[RST_N_AGES];        /* the hits by how bad they are; all lost adds up to 1 */

  /* The letters that the worst outcome hit, on the device that it hit most. */
  int        loser;                    /* that device */
  RstCause   cause;                    /* the most frequent */
  guint      n_letters;                /* that were looked at */
  guint      n_hit;
  gboolean   single;                   /* the event is about one letter */
  gboolean   wants_gone;               /* which should go */
  gboolean   marked_read;              /* it shows as read there */
  int        hit_ages[2];              /* youngest and oldest received letter, or -1 */
  int        safe_ages[2];             /* the same of those that were not hit */
  RstWhere   where_hit;
  RstWhere   where_safe;
} RstRun;

/* What shapes a run. */
typedef struct {
  RstPlan         plan;
  RstPlanSettings settings;
  gboolean        several;             /* a computer and a phone, or one device */
  gboolean        small;               /* the phone, or the only device, has little space */
  guint           expiry;              /* days after which the provider deletes; 0 unknown */
} RstSetup;

void          rst_setup_init            (RstSetup         *setup,
                                         RstPlan           plan,
                                         const RstAnswers *answers);
GPtrArray    *rst_setup_list_devices    (const RstSetup   *setup,
                                         const RstEvent   *event,
                                         RstCast          *cast);
const RstRun *rst_consequence_get_runs  (const RstSetup   *setup);
const RstRun *rst_consequence_get_run   (const RstSetup   *setup,
                                         const RstEvent   *event);
const char   *rst_consequence_get_title (const RstSetup   *setup,
                                         const RstEvent   *event);
char         *rst_consequence_describe  (const RstSetup   *setup,
                                         const RstEvent   *event);

G_END_DECLS
