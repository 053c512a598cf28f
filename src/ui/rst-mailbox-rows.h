/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that say what a mailbox told after the sign-in, and compare it by POP and by IMAP. */
#pragma once

#include "rst-journey.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean   rst_mailbox_rows_add    (GtkListBox     *list,
                                    const RstFacts *facts,
                                    gboolean        advice_changed);
GtkWidget *rst_mailbox_compare_new (RstJourney     *journey);

G_END_DECLS
