/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions of the assistant, asked on the terminal.
 */
#pragma once

#include "rst-answers.h"

G_BEGIN_DECLS

gboolean ctl_ask_questions  (RstAnswers        *answers,
                             GError           **error);
gboolean ctl_anything_said  (const RstAnswers  *answers);

G_END_DECLS
