/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-logins.h"

#include "rst-error.h"

#include <glib/gi18n-lib.h>

/* The newest form of the file that is known. */
#define VERSION 3
/* One for each password and a few more. The parser descends as deep as the file says. */
#define OPENINGS_MAX 5000

struct _RstLogins {
  JsonNode *root; /* (owned) */
  gboolean changed;
};

static const char empty[] =
  "{\"nextId\":1,\"logins\":[],\"potentiallyVulnerablePasswords\":[],"
  "\"dismissedBreachAlertsByLoginGUID\":{},\"version\":3}";

static JsonArray *
get_logins (const RstLogins *self)
{
  JsonObject *object = json_node_get_object (self->root);
  JsonNode *node = json_object_get_member (object, "logins");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Integers only: json-glib takes a double where none is expected for a mistake of the caller. One can be
 * added to each. */
static gint64
get_int (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
           ? MIN (json_node_get_int (node), G_MAXINT64 - 2)
           : 0;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
is_too_deep (const char *text)
{
  guint openings = 0;

  for (; *text != '\0'; text++)
    openings += *text == '[' || *text == '{';
  return openings > OPENINGS_MAX;
}

/* Not every number that the parser takes, such as 1e999, is written as one. */
static gboolean
can_be_rendered (JsonNode *root)
{
  g_autofree char *text = json_to_string (root, FALSE);
  g_autoptr (JsonNode) again = json_from_string (text, NULL);

  return again != NULL;
}

static JsonObject *
get_login (JsonArray *logins,
           guint      index)
{
  JsonNode *node = json_array_get_element (logins, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * rst_logins_new:
 * @text: (nullable): the contents of the file, %NULL if there is none
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what is in it, or %NULL with %RST_ERROR_STORE if it is of a form
 *   that is not known
 */
RstLogins *
rst_logins_new (const char  *text,
                GError     **error)
{
  g_autoptr (RstLogins) self = g_new0 (RstLogins, 1);

  self->root = json_from_string (text == NULL ? empty : is_too_deep (text) ? "" : text, NULL);
  if (self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root) && get_logins (self) != NULL &&
      get_int (json_node_get_object (self->root), "version") <= VERSION && can_be_rendered (self->root))
    return g_steal_pointer (&self);
  g_set_error_literal (error, RST_ERROR, RST_ERROR_STORE,
                       _("The program’s store of passwords cannot be read."));
  return NULL;
}

/**
 * rst_logins_free:
 * @self: (transfer full): passwords
 */
void
rst_logins_free (RstLogins *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

/* For mail servers the realm is the origin again. */
static gboolean
is_for (JsonObject *login,
        const char *origin)
{
  return login != NULL && g_strcmp0 (get_string (login, "hostname"), origin) == 0 &&
         g_strcmp0 (get_string (login, "httpRealm"), origin) == 0;
}

/**
 * rst_logins_list_for:
 * @self: passwords
 * @origin: such as imap://imap.example.org
 *
 * Returns: (transfer full) (element-type RstLoginBlobs): what is stored for it
 */
GArray *
rst_logins_list_for (const RstLogins *self,
                     const char      *origin)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (RstLoginBlobs));
  JsonArray *logins = get_logins (self);

  for (guint i = 0; i < json_array_get_length (logins); i++)
    {
      JsonObject *login = get_login (logins, i);
      RstLoginBlobs blobs;

      if (!is_for (login, origin))
        continue;
      blobs.name = get_string (login, "encryptedUsername");
      blobs.password = get_string (login, "encryptedPassword");
      if (blobs.name != NULL && blobs.password != NULL)
        g_array_append_val (list, blobs);
    }
  return list;
}

static JsonObject *
add_login (RstLogins  *self,
           const char *origin,
           gint64      now_ms)
{
  JsonObject *root = json_node_get_object (self->root);
  JsonObject *login = json_object_new ();
  JsonArray *logins = get_logins (self);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *guid = g_strdup_printf ("{%s}", uuid);
  gint64 id = MAX (get_int (root, "nextId"), 1);

  for (guint i = 0; i < json_array_get_length (logins); i++)
    if (get_login (logins, i) != NULL)
      id = MAX (id, get_int (get_login (logins, i), "id") + 1);
  json_object_set_int_member (root, "nextId", id + 1);
  json_object_set_int_member (login, "id", id);
  json_object_set_string_member (login, "hostname", origin);
  json_object_set_string_member (login, "httpRealm", origin);
  json_object_set_null_member (login, "formSubmitURL");
  json_object_set_string_member (login, "usernameField", "");
  json_object_set_string_member (login, "passwordField", "");
  json_object_set_string_member (login, "guid", guid);
  json_object_set_int_member (login, "encType", 1);
  json_object_set_int_member (login, "timeCreated", now_ms);
  json_object_set_int_member (login, "timeLastUsed", now_ms);
  json_object_set_int_member (login, "timesUsed", 1);
  json_array_add_object_element (logins, login);
  return login;
}

/**
 * rst_logins_put:
 * @self: passwords
 * @origin: such as imap://imap.example.org
 * @name_blob: the encrypted name
 * @password_blob: the encrypted password
 * @old_blob: (nullable): a name of rst_logins_list_for(): the entry whose place to take
 * @now_ms: milliseconds since 1970
 *
 * Adds a password, or replaces one.
 */
void
rst_logins_put (RstLogins  *self,
                const char *origin,
                const char *name_blob,
                const char *password_blob,
                const char *old_blob,
                gint64      now_ms)
{
  JsonArray *logins = get_logins (self);
  JsonObject *login = NULL;

  for (guint i = 0; old_blob != NULL && login == NULL && i < json_array_get_length (logins); i++)
    {
      JsonObject *candidate = get_login (logins, i);

      if (is_for (candidate, origin) &&
          g_strcmp0 (get_string (candidate, "encryptedUsername"), old_blob) == 0)
        login = candidate;
    }
  if (login == NULL)
    login = add_login (self, origin, now_ms);
  json_object_set_string_member (login, "encryptedUsername", name_blob);
  json_object_set_string_member (login, "encryptedPassword", password_blob);
  json_object_set_int_member (login, "timePasswordChanged", now_ms);
  self->changed = TRUE;
}

/**
 * rst_logins_is_changed:
 * @self: passwords
 *
 * Returns: whether a password was put in
 */
gboolean
rst_logins_is_changed (const RstLogins *self)
{
  return self->changed;
}

/**
 * rst_logins_render:
 * @self: passwords
 *
 * Returns: (transfer full): the contents of the file
 */
char *
rst_logins_render (const RstLogins *self)
{
  return json_to_string (self->root, FALSE);
}
