/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsecret's connection to the Secret Service, which also tells when a prompt is shown. */
#pragma once

#include "rst-vault-call.h"

G_BEGIN_DECLS

#define RST_TYPE_VAULT_SERVICE (rst_vault_service_get_type ())

G_DECLARE_FINAL_TYPE (RstVaultService, rst_vault_service, RST, VAULT_SERVICE, SecretService)

void     rst_vault_service_set_call (RstVaultService *self,
                                     RstVaultCall    *call);
gboolean rst_vault_service_leave    (RstVaultService *self);

G_END_DECLS
