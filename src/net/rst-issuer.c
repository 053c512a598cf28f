/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-issuer.h"

#include "rst-error.h"
#include "rst-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No URL, scope or id is longer (bytes). */
#define VALUE_MAX 1000

/**
 * rst_issuer_texts_set:
 * @self: texts
 * @element: the name of an element inside <oAuth2>
 * @text: its text
 *
 * Keeps the text if the element is known; of several the first.
 */
void
rst_issuer_texts_set (RstIssuerTexts *self,
                      const char     *element,
                      const char     *text)
{
  const struct {
    const char *name;
    char **field;
  } fields[] = {
    { "issuer", &self->issuer },
    { "scope", &self->scope },
    { "authURL", &self->auth_url },
    { "tokenURL", &self->token_url },
    { "clientID", &self->client_id },
    { "clientSecret", &self->client_secret },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (element, fields[i].name) && *fields[i].field == NULL)
      {
        char *bare = g_strstrip (g_strdup (text));

        *fields[i].field = *bare != '\0' ? bare : NULL;
        if (*bare == '\0')
          g_free (bare);
      }
}

/**
 * rst_issuer_texts_clear:
 * @self: texts
 */
void
rst_issuer_texts_clear (RstIssuerTexts *self)
{
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->auth_url, g_free);
  g_clear_pointer (&self->token_url, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->client_secret, g_free);
}

/* Visible ASCII, in a scope (RFC 6749 section 3.3) and a client's id also blanks. */
static gboolean
is_value (const char *text,
          gboolean    blanks)
{
  gsize n = 0;

  while (g_ascii_isgraph (text[n]) || (blanks && text[n] == ' '))
    n++;
  return n > 0 && n <= VALUE_MAX && text[n] == '\0';
}

/* An endpoint has no fragment (RFC 6749 section 3.1), and an issuer no query either (RFC 8414
 * section 2). A name and password in it would only mislead. */
static gboolean
is_url (const char *text,
        gboolean    query)
{
  g_autoptr (GUri) uri = is_value (text, FALSE) ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && g_str_has_prefix (text, "https://") && g_uri_get_host (uri) != NULL &&
         *g_uri_get_host (uri) != '\0' && g_uri_get_userinfo (uri) == NULL &&
         g_uri_get_fragment (uri) == NULL && (query || g_uri_get_query (uri) == NULL);
}

static gboolean
fail (GError     **error,
      const char  *element)
{
  g_set_error (error, RST_ERROR, RST_ERROR_CONFIG,
               _("The settings file tells how to sign in in the browser, but its “%s” makes no sense."),
               element);
  return FALSE;
}

static gboolean
check (const RstIssuer  *self,
       GError          **error)
{
  if (self->client_id == NULL || !is_value (self->client_id, TRUE))
    return fail (error, "clientID");
  if (self->client_secret != NULL && !is_value (self->client_secret, TRUE))
    return fail (error, "clientSecret");
  if (self->scope != NULL && !is_value (self->scope, TRUE))
    return fail (error, "scope");
  if (self->auth_url != NULL && !is_url (self->auth_url, TRUE))
    return fail (error, "authURL");
  if (self->token_url != NULL && !is_url (self->token_url, TRUE))
    return fail (error, "tokenURL");
  if (self->id != NULL ? !is_url (self->id, FALSE) : !rst_issuer_is_complete (self))
    return fail (error, "issuer");
  return TRUE;
}

/**
 * rst_issuer_new:
 * @texts: what the settings file says
 * @error: return location for an error
 *
 * Many files name the issuer by its host alone; it is taken for `https://HOST`.
 *
 * Returns: (transfer full) (nullable): the issuer, or %NULL with %RST_ERROR_CONFIG
 */
