/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts an account into Thunderbird's preferences. All that the advice is about is written, also where
 * it is the default. New numbers are higher than any that was ever used: numbers of deleted accounts
 * may linger in the file.
 */
#include "rst-thunderbird.h"

#include "rst-config.h"

#include <string.h>

/* Minutes between two looks for new mail. */
#define CHECK_MINUTES 10

/* One branch of the preferences, such as mail.server.server3. */
typedef struct {
  RstPrefs *prefs;
  char *prefix;
  GError **error;
  gboolean failed;
} Branch;

static void
branch_init (Branch     *self,
             RstPrefs   *prefs,
             const char *kind,
             const char *key,
             GError    **error)
{
  *self = (Branch) { .prefs = prefs, .prefix = g_strdup_printf ("mail.%s.%s.", kind, key), .error = error };
}

static void
branch_clear (Branch *self)
{
  g_clear_pointer (&self->prefix, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Branch, branch_clear)

static void
put_string (Branch     *self,
            const char *name,
            const char *value)
{
  g_autofree char *full = g_strconcat (self->prefix, name, NULL);

  self->failed = self->failed || !rst_prefs_set_string (self->prefs, full, value, self->error);
}

static void
put_int (Branch     *self,
         const char *name,
         int         value)
{
  g_autofree char *full = g_strconcat (self->prefix, name, NULL);

  rst_prefs_set_int (self->prefs, full, value);
}

static void
put_bool (Branch     *self,
          const char *name,
          gboolean    value)
{
  g_autofree char *full = g_strconcat (self->prefix, name, NULL);

  rst_prefs_set_bool (self->prefs, full, value);
}

static int
socket_type (const RstLogin *login)
{
  return login->endpoint->security == RST_SECURITY_TLS ? 3 : 2;
}

static int
auth_method (const RstLogin *login)
{
  static const int methods[] = {
    [RST_AUTH_PASSWORD] = 3,
    [RST_AUTH_ENCRYPTED] = 4,
    [RST_AUTH_OAUTH2] = 10,
    [RST_AUTH_NONE] = 1,
  };

  return methods[login->auth];
}

/* One more than the highest number after @kind in the names of a branch, and in the values that lists
 * hold. */
static guint
next_number (const RstPrefs *prefs,
             const char     *branch,
             const char     *kind,
             const char     *list)
{
  g_autoptr (GPtrArray) names = rst_prefs_list_names (prefs);
  g_autofree char *prefix = g_strdup_printf ("mail.%s.%s", branch, kind);
  g_auto (GStrv) members = rst_thunderbird_list (prefs, list);
  guint64 highest = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (g_str_has_prefix (name, prefix))
        highest = MAX (highest, g_ascii_strtoull (name + strlen (prefix), NULL, 10));
    }
  for (char **member = members; *member != NULL; member++)
    if (g_str_has_prefix (*member, kind))
      highest = MAX (highest, g_ascii_strtoull (*member + strlen (kind), NULL, 10));
  return (guint) MIN (highest, G_MAXINT - 1) + 1;
}

static gboolean
append_to_list (RstPrefs    *prefs,
                const char  *name,
                const char  *member,
                GError     **error)
{
  const char *old = rst_prefs_get_string (prefs, name);
  g_autofree char *list = old != NULL && *old != '\0' ? g_strconcat (old, ",", member, NULL)
                                                      : g_strdup (member);

  return rst_prefs_set_string (prefs, name, list, error);
}

/**
 * rst_thunderbird_update:
 * @prefs: the preferences
 * @account: the account
 * @server: the key of its server, such as `server3`
 * @error: return location for an error
 *
 * Writes the settings of an incoming server.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_INPUT
 */
gboolean
rst_thunderbird_update (RstPrefs          *prefs,
                        const RstAccount  *account,
                        const char        *server,
                        GError           **error)
{
  const RstLogin *login = &account->incoming;
  g_auto (Branch) branch = { 0 };

  branch_init (&branch, prefs, "server", server, error);
  put_string (&branch, "type", rst_protocol_get_nick (login->endpoint->protocol));
  put_string (&branch, "hostname", login->endpoint->host);
  put_int (&branch, "port", login->endpoint->port);
  put_int (&branch, "socketType", socket_type (login));
  put_int (&branch, "authMethod", auth_method (login));
  put_string (&branch, "userName", login->username);
  put_string (&branch, "name", account->address);
  put_bool (&branch, "login_at_startup", TRUE);
  put_bool (&branch, "check_new_mail", TRUE);
  put_int (&branch, "check_time", (int) MAX (CHECK_MINUTES, (account->login_delay + 59) / 60));
  put_bool (&branch, "restante", TRUE);
  if (!rst_account_is_pop (account))
    return !branch.failed;
  put_bool (&branch, "download_on_biff", TRUE);
  put_bool (&branch, "leave_on_server", account->leave != RST_LEAVE_REMOVE);
  put_bool (&branch, "delete_by_age_from_server", account->leave == RST_LEAVE_DAYS);
  if (account->leave == RST_LEAVE_DAYS)
    put_int (&branch, "num_days_to_leave_on_server", (int) MIN (account->leave_days, 36500));
  put_bool (&branch, "delete_mail_left_on_server", account->delete_along);
  return !branch.failed;
}

