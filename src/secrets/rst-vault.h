/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Passwords in the Secret Service, through libsecret. Every call has a time limit of its own besides
 * the caller's cancellable, since a broken service may never answer; while the service shows a
 * prompt only the cancellable ends it. The password a caller gets or gives is an RstSecret.
 */
#pragma once

#include "rst-writer.h"

G_BEGIN_DECLS

/* The Secret Service as the writer wants it. */
extern const RstVault rst_secret_service;

/**
 * RstVaultState:
 * @RST_VAULT_READY: passwords can be stored
 * @RST_VAULT_LOCKED: the service will ask the person to unlock it
 * @RST_VAULT_ABSENT: there is no Secret Service
 */
typedef enum {
  RST_VAULT_READY,
  RST_VAULT_LOCKED,
  RST_VAULT_ABSENT,
} RstVaultState;

void          rst_vault_check_async   (GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
RstVaultState rst_vault_check_finish  (GAsyncResult         *result,
                                       GError              **error);
void          rst_vault_lookup_async  (const RstSecretItem  *item,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
RstSecret    *rst_vault_lookup_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
