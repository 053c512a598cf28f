/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-art-private.h"

#include <math.h>

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0 }

static const RstArtPalette palettes[2][2] = {
  {
    { RGB (0xe9e8ea), RGB (0xcfcdd2), RGB (0x77767b), RGB (0xffffff), RGB (0x3584e4), RGB (0xe5a50a), FALSE },
    { RGB (0xffffff), RGB (0x000000), RGB (0x000000), RGB (0xffffff), RGB (0x1a5fb4), RGB (0x905400), TRUE },
  },
  {
    { RGB (0x3d3c40), RGB (0x57555b), RGB (0x9a9996), RGB (0x1e1e1e), RGB (0x62a0ea), RGB (0xcd9309), FALSE },
    { RGB (0x000000), RGB (0xffffff), RGB (0xffffff), RGB (0x000000), RGB (0x99c1f1), RGB (0xf8e45c), TRUE },
  },
};

/**
 * rst_art_get_palette:
 * @dark: for a dark background
 * @high_contrast: black and white, with one strong colour
 *
 * Returns: (transfer none): the colours
 */
const RstArtPalette *
rst_art_get_palette (gboolean dark,
                     gboolean high_contrast)
{
  return &palettes[dark ? 1 : 0][high_contrast ? 1 : 0];
}

void
rst_art_set_colour (cairo_t            *cr,
                    const RstArtColour *colour,
                    double              alpha)
{
  cairo_set_source_rgba (cr, colour->r, colour->g, colour->b, alpha);
}

void
rst_art_rect (cairo_t *cr,
              double   x,
              double   y,
              double   w,
              double   h,
              double   r)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + w - r, y + h - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + h - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
rst_art_fill_rect (cairo_t            *cr,
                   const RstArtColour *colour,
                   double              x,
                   double              y,
                   double              w,
                   double              h,
                   double              r)
{
  rst_art_rect (cr, x, y, w, h, r);
  rst_art_set_colour (cr, colour, 1);
  cairo_fill (cr);
}

/**
 * rst_art_ground:
 * @cr: a context
 * @palette: the colours
 * @x1: where the ground begins
 * @x2: where it ends
 * @y: its height
 *
 * The line on which everything stands.
 */
void
rst_art_ground (cairo_t             *cr,
                const RstArtPalette *palette,
                double               x1,
                double               x2,
                double               y)
{
  cairo_set_line_width (cr, 3);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  rst_art_set_colour (cr, &palette->edge, 1);
  cairo_move_to (cr, x1, y);
  cairo_line_to (cr, x2, y);
  cairo_stroke (cr);
}

/* Both ends leave and arrive upright. */
static void
curve (cairo_t     *cr,
       RstArtPoint  from,
       RstArtPoint  to)
{
  double middle = (from.y + to.y) / 2;

  cairo_move_to (cr, from.x, from.y);
  cairo_curve_to (cr, from.x, middle, to.x, middle, to.x, to.y);
}

/**
 * rst_art_along:
 * @from: the start of a look or a road
 * @to: its end
 * @t: how far along, 0 to 1
 *
 * Returns: the point on the curve that rst_art_look() and rst_art_road() draw
 */
RstArtPoint
rst_art_along (RstArtPoint from,
               RstArtPoint to,
               double      t)
{
  double middle = (from.y + to.y) / 2;
  double u = 1 - t;

  return (RstArtPoint) {
    u * u * u * from.x + 3 * u * u * t * from.x + 3 * u * t * t * to.x + t * t * t * to.x,
    u * u * u * from.y + 3 * u * u * t * middle + 3 * u * t * t * middle + t * t * t * to.y,
  };
}

/**
 * rst_art_look:
 * @cr: a context
 * @palette: the colours
 * @from: at the server
 * @to: at the device
 *
 * A dotted line: the device looks at mail that lies on the server (IMAP, browser).
 */
void
rst_art_look (cairo_t             *cr,
              const RstArtPalette *palette,
              RstArtPoint          from,
              RstArtPoint          to)
{
  static const double dots[] = { 0.1, 9 };

  cairo_save (cr);
  curve (cr, from, to);
  cairo_set_dash (cr, dots, 2, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 3.2);
  rst_art_set_colour (cr, &palette->mail, palette->contrast ? 1 : 0.75);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * rst_art_road:
 * @cr: a context
 * @palette: the colours
 * @from: where letters leave
 * @to: where they arrive
 *
 * A road with an arrow: letters are carried (POP, archive).
 */
void
rst_art_road (cairo_t             *cr,
              const RstArtPalette *palette,
              RstArtPoint          from,
              RstArtPoint          to)
{
  double turn = to.y >= from.y ? 1 : -1;

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 5);
  rst_art_set_colour (cr, &palette->edge, 1);
  curve (cr, from, (RstArtPoint) { to.x, to.y - 4 * turn });
  cairo_move_to (cr, to.x - 9, to.y - 13 * turn);
  cairo_line_to (cr, to.x, to.y - 2 * turn);
  cairo_line_to (cr, to.x + 9, to.y - 13 * turn);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/**
 * rst_art_badge:
 * @cr: a context
 * @palette: the colours
 * @centre: its middle
 * @radius: its size
 *
 * The triangle that marks where something needs attention.
 */
void
rst_art_badge (cairo_t             *cr,
               const RstArtPalette *palette,
               RstArtPoint          centre,
               double               radius)
{
  cairo_save (cr);
  cairo_translate (cr, centre.x, centre.y);
  cairo_scale (cr, radius / 13, radius / 13);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 0, -11);
  cairo_line_to (cr, 12, 10);
  cairo_line_to (cr, -12, 10);
  cairo_close_path (cr);
  cairo_set_line_width (cr, 9);
  rst_art_set_colour (cr, &palette->paper, 1);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 4);
  rst_art_set_colour (cr, &palette->badge, 1);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 2.6);
  rst_art_set_colour (cr, &palette->paper, 1);
  cairo_move_to (cr, 0, -4);
  cairo_line_to (cr, 0, 2.5);
  cairo_move_to (cr, 0, 7.5);
  cairo_line_to (cr, 0, 7.6);
  cairo_stroke (cr);
  cairo_restore (cr);
}
