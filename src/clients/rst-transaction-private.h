/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and undoing share. */
#pragma once

#include "rst-transaction.h"

G_BEGIN_DECLS

GPtrArray *rst_transaction_lock_programs (const RstJournal  *journal,
                                          GError           **error);

G_END_DECLS
