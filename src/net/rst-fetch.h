/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fetches one document over https, within bounds: certificates fully verified, at most five
 * redirects and only to https, a limit on the bytes of the body and on the time for all of it. No
 * cookies, no sign-in, no compression, nothing kept.
 */
#pragma once

#include <gio/gio.h>

#include "rst-dns.h"

G_BEGIN_DECLS

void      rst_fetch_async  (const RstAsk        *ask,
                            RstDns              *dns,
                            GTlsDatabase        *trust,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
RstReply *rst_fetch_finish (GAsyncResult        *result);

G_END_DECLS
