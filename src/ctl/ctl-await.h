/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one place where the command waits for something asynchronous. Ctrl+C, and SIGTERM, cancel what
 * is waited for; a second Ctrl+C ends the program at once.
 *
 *   CtlAwait *await = ctl_await_new ();
 *   rst_scan_async (ctl_await_cancellable (await), ctl_await_cb, await);
 *   scan = rst_scan_finish (ctl_await_result (await), &error);
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CtlAwait CtlAwait;

CtlAwait     *ctl_await_new         (void);
void          ctl_await_free        (CtlAwait     *self);
GCancellable *ctl_await_cancellable (CtlAwait     *self);
void          ctl_await_cb          (GObject      *source,
                                     GAsyncResult *result,
                                     gpointer      user_data);
GAsyncResult *ctl_await_result      (CtlAwait     *self);
GPtrArray    *ctl_await_results     (CtlAwait     *self,
                                     guint         n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlAwait, ctl_await_free)

G_END_DECLS
