/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks up the addresses of hosts in threads of its own. GResolver would use the ten threads that all
 * of GIO shares; the handshakes of TLS wait there too, so that whoever asks twenty questions and opens
 * ten connections at once waits several round trips for nothing.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void   rst_hosts_look_up_async  (const char           *host,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
GList *rst_hosts_look_up_finish (GAsyncResult         *result,
                                 GError              **error);

gboolean rst_hosts_is_private    (GInetAddress         *address);

G_END_DECLS
