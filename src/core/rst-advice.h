/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice: the plan that does the least harm to the person's mail, with the reasons.
 *
 * It is found by running every event on every possible plan (rst-consequence.h) and weighing what
 * happened by the answers. Nothing here is a clock, a file or a random number: the same answers
 * always give the same advice.
 */
#pragma once

#include "rst-reason.h"

G_BEGIN_DECLS

typedef enum {
  RST_SURENESS_CLEAR,
  RST_SURENESS_CLOSE,
  RST_SURENESS_FORCED,
} RstSureness;

typedef struct {
  RstMethod        mode;             /* RST_METHOD_IMAP or RST_METHOD_POP */
  RstPlan          plan;
  RstPlan          runner_up;        /* the next best plan; the same as `plan` if it is the only */
  RstPlan          other;            /* the best plan of the other mode, for the contrast */
  RstPlanSettings  settings;
  int              archive_device;   /* which of the devices keeps the archive, -1 not known */
  RstSureness      sureness;         /* of the choice between IMAP and POP */
  gboolean         chosen;           /* the person chose this plan themselves */
  char            *headline;         /* plan as a sentence without a full stop */
  char            *technical;        /* "IMAP with an archive" */
  char            *sureness_text;    /* how sure, and what is not known */
  char            *contrast_title;   /* "Why not POP?" */
  char            *contrast;         /* two lines */
  GPtrArray       *reasons;          /* RstReason, at most four, the most decisive first */
  GPtrArray       *what_ifs;         /* RstWhatIf, all single changes that change the plan */
  GPtrArray       *consequences;     /* RstConsequence of `plan`, heaviest first, all events */
  GPtrArray       *warnings;         /* RstWarning, most severe first */
} RstAdvice;

RstAdvice  *rst_advice_new        (const RstAnswers *answers);
RstAdvice  *rst_advice_new_full   (const RstAnswers *answers,
                                   GPtrArray        *devices,
                                   const RstPlan    *chosen);
void        rst_advice_free       (RstAdvice        *self);
RstPlan     rst_advice_pick       (const RstAnswers *answers);
GPtrArray  *rst_advice_compare    (const RstAnswers *answers,
                                   RstPlan           plan);
GPtrArray  *rst_advice_arrange    (const RstAdvice  *self,
                                   GPtrArray        *devices);
const char *rst_sureness_get_nick (RstSureness       sureness);
const char *rst_sureness_get_name (RstSureness       sureness);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAdvice, rst_advice_free)

G_END_DECLS
