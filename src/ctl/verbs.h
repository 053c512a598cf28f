/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verbs, one a file.
 */
#pragma once

#include "ctl-verb.h"

G_BEGIN_DECLS

extern const CtlVerb ctl_verb_advise;
extern const CtlVerb ctl_verb_check;
extern const CtlVerb ctl_verb_clients;
extern const CtlVerb ctl_verb_discover;
extern const CtlVerb ctl_verb_history;
extern const CtlVerb ctl_verb_probe;
extern const CtlVerb ctl_verb_setup;
extern const CtlVerb ctl_verb_story;
extern const CtlVerb ctl_verb_survey;
extern const CtlVerb ctl_verb_undo;

G_END_DECLS
