/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-client.h"

#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>

struct _RstFiles {
  GHashTable *contents; /* (element-type utf8 GBytes) NULL as value: known to be absent */
};

/**
 * rst_client_find:
 * @id: id of a mail program
 *
 * Returns: (nullable) (transfer none): the program, or %NULL if there is none of that id
 */
const RstClient *
rst_client_find (const char *id)
{
  for (gsize i = 0; rst_clients[i] != NULL; i++)
    if (g_str_equal (rst_clients[i]->id, id))
      return rst_clients[i];
  return NULL;
}

static gboolean
speaks (const RstClient   *self,
        const RstEndpoint *endpoint)
{
  static const RstClientFlags needed[RST_N_PROTOCOLS] = {
    [RST_PROTOCOL_IMAP] = RST_CLIENT_IMAP,
    [RST_PROTOCOL_POP3] = RST_CLIENT_POP,
    [RST_PROTOCOL_SMTP] = RST_CLIENT_SMTP,
  };

  return endpoint != NULL && (self->flags & needed[endpoint->protocol]) != 0;
}

/**
 * rst_client_receives:
 * @self: a mail program
 *
 * Returns: whether @self fetches or reads mail; %FALSE for one that only sends
 */
gboolean
rst_client_receives (const RstClient *self)
{
  return (self->flags & (RST_CLIENT_IMAP | RST_CLIENT_POP)) != 0;
}

/**
 * rst_client_suits:
 * @self: a mail program
 * @account: an account
 *
 * Returns: whether @self can be set up for @account: it speaks the incoming server's protocol, or it
 *   only sends and there is a server for that
 */
gboolean
rst_client_suits (const RstClient  *self,
                  const RstAccount *account)
{
  if (rst_client_receives (self))
    return speaks (self, account->incoming.endpoint);
  return speaks (self, account->outgoing.endpoint);
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  if (!rst_text_has_control (text))
    return TRUE;
  g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                       _("A name or path has a control character, such as a line break."));
  return FALSE;
}

/**
 * rst_client_list_oauth:
 *
 * Returns: (transfer full): the names of the programs that sign in through the provider's page by
 *   themselves, for a sentence
 */
char *
rst_client_list_oauth (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; rst_clients[i] != NULL; i++)
    if (rst_clients[i]->flags & RST_CLIENT_OAUTH2)
      g_string_append_printf (names, "%s%s", names->len > 0 ? C_("between names", ", ") : "",
                              rst_clients[i]->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
check_login (const RstClient  *self,
             const RstLogin   *login,
             GError          **error)
{
  if (!speaks (self, login->endpoint))
    return TRUE;
  if (login->endpoint->security == RST_SECURITY_NONE)
    {
      g_set_error (error, RST_ERROR, RST_ERROR_NOTLS,
                   _("The connection to %s would not be encrypted."), login->endpoint->host);
      return FALSE;
    }
  if (login->auth == RST_AUTH_OAUTH2 && (self->flags & RST_CLIENT_OAUTH2) == 0)
    {
      g_autofree char *able = rst_client_list_oauth ();

      g_set_error (error, RST_ERROR, RST_ERROR_NOMECH,
                   _("%s cannot sign in through the provider’s sign-in page, which %s wants. Of the programs "
                     "that Restante sets up, these can: %s."), self->name, login->endpoint->host, able);
      return FALSE;
    }
  if (login->auth != RST_AUTH_NONE && (login->username == NULL || *login->username == '\0'))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("The user name for %s is missing."),
                   login->endpoint->host);
      return FALSE;
    }
  return check_text (login->username, error);
}

/**
 * rst_client_check:
 * @self: a mail program
 * @account: an account to set up in it
 * @error: return location for an error
 *
 * What every plan asks first: @self speaks the protocol, the connection is encrypted, @self can sign
 * in like that, and no value has a control character, which a line-based format would take for a
 * new directive.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_INPUT, %RST_ERROR_NOTLS or %RST_ERROR_NOMECH
 */
gboolean
rst_client_check (const RstClient   *self,
                  const RstAccount  *account,
                  GError           **error)
{
  if (!rst_client_suits (self, account))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("%s does not speak %s."), self->name,
                   rst_client_receives (self) && account->incoming.endpoint != NULL
                     ? rst_protocol_get_title (account->incoming.endpoint->protocol) : "SMTP");
      return FALSE;
    }
  if (account->ca_file != NULL && !g_path_is_absolute (account->ca_file))
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           _("The path of the certificate file must begin with a slash."));
      return FALSE;
    }
  return check_text (account->address, error) && check_text (account->name, error) &&
         check_text (account->ca_file, error) && check_login (self, &account->incoming, error) &&
         check_login (self, &account->outgoing, error);
}

/**
 * rst_files_new:
 *
 * Returns: (transfer full): an empty table of files
 */
RstFiles *
rst_files_new (void)
{
  RstFiles *self = g_new0 (RstFiles, 1);

  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_bytes_unref);
  return self;
}

/**
 * rst_files_free:
 * @self: (transfer full): a table of files
 */
void
rst_files_free (RstFiles *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->contents);
  g_free (self);
}

/**
 * rst_files_add:
 * @self: a table of files
 * @path: an absolute path
 * @contents: (nullable) (transfer none): what is in it, %NULL if there is no such file
 *
 * Adds what was read.
 */
void
rst_files_add (RstFiles   *self,
               const char *path,
               GBytes     *contents)
{
  g_return_if_fail (g_path_is_absolute (path));

  g_hash_table_replace (self->contents, g_strdup (path),
                        contents != NULL ? g_bytes_ref (contents) : NULL);
}

/**
 * rst_files_knows:
 * @self: a table of files
 * @path: an absolute path
 *
 * Returns: whether @path has been looked for, found or not
 */
gboolean
rst_files_knows (const RstFiles *self,
                 const char     *path)
{
  return g_hash_table_contains (self->contents, path);
}

/**
 * rst_files_get:
 * @self: a table of files
 * @path: an absolute path
 *
 * Returns: (nullable) (transfer none): the contents, or %NULL if there is no such file
 */
GBytes *
rst_files_get (const RstFiles *self,
               const char     *path)
{
  return g_hash_table_lookup (self->contents, path);
}

/**
 * rst_files_dup_text:
 * @self: a table of files
 * @path: an absolute path
 *
 * Returns: (nullable) (transfer full): the contents as a nul-terminated string of any encoding, cut
 *   at the first nul byte; %NULL if there is no such file
 */
char *
rst_files_dup_text (const RstFiles *self,
                    const char     *path)
{
  GBytes *contents = rst_files_get (self, path);
  gsize size;
  const char *data;

  if (contents == NULL)
    return NULL;
  data = g_bytes_get_data (contents, &size);
  return g_strndup (data != NULL ? data : "", size);
}

/**
 * rst_profile_new:
 * @id: stable within the program
 * @title: shown if there are several
 * @folder: where its files are
 *
 * Returns: (transfer full): a profile that exists and is the program's default
 */
RstProfile *
rst_profile_new (const char *id,
                 const char *title,
                 const char *folder)
{
  RstProfile *self = g_new0 (RstProfile, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->folder = g_strdup (folder);
  self->is_default = TRUE;
  self->exists = TRUE;
  return self;
}

/**
 * rst_profile_free:
 * @self: (transfer full): a profile
 */
void
rst_profile_free (RstProfile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->title);
  g_free (self->folder);
  g_free (self->lock);
  g_free (self);
}
