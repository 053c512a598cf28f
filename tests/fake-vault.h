/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vault in memory that answers from the main loop and can be told to fail. */
#pragma once

#include "rst-writer.h"

G_BEGIN_DECLS

extern const RstVault fake_vault;

void        fake_vault_clear (void);
void        fake_vault_set   (const char *host,
                              const char *password);
const char *fake_vault_get   (const char *host);
guint       fake_vault_size  (void);
void        fake_vault_fail  (guint       call);

G_END_DECLS
