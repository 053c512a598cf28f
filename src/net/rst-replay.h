/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For sources whose replies lead to one another or have something in common: what they found is made
 * anew from all replies so far with each that comes, in an order of the source's own. So the end is the
 * same whatever order replies, and the records in them, came in. Pure.
 */
#pragma once

#include "rst-findings.h"

G_BEGIN_DECLS

void            rst_replay_take (RstFindings       *findings,
                                 const RstReply    *reply);
const RstReply *rst_replay_find (const RstFindings *findings,
                                 RstAskKind         kind,
                                 const char        *name);

G_END_DECLS
