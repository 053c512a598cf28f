/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shows what a plan does to letters, as a picture that is stepped or played through, or as text: one
 * story for each event, for the person's own devices.
 */
#pragma once

#include <adwaita.h>

#include "rst-answers.h"
#include "rst-plan.h"

G_BEGIN_DECLS

#define RST_TYPE_PICTURE_WINDOW (rst_picture_window_get_type ())
G_DECLARE_FINAL_TYPE (RstPictureWindow, rst_picture_window, RST, PICTURE_WINDOW, AdwWindow)

GtkWidget *rst_picture_window_new (GtkWindow        *parent,
                                   RstPlan           plan,
                                   const RstAnswers *answers,
                                   GPtrArray        *devices,
                                   const char       *event);

G_END_DECLS
