/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at the mailbox: what a sign-in saw, compared with what the one before it saw. */
#pragma once

#include "rst-journey.h"

G_BEGIN_DECLS

void      rst_look_note_async   (RstFacts             *facts,
                                 const char           *username,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
void      rst_look_note_finish  (GAsyncResult         *result);
void      rst_look_at_async     (RstJourney           *journey,
                                 RstCandidate         *candidate,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
RstFacts *rst_look_at_finish    (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
