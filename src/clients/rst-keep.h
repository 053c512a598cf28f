/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The passwords of one setup, stored or put back through a vault. An entry that the person has
 * already with another password is first copied into an entry of our own in the same store, so that
 * it comes back on undo, and is never lost if the program is killed.
 */
#pragma once

#include "rst-journal.h"
#include "rst-writer.h"

G_BEGIN_DECLS

void      rst_keep_store_async    (RstJournal           *journal,
                                   RstSecret            *password,
                                   const RstVault       *vault,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean  rst_keep_store_finish   (GAsyncResult         *result,
                                   GError              **error);
void      rst_keep_restore_async  (RstJournal           *journal,
                                   const RstVault       *vault,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean  rst_keep_restore_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
