/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A time limit over any number of asynchronous calls: a cancellable that is cancelled when the time
 * is up, or when the caller's own cancellable is. It knows which of the two it was.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RstDeadline RstDeadline;

RstDeadline  *rst_deadline_new             (guint         timeout_ms,
                                            GCancellable *parent);
void          rst_deadline_free            (RstDeadline  *self);
GCancellable *rst_deadline_get_cancellable (RstDeadline  *self);
gboolean      rst_deadline_has_passed      (RstDeadline  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDeadline, rst_deadline_free)

G_END_DECLS
