/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line differences: the unified diff of the review and of --dry-run, and the reverse application that
 * takes our lines out of a file which somebody edited since.
 */
#pragma once

#include <glib.h>

#include "rst-edit.h"

G_BEGIN_DECLS

/* Lines around a change that are shown: none. They are another account's, and may hold its password. */
#define RST_DIFF_CONTEXT 0

typedef struct {
  char   mark; /* ' ' kept, '-' removed, '+' added */
  char  *text; /* (owned) without the line end */
} RstDiffLine;

GPtrArray *rst_diff_lines        (GBytes        *before,
                                  GBytes        *after);
char      *rst_diff_unified      (const RstEdit *edit,
                                  guint          context);
GBytes    *rst_diff_revert       (GBytes        *before,
                                  GBytes        *after,
                                  GBytes        *current);
GBytes    *rst_diff_revert_loose (GBytes        *before,
                                  GBytes        *after,
                                  GBytes        *current);

G_END_DECLS
