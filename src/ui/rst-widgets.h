/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small parts that several pages build: rows with an icon, tags, lists. All of them show text as it
 * is, never as markup, since much of it comes from elsewhere.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a colour means; each also has an icon and a word. */
typedef enum {
  RST_TINT_PLAIN,
  RST_TINT_ACCENT,
  RST_TINT_GOOD,
  RST_TINT_WARNING,
  RST_TINT_BAD,
} RstTint;

GtkWidget *rst_icon_new       (const char     *icon);
GtkWidget *rst_disc_new       (const char     *icon,
                               RstTint         tint);
GtkWidget *rst_tag_new        (const char     *icon,
                               const char     *text,
                               RstTint         tint);
GtkWidget *rst_row_new        (const char     *title,
                               const char     *subtitle);
GtkWidget *rst_row_new_disc   (const char     *icon,
                               RstTint         tint,
                               const char     *title,
                               const char     *subtitle);
GtkWidget *rst_row_new_icon   (const char     *icon,
                               const char     *title,
                               const char     *subtitle);
GtkWidget *rst_row_new_error  (const char     *about,
                               const GError   *error);
GtkWidget *rst_expander_new   (const char     *title,
                               const char     *subtitle);
GtkWidget *rst_text_row_new   (const char     *text);
void       rst_row_set_texts  (GtkWidget      *row,
                               const char     *title,
                               const char     *subtitle);
void       rst_row_set_name   (GtkWidget      *row,
                               const char     *name);
void       rst_row_add_check  (GtkWidget      *row,
                               GtkCheckButton *check);
void       rst_row_set_action (GtkWidget      *row,
                               const char     *icon,
                               const char     *action,
                               const char     *target);
void       rst_list_clear     (GtkListBox     *list);

G_END_DECLS
