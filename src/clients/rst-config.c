/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-config.h"

#include "rst-error.h"
#include "rst-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * rst_lines_init:
 * @self: uninitialised memory
 * @text: a text
 *
 * Begins a walk over the lines of @text.
 */
void
rst_lines_init (RstLines   *self,
                const char *text)
{
  *self = (RstLines) { .lines = g_strsplit (text, "\n", -1) };
}

/**
 * rst_lines_clear:
 * @self: a walk
 *
 * Frees what a walk holds.
 */
void
rst_lines_clear (RstLines *self)
{
  g_clear_pointer (&self->lines, g_strfreev);
  g_clear_pointer (&self->owner, g_free);
}

/**
 * rst_lines_next:
 * @self: a walk
 *
 * Returns: (nullable) (transfer none): the next line without its end; %NULL after the last one
 */
const char *
rst_lines_next (RstLines *self)
{
  char *line = self->lines[self->next];
  g_autofree char *name = NULL;
  gboolean begins;
  gsize length;

  if (line == NULL)
    return NULL;
  self->next++;
  length = strlen (line);
  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';
  name = rst_block_name (line, &begins);
  if (name != NULL)
    {
      g_clear_pointer (&self->owner, g_free);
      self->owner = begins ? g_steal_pointer (&name) : NULL;
    }
  return line;
}

/**
 * rst_config_read:
 * @files: the files read
 * @path: the one to edit
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the text, empty if there is no such file; %NULL with
 *   %RST_ERROR_FILE if it is not text and would not survive an edit
 */
char *
rst_config_read (const RstFiles  *files,
                 const char      *path,
                 GError         **error)
{
  GBytes *contents = rst_files_get (files, path);
  const char *data;
  gsize size;

  if (contents == NULL)
    return g_strdup ("");
  data = g_bytes_get_data (contents, &size);
  if (size > 0 && memchr (data, '\0', size) != NULL)
    {
      g_autofree char *name = rst_file_show (path);

      g_set_error (error, RST_ERROR, RST_ERROR_FILE, _("“%s” is not a text file."), name);
      return NULL;
    }
  return rst_files_dup_text (files, path);
}

/**
 * rst_config_account:
 * @owner: (nullable): the address that the managed block is about
 * @user: (nullable): the name to sign in with
 * @host: (nullable): the server
 *
 * An account read from a file. Programs that do not know the address of an account get the name at
 * the server in its place.
 *
 * Returns: (transfer full): an account without servers
 */
RstAccount *
rst_config_account (const char *owner,
                    const char *user,
                    const char *host)
{
  g_autofree char *made = NULL;

  if (owner != NULL)
    return rst_account_new (owner);
  if (user != NULL && strchr (user, '@') != NULL)
    return rst_account_new (user);
  made = g_strdup_printf ("%s@%s", user != NULL ? user : "", host != NULL ? host : "");
  return rst_account_new (made);
}

/**
 * rst_config_login:
 * @login: where to put what was read
 * @protocol: the protocol
 * @security: how it is secured
 * @host: (nullable): the server as it is in the file
 * @port: the port; 0 for the registered one
 * @user: (nullable): the name to sign in with
 *
 * Returns: whether @host and @port make sense; @login is unchanged if not
 */
gboolean
rst_config_login (RstLogin    *login,
                  RstProtocol  protocol,
                  RstSecurity  security,
                  const char  *host,
                  guint        port,
                  const char  *user)
{
  g_autoptr (RstEndpoint) endpoint = NULL;

  if (host == NULL || port > G_MAXUINT16)
    return FALSE;
  endpoint = rst_endpoint_new (protocol, security, host, (guint16) port, NULL);
  if (endpoint == NULL)
    return FALSE;
  rst_login_set (login, endpoint, user, RST_AUTH_PASSWORD);
  return TRUE;
}

static gboolean
same_login (const RstLogin *a,
            const RstLogin *b)
{
  return a->endpoint != NULL && b->endpoint != NULL && rst_endpoint_equal (a->endpoint, b->endpoint) &&
         g_strcmp0 (a->username, b->username) == 0;
}

static gboolean
same_leave (const RstClient  *client,
            const RstAccount *found,
            const RstAccount *account)
{
  if ((client->flags & RST_CLIENT_POP_DAYS) == 0)
    return found->leave == (account->leave == RST_LEAVE_REMOVE ? RST_LEAVE_REMOVE : RST_LEAVE_KEEP);
  return found->leave == account->leave && found->delete_along == account->delete_along &&
         (found->leave != RST_LEAVE_DAYS || found->leave_days == account->leave_days);
}

static gboolean
same_user (const RstLogin *a,
           const RstLogin *b)
{
  return a->endpoint != NULL && b->endpoint != NULL && a->username != NULL && b->username != NULL &&
         g_str_equal (a->endpoint->host, b->endpoint->host) &&
         g_ascii_strcasecmp (a->username, b->username) == 0;
}

