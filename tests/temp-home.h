/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small helpers of the tests that touch the disk: a home of their own, empty for each test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void      home_init     (void);
int       home_run      (void);
void      home_add_test (const char *name,
                         GTestFunc   test);
char     *home_path     (const char *name);
void      home_write    (const char *name,
                         const char *text,
                         guint       mode);
char     *home_read     (const char *name);
guint     home_mode     (const char *name);
gboolean  home_exists   (const char *name);
char     *home_snapshot (void);
GBytes   *text_bytes    (const char *text);

G_END_DECLS
