/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-picture-draw.h"

static RstStoryStep *
get_step (const RstStory *story,
          guint           step)
{
  return story->steps->pdata[step];
}

/**
 * rst_picture_moment_duration_ms:
 * @story: a story
 * @step: one of its steps
 *
 * Returns: how long the letters of the step are on their way, and others fade in, in milliseconds
 */
double
rst_picture_moment_duration_ms (const RstStory *story,
                        guint           step)
{
  guint flights = MIN (get_step (story, step)->moves->len, RST_FLIGHT_MAX);

  return flights == 0 ? RST_FADE_MS
                      : RST_FLIGHT_MS + (flights - 1) * RST_FLIGHT_STAGGER_MS + RST_FADE_MS;
}

/* How far the flight of a move is, 0 to 1; all beyond the last fly with it as a bundle. */
static double
flight_progress (const RstPictureMoment *moment,
                 guint            move)
{
  double start = MIN (move, RST_FLIGHT_MAX - 1) * RST_FLIGHT_STAGGER_MS;
  double t = CLAMP ((moment->elapsed_ms - start) / RST_FLIGHT_MS, 0, 1);
  double rest = 1 - t;

  /* Ease in and out (cubic). */
  return t < 0.5 ? 4 * t * t * t : 1 - 4 * rest * rest * rest;
}

/* The state to draw: the step before until the letter has left or landed. */
static RstLetterState
state_now (const RstPictureMoment *moment,
           guint            place,
           guint            letter)
{
  RstStoryStep *step = get_step (moment->story, moment->step);
  double flown_ms = rst_picture_moment_duration_ms (moment->story, moment->step) - RST_FADE_MS;
  gboolean landed = moment->elapsed_ms >= flown_ms;

  if (moment->step == 0)
    return rst_story_get_state (moment->story, 0, place, letter);
  for (guint i = 0; i < step->moves->len; i++)
    {
      RstStoryMove *move = &g_array_index (step->moves, RstStoryMove, i);
      double progress = flight_progress (moment, i);

      if (move->letter == letter && move->from == place)
        landed = progress > 0;
      else if (move->letter == letter && move->to == place)
        landed = progress >= 1;
    }
  return rst_story_get_state (moment->story, landed ? moment->step : moment->step - 1, place, letter);
}

static void
draw_letters (const RstPictureMoment *moment,
              cairo_t         *cr,
              guint            place)
{
  const RstPictureSpot *spot = rst_picture_layout_get (moment->layout, place);
  RstStoryStep *step = get_step (moment->story, moment->step);
  guint capacity = rst_art_get_capacity (spot->kind);
  guint present = 0, slot = 0;

  for (guint i = 0; i < moment->story->n_letters; i++)
    present += state_now (moment, place, i) != RST_LETTER_ABSENT;
  for (guint i = 0; i < moment->story->n_letters && slot < capacity; i++)
    {
      RstLetterState state = state_now (moment, place, i);
      RstArtPoint centre;
      double width;

      if (state == RST_LETTER_ABSENT)
        continue;
      centre = rst_art_get_slot (spot->kind, present, slot++, &width);
      if (slot == capacity && present > capacity &&
          (state == RST_LETTER_MAIL || state == RST_LETTER_COPY))
        rst_art_bundle (cr, moment->palette, centre, width);
      else
        rst_art_letter (cr, moment->palette, centre, width, state, (int) i == step->follow);
    }
}

/* Where a line between two places touches `place`. Letters from outside come in beside the office. */
static RstArtPoint
line_end (const RstPictureMoment *moment,
          guint                   place,
          guint                   other)
{
  const RstPictureSpot *office = rst_picture_layout_get (moment->layout, 0);

  if (place == RST_STORY_OUTSIDE)
    return (RstArtPoint) { office->corner.x - 70 * office->scale, office->corner.y };
  if (other == RST_STORY_OUTSIDE)
    return (RstArtPoint) { office->corner.x + 30 * office->scale, office->base - 40 * office->scale };
  return place == 0 ? rst_picture_layout_office (moment->layout, other)
                    : rst_picture_layout_get (moment->layout, place)->port;
}

static gboolean
has_move_between (const RstPictureMoment *moment,
                  guint            place)
{
  RstStoryStep *step = get_step (moment->story, moment->step);

  for (guint i = 0; i < step->moves->len; i++)
    {
      RstStoryMove *move = &g_array_index (step->moves, RstStoryMove, i);

      if (move->from == place || move->to == place)
        return TRUE;
    }
  return FALSE;
}