RstIssuer *
rst_issuer_new (const RstIssuerTexts  *texts,
                GError               **error)
{
  g_autoptr (RstIssuer) self = g_rc_box_new0 (RstIssuer);

  if (texts->issuer != NULL)
    self->id = strstr (texts->issuer, "://") != NULL ? g_strdup (texts->issuer)
                                                     : g_strconcat ("https://", texts->issuer, NULL);
  self->scope = g_strdup (texts->scope);
  self->auth_url = g_strdup (texts->auth_url);
  self->token_url = g_strdup (texts->token_url);
  self->client_id = g_strdup (texts->client_id);
  self->client_secret = g_strdup (texts->client_secret);
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * rst_issuer_ref:
 * @self: an issuer
 *
 * Returns: (transfer full): @self
 */
RstIssuer *
rst_issuer_ref (RstIssuer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
issuer_clear (gpointer data)
{
  RstIssuer *self = data;

  g_free (self->id);
  g_free (self->auth_url);
  g_free (self->token_url);
  g_free (self->scope);
  g_free (self->client_id);
  g_free (self->client_secret);
}

/**
 * rst_issuer_unref:
 * @self: (transfer full): an issuer
 */
void
rst_issuer_unref (RstIssuer *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, issuer_clear);
}

/**
 * rst_issuer_copy:
 * @self: an issuer
 *
 * Returns: (transfer full): a copy that can be changed
 */
RstIssuer *
rst_issuer_copy (const RstIssuer *self)
{
  RstIssuer *copy = g_rc_box_new0 (RstIssuer);

  copy->id = g_strdup (self->id);
  copy->auth_url = g_strdup (self->auth_url);
  copy->token_url = g_strdup (self->token_url);
  copy->scope = g_strdup (self->scope);
  copy->client_id = g_strdup (self->client_id);
  copy->client_secret = g_strdup (self->client_secret);
  copy->names_itself = self->names_itself;
  return copy;
}

/**
 * rst_issuer_is_complete:
 * @self: an issuer
 *
 * Returns: whether both endpoints are known without asking the issuer
 */
gboolean
rst_issuer_is_complete (const RstIssuer *self)
{
  return self->auth_url != NULL && self->token_url != NULL;
}

/**
 * rst_issuer_get_host:
 * @self: an issuer
 *
 * Returns: (transfer full): the host of the page on which the person signs in, or of the issuer if
 *   that is all that is known
 */
char *
rst_issuer_get_host (const RstIssuer *self)
{
  g_autoptr (GUri) uri =
    g_uri_parse (self->auth_url != NULL ? self->auth_url : self->id, G_URI_FLAGS_NONE, NULL);

  return g_strdup (g_uri_get_host (uri));
}

/**
 * rst_issuer_metadata_url:
 * @self: an issuer with an id
 * @attempt: 0 for the place of RFC 8414 section 3, 1 for that of OpenID Connect Discovery section 4
 *
 * Returns: (transfer full) (nullable): where the issuer may describe itself; %NULL if there is no
 *   further place
 */
char *
rst_issuer_metadata_url (const RstIssuer *self,
                         guint            attempt)
{
  g_autofree char *bare = g_strdup (self->id);
  gsize length = strlen (bare);
  char *path;

  if (bare[length - 1] == '/')
    bare[--length] = '\0';
  if (attempt == 1)
    return g_strconcat (bare, "/.well-known/openid-configuration", NULL);
  if (attempt > 1)
    return NULL;
  path = strchr (bare + strlen ("https://"), '/');
  return g_strdup_printf ("%.*s/.well-known/oauth-authorization-server%s",
                          path != NULL ? (int) (path - bare) : (int) length, bare, path != NULL ? path : "");
}

static gboolean
allows_s256 (JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "code_challenge_methods_supported");
  JsonArray *methods = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; methods != NULL && i < json_array_get_length (methods); i++)
    {
      JsonNode *method = json_array_get_element (methods, i);

      if (JSON_NODE_HOLDS_VALUE (method) && g_strcmp0 (json_node_get_string (method), "S256") == 0)
        return TRUE;
    }
  return node == NULL;
}

static gboolean
get_flag (JsonObject *root,
          const char *name)
{
  JsonNode *node = json_object_get_member (root, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

/**
 * rst_issuer_read_metadata:
 * @self: an issuer that is not complete
 * @document: what it says of itself (RFC 8414 section 2)
 * @error: return location for an error
 *
 * Takes the endpoints from the document, if it is about this very issuer (RFC 8414 section 3.3) and
 * does not rule out the proof of RFC 7636.
 *
 * Returns: whether @self is complete now; otherwise %RST_ERROR_CONFIG
 */
gboolean
rst_issuer_read_metadata (RstIssuer  *self,
                          GBytes     *document,
                          GError    **error)
{
  g_autoptr (JsonParser) parser = rst_json_parse (document);
  JsonObject *root = parser != NULL ? json_node_get_object (json_parser_get_root (parser)) : NULL;
  const char *auth_url = rst_json_get_string (root, "authorization_endpoint");
  const char *token_url = rst_json_get_string (root, "token_endpoint");

  if (auth_url == NULL || token_url == NULL || !is_url (auth_url, TRUE) || !is_url (token_url, TRUE) ||
      g_strcmp0 (rst_json_get_string (root, "issuer"), self->id) != 0 || !allows_s256 (root))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_CONFIG,
                   _("%s does not describe a sign-in that this program can use."), self->id);
      return FALSE;
    }
  g_free (self->auth_url);
  self->auth_url = g_strdup (auth_url);
  g_free (self->token_url);
  self->token_url = g_strdup (token_url);
  self->names_itself = get_flag (root, "authorization_response_iss_parameter_supported");
  return TRUE;
}
