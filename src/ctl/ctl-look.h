/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two looks at a mailbox: each sign-in is compared with the one before it, in this run or an earlier one,
 * and what IMAP shows with what POP shows.
 */
#pragma once

#include "ctl-await.h"
#include "rst-account.h"
#include "rst-facts.h"
#include "rst-glance.h"

G_BEGIN_DECLS

void     ctl_note_look       (RstFacts        *facts,
                              const char      *username);
void     ctl_compare_inboxes (GPtrArray       *all);
gboolean ctl_find_removal    (const RstLogin  *login,
                              const char      *address,
                              RstRemoval      *removal);
gboolean ctl_pause           (CtlAwait        *await,
                              guint            seconds,
                              GError         **error);

G_END_DECLS