static void
draw_lines (const RstPictureMoment *moment,
            cairo_t         *cr)
{
  RstStoryStep *step = get_step (moment->story, moment->step);

  for (guint i = 1; i < moment->story->places->len; i++)
    {
      RstStoryPlace *place = moment->story->places->pdata[i];

      if (place->type == RST_PLACE_DEVICE && !has_move_between (moment, i) &&
          (place->method == RST_METHOD_IMAP || place->method == RST_METHOD_WEB))
        rst_art_look (cr, moment->palette, line_end (moment, 0, i), line_end (moment, i, 0));
    }
  for (guint i = 0; i < step->moves->len; i++)
    {
      RstStoryMove *move = &g_array_index (step->moves, RstStoryMove, i);

      if (move->from != RST_STORY_OUTSIDE)
        rst_art_road (cr, moment->palette, line_end (moment, move->from, move->to),
                      line_end (moment, move->to, move->from));
    }
}

/* A letter in flight with two paler ones behind it; without motion one letter on its way. */
static void
draw_flights (const RstPictureMoment *moment,
              cairo_t         *cr)
{
  static const double trail[] = { 0, 0.16, 0.28 };
  static const double alpha[] = { 1, 0.3, 0.14 };
  RstStoryStep *step = get_step (moment->story, moment->step);

  for (guint i = 0; i < MIN (step->moves->len, RST_FLIGHT_MAX); i++)
    {
      RstStoryMove *move = &g_array_index (step->moves, RstStoryMove, i);
      RstArtPoint from = line_end (moment, move->from, move->to);
      RstArtPoint to = line_end (moment, move->to, move->from);
      double progress = moment->still ? 0.58 : flight_progress (moment, i);
      gboolean bundle = i == RST_FLIGHT_MAX - 1 && step->moves->len > RST_FLIGHT_MAX;

      if (progress <= 0 || progress >= 1 || (moment->still && i > 0))
        continue;
      for (int ghost = moment->still ? 0 : 2; ghost >= 0; ghost--)
        {
          RstArtPoint at = rst_art_along (from, to, MAX (progress - trail[ghost], 0));

          cairo_save (cr);
          cairo_rectangle (cr, at.x - 30, at.y - 30, 60, 60);
          cairo_clip (cr);
          cairo_push_group (cr);
          if (bundle)
            rst_art_bundle (cr, moment->palette, at, 30);
          else
            rst_art_letter (cr, moment->palette, at, 30, RST_LETTER_MAIL, FALSE);
          cairo_pop_group_to_source (cr);
          cairo_paint_with_alpha (cr, alpha[ghost]);
          cairo_restore (cr);
        }
    }
}

static void
draw_place (const RstPictureMoment *moment,
            cairo_t         *cr,
            guint            place)
{
  const RstPictureSpot *spot = rst_picture_layout_get (moment->layout, place);

  cairo_save (cr);
  cairo_translate (cr, spot->corner.x, spot->corner.y);
  cairo_scale (cr, spot->scale, spot->scale);
  rst_art_draw (cr, moment->palette, spot->kind);
  draw_letters (moment, cr, place);
  cairo_restore (cr);
}

/* Where mail was seen until this step and is no longer: the triangle, once the letters have left. */
static void
draw_badges (const RstPictureMoment *moment,
             cairo_t         *cr)
{
  for (guint i = 1; i < moment->story->places->len && moment->step > 0; i++)
    {
      const RstPictureSpot *spot = rst_picture_layout_get (moment->layout, i);
      RstLetterState before, after;
      gboolean missing = FALSE;
      double width, height;

      for (guint letter = 0; letter < moment->story->n_letters && !missing; letter++)
        {
          before = rst_story_get_state (moment->story, moment->step - 1, i, letter);
          after = state_now (moment, i, letter);
          missing = after == RST_LETTER_LOST ||
                    (after == RST_LETTER_GONE && before != RST_LETTER_ABSENT);
        }
      if (!missing)
        continue;
      rst_art_get_size (spot->kind, &width, &height);
      rst_art_badge (cr, moment->palette,
                     (RstArtPoint) { spot->corner.x + width * spot->scale, spot->corner.y + 2 }, 13);
    }
}

/**
 * rst_picture_moment_draw:
 * @moment: what to draw
 * @cr: a context of the layout's size
 */
void
rst_picture_moment_draw (const RstPictureMoment *moment,
                 cairo_t         *cr)
{
  double margin = moment->layout->width < 500 ? 14 : 70;

  for (int row = 0; row < 2; row++)
    if (row == 0 || moment->layout->ground[1] > moment->layout->ground[0])
      rst_art_ground (cr, moment->palette, margin, moment->layout->width - margin,
                      moment->layout->ground[row]);
  draw_lines (moment, cr);
  for (guint i = 0; i < moment->story->places->len; i++)
    draw_place (moment, cr, i);
  draw_flights (moment, cr);
  draw_badges (moment, cr);
}
