/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Accounts in Thunderbird's preferences: a list of accounts, each with a server and identities, which
 * name an SMTP server. What is not set is as in Thunderbird's own defaults: a POP server's mail is
 * removed.
 */
#include "rst-thunderbird.h"

#include "rst-config.h"

/* mail.BRANCH.KEY.NAME */
static char *
pref_name (const char *branch,
           const char *key,
           const char *name)
{
  return g_strdup_printf ("mail.%s.%s.%s", branch, key, name);
}

static const char *
get_string (const RstPrefs *prefs,
            const char     *branch,
            const char     *key,
            const char     *name)
{
  g_autofree char *full = pref_name (branch, key, name);
  const char *value = rst_prefs_get_string (prefs, full);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* The preferences of the server `default` hold for all servers that say nothing themselves. */
static int
get_int (const RstPrefs *prefs,
         const char     *branch,
         const char     *key,
         const char     *name,
         int             fallback)
{
  g_autofree char *full = pref_name (branch, key, name);
  g_autofree char *general = pref_name (branch, "default", name);

  return rst_prefs_get_int (prefs, full, rst_prefs_get_int (prefs, general, fallback));
}

static gboolean
get_bool (const RstPrefs *prefs,
          const char     *key,
          const char     *name)
{
  g_autofree char *full = pref_name ("server", key, name);
  g_autofree char *general = pref_name ("server", "default", name);

  return rst_prefs_get_bool (prefs, full, rst_prefs_get_bool (prefs, general, FALSE));
}

/**
 * rst_thunderbird_list:
 * @prefs: the preferences
 * @name: one that is a list
 *
 * Returns: (transfer full): its members; empty if it is not set
 */
char **
rst_thunderbird_list (const RstPrefs *prefs,
                      const char     *name)
{
  const char *value = rst_prefs_get_string (prefs, name);
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", ",", -1);
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (members, *part);
  return g_strv_builder_end (members);
}

static RstSecurity
read_security (int socket_type)
{
  if (socket_type == 3)
    return RST_SECURITY_TLS;
  return socket_type == 2 ? RST_SECURITY_STARTTLS : RST_SECURITY_NONE;
}

static RstAuth
read_auth (int method)
{
  switch (method)
    {
    case 1:
      return RST_AUTH_NONE;
    case 3:
      return RST_AUTH_PASSWORD;
    case 10:
      return RST_AUTH_OAUTH2;
    default:
      return RST_AUTH_ENCRYPTED;
    }
}

/**
 * rst_thunderbird_login:
 * @prefs: the preferences
 * @smtp: the key of an SMTP server, such as `smtp1`
 * @login: where to put it
 *
 * Returns: whether there is such a server
 */
gboolean
rst_thunderbird_login (const RstPrefs *prefs,
                       const char     *smtp,
                       RstLogin       *login)
{
  int port = get_int (prefs, "smtpserver", smtp, "port", 0);
  RstSecurity security = read_security (get_int (prefs, "smtpserver", smtp, "try_ssl", 0));

  if (port <= 0)
    port = security == RST_SECURITY_TLS ? 465 : 587;
  if (!rst_config_login (login, RST_PROTOCOL_SMTP, security,
                         get_string (prefs, "smtpserver", smtp, "hostname"), (guint) port,
                         get_string (prefs, "smtpserver", smtp, "username")))
    return FALSE;
  login->auth = read_auth (get_int (prefs, "smtpserver", smtp, "authMethod", 3));
  return TRUE;
}

static void
read_leave (const RstPrefs *prefs,
            const char     *server,
            RstAccount     *account)
{
  account->delete_along = get_bool (prefs, server, "delete_mail_left_on_server");
  if (!get_bool (prefs, server, "leave_on_server"))
    account->leave = RST_LEAVE_REMOVE;
  else if (!get_bool (prefs, server, "delete_by_age_from_server"))
    account->leave = RST_LEAVE_KEEP;
  else
    {
      int days = get_int (prefs, "server", server, "num_days_to_leave_on_server", 7);

      account->leave = RST_LEAVE_DAYS;
      account->leave_days = (guint) MAX (days, 0);
    }
}

/* Who writes from the account, and through which server: the first identity. */
static void
read_identity (const RstPrefs *prefs,
               const char     *account_key,
               RstAccount     *account)
{
  g_autofree char *list = pref_name ("account", account_key, "identities");
  g_auto (GStrv) identities = rst_thunderbird_list (prefs, list);
  const char *address, *smtp;

  if (identities[0] == NULL)
    return;
  address = get_string (prefs, "identity", identities[0], "useremail");
  if (address != NULL)
    {
      g_free (account->address);
      account->address = g_strdup (address);
    }
  account->name = g_strdup (get_string (prefs, "identity", identities[0], "fullName"));
  smtp = get_string (prefs, "identity", identities[0], "smtpServer");
  if (smtp == NULL)
    smtp = rst_prefs_get_string (prefs, "mail.smtp.defaultserver");
  if (smtp != NULL)
    (void) rst_thunderbird_login (prefs, smtp, &account->outgoing);
}

static gboolean
read_server (const RstPrefs *prefs,
             const char     *server,
             RstLogin       *login)
{
  const char *type = get_string (prefs, "server", server, "type");
  const char *host = get_string (prefs, "server", server, "realhostname");
  const char *user = get_string (prefs, "server", server, "realuserName");
  int port = get_int (prefs, "server", server, "port", 0);
  RstProtocol protocol;

  if (g_strcmp0 (type, "imap") == 0)
    protocol = RST_PROTOCOL_IMAP;
  else if (g_strcmp0 (type, "pop3") == 0)
    protocol = RST_PROTOCOL_POP3;
  else
    return FALSE;
  if (host == NULL)
    host = get_string (prefs, "server", server, "hostname");
  if (user == NULL)
    user = get_string (prefs, "server", server, "userName");
  if (!rst_config_login (login, protocol, read_security (get_int (prefs, "server", server, "socketType", 0)),
                         host, (guint) MAX (port, 0), user))
    return FALSE;
  login->auth = read_auth (get_int (prefs, "server", server, "authMethod", 3));
  return TRUE;
}

static RstThunderbirdEntry *
read_entry (const RstPrefs *prefs,
            const char     *account_key)
{
  const char *server = get_string (prefs, "account", account_key, "server");
  RstThunderbirdEntry *entry;
  RstLogin login = { 0 };

  if (server == NULL || !read_server (prefs, server, &login))
    return NULL;
  entry = g_new0 (RstThunderbirdEntry, 1);
  entry->server = g_strdup (server);
  entry->ours = get_bool (prefs, server, "restante");
  entry->account = rst_config_account (NULL, login.username, login.endpoint->host);
  entry->account->incoming = login;
  entry->account->leave = RST_LEAVE_KEEP;
  if (rst_account_is_pop (entry->account))
    read_leave (prefs, server, entry->account);
  read_identity (prefs, account_key, entry->account);
  return entry;
}

/**
 * rst_thunderbird_entries:
 * @prefs: the preferences
 *
 * Returns: (transfer full) (element-type RstThunderbirdEntry): the IMAP and POP accounts
 */
GPtrArray *
rst_thunderbird_entries (const RstPrefs *prefs)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_thunderbird_entry_free);
  g_auto (GStrv) keys = rst_thunderbird_list (prefs, "mail.accountmanager.accounts");

  for (char **key = keys; *key != NULL; key++)
    {
      RstThunderbirdEntry *entry = read_entry (prefs, *key);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return entries;
}

/**
 * rst_thunderbird_entry_free:
 * @self: (transfer full): an entry
 */
void
rst_thunderbird_entry_free (RstThunderbirdEntry *self)
{
  g_clear_pointer (&self->account, rst_account_free);
  g_free (self->server);
  g_free (self);
}
