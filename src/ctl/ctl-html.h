/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice as one self-contained web page, with the picture: for a help desk to send, or to print.
 * It loads nothing from anywhere, and has no script.
 */
#pragma once

#include "rst-advice.h"
#include "rst-story.h"

G_BEGIN_DECLS

void  ctl_html_print_advice (const RstAnswers *answers,
                             const RstAdvice  *advice,
                             GPtrArray        *devices);
char *ctl_html_picture      (const RstStory   *story,
                             guint             step,
                             double            width,
                             double            height);

G_END_DECLS
