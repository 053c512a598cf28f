/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that the person names on the command line, and standard input, read up to a bound. Pipes are
 * welcome here, unlike in the files of mail programs.
 */
#pragma once

#include "rst-answers.h"

G_BEGIN_DECLS

char     *ctl_input_read         (const char  *path,
                                  GError     **error);
gboolean  ctl_input_read_answers (const char  *path,
                                  RstAnswers  *answers,
                                  GError     **error);

G_END_DECLS
