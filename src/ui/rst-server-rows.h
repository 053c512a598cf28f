/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server as rows: which one it is, how it was found, how safe it is, and what is wrong with it. */
#pragma once

#include <gtk/gtk.h>

#include "rst-discovery.h"

G_BEGIN_DECLS

void rst_server_rows_fill         (GtkListBox   *list,
                                   RstCandidate *candidate,
                                   RstDiscovery *discovery);
void rst_server_rows_add_problems (GtkListBox   *list,
                                   RstCandidate *candidate);

G_END_DECLS
