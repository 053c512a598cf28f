/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the questions have come: “Question 3 of 8” and a row of bars. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RST_TYPE_STEPS (rst_steps_get_type ())
G_DECLARE_FINAL_TYPE (RstSteps, rst_steps, RST, STEPS, GtkWidget)

void rst_steps_set (RstSteps *self,
                    guint     step,
                    guint     n_steps);

G_END_DECLS
