/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server that was found, in words and as JSON.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "rst-candidate.h"

G_BEGIN_DECLS

void ctl_print_server       (const RstCandidate *candidate);
void ctl_print_other_server (const RstCandidate *candidate);
void ctl_json_candidate     (JsonBuilder        *json,
                             const RstCandidate *candidate);

G_END_DECLS
