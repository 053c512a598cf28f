/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of JSON from the network: what it takes is an object, and nothing that is
 * looked for in it is of another kind than it should be. */
#include "fuzz.h"

#include "rst-json.h"

static void
check_member (JsonObject *object,
              const char *name,
              JsonNode   *node,
              gpointer    user_data)
{
  JsonObject *inner = rst_json_get_object (object, name);
  const char *text = rst_json_get_string (object, name);
  guint depth = GPOINTER_TO_UINT (user_data);

  g_assert_cmpuint (depth, <, 500);
  g_assert_true (inner == NULL || JSON_NODE_HOLDS_OBJECT (node));
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  if (inner != NULL)
    json_object_foreach_member (inner, check_member, GUINT_TO_POINTER (depth + 1));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) document = g_bytes_new (data, size);
  g_autoptr (JsonParser) parser = rst_json_parse (document);

  if (parser == NULL)
    return 0;
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
  json_object_foreach_member (json_node_get_object (json_parser_get_root (parser)), check_member, NULL);
  return 0;
}
