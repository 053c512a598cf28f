/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probes servers, the most wanted first, a few at a time and fewer on one host. Facts are kept, so
 * that a server is probed once however many sources name it.
 */
#pragma once

#include "rst-outside.h"

G_BEGIN_DECLS

typedef struct _RstProber RstProber;

/* Called after each probe, never from within a call to the prober. */
typedef void (*RstProberFunc) (gpointer owner);

RstProber  *rst_prober_new        (RstOutside    *outside,
                                   GObject       *owner,
                                   RstProberFunc  probed);
void        rst_prober_set_wishes (RstProber     *self,
                                   GPtrArray     *endpoints);
GHashTable *rst_prober_get_facts  (RstProber     *self);
void        rst_prober_stop       (RstProber     *self);
void        rst_prober_free       (RstProber     *self);

G_END_DECLS
