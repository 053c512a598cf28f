/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the servers were found: why each was chosen, who was asked, what came of it, how long it took and
 * who learnt what; and a report of it for somebody who helps.
 */
#pragma once

#include <adwaita.h>

#include "rst-journey.h"

G_BEGIN_DECLS

#define RST_TYPE_FOUND_WINDOW (rst_found_window_get_type ())
G_DECLARE_FINAL_TYPE (RstFoundWindow, rst_found_window, RST, FOUND_WINDOW, AdwWindow)

GtkWidget *rst_found_window_new (GtkWindow  *parent,
                                 RstJourney *journey);

G_END_DECLS
