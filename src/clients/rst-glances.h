/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last look at each mailbox, remembered from one run to the next in $XDG_STATE_HOME/restante/looks:
 * a key file with one group for each mailbox, digests and numbers only, for its owner only. Blocking
 * calls, but for rst_glances_note_async().
 */
#pragma once

#include <gio/gio.h>

#include "rst-glance.h"

G_BEGIN_DECLS

char     *rst_glances_get_path    (void);
void      rst_glances_note        (GPtrArray            *looks);
void      rst_glances_note_async  (GPtrArray            *looks,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void      rst_glances_note_finish (GAsyncResult         *result);
gboolean  rst_glances_find        (const char           *mailbox,
                                   gint64                now,
                                   RstRemoval           *removal);
gboolean  rst_glances_forget      (GError              **error);

G_END_DECLS
