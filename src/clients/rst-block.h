/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Managed blocks: the part of another program's file that is ours, between two comment lines
 *
 *   # >>> Restante NAME >>>
 *   # <<< Restante NAME <<<
 *
 * Everything else in the file stays byte for byte: encoding, line ends, a missing last newline. NAME
 * is the mail address of the account that the block is about.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text, cut at the block of one name. */
typedef struct {
  char     *head; /* (owned) what comes before the block; all of the text if there is none */
  char     *body; /* (owned) (nullable) the lines between the marks; NULL: there is no block */
  char     *tail; /* (owned) what comes after the block */
  gboolean  crlf; /* lines of the block end with CR LF, as its begin or the text's first line does */
} RstBlock;

RstBlock *rst_block_find  (const char       *text,
                           const char       *name);
void      rst_block_free  (RstBlock         *self);
char     *rst_block_rest  (const RstBlock   *self);
char     *rst_block_set   (const RstBlock   *self,
                           const char       *name,
                           const char       *body);
char     *rst_block_name  (const char       *line,
                           gboolean         *begins);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstBlock, rst_block_free)

G_END_DECLS
