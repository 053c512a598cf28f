/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the search for servers stands: a row that says it in a sentence and opens, and below it one row
 * for each place that is asked, live and in a fixed order.
 */
#pragma once

#include <adwaita.h>

#include "rst-journey.h"

G_BEGIN_DECLS

/* How far the search has come, also as the name of the icon's place in an icon stack. */
typedef enum {
  RST_SEARCH_RUNNING,
  RST_SEARCH_FOUND,
  RST_SEARCH_NOTHING,
} RstSearchState;

#define RST_TYPE_SOURCE_LIST (rst_source_list_get_type ())
G_DECLARE_FINAL_TYPE (RstSourceList, rst_source_list, RST, SOURCE_LIST, AdwBin)

void            rst_source_list_set_journey  (RstSourceList  *self,
                                              RstJourney     *journey);
void            rst_source_list_set_expanded (RstSourceList  *self,
                                              gboolean        expanded);
RstSearchState  rst_search_get_state         (RstJourney     *journey);
char           *rst_search_describe          (RstJourney     *journey,
                                              gboolean        brief);
GtkWidget      *rst_search_icon_new          (void);
void            rst_search_icon_set          (GtkWidget      *icon,
                                              const char     *name);

G_END_DECLS
