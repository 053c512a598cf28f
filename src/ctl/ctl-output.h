/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people read: the result goes to standard output, broken to the width of the terminal, and
 * messages go to standard error. Text of any origin is cleaned of control characters here once more.
 */
#pragma once

#include <glib.h>

#include "ctl-verb.h"

G_BEGIN_DECLS

void     ctl_print_heading   (const char    *text);
void     ctl_print_gap       (void);
void     ctl_print_text      (guint          indent,
                              const char    *text);
void     ctl_print_item      (guint          indent,
                              const char    *bullet,
                              const char    *text);
void     ctl_print_row       (guint          indent,
                              const char    *label,
                              guint          columns,
                              const char    *text);
void     ctl_message         (const char    *format,
                              ...) G_GNUC_PRINTF (1, 2);
void     ctl_progress        (const char    *format,
                              ...) G_GNUC_PRINTF (1, 2);
void     ctl_quiet           (void);
void     ctl_message_error   (const GError  *error);
CtlExit  ctl_exit_for_error  (const GError  *error);
gboolean ctl_output_finish   (void);

G_END_DECLS
