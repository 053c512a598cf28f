/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A vault in the key file $VAULT, which outlives its program. With $VAULT_KILL=N the program is killed
 * before the N-th call does anything, with $VAULT_KILL=N+ right after it did.
 */
#pragma once

#include "rst-writer.h"

G_BEGIN_DECLS

extern const RstVault file_vault;

G_END_DECLS
