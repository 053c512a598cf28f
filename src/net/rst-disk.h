/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads one settings file from disk, within bounds: a regular file, not longer than a reply may be.
 */
#pragma once

#include "rst-findings.h"

G_BEGIN_DECLS

void      rst_disk_ask_async  (const RstAsk        *ask,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
RstReply *rst_disk_ask_finish (GAsyncResult        *result);

G_END_DECLS
