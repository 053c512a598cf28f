/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text broken into lines for a terminal: columns rather than bytes or characters are counted, and
 * Japanese text breaks between characters.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint ctl_columns (const char *text);
char *ctl_pad     (const char *text,
                   guint       columns);
char *ctl_wrap    (const char *text,
                   guint       columns,
                   const char *first,
                   const char *next);

G_END_DECLS
