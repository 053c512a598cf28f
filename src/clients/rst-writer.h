/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only code that writes other programs' files. A transaction: every planned file is checked to
 * be still as it was read, backed up, replaced atomically and read back; if one fails, all that
 * were written are put back. What was done is kept in a journal (below $XDG_STATE_HOME/restante), so
 * that it can be undone byte for byte, also after a crash.
 *
 * Passwords are stored before the first file is written, through the functions of RstVault, which
 * the caller provides: this layer does not know the Secret Service.
 */
#pragma once

#include <gio/gio.h>

#include "rst-edit.h"
#include "rst-secret.h"

G_BEGIN_DECLS

/* How passwords are kept and taken back. Each async function calls back exactly once. */
typedef struct {
  void     (*store_async)  (const RstSecretItem *item,
                            RstSecret           *password,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
  gboolean (*store_finish) (GAsyncResult        *result,
                            GError             **error);
  void     (*clear_async)  (const RstSecretItem *item,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
  gboolean (*clear_finish) (GAsyncResult        *result,
                            GError             **error);
  /* (nullable) What is there now, %NULL without an error if nothing is. With it, an entry that the
   * person has already comes back on undo. */
  void     (*lookup_async)  (const RstSecretItem *item,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
  RstSecret *(*lookup_finish) (GAsyncResult        *result,
                               GError             **error);
} RstVault;

/* One past transaction, as the journal has it. */
typedef struct {
  char      *id;      /* (owned) such as 20261125-141512-1 */
  char      *address; /* (owned) */
  GDateTime *when;    /* (owned) UTC */
  GPtrArray *clients; /* (owned) (element-type utf8) ids */
  GPtrArray *paths;   /* (owned) (element-type utf8) files that were changed */
  gboolean   undone;
  gboolean   unfinished; /* the program ended in the middle: undo puts everything back */
} RstHistoryEntry;

typedef struct {
  /* Paths, (element-type utf8) */
  GPtrArray *restored;    /* exactly as before */
  GPtrArray *kept;        /* with later changes of the person: only ours were taken out */
  GPtrArray *left;        /* left alone: what we wrote is gone, or was changed itself */
  GError    *store_error; /* (owned) (nullable) the files are back, the password not: undo again */
} RstUndoReport;

void             rst_writer_apply_async    (GPtrArray            *setups,
                                            const char           *address,
                                            RstSecret            *password,
                                            const RstVault       *vault,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
char            *rst_writer_apply_finish   (GAsyncResult         *result,
                                            GError              **error);
void             rst_writer_undo_async     (const char           *id,
                                            const RstVault       *vault,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
RstUndoReport   *rst_writer_undo_finish    (GAsyncResult         *result,
                                            GError              **error);
void             rst_writer_history_async  (GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GPtrArray       *rst_writer_history_finish (GAsyncResult         *result,
                                            GError              **error);
void             rst_history_entry_free    (RstHistoryEntry      *self);
void             rst_undo_report_free      (RstUndoReport        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstHistoryEntry, rst_history_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstUndoReport, rst_undo_report_free)

G_END_DECLS
