/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All DNS questions of one search: a few at a time, each within a time limit, and each host looked
 * up only once, however many ask for it.
 */
#pragma once

#include "rst-findings.h"
#include "rst-gate.h"

G_BEGIN_DECLS

typedef struct _RstDns RstDns;

RstDns   *rst_dns_new        (void);
void      rst_dns_unref      (RstDns              *self);
void      rst_dns_set_gate   (RstDns              *self,
                              RstGate             *gate);
RstGate  *rst_dns_get_gate   (RstDns              *self);
gboolean  rst_dns_is_held    (RstDns              *self);
void      rst_dns_ask_async  (RstDns              *self,
                              const RstAsk        *ask,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
RstReply *rst_dns_ask_finish (GAsyncResult        *result);

G_END_DECLS
