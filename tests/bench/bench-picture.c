/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long one frame of the picture takes, without a screen: every frame of every step of every story
 * at 60 frames a second, drawn by cairo on an image of the window's size.
 *
 *   bench-picture [WIDTH HEIGHT] [PNG-FOLDER]     with a folder, writes the end of each step there
 */
#include "rst-event.h"
#include "rst-picture-draw.h"
#include "rst-story.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
  int         width, height;
  const char *folder;
  GArray     *times; /* microseconds a frame */
} Bench;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
draw_frame (Bench                  *bench,
            cairo_surface_t        *surface,
            const RstPictureMoment *moment)
{
  cairo_t *cr = cairo_create (surface);
  gint64 start = g_get_monotonic_time ();
  gint64 spent;

  cairo_set_source_rgb (cr, moment->palette->paper.r, moment->palette->paper.g, moment->palette->paper.b);
  cairo_paint (cr);
  rst_picture_moment_draw (moment, cr);
  cairo_surface_flush (surface);
  spent = g_get_monotonic_time () - start;
  g_array_append_val (bench->times, spent);
  cairo_destroy (cr);
}

static void
draw_story (Bench          *bench,
            const RstStory *story,
            const char     *name)
{
  g_autoptr (RstPictureLayout) layout = rst_picture_layout_new (story, bench->width, bench->height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, bench->width, bench->height);

  for (guint step = 0; step < story->steps->len; step++)
    {
      double duration = rst_picture_moment_duration_ms (story, step);
      RstPictureMoment moment = { .story = story, .layout = layout, .step = step,
                                  .palette = rst_art_get_palette (FALSE, FALSE) };

      for (moment.elapsed_ms = 0; moment.elapsed_ms < duration + 16; moment.elapsed_ms += 1000.0 / 60)
        draw_frame (bench, surface, &moment);
      if (bench->folder != NULL)
        {
          g_autofree char *path = g_strdup_printf ("%s/%s-%u.png", bench->folder, name, step + 1);

          cairo_surface_write_to_png (surface, path);
        }
    }
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bench bench = { argc > 2 ? atoi (argv[1]) : 900, argc > 2 ? atoi (argv[2]) : 480,
                  argc > 3 ? argv[3] : NULL, times };
  RstAnswers answers = { 0 };

  rst_answers_set (&answers, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  for (guint plan = 0; plan < RST_N_PLANS; plan++)
    for (guint i = 0; i < rst_events_get_n (); i++)
      {
        const char *events[] = { rst_event_get_id (rst_events_get (i)), NULL };
        g_autoptr (RstStory) story = rst_story_new (plan, &answers, events, NULL);
        g_autofree char *name = g_strdup_printf ("%s-%s", rst_plan_get_nick (plan), events[0]);

        if (story != NULL)
          draw_story (&bench, story, name);
      }
  g_array_sort (times, compare);
  printf ("%dx%d: %u frames, median %.2f ms, 99 %% %.2f ms, longest %.2f ms\n", bench.width, bench.height,
          times->len, g_array_index (times, gint64, times->len / 2) / 1000.0,
          g_array_index (times, gint64, times->len * 99 / 100) / 1000.0,
          g_array_index (times, gint64, times->len - 1) / 1000.0);
  return 0;
}
