/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Golden folders of mail programs: tests/cases/clients/ID/CASE holds account.ini, the home folder
 * before/ and after/, and setup.txt, which tells the rest of the plan. A home folder is in memory
 * only, and always called /home/taro.
 */
#pragma once

#include <gio/gio.h>

#include "rst-client.h"

G_BEGIN_DECLS

#define CASE_HOME "/home/taro"

extern const RstPlaces case_places;

GPtrArray  *case_list        (const char       *client);
RstAccount *case_account     (const char       *folder);
char       *case_error       (const char       *folder);
GHashTable *case_load        (const char       *folder,
                              const char       *part);
void        case_save        (GHashTable       *home,
                              const char       *folder,
                              const char       *part);
RstFiles   *case_read        (const RstClient  *client,
                              GHashTable       *home);
RstProfile *case_profile     (const RstClient  *client,
                              const RstFiles   *files);
GPtrArray  *case_accounts    (const RstClient  *client,
                              const RstFiles   *files);
GHashTable *case_apply       (GHashTable       *home,
                              const RstSetup   *setup,
                              GHashTable       *changed);
char       *case_describe    (const RstSetup   *setup);
char       *case_account_text (const RstAccount *account);

G_END_DECLS
