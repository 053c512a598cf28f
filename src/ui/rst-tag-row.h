/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row with a tag at its end. Where it is narrow the tag keeps only its icon, and its word begins the
 * second line instead.
 */
#pragma once

#include <adwaita.h>

#include "rst-widgets.h"

G_BEGIN_DECLS

#define RST_TYPE_TAG_ROW (rst_tag_row_get_type ())
G_DECLARE_FINAL_TYPE (RstTagRow, rst_tag_row, RST, TAG_ROW, AdwActionRow)

GtkWidget *rst_tag_row_new (const char *icon,
                            const char *title,
                            const char *subtitle,
                            const char *tag_icon,
                            const char *tag,
                            RstTint     tint);

G_END_DECLS
