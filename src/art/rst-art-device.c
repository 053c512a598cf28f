/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The post office, the devices and the cupboard, and where letters lie in them. */
#include "rst-art-private.h"

static void
draw_office (cairo_t             *cr,
             const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 6, 122, 188, 9, 4.5);
  rst_art_fill_rect (cr, &palette->wall, 18, 50, 164, 74, 0);
  rst_art_fill_rect (cr, &palette->edge, 20, 56, 11, 66, 3);
  rst_art_fill_rect (cr, &palette->edge, 169, 56, 11, 66, 3);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 100, 9);
  cairo_line_to (cr, 190, 52);
  cairo_line_to (cr, 10, 52);
  cairo_close_path (cr);
  rst_art_set_colour (cr, &palette->frame, 1);
  cairo_set_line_width (cr, 8);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
  cairo_arc (cr, 100, 36, 13.5, 0, 2 * G_PI);
  rst_art_set_colour (cr, &palette->paper, 1);
  cairo_fill (cr);
  rst_art_letter (cr, palette, (RstArtPoint) { 100, 36.4 }, 16, RST_LETTER_MAIL, FALSE);
  rst_art_fill_rect (cr, &palette->paper, 39, 64, 122, 50, 6);
  rst_art_fill_rect (cr, &palette->edge, 39, 110, 122, 5, 2.5);
}

static void
draw_monitor (cairo_t             *cr,
              const RstArtPalette *palette)
{
  cairo_move_to (cr, 60, 98);
  cairo_line_to (cr, 90, 98);
  cairo_line_to (cr, 94, 118);
  cairo_line_to (cr, 56, 118);
  cairo_close_path (cr);
  rst_art_set_colour (cr, &palette->edge, 1);
  cairo_fill (cr);
  rst_art_fill_rect (cr, &palette->frame, 44, 116, 62, 8, 4);
  rst_art_fill_rect (cr, &palette->frame, 0, 0, 150, 102, 9);
  rst_art_fill_rect (cr, &palette->paper, 7, 7, 136, 88, 4);
}

static void
draw_laptop (cairo_t             *cr,
             const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 12, 0, 136, 94, 8);
  rst_art_fill_rect (cr, &palette->paper, 19, 7, 122, 80, 3);
  rst_art_fill_rect (cr, &palette->edge, 0, 93, 160, 11, 5);
  rst_art_fill_rect (cr, &palette->frame, 64, 93, 32, 4, 2);
}

static void
draw_phone (cairo_t             *cr,
            const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 0, 0, 66, 118, 13);
  rst_art_fill_rect (cr, &palette->paper, 6, 9, 54, 98, 6);
  rst_art_fill_rect (cr, &palette->paper, 25, 111, 16, 3, 1.5);
}

static void
draw_tablet (cairo_t             *cr,
             const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 0, 0, 96, 122, 10);
  rst_art_fill_rect (cr, &palette->paper, 7, 7, 82, 108, 4);
}

static void
draw_browser (cairo_t             *cr,
              const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 0, 0, 130, 100, 9);
  rst_art_fill_rect (cr, &palette->paper, 6, 24, 118, 70, 5);
  for (int i = 0; i < 2; i++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, 14 + 11 * i, 13, 3.4, 0, 2 * G_PI);
    }
  rst_art_set_colour (cr, &palette->paper, 0.8);
  cairo_fill (cr);
  rst_art_fill_rect (cr, &palette->paper, 36, 8, 80, 10, 5);
}

static void
draw_service (cairo_t             *cr,
              const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->frame, 0, 0, 100, 100, 12);
  rst_art_fill_rect (cr, &palette->paper, 8, 44, 84, 48, 6);
  rst_art_fill_rect (cr, &palette->paper, 20, 20, 60, 7, 3.5);
}

static void
draw_cupboard (cairo_t             *cr,
               const RstArtPalette *palette)
{
  rst_art_fill_rect (cr, &palette->edge, 0, 0, 80, 92, 7);
  rst_art_fill_rect (cr, &palette->frame, 8, 90, 10, 6, 0);
  rst_art_fill_rect (cr, &palette->frame, 62, 90, 10, 6, 0);
  rst_art_fill_rect (cr, &palette->paper, 7, 7, 66, 37, 4);
  rst_art_fill_rect (cr, &palette->wall, 7, 50, 66, 35, 4);
  rst_art_fill_rect (cr, &palette->frame, 30, 63, 20, 5, 2.5);
}

