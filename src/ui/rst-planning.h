/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that would be written for the chosen programs, and what stands in the way. Needs a fresh
 * scan in the journey.
 */
#pragma once

#include "rst-journey.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *setups;  /* (owned) (element-type RstSetup) one per program that can be set up */
  GPtrArray *running; /* (owned) (element-type utf8) names of programs that have to be closed first */
  GPtrArray *errors;  /* (owned) (element-type GError) why programs cannot be set up */
  gboolean   sealed;  /* the password goes into a program's own store */
} RstPlanning;

void         rst_planning_free   (RstPlanning          *self);
void         rst_planning_async  (RstJourney           *journey,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
RstPlanning *rst_planning_finish (GAsyncResult         *result,
                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPlanning, rst_planning_free)

G_END_DECLS
