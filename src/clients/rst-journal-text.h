/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal as a key file, and back. Pure. */
#pragma once

#include "rst-journal.h"

G_BEGIN_DECLS

/* The names of the states, on disk too. */
extern const char * const rst_journal_state_nicks[RST_N_JOURNAL_STATES];

GBytes   *rst_journal_to_text    (const RstJournal *self);
gboolean  rst_journal_from_text  (RstJournal       *self,
                                  GBytes           *text);
GBytes   *rst_journal_held_text  (const RstJournal *self);
void      rst_journal_read_held  (RstJournal       *self,
                                  GBytes           *text);

G_END_DECLS
