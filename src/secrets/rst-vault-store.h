/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storing, which takes more steps than the rest of the vault. */
#pragma once

#include "rst-vault-call.h"

G_BEGIN_DECLS

void      rst_vault_store_async  (const RstSecretItem  *item,
                                  RstSecret            *password,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  rst_vault_store_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
