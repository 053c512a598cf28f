/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-token.h"

#include "rst-error.h"
#include "rst-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The parser keeps copies of its own, which it would only free. */
static void
wipe_member_cb (JsonObject *object,
                const char *name,
                JsonNode   *node,
                gpointer    user_data)
{
  const char *text = rst_json_get_string (object, name);

  if (text != NULL)
    rst_wipe ((char *) text, strlen (text));
}

/* RFC 6749 section 5.2. */
static void
explain (const char  *word,
         GError     **error)
{
  if (g_strcmp0 (word, "invalid_grant") == 0)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_AUTH,
                         _("The provider took back the sign-in, perhaps because it took too long. Try "
                           "again."));
  else if (word != NULL)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFIG,
                         _("The provider does not let this program sign in. The client in the settings file "
                           "may be wrong."));
  else
    g_set_error_literal (error, RST_ERROR, RST_ERROR_PROTO,
                         _("The provider’s answer to the sign-in makes no sense."));
}

static RstSecret *
read_object (guint        status,
             JsonObject  *root,
             GError     **error)
{
  const char *type = rst_json_get_string (root, "token_type");
  const char *text = rst_json_get_string (root, "access_token");
  RstSecret *token = NULL;

  if (status != 200)
    {
      explain (rst_json_get_string (root, "error"), error);
      return NULL;
    }
  if (text != NULL && type != NULL && g_ascii_strcasecmp (type, "Bearer") == 0)
    token = rst_secret_new_token (text, strlen (text));
  if (token == NULL)
    explain (NULL, error);
  return token;
}

/**
 * rst_token_read:
 * @status: the HTTP status
 * @body: the answer
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the access token, or %NULL with %RST_ERROR_AUTH,
 *   %RST_ERROR_BUSY, %RST_ERROR_CONFIG or %RST_ERROR_PROTO
 */
RstSecret *
rst_token_read (guint    status,
                GBytes  *body,
                GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *root;
  RstSecret *token;

  if (status >= 500)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_BUSY,
                           _("The provider cannot sign anybody in at the moment."));
      return NULL;
    }
  if (g_bytes_get_size (body) <= RST_TOKEN_REPLY_MAX)
    parser = rst_json_parse (body);
  if (parser == NULL)
    {
      explain (NULL, error);
      return NULL;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  token = read_object (status, root, error);
  json_object_foreach_member (root, wipe_member_cb, NULL);
  return token;
}
