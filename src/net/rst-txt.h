/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts in DNS (RFC 1035 section 3.3.14). GResolver cannot be used for them: up to GLib 2.74 at the
 * least it crashes on a text that is not UTF-8, which anybody can publish.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void       rst_txt_lookup_async  (const char           *name,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GPtrArray *rst_txt_lookup_finish (GAsyncResult         *result,
                                  GError              **error);
GPtrArray *rst_txt_parse         (const guint8         *answer,
                                  gsize                 length);

G_END_DECLS
