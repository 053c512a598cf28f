/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the provider wishes for its mail, as sentences that stand beside the advice. Pure. */
#pragma once

#include "rst-candidate.h"

G_BEGIN_DECLS

GPtrArray *rst_hints_list (GPtrArray *candidates,
                           GPtrArray *instructions);

G_END_DECLS
