/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions to the person at the terminal. Ctrl+C or the end of the input while one is open is the
 * error %G_IO_ERROR_CANCELLED, and leaves the terminal as it was.
 */
#pragma once

#include "rst-secret.h"

G_BEGIN_DECLS

gboolean   ctl_ask_is_possible (void);
char      *ctl_ask_line        (const char  *question,
                                GError     **error);
gboolean   ctl_ask_yes         (const char  *question,
                                GError     **error);
RstSecret *ctl_ask_secret      (const char  *question,
                                GError     **error);
RstSecret *ctl_read_secret     (GError     **error);

G_END_DECLS
