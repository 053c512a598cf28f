/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of one setup, written or put back as a whole. Blocking calls: for worker threads.
 *
 *   prepare  everything is as planned and no program runs; journal and backups to disk
 *   write    folders, then all new versions next to the old ones, then each takes its name, then the
 *            journal says that it is done; if one cannot, those that did are put back
 *   abandon  the journal is removed, since nothing came of it
 *
 * What needs space on the disk comes before the first file changes.
 */
#pragma once

#include "rst-journal.h"
#include "rst-writer.h"

G_BEGIN_DECLS

typedef struct {
  RstJournal *journal; /* (owned) */
  RstLock    *lock;    /* (owned) */
  gboolean    stuck;   /* a rollback failed: the journal has to stay */
} RstTransaction;

RstTransaction *rst_transaction_prepare   (GPtrArray       *setups,
                                           const char      *address,
                                           gboolean         with_secrets,
                                           GError         **error);
gboolean        rst_transaction_write     (RstTransaction  *self,
                                           GCancellable    *cancellable,
                                           GError         **error);
void            rst_transaction_abandon   (RstTransaction  *self);
RstTransaction *rst_transaction_open      (const char      *id,
                                           GError         **error);
RstUndoReport  *rst_transaction_undo      (RstTransaction  *self,
                                           GCancellable    *cancellable,
                                           GError         **error);
gboolean        rst_transaction_hand_over (RstTransaction  *self,
                                           RstUndoReport   *report,
                                           GError         **error);
void            rst_transaction_free      (RstTransaction  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstTransaction, rst_transaction_free)

G_END_DECLS
