/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of a certificate's names may be the right one, when the one that was asked for is not among them.
 */
#pragma once

#include "rst-facts.h"

G_BEGIN_DECLS

const char *rst_other_name_find (const RstFacts *facts,
                                 gboolean       *certain);

G_END_DECLS
