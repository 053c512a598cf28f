/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-json.h"

/* No settings document has more objects and lists; so none is nested deeper either. */
#define OPENINGS_MAX 500

/**
 * rst_json_parse:
 * @document: what came from the network
 *
 * Returns: (transfer full) (nullable): a parser whose root is an object, or %NULL if @document is not
 *   such JSON
 */
JsonParser *
rst_json_parse (GBytes *document)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *data = g_bytes_get_data (document, &length);
  guint openings = 0;

  for (gsize i = 0; i < length; i++)
    openings += data[i] == '{' || data[i] == '[';
  if (length == 0 || openings > OPENINGS_MAX || !g_utf8_validate (data, (gssize) length, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) length, NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return g_steal_pointer (&parser);
}

/**
 * rst_json_get_object:
 * @object: (nullable): an object
 * @name: one of its members
 *
 * Returns: (transfer none) (nullable): the member if it is there and an object
 */
JsonObject *
rst_json_get_object (JsonObject *object,
                     const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * rst_json_get_string:
 * @object: (nullable): an object
 * @name: one of its members
 *
 * Returns: (transfer none) (nullable): the member if it is there and a text; the parser also knows
 *   escapes that are not JSON's and make bytes of any kind
 */
const char *
rst_json_get_string (JsonObject *object,
                     const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  const char *text =
    node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
      ? json_node_get_string (node)
      : NULL;

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : NULL;
}
