/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shortest way from one list of lines to another (E. W. Myers, "An O(ND) Difference Algorithm and
 * Its Variations", 1986), bounded: texts that differ in too many lines are taken as replaced whole.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line with its line end; the last one may have none. */
typedef struct {
  const char *text; /* borrowed, not nul-terminated */
  gsize       length;
  guint       hash;
} RstLine;

/* In @old the lines from @old_start to before @old_end give way to those of @new. */
typedef struct {
  guint old_start;
  guint old_end;
  guint new_start;
  guint new_end;
} RstHunk;

GArray   *rst_lines_split      (GBytes        *bytes);
gboolean  rst_line_equal       (const RstLine *a,
                                const RstLine *b);
gboolean  rst_line_ends        (const RstLine *self);
GArray   *rst_diff_script      (const GArray  *old_lines,
                                const GArray  *new_lines);

G_END_DECLS
