/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mozilla's prefs.js and user.js: lines of user_pref("name", value); with comments of three kinds. The
 * reader takes what Mozilla's own takes and passes over what it does not understand; the writer
 * changes single values in place and appends new ones, and leaves all else byte for byte.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RstPrefs RstPrefs;

RstPrefs   *rst_prefs_new        (const char       *text);
void        rst_prefs_free       (RstPrefs         *self);
void        rst_prefs_overlay    (RstPrefs         *self,
                                  const char       *text);
gboolean    rst_prefs_is_sound   (const RstPrefs   *self);
GPtrArray  *rst_prefs_list_names (const RstPrefs   *self);
const char *rst_prefs_get_string (const RstPrefs   *self,
                                  const char       *name);
int         rst_prefs_get_int    (const RstPrefs   *self,
                                  const char       *name,
                                  int               fallback);
gboolean    rst_prefs_get_bool   (const RstPrefs   *self,
                                  const char       *name,
                                  gboolean          fallback);
gboolean    rst_prefs_set_string (RstPrefs         *self,
                                  const char       *name,
                                  const char       *value,
                                  GError          **error);
void        rst_prefs_set_int    (RstPrefs         *self,
                                  const char       *name,
                                  int               value);
void        rst_prefs_set_bool   (RstPrefs         *self,
                                  const char       *name,
                                  gboolean          value);
char       *rst_prefs_render     (const RstPrefs   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPrefs, rst_prefs_free)

G_END_DECLS
