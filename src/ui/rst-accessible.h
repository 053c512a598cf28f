/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen reader is not told by the oldest supported toolkit itself. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void rst_accessible_name_lists      (GtkWidget      *part,
                                     const char     *name);
void rst_accessible_name            (GtkWidget      *widget,
                                     const char     *name);
void rst_accessible_describe        (GtkWidget      *widget,
                                     const char     *description);
void rst_accessible_follow_subtitle (GtkWidget      *row);
void rst_accessible_set_whole       (GtkWidget      *row,
                                     const char     *name);
void rst_accessible_follow_expander (AdwExpanderRow *row);
void rst_accessible_follow_combo    (AdwComboRow    *row);
void rst_accessible_follow_check    (GtkWidget      *row,
                                     GtkCheckButton *check);

G_END_DECLS