/**
 * rst_config_present:
 * @client: a mail program
 * @accounts: (element-type RstAccount): the accounts that it has, without those that @account replaces
 * @account: an account to set up
 *
 * Whether a program has this mailbox. For a program that cannot leave copies for some days, such a
 * wish is the same as keeping them. A program that only sends is asked for its way of sending.
 *
 * Returns: %RST_PRESENT_SAME if there is such an account with the same settings
 */
RstPresent
rst_config_present (const RstClient  *client,
                    GPtrArray        *accounts,
                    const RstAccount *account)
{
  gboolean receives = rst_client_receives (client);
  RstPresent present = RST_PRESENT_NOT;

  for (guint i = 0; i < accounts->len; i++)
    {
      const RstAccount *found = g_ptr_array_index (accounts, i);
      gboolean same;

      if (!rst_account_same_mailbox (found, account) &&
          (receives || !same_user (&found->outgoing, &account->outgoing)))
        continue;
      if (!receives)
        same = same_login (&found->outgoing, &account->outgoing);
      else
        same = same_login (&found->incoming, &account->incoming) &&
               (!rst_account_is_pop (account) || same_leave (client, found, account));
      if (same)
        return RST_PRESENT_SAME;
      present = RST_PRESENT_OTHER;
    }
  return present;
}

/**
 * rst_config_conflict:
 * @client: a mail program
 * @account: an account to set up
 * @path: the file that has it with other settings
 * @error: return location for an error
 *
 * Returns: %FALSE, with %RST_ERROR_CONFLICT
 */
gboolean
rst_config_conflict (const RstClient   *client,
                     const RstAccount  *account,
                     const char        *path,
                     GError           **error)
{
  g_autofree char *name = rst_file_show (path);

  g_set_error (error, RST_ERROR, RST_ERROR_CONFLICT,
               _("%s already has an account for %s with other settings, in “%s”."), client->name,
               account->address, name);
  return FALSE;
}

/**
 * rst_config_free_name:
 * @taken: (element-type utf8): names that are in use
 * @wanted: the name that would be best
 *
 * Returns: (transfer full): @wanted, with a number behind it if it is taken
 */
char *
rst_config_free_name (GPtrArray  *taken,
                      const char *wanted)
{
  g_autofree char *name = g_strdup (wanted);

  for (guint i = 2; g_ptr_array_find_with_equal_func (taken, name, g_str_equal, NULL); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", wanted, i);
    }
  return g_steal_pointer (&name);
}

/**
 * rst_config_add_text:
 * @setup: the setup
 * @files: the files read
 * @path: the file
 * @mode: permission bits if it is new
 * @text: its new contents
 * @summary: a translated sentence
 *
 * Adds the edit of a text file, unless it would change nothing.
 */
void
rst_config_add_text (RstSetup       *setup,
                     const RstFiles *files,
                     const char     *path,
                     guint           mode,
                     const char     *text,
                     const char     *summary)
{
  g_autoptr (GBytes) after = g_bytes_new (text, strlen (text));
  g_autoptr (RstEdit) edit = rst_edit_new (RST_EDIT_TEXT, path, mode, rst_files_get (files, path), after,
                                           summary);

  if (rst_edit_changes (edit))
    g_ptr_array_add (setup->edits, g_steal_pointer (&edit));
}

/**
 * rst_config_add_folder:
 * @setup: the setup
 * @path: the folder
 *
 * Adds the edit that makes a folder for mail. Those above it, and the folders of files, are made when
 * they are needed.
 */
void
rst_config_add_folder (RstSetup   *setup,
                       const char *path)
{
  g_ptr_array_add (setup->edits, rst_edit_new (RST_EDIT_DIRECTORY, path, 0700, NULL, NULL,
                                               _("Make a folder for mail.")));
}

/**
 * rst_config_add_secret:
 * @setup: the setup
 * @account: the account
 * @login: the sign-in of @account that needs the password
 *
 * Adds the place from which rst_quote_lookup() fetches the password, if it is to be stored.
 */
void
rst_config_add_secret (RstSetup         *setup,
                       const RstAccount *account,
                       const RstLogin   *login)
{
  const char *service = rst_protocol_get_nick (login->endpoint->protocol);
  g_autofree char *label = NULL;

  if (!account->store_secret || login->auth == RST_AUTH_NONE)
    return;
  /* Translators: the name of a stored password, such as “Mail of taro@example.org (IMAP)”. */
  label = g_strdup_printf (_("Mail of %s (%s)"), account->address,
                           rst_protocol_get_title (login->endpoint->protocol));
  g_ptr_array_add (setup->secrets,
                   rst_secret_item_new (NULL, label, "service", service, "host", login->endpoint->host,
                                        "user", login->username, NULL));
}
