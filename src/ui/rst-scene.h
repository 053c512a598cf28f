/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small still drawing at the head of a page: the post office and, for a plan, the devices with
 * the letters where that plan keeps them. Decoration: the heading says the same in words, so it has
 * no role for a screen reader.
 *
 * Scenes: "start", "mixing", and the ids of the plans ("imap", "imap-archive", "pop-days", …).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RST_TYPE_SCENE (rst_scene_get_type ())
G_DECLARE_FINAL_TYPE (RstScene, rst_scene, RST, SCENE, GtkWidget)

void rst_scene_set_scene (RstScene   *self,
                          const char *scene);

G_END_DECLS
