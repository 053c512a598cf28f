/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts that an advice is put together from.
 */
#pragma once

#include "rst-advice.h"
#include "rst-weights.h"

G_BEGIN_DECLS

/* All plans, weighed for one set of answers. */
typedef struct {
  double   harm[RST_N_PLANS];
  double   parts[RST_N_PLANS][RST_MAX_EVENTS];   /* of the harm, by event */
  gboolean possible[RST_N_PLANS];
  RstPlan  best;
  RstPlan  runner_up;
  RstPlan  other;                                /* best plan of the other mode */
  RstPlan  plain;                                /* the simplest plan of the other mode */
  RstPlan  sibling;                              /* next best plan of the same mode, if any */
} RstRanking;

void        rst_ranking_init               (RstRanking       *self,
                                            const RstAnswers *answers);
gboolean    rst_ranking_is_forced          (const RstRanking *self);

int         rst_advice_find_archive        (GPtrArray        *devices);
GPtrArray  *rst_advice_list_reasons        (const RstAnswers *answers,
                                            const RstRanking *ranking);
GPtrArray  *rst_advice_list_what_ifs       (const RstAnswers *answers,
                                            RstPlan           plan);
GPtrArray  *rst_advice_list_warnings       (const RstAnswers *answers,
                                            RstPlan           plan,
                                            GPtrArray        *devices);
char       *rst_advice_make_contrast       (const RstAnswers *answers,
                                            const RstRanking *ranking);

const char *rst_said_get_text              (RstKey            key,
                                            guint             value);
const char *rst_said_get_condition         (RstKey            key,
                                            guint             value);
const char *rst_evidence_get_text          (RstEvidence       evidence);

G_END_DECLS
