/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much harm weighs. Together with the weights of the events (in the tables of
 * rst-event-everyday.c and rst-event-mishaps.c) and the burdens of the plans (in the table of
 * rst-plan.c) these are all the numbers that the advice rests on.
 */
#pragma once

#include "rst-consequence.h"

G_BEGIN_DECLS

double rst_weights_get_event   (const RstEvent   *event,
                                const RstAnswers *answers);
double rst_weights_get_run     (const RstRun     *run,
                                const RstAnswers *answers);
double rst_weights_get_cost    (RstOutcome        outcome,
                                const RstEvent   *event);
double rst_weights_get_several (const RstAnswers *answers);
double rst_weights_get_harm    (const RstAnswers *answers,
                                RstPlan           plan,
                                double           *by_event);

G_END_DECLS
