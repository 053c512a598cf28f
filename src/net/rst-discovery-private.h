/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the object (rst-discovery-object.c) and the loop (rst-discovery.c) share, and a way for tests
 * to let the loop run in a world of their own.
 */
#pragma once

#include "rst-discovery.h"
#include "rst-merge.h"
#include "rst-outside.h"
#include "rst-source.h"

G_BEGIN_DECLS

struct _RstDiscovery {
  GObject       parent_instance;

  RstAddress   *address;       /* (owned) */
  GTlsDatabase *trust;         /* (owned) (nullable) */
  char        **provider_dirs; /* (owned) */
  char         *database_url;  /* (owned) (nullable) */
  RstOutside   *outside;       /* (owned) */
  RstSearch     search;        /* what the sources see; points into the others */
  GPtrArray    *parts;         /* (owned) (element-type RstPart) in the order of the sources */
  GPtrArray    *reports;       /* (owned) (element-type RstSourceReport) they belong to their part */
  RstMerged    *merged;        /* (owned) */
  gboolean      probing;
  gboolean      allow_http;
  gboolean      patient;       /* waits for every source and probe, even when something works */
  gboolean      running;
  gint64        started;       /* monotonic time, microseconds */
  gint64        first_usable_us;
  gint64        probed_us;
  gint64        elapsed_us;
};

void rst_discovery_changed     (RstDiscovery *self);
void rst_discovery_set_outside (RstDiscovery *self,
                                RstOutside   *outside);

G_END_DECLS
