/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The heading of a page: a label that can have the focus, so that a screen reader starts there after
 * a page change.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RST_TYPE_HEADING (rst_heading_get_type ())
G_DECLARE_FINAL_TYPE (RstHeading, rst_heading, RST, HEADING, GtkWidget)

G_END_DECLS
