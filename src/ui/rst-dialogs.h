/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All questions and windows that newer toolkits do differently, in one file. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*RstDialogAnswer) (gboolean yes,
                                 gpointer user_data);

void rst_dialog_leave (GtkWindow       *parent,
                       RstDialogAnswer  answer,
                       gpointer         user_data);
void rst_dialog_undo  (GtkWindow       *parent,
                       const char      *files,
                       RstDialogAnswer  answer,
                       gpointer         user_data);
void rst_dialog_about (GtkWindow       *parent);

G_END_DECLS
