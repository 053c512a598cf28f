/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strokes shared by the files of the drawings. */
#pragma once

#include "rst-art.h"

G_BEGIN_DECLS

void rst_art_set_colour (cairo_t            *cr,
                         const RstArtColour *colour,
                         double              alpha);
void rst_art_rect       (cairo_t            *cr,
                         double              x,
                         double              y,
                         double              w,
                         double              h,
                         double              r);
void rst_art_fill_rect  (cairo_t            *cr,
                         const RstArtColour *colour,
                         double              x,
                         double              y,
                         double              w,
                         double              h,
                         double              r);

G_END_DECLS
