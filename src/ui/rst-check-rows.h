/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows that show the check of a sign-in: under way, and how it ended at each server.
 */
#pragma once

#include <adwaita.h>

#include "rst-check.h"

G_BEGIN_DECLS

GtkWidget *rst_check_row_new_busy   (const char         *title,
                                     const char         *subtitle);
void       rst_check_rows_show_busy (GtkListBox         *list,
                                     const RstCandidate *incoming,
                                     const RstCandidate *outgoing);
gboolean   rst_check_rows_show      (GtkListBox         *list,
                                     const RstCheck     *check);
void       rst_check_rows_note      (GtkListBox         *list,
                                     const RstCheck     *check,
                                     GTask              *task);

G_END_DECLS
