/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help browser: a list of topics beside the page, or one after the other where it is narrow. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RST_TYPE_HELP_WINDOW (rst_help_window_get_type ())
G_DECLARE_FINAL_TYPE (RstHelpWindow, rst_help_window, RST, HELP_WINDOW, AdwWindow)

RstHelpWindow *rst_help_window_new        (GtkApplication *application);
void           rst_help_window_show_topic (RstHelpWindow  *self,
                                           const char     *topic);
const char    *rst_help_window_get_topic  (RstHelpWindow  *self);

G_END_DECLS
