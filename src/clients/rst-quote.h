/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One escaper per file format: text of any origin in, one value of that format out, as the program's
 * own reader takes it. None lets a control character through, since a line break in a value would
 * be a new directive.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rst_quote_mbsync    (const char  *text,
                           GError     **error);
char *rst_quote_msmtp     (const char  *text,
                           GError     **error);
char *rst_quote_fetchmail (const char  *text,
                           GError     **error);
char *rst_quote_mutt      (const char  *text,
                           GError     **error);
char *rst_quote_prefs_js  (const char  *text,
                           GError     **error);
char *rst_quote_url       (const char  *text);
char *rst_quote_ere       (const char  *text);
char *rst_quote_lookup    (const char  *service,
                           const char  *host,
                           const char  *user);

G_END_DECLS
