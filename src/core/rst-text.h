/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that came from elsewhere, made fit to be shown: valid UTF-8, no control, bidirectional or
 * invisible characters; lists and days as the person's language writes them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *rst_text_clean         (const char *text,
                                  gssize      length,
                                  guint       max_chars);
char     *rst_text_reveal        (const char *text,
                                  gssize      length);
gboolean  rst_text_has_control   (const char *text);
char     *rst_text_shell_quote   (const char *text);
char     *rst_text_join_list     (const char * const *items);
char     *rst_text_format_day    (GDateTime  *day);

G_END_DECLS
