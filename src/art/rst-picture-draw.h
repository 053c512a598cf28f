/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws one moment of a story onto a context: the still parts, then the letters. */
#pragma once

#include "rst-picture-layout.h"

G_BEGIN_DECLS

/* One letter's flight takes this long; the next one starts a little later (milliseconds). */
#define RST_FLIGHT_MS 700
#define RST_FLIGHT_STAGGER_MS 120
#define RST_FLIGHT_MAX 5
#define RST_FADE_MS 250

/* A moment: the end of `step` if `elapsed_ms` is at or beyond its duration. */
typedef struct {
  const RstStory         *story;
  const RstPictureLayout *layout;
  const RstArtPalette    *palette;
  guint                   step;
  double                  elapsed_ms;
  gboolean                still; /* no motion wanted: show on the road what was carried */
} RstPictureMoment;

double rst_picture_moment_duration_ms (const RstStory  *story,
                               guint            step);
void   rst_picture_moment_draw        (const RstPictureMoment *moment,
                               cairo_t         *cr);

G_END_DECLS
