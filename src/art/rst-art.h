/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The drawings: post office (server), devices, cupboard (archive), letters, and what runs between
 * them. Cairo only; used by the scenes of the pages, by the picture and on paper. Shapes carry the
 * meaning, blue only leads the eye: a filled letter is the mail itself, an outlined one is seen
 * here but lies elsewhere, one with a second edge is an own copy, a dotted place is empty now.
 */
#pragma once

#include <cairo.h>

#include "rst-device.h"
#include "rst-story.h"

G_BEGIN_DECLS

typedef enum {
  RST_ART_OFFICE,
  RST_ART_MONITOR,
  RST_ART_LAPTOP,
  RST_ART_PHONE,
  RST_ART_TABLET,
  RST_ART_BROWSER,
  RST_ART_SERVICE,
  RST_ART_CUPBOARD,
} RstArtKind;

typedef struct {
  double r, g, b;
} RstArtColour;

/* Named after their use; rst_art_get_palette() has the values. */
typedef struct {
  RstArtColour wall;  /* light neutral */
  RstArtColour edge;  /* middle neutral: ground, roads */
  RstArtColour frame; /* dark neutral: outlines of devices */
  RstArtColour paper; /* screens, and what lies behind letters */
  RstArtColour mail;
  RstArtColour badge;
  gboolean     contrast; /* high contrast: rings instead of halos */
} RstArtPalette;

/* A point of a drawing, in its own units. */
typedef struct {
  double x, y;
} RstArtPoint;

const RstArtPalette *rst_art_get_palette  (gboolean             dark,
                                           gboolean             high_contrast);
RstArtKind           rst_art_for_device   (RstDeviceKind        kind);
void                 rst_art_get_size     (RstArtKind           kind,
                                           double              *width,
                                           double              *height);
void                 rst_art_draw         (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtKind           kind);
guint                rst_art_get_capacity (RstArtKind           kind);
RstArtPoint          rst_art_get_slot     (RstArtKind           kind,
                                           guint                n_letters,
                                           guint                index,
                                           double              *width);
void                 rst_art_letter       (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtPoint          centre,
                                           double               width,
                                           RstLetterState       state,
                                           gboolean             followed);
void                 rst_art_bundle       (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtPoint          centre,
                                           double               width);
void                 rst_art_ground       (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           double               x1,
                                           double               x2,
                                           double               y);
void                 rst_art_look         (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtPoint          from,
                                           RstArtPoint          to);
void                 rst_art_road         (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtPoint          from,
                                           RstArtPoint          to);
RstArtPoint          rst_art_along        (RstArtPoint          from,
                                           RstArtPoint          to,
                                           double               t);
void                 rst_art_badge        (cairo_t             *cr,
                                           const RstArtPalette *palette,
                                           RstArtPoint          centre,
                                           double               radius);

G_END_DECLS
