/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Servers that nobody named but that are likely beside a named one: the protocols it says nothing
 * about, on the same host and its siblings, and the encrypted form of a plain-text entry. Pure.
 */
#pragma once

#include "rst-candidate.h"

G_BEGIN_DECLS

GPtrArray *rst_kin_of (const RstCandidate *candidate,
                       guint               wanted);

G_END_DECLS
