/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader and the writer of prefs.js share. */
#pragma once

#include "rst-prefs-js.h"

G_BEGIN_DECLS

typedef struct {
  char *literal;    /* (owned) as in the file: "text", 12, true */
  char *text;       /* (owned) (nullable) the string that it means; NULL: not a string */
  gssize start;     /* where the literal is in the text; -1: it is not there */
  gssize end;
  gboolean changed;
} RstPref;

struct _RstPrefs {
  char *text;
  GHashTable *prefs; /* name → RstPref; the last of several counts */
  GPtrArray *added;  /* names that are not in the text, in the order in which they were set */
  gboolean sound;    /* all of the text could be read */
};

void rst_pref_free      (RstPref    *self);
void rst_prefs_read_all (RstPrefs   *self,
                         const char *text,
                         gboolean    in_text);

G_END_DECLS
