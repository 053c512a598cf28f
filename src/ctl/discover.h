/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What discover prints.
 */
#pragma once

#include "rst-discovery.h"

G_BEGIN_DECLS

typedef struct {
  gint64 start;        /* of the search, monotonic, microseconds */
  gint64 signed_in_us; /* after the start; -1: not signed in */
} DiscoverTimes;

void discover_print_json (RstDiscovery        *discovery,
                          const DiscoverTimes *times,
                          const GError        *error);
void discover_print_line (RstDiscovery        *discovery,
                          const GError        *error);
void discover_print_text (RstDiscovery        *discovery);
void discover_print_report (RstDiscovery      *discovery);

G_END_DECLS
