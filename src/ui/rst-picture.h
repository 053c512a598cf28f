/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture: a story drawn step by step. Server, devices and letters are drawn from the very run
 * that the text tells; nothing is drawn that the model did not say.
 *
 * A step is shown at once or with the letters in flight; without animations (gtk-enable-animations)
 * always at once. For a screen reader the canvas is one image whose description is rebuilt at each
 * step.
 */
#pragma once

#include <gtk/gtk.h>

#include "rst-story.h"

G_BEGIN_DECLS

#define RST_TYPE_PICTURE (rst_picture_get_type ())
G_DECLARE_FINAL_TYPE (RstPicture, rst_picture, RST, PICTURE, GtkWidget)

void            rst_picture_set_story (RstPicture *self,
                                       RstStory   *story);
const RstStory *rst_picture_get_story (RstPicture *self);
guint           rst_picture_get_step  (RstPicture *self);
void            rst_picture_set_step  (RstPicture *self,
                                       guint       step,
                                       gboolean    animate);

G_END_DECLS
