/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probes the two servers of a journey: both at once, or, with a password, one after the other, so that
 * a wrong one is not refused twice.
 */
#pragma once

#include "rst-journey.h"

G_BEGIN_DECLS

typedef struct
{
  RstFacts *incoming; /* (owned) (nullable) not asked */
  RstFacts *outgoing; /* (owned) (nullable) not asked */
} RstCheck;

void      rst_check_free   (RstCheck             *self);
void      rst_check_async  (RstCandidate         *incoming,
                            RstCandidate         *outgoing,
                            GTlsDatabase         *trust,
                            RstSecret            *password,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
RstCheck *rst_check_finish (GAsyncResult         *result,
                            GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstCheck, rst_check_free)

G_END_DECLS
