/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help pages, built into the program for each language. A page is looked for in the person's
 * languages, then in English.
 */
#pragma once

#include "rst-mallard.h"

G_BEGIN_DECLS

/* The page that the others hang on. */
#define RST_HELP_INDEX "index"

typedef struct {
  char *id;
  char *title;
  char *desc;   /* the answer in a sentence or two */
  char *sort;   /* its place among others */
} RstHelpEntry;

gboolean   rst_help_library_has  (const char    *id);
RstNode   *rst_help_library_load (const char    *id,
                                  GError       **error);
char     **rst_help_library_list (void);
GPtrArray *rst_help_library_get_topics (const char *guide);
void       rst_help_entry_free   (RstHelpEntry  *self);

G_END_DECLS
