/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waits on this computer's own address for the browser to come back from a sign-in (RFC 8252 section
 * 7.3). Listens on 127.0.0.1 only, for one answer; whatever else comes in is turned away, a few
 * connections at a time, each within a size and a time.
 */
#pragma once

#include <gio/gio.h>

#include "rst-authorization.h"

G_BEGIN_DECLS

typedef struct _RstLoopback RstLoopback;

RstLoopback *rst_loopback_new         (GError              **error);
void         rst_loopback_unref       (RstLoopback          *self);
guint16      rst_loopback_get_port    (RstLoopback          *self);
void         rst_loopback_wait_async  (RstLoopback          *self,
                                       RstAuthorization     *authorization,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
char        *rst_loopback_wait_finish (GAsyncResult         *result,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstLoopback, rst_loopback_unref)

G_END_DECLS
