/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters: ten wide, seven high. */
#include "rst-art-private.h"

typedef struct {
  double left, top, width, height, radius, line;
} Box;

static Box
box_around (RstArtPoint centre,
            double      width)
{
  double height = width * 0.7;

  return (Box) { centre.x - width / 2, centre.y - height / 2, width, height, width * 0.12,
                 MAX (1.3, width * 0.065) };
}

static void
flap (cairo_t   *cr,
      const Box *box)
{
  cairo_move_to (cr, box->left + box->width * 0.12, box->top + box->height * 0.2);
  cairo_line_to (cr, box->left + box->width / 2, box->top + box->height * 0.62);
  cairo_line_to (cr, box->left + box->width * 0.88, box->top + box->height * 0.2);
}

static void
outline (cairo_t            *cr,
         const Box          *box,
         const RstArtColour *colour)
{
  rst_art_rect (cr, box->left + box->line / 2, box->top + box->line / 2, box->width - box->line,
                box->height - box->line, box->radius);
  rst_art_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, box->line);
}

static void
draw_filled (cairo_t             *cr,
             const RstArtPalette *palette,
             const Box           *box)
{
  rst_art_fill_rect (cr, &palette->mail, box->left, box->top, box->width, box->height, box->radius);
  flap (cr, box);
  cairo_set_line_width (cr, box->line);
  rst_art_set_colour (cr, &palette->paper, 1);
  cairo_stroke (cr);
}

/* A second edge, up and to the right, with a gap of paper between. */
static void
draw_second_edge (cairo_t             *cr,
                  const RstArtPalette *palette,
                  const Box           *box,
                  double               step)
{
  Box behind = *box;

  behind.left += box->width * step;
  behind.top -= box->width * step;
  rst_art_fill_rect (cr, &palette->paper, behind.left, behind.top, behind.width, behind.height,
                     behind.radius);
  outline (cr, &behind, &palette->mail);
  cairo_stroke (cr);
  rst_art_fill_rect (cr, &palette->paper, box->left - box->line, box->top - box->line,
                     box->width + 2 * box->line, box->height + 2 * box->line,
                     box->radius + box->line * 0.6);
}

static void
draw_outlined (cairo_t             *cr,
               const RstArtPalette *palette,
               const Box           *box)
{
  rst_art_fill_rect (cr, &palette->paper, box->left, box->top, box->width, box->height, box->radius);
  outline (cr, box, &palette->mail);
  flap (cr, box);
  cairo_stroke (cr);
}

static void
draw_empty (cairo_t             *cr,
            const RstArtPalette *palette,
            const Box           *box,
            gboolean             lost)
{
  const double dots[] = { box->line * 0.1, box->line * 2.3 };
  double arm = box->height * 0.2;
  double x = box->left + box->width / 2;
  double y = box->top + box->height / 2;

  outline (cr, box, &palette->frame);
  cairo_set_dash (cr, dots, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (!lost)
    return;
  cairo_set_line_width (cr, box->line * 1.2);
  cairo_move_to (cr, x - arm, y - arm);
  cairo_line_to (cr, x + arm, y + arm);
  cairo_move_to (cr, x + arm, y - arm);
  cairo_line_to (cr, x - arm, y + arm);
  cairo_stroke (cr);
}

/* Not readable for now: the outline of a letter in grey, with a bar across. */
static void
draw_waiting (cairo_t             *cr,
              const RstArtPalette *palette,
              const Box           *box)
{
  rst_art_fill_rect (cr, &palette->paper, box->left, box->top, box->width, box->height, box->radius);
  outline (cr, box, &palette->frame);
  flap (cr, box);
  cairo_move_to (cr, box->left + box->width * 0.15, box->top + box->height * 0.85);
  cairo_line_to (cr, box->left + box->width * 0.85, box->top + box->height * 0.15);
  cairo_stroke (cr);
}

static void
draw_halo (cairo_t             *cr,
           const RstArtPalette *palette,
           RstArtPoint          centre,
           double               width)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, centre.x, centre.y, width * 0.84, 0, 2 * G_PI);
  if (palette->contrast)
    {
      rst_art_set_colour (cr, &palette->mail, 1);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
      return;
    }
  rst_art_set_colour (cr, &palette->mail, 0.2);
  cairo_fill (cr);
}

static void
draw_seal (cairo_t            *cr,
           const Box          *box,
           const RstArtColour *colour)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, box->left + box->width / 2, box->top + box->height * 0.64, box->width * 0.11, 0,
             2 * G_PI);
  rst_art_set_colour (cr, colour, 1);
  cairo_fill (cr);
}

/**
 * rst_art_letter:
 * @cr: a context
 * @palette: the colours
 * @centre: its middle
 * @width: its width
 * @state: what stands in this place; %RST_LETTER_ABSENT draws nothing
 * @followed: the letter that the story is about: with a halo and a seal
 */
void
rst_art_letter (cairo_t             *cr,
                const RstArtPalette *palette,
                RstArtPoint          centre,
                double               width,
                RstLetterState       state,
                gboolean             followed)
{
  Box box = box_around (centre, width);

  if (state == RST_LETTER_ABSENT)
    return;
  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (followed)
    draw_halo (cr, palette, centre, width);
  switch (state)
    {
    case RST_LETTER_COPY:
      draw_second_edge (cr, palette, &box, 0.13);
      draw_filled (cr, palette, &box);
      break;
    case RST_LETTER_MAIL:
      draw_filled (cr, palette, &box);
      break;
    case RST_LETTER_SEEN:
      draw_outlined (cr, palette, &box);
      break;
    case RST_LETTER_NOT_NOW:
      draw_waiting (cr, palette, &box);
      break;
    case RST_LETTER_GONE:
    case RST_LETTER_LOST:
      draw_empty (cr, palette, &box, state == RST_LETTER_LOST);
      break;
    case RST_LETTER_ABSENT:
      break;
    }
  if (followed && (state == RST_LETTER_MAIL || state == RST_LETTER_COPY))
    draw_seal (cr, &box, &palette->paper);
  else if (followed && state == RST_LETTER_SEEN)
    draw_seal (cr, &box, &palette->mail);
  cairo_restore (cr);
}

/**
 * rst_art_bundle:
 * @cr: a context
 * @palette: the colours
 * @centre: its middle
 * @width: its width
 *
 * Several letters in one place: three edges and a band. The true number is in the label.
 */
void
rst_art_bundle (cairo_t             *cr,
                const RstArtPalette *palette,
                RstArtPoint          centre,
                double               width)
{
  Box box = box_around (centre, width);

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_second_edge (cr, palette, &box, 0.2);
  draw_second_edge (cr, palette, &box, 0.1);
  rst_art_fill_rect (cr, &palette->mail, box.left, box.top, box.width, box.height, box.radius);
  rst_art_fill_rect (cr, &palette->paper, box.left + box.width * 0.44, box.top, box.width * 0.12,
                     box.height, 0);
  cairo_restore (cr);
}
