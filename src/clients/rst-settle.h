/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Leaves out what is settled already: a setup that changes no file, and whose password is in the
 * password store as it is, does nothing at all. What changes a file keeps its passwords, since undoing an
 * earlier setup must leave them to it.
 */
#pragma once

#include "rst-writer.h"

G_BEGIN_DECLS

void     rst_settle_async  (GPtrArray            *setups,
                            RstSecret            *password,
                            const RstVault       *vault,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
gboolean rst_settle_finish (GAsyncResult         *result,
                            GError              **error);

G_END_DECLS