static char *
find_smtp (const RstPrefs *prefs,
           const RstLogin *wanted)
{
  g_auto (GStrv) keys = rst_thunderbird_list (prefs, "mail.smtpservers");

  for (char **key = keys; *key != NULL; key++)
    {
      RstLogin login = { 0 };
      gboolean same;

      if (!rst_thunderbird_login (prefs, *key, &login))
        continue;
      same = rst_endpoint_equal (login.endpoint, wanted->endpoint) && login.auth == wanted->auth &&
             g_strcmp0 (login.username, wanted->username) == 0;
      rst_login_set (&login, NULL, NULL, RST_AUTH_PASSWORD);
      if (same)
        return g_strdup (*key);
    }
  return NULL;
}

/* Adds the server that mail is sent through, unless it is there. */
static char *
add_smtp (RstPrefs          *prefs,
          const RstLogin    *login,
          GError           **error)
{
  g_autofree char *key = find_smtp (prefs, login);
  g_auto (Branch) branch = { 0 };

  if (key != NULL)
    return g_steal_pointer (&key);
  key = g_strdup_printf ("smtp%u", next_number (prefs, "smtpserver", "smtp", "mail.smtpservers"));
  branch_init (&branch, prefs, "smtpserver", key, error);
  put_string (&branch, "type", "smtp");
  put_string (&branch, "hostname", login->endpoint->host);
  put_int (&branch, "port", login->endpoint->port);
  put_int (&branch, "try_ssl", socket_type (login));
  put_int (&branch, "authMethod", auth_method (login));
  if (login->auth != RST_AUTH_NONE)
    put_string (&branch, "username", login->username);
  if (branch.failed || !append_to_list (prefs, "mail.smtpservers", key, error))
    return NULL;
  if (rst_prefs_get_string (prefs, "mail.smtp.defaultserver") == NULL &&
      !rst_prefs_set_string (prefs, "mail.smtp.defaultserver", key, error))
    return NULL;
  return g_steal_pointer (&key);
}

static char *
add_identity (RstPrefs          *prefs,
              const RstAccount  *account,
              GError           **error)
{
  g_autofree char *key = g_strdup_printf ("id%u", next_number (prefs, "identity", "id", ""));
  g_autofree char *smtp = NULL;
  g_auto (Branch) branch = { 0 };

  branch_init (&branch, prefs, "identity", key, error);
  if (account->outgoing.endpoint != NULL && (smtp = add_smtp (prefs, &account->outgoing, error)) == NULL)
    return NULL;
  if (account->name != NULL && *account->name != '\0')
    put_string (&branch, "fullName", account->name);
  put_string (&branch, "useremail", account->address);
  if (smtp != NULL)
    put_string (&branch, "smtpServer", smtp);
  return branch.failed ? NULL : g_steal_pointer (&key);
}

/**
 * rst_thunderbird_add:
 * @prefs: the preferences
 * @account: the account
 * @error: return location for an error
 *
 * Adds a new account.
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_INPUT
 */
gboolean
rst_thunderbird_add (RstPrefs          *prefs,
                     const RstAccount  *account,
                     GError           **error)
{
  static const char accounts[] = "mail.accountmanager.accounts", last_key[] = "mail.account.lastKey";
  guint number = MAX (next_number (prefs, "account", "account", accounts),
                      (guint) MAX (rst_prefs_get_int (prefs, last_key, 0), 0) + 1);
  g_autofree char *key = g_strdup_printf ("account%u", number);
  g_autofree char *server = g_strdup_printf ("server%u", next_number (prefs, "server", "server", ""));
  g_autofree char *identity = NULL;
  g_auto (Branch) branch = { 0 };

  branch_init (&branch, prefs, "account", key, error);
  if (!append_to_list (prefs, accounts, key, error) ||
      (rst_prefs_get_string (prefs, "mail.accountmanager.defaultaccount") == NULL &&
       !rst_prefs_set_string (prefs, "mail.accountmanager.defaultaccount", key, error)))
    return FALSE;
  rst_prefs_set_int (prefs, last_key, (int) number);
  if (!rst_thunderbird_update (prefs, account, server, error))
    return FALSE;
  identity = add_identity (prefs, account, error);
  if (identity == NULL)
    return FALSE;
  put_string (&branch, "server", server);
  put_string (&branch, "identities", identity);
  return !branch.failed;
}
