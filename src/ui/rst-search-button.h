/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the search stands, in the action bar; opens the list of the places that are asked. */
#pragma once

#include <adwaita.h>

#include "rst-journey.h"

G_BEGIN_DECLS

#define RST_TYPE_SEARCH_BUTTON (rst_search_button_get_type ())
G_DECLARE_FINAL_TYPE (RstSearchButton, rst_search_button, RST, SEARCH_BUTTON, AdwBin)

void rst_search_button_set_journey (RstSearchButton *self,
                                    RstJourney      *journey);

G_END_DECLS
