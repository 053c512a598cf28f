/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bin that says whether it is narrow: property “narrow” and the CSS class “narrow”. Stands in for
 * breakpoints, which the oldest supported libadwaita does not have.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Narrower than this, in pixels, is narrow; larger text needs more in proportion. */
#define RST_NARROW_WIDTH 500

#define RST_TYPE_ADAPTIVE (rst_adaptive_get_type ())
G_DECLARE_FINAL_TYPE (RstAdaptive, rst_adaptive, RST, ADAPTIVE, GtkWidget)

gboolean rst_adaptive_get_narrow (RstAdaptive *self);

G_END_DECLS
