/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes a candidate's way to sign in agree with what the probe saw. Pure.
 */
#pragma once

#include "rst-candidate.h"

G_BEGIN_DECLS

void rst_fit_auth (RstCandidate *candidate);

G_END_DECLS
