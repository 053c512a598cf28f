/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of survey: lines out of a file, the addresses of an earlier run, and many searches at
 * once. Nothing is kept of an address once its line is printed.
 */
#pragma once

#include "rst-discovery.h"

G_BEGIN_DECLS

/* survey-lines.c: lines of bounded length */

/* The longest line that is an address or a comment, in bytes; an address has 254 at most. */
#define SURVEY_LINE_MAX 4096

typedef struct _SurveyLines SurveyLines;

SurveyLines *survey_lines_open        (const char           *path,
                                       gsize                 longest,
                                       GError              **error);
void         survey_lines_free        (SurveyLines          *self);
char        *survey_lines_pop         (SurveyLines          *self);
gboolean     survey_lines_at_end      (SurveyLines          *self);
gboolean     survey_lines_fill        (SurveyLines          *self,
                                       GError              **error);
void         survey_lines_fill_async  (SurveyLines          *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     survey_lines_fill_finish (SurveyLines          *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SurveyLines, survey_lines_free)

/* survey-choice.c: which of the lines are meant */

typedef struct {
  guint   shard;  /* from 1 */
  guint   shards; /* 1: all lines */
  GArray *known;  /* (owned) (nullable) fingerprints of what is done already, sorted */
} SurveyChoice;

gboolean survey_choice_parse_shard (SurveyChoice  *self,
                                    const char    *text);
gboolean survey_choice_resume      (SurveyChoice  *self,
                                    const char    *path,
                                    GError       **error);
void     survey_choice_clear       (SurveyChoice  *self);
gboolean survey_choice_has_domain  (SurveyChoice  *self,
                                    const char    *domain);
gboolean survey_choice_is_known    (SurveyChoice  *self,
                                    const char    *text);

/* survey-run.c */

typedef struct {
  SurveyLines         *lines;
  SurveyChoice        *choice;
  RstDiscoveryOptions  search;
  guint                jobs;
} SurveyOptions;

void     survey_run_async  (const SurveyOptions  *options,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
gboolean survey_run_finish (GAsyncResult         *result,
                            GError              **error);

G_END_DECLS
