/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether an address was mistyped: its domain is one slip of the finger away from that of a well-known
 * provider. Such domains often belong to somebody who collects the mail that goes astray. Pure.
 */
#pragma once

#include "rst-address.h"

G_BEGIN_DECLS

char *rst_typo_suggest  (const RstAddress *address);
char *rst_typo_describe (const char       *suggestion);

G_END_DECLS
