/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where everything of a picture stands for a given size: the office above, devices on the ground
 * (computers left, phones and tablets in the middle, browsers and services right), an archive beside
 * its computer. Geometry only, no drawing.
 */
#pragma once

#include "rst-art.h"
#include "rst-story.h"

G_BEGIN_DECLS

typedef struct {
  RstArtKind  kind;
  double      scale;
  RstArtPoint corner; /* top left of the drawing */
  RstArtPoint port;   /* where lines to it end: above a device, below the office */
  double      column; /* width free for its labels */
  double      base;   /* the ground below it */
} RstPictureSpot;

typedef struct {
  GArray *spots; /* (element-type RstPictureSpot), one a place of the story */
  double  width, height;
  double  ground[2]; /* y of each row of devices; equal if there is one row */
} RstPictureLayout;

RstPictureLayout *rst_picture_layout_new      (const RstStory         *story,
                                               double                  width,
                                               double                  height);
void              rst_picture_layout_free     (RstPictureLayout       *self);
RstArtPoint       rst_picture_layout_office   (const RstPictureLayout *self,
                                               guint                   place);
guint             rst_picture_layout_min_height (const RstStory       *story,
                                               double                  width);
RstPictureSpot   *rst_picture_layout_get      (const RstPictureLayout *self,
                                               guint                   place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPictureLayout, rst_picture_layout_free)

G_END_DECLS
