/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line of a verb: its own options, those that every verb has, and, where a verb takes
 * answers, one option for each key of the vocabulary.
 */
#pragma once

#include "ctl-verb.h"
#include "rst-answers.h"

G_BEGIN_DECLS

typedef struct {
  gboolean   json;      /* --format=json */
  gboolean   html;      /* --format=html, of a verb that can */
  char     **arguments; /* (owned) what is not an option, never NULL */
} CtlOptions;

gboolean ctl_options_parse (CtlOptions          *self,
                            const CtlVerb       *verb,
                            const char * const  *argv,
                            const GOptionEntry  *entries,
                            RstAnswers          *answers,
                            CtlExit             *status);
void     ctl_options_clear (CtlOptions          *self);
CtlExit  ctl_usage         (const CtlVerb       *verb,
                            const char          *format,
                            ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlOptions, ctl_options_clear)

G_END_DECLS
