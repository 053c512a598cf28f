/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines out of a stream, through a buffer of fixed size: a line that does not fit is an error of
 * the sender, never a larger buffer. What lies in the buffer can be counted, which the check
 * against bytes injected before TLS needs.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBufferedInputStream *rst_lines_new        (GInputStream         *base);
gboolean              rst_lines_pop        (GBufferedInputStream *self,
                                            char                **line,
                                            gsize                *length,
                                            gsize                *end_length);
gboolean              rst_lines_is_full    (GBufferedInputStream *self);
gsize                 rst_lines_get_pending (GBufferedInputStream *self);
gboolean              rst_lines_all_begin  (GBufferedInputStream *self,
                                            char                  letter);

G_END_DECLS
