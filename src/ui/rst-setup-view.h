/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What setting up one program changes: in words, and in exact lines. */
#pragma once

#include <gtk/gtk.h>

#include "rst-edit.h"

G_BEGIN_DECLS

GtkWidget *rst_setup_view_new       (const char     *program,
                                     const RstSetup *setup);
char      *rst_path_shorten         (const char     *path);

G_END_DECLS
