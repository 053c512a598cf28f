/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thunderbird's files: where its profiles are and which it opens (profiles.ini), and the accounts in
 * prefs.js. Pure, as the plug-in over it.
 */
#pragma once

#include "rst-client.h"
#include "rst-prefs-js.h"

G_BEGIN_DECLS

/* An account, and where it is in the preferences. */
typedef struct {
  RstAccount *account;  /* (owned) */
  char       *server;   /* (owned) such as `server3` */
  gboolean    ours;     /* was set up by this program */
} RstThunderbirdEntry;

void        rst_thunderbird_wants        (const RstPlaces    *places,
                                          const RstFiles     *files,
                                          GPtrArray          *paths);
void        rst_thunderbird_profiles     (const RstPlaces    *places,
                                          const RstFiles     *files,
                                          GPtrArray          *profiles);
char       *rst_thunderbird_registration (const RstPlaces    *places,
                                          const RstProfile   *profile,
                                          const RstFiles     *files,
                                          char              **path);

GPtrArray  *rst_thunderbird_entries      (const RstPrefs     *prefs);
void        rst_thunderbird_entry_free   (RstThunderbirdEntry *self);
gboolean    rst_thunderbird_login        (const RstPrefs     *prefs,
                                          const char         *smtp,
                                          RstLogin           *login);
char      **rst_thunderbird_list         (const RstPrefs     *prefs,
                                          const char         *name);

gboolean    rst_thunderbird_update       (RstPrefs           *prefs,
                                          const RstAccount   *account,
                                          const char         *server,
                                          GError            **error);
gboolean    rst_thunderbird_add          (RstPrefs           *prefs,
                                          const RstAccount   *account,
                                          GError            **error);

G_END_DECLS
