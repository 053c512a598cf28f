/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the test of an asynchronous call read from top to bottom. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void          test_await_cb  (GObject       *source,
                              GAsyncResult  *result,
                              gpointer       user_data);
GAsyncResult *test_await     (GAsyncResult **slot);
char         *test_read_file (const char    *path);

G_END_DECLS
