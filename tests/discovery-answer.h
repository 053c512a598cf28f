/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search that has ended answers, as a text to compare with that of another one. */
#pragma once

#include "rst-discovery.h"

G_BEGIN_DECLS

char *discovery_describe (RstDiscovery *self);

G_END_DECLS
