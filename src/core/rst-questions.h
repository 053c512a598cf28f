/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions: their order, their words, and when each is asked.
 *
 * One table in rst-questions.c drives the pages of the wizard and the questions of the command.
 */
#pragma once

#include "rst-answers.h"

G_BEGIN_DECLS

typedef struct _RstQuestion RstQuestion;

guint              rst_questions_get_n          (void);
const RstQuestion *rst_questions_get            (guint              index);
const RstQuestion *rst_questions_find           (RstKey             key);
const RstQuestion *rst_questions_next           (const RstAnswers  *answers,
                                                 const RstQuestion *after);
guint              rst_questions_count_left     (const RstAnswers  *answers,
                                                 const RstQuestion *after);
void               rst_questions_forget_unasked (RstAnswers        *answers);

RstKey      rst_question_get_key        (const RstQuestion *self);
const char *rst_question_get_text       (const RstQuestion *self);
const char *rst_question_get_short_text (const RstQuestion *self);
const char *rst_question_get_why        (const RstQuestion *self);
const char *rst_question_get_help       (const RstQuestion *self);
gboolean    rst_question_is_asked       (const RstQuestion *self,
                                         const RstAnswers  *answers);
guint       rst_question_get_n_choices  (const RstQuestion *self);
const char *rst_question_get_label      (const RstQuestion *self,
                                         guint              value);
const char *rst_question_get_hint       (const RstQuestion *self,
                                         guint              value);

G_END_DECLS
