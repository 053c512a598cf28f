/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps many searches at once polite: no server has more than so many connections of ours at a time,
 * however many names it has, and a little rest after each. A turn is taken for all addresses that a
 * connection may go to; who came first is served first.
 *
 *   rst_gate_enter_async ──turn──▶ connect … close ──▶ rst_gate_leave
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RstGate RstGate;
typedef struct _RstTurn RstTurn;

RstGate  *rst_gate_new          (guint                 per_host,
                                 guint                 rest_ms);
RstGate  *rst_gate_ref          (RstGate              *self);
void      rst_gate_unref        (RstGate              *self);
void      rst_gate_enter_async  (RstGate              *self,
                                 gconstpointer         owner,
                                 GPtrArray            *addresses,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
RstTurn  *rst_gate_enter_finish (GAsyncResult         *result,
                                 GError              **error);
void      rst_gate_leave        (RstTurn              *turn);
gboolean  rst_gate_holds        (RstGate              *self,
                                 gconstpointer         owner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstGate, rst_gate_unref)

G_END_DECLS
