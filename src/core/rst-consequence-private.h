/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The comparison of a world before and after an event, while it is made.
 */
#pragma once

#include "rst-consequence.h"

G_BEGIN_DECLS

typedef struct {
  RstRun         *run;
  const RstEvent *event;
  const RstCast  *cast;
  const RstWorld *before;
  const RstWorld *after;
  RstLetters      letters;
} RstLook;

void rst_look_compare (const RstLook *look);

G_END_DECLS
