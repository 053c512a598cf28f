/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is to be said about a search for servers beside what it found: what is wrong, what the provider
 * tells, and what else can be tried.
 */
#pragma once

#include <gtk/gtk.h>

#include "rst-journey.h"

G_BEGIN_DECLS

gboolean rst_server_notes_fill (GtkListBox *list,
                                RstJourney *journey);

G_END_DECLS
