/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

gboolean has_text    (GtkWidget  *widget);
void     check_names (GtkWidget  *widget,
                      const char *place);
