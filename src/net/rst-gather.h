/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first half of merging: every server that was named, with all who named it, the servers that
 * may be beside it, and what the probes saw of each. Pure.
 */
#pragma once

#include "rst-findings.h"

G_BEGIN_DECLS

GPtrArray *rst_gather (GPtrArray  *findings,
                       GHashTable *facts,
                       gboolean    with_kin,
                       guint      *denied);

G_END_DECLS
