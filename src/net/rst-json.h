/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON (RFC 8259) from the network: bounded before it is parsed, since the parser descends as deep as
 * the document says; then looked at without trusting the type of anything.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonParser *rst_json_parse      (GBytes     *document);
JsonObject *rst_json_get_object (JsonObject *object,
                                 const char *name);
const char *rst_json_get_string (JsonObject *object,
                                 const char *name);

G_END_DECLS