/* Where letters lie: a grid below (x, top), in rows of `columns`, `rows` of them at most. */
static const struct {
  void  (*draw) (cairo_t             *cr,
                 const RstArtPalette *palette);
  double width, height;
  double x, top;
  guint  columns, rows;
  double letter, gap_x, gap_y;
} drawings[] = {
  [RST_ART_OFFICE] = { draw_office, 200, 131, 100, 70, 5, 2, 18, 4.5, 5.5 },
  [RST_ART_MONITOR] = { draw_monitor, 150, 124, 75, 21, 4, 2, 26, 6, 9 },
  [RST_ART_LAPTOP] = { draw_laptop, 160, 104, 80, 18, 3, 2, 26, 6, 8 },
  [RST_ART_PHONE] = { draw_phone, 66, 118, 33, 18, 2, 4, 20, 5, 6.5 },
  [RST_ART_TABLET] = { draw_tablet, 96, 122, 48, 20, 2, 3, 26, 6, 8 },
  [RST_ART_BROWSER] = { draw_browser, 130, 100, 65, 34, 3, 2, 26, 6, 8 },
  [RST_ART_SERVICE] = { draw_service, 100, 100, 50, 58, 2, 1, 28, 8, 8 },
  [RST_ART_CUPBOARD] = { draw_cupboard, 80, 96, 40, 13.5, 3, 2, 14.5, 6, 6 },
};

/**
 * rst_art_for_device:
 * @kind: a kind of device
 *
 * Returns: the drawing that stands for it
 */
RstArtKind
rst_art_for_device (RstDeviceKind kind)
{
  static const RstArtKind kinds[RST_N_DEVICE_KINDS] = {
    [RST_DEVICE_COMPUTER] = RST_ART_MONITOR, [RST_DEVICE_LAPTOP] = RST_ART_LAPTOP,
    [RST_DEVICE_PHONE] = RST_ART_PHONE,      [RST_DEVICE_TABLET] = RST_ART_TABLET,
    [RST_DEVICE_BROWSER] = RST_ART_BROWSER,  [RST_DEVICE_SERVICE] = RST_ART_SERVICE,
  };

  g_return_val_if_fail (kind < RST_N_DEVICE_KINDS, RST_ART_MONITOR);
  return kinds[kind];
}

/**
 * rst_art_get_size:
 * @kind: a drawing
 * @width: (out): its width in its own units
 * @height: (out): its height in its own units
 */
void
rst_art_get_size (RstArtKind  kind,
                  double     *width,
                  double     *height)
{
  *width = drawings[kind].width;
  *height = drawings[kind].height;
}

/**
 * rst_art_draw:
 * @cr: a context, moved and scaled to where the drawing goes
 * @palette: the colours
 * @kind: what to draw, without letters
 */
void
rst_art_draw (cairo_t             *cr,
              const RstArtPalette *palette,
              RstArtKind           kind)
{
  cairo_save (cr);
  drawings[kind].draw (cr, palette);
  cairo_restore (cr);
}

/**
 * rst_art_get_capacity:
 * @kind: a drawing
 *
 * Returns: how many letters have a place of their own; beyond it the last place is a bundle
 */
guint
rst_art_get_capacity (RstArtKind kind)
{
  return drawings[kind].columns * drawings[kind].rows;
}

/**
 * rst_art_get_slot:
 * @kind: a drawing
 * @n_letters: how many letters it has to hold; a short row is centred
 * @index: which one, below its capacity
 * @width: (out): the width of a letter there
 *
 * Returns: the middle of the letter's place, in the drawing's units
 */
RstArtPoint
rst_art_get_slot (RstArtKind  kind,
                  guint       n_letters,
                  guint       index,
                  double     *width)
{
  guint columns = MIN (drawings[kind].columns, MAX (n_letters, 1));
  double w = drawings[kind].letter;
  double h = w * 0.7;

  *width = w;
  return (RstArtPoint) {
    drawings[kind].x + (index % columns - (columns - 1) / 2.0) * (w + drawings[kind].gap_x),
    drawings[kind].top + h / 2 + index / columns * (h + drawings[kind].gap_y),
  };
}
