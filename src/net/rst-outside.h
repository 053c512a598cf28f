/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world outside as discovery needs it: replies to asks, and probes. One implementation asks
 * files, DNS, https and mail servers, each within its own time limit; tests bring another.
 */
#pragma once

#include "rst-facts.h"
#include "rst-findings.h"
#include "rst-gate.h"

G_BEGIN_DECLS

typedef struct _RstOutside RstOutside;

struct _RstOutside {
  void      (*ask_async)    (RstOutside          *self,
                             const RstAsk        *ask,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
  RstReply *(*ask_finish)   (RstOutside          *self,
                             GAsyncResult        *result);

  /* Never NULL: what went wrong is part of the facts. */
  void      (*probe_async)  (RstOutside          *self,
                             const RstEndpoint   *endpoint,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
  RstFacts *(*probe_finish) (RstOutside          *self,
                             GAsyncResult        *result);

  void      (*free)         (RstOutside          *self);

  /* (nullable) whether something waits for its turn among other searches, which is nobody's fault */
  gboolean  (*is_held)      (RstOutside          *self);
};

RstOutside *rst_outside_new     (GTlsDatabase *trust,
                                 RstGate      *gate);
gboolean    rst_outside_is_held (RstOutside   *self);
void        rst_outside_free    (RstOutside   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstOutside, rst_outside_free)

G_END_DECLS
