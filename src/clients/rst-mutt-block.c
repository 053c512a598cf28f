/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-mutt-block.h"

#include "rst-quote.h"

#include <string.h>

/* The name of a variable of ours: my_restante_WHAT_taro_example_test. */
static char *
variable (const RstAccount *account,
          const char       *what)
{
  g_autofree char *slug = rst_account_slug (account);

  for (char *p = slug; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      *p = '_';
  return g_strdup_printf ("my_restante_%s_%s", what, slug);
}

static gboolean
append_set (GString     *out,
            const char  *name,
            const char  *value,
            GError     **error)
{
  g_autofree char *quoted = rst_quote_mutt (value, error);

  if (quoted != NULL)
    g_string_append_printf (out, "set %s=%s\n", name, quoted);
  return quoted != NULL;
}

/* mutt hands a command to the shell as it stands, neomutt takes out backslashes and puts in variables
 * first. So an odd user name goes in letters that mean nothing to either. */
static void
append_password (GString          *out,
                 const RstAccount *account,
                 const RstLogin   *login,
                 const char       *what)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@.+-_=";
  g_autofree char *name = variable (account, what);
  const char *service = rst_protocol_get_nick (login->endpoint->protocol);
  g_autofree char *lookup = rst_quote_lookup (service, login->endpoint->host, login->username);
  g_autofree char *coded = g_base64_encode ((const guchar *) login->username, strlen (login->username));

  if (strspn (login->username, plain) == strlen (login->username))
    g_string_append_printf (out, "set %s=\"`%s`\"\n", name, lookup);
  else
    g_string_append_printf (out, "set %s=\"`echo %s | base64 -d | xargs -0 secret-tool lookup service %s "
                            "host %s user`\"\n", name, coded, service, login->endpoint->host);
}

static char *
make_url (const RstLogin *login,
          const char     *plain,
          const char     *sealed)
{
  g_autofree char *user = login->auth != RST_AUTH_NONE ? rst_quote_url (login->username) : NULL;
  gboolean v6 = strchr (login->endpoint->host, ':') != NULL;

  return g_strdup_printf ("%s://%s%s%s%s%s:%u/",
                          login->endpoint->security == RST_SECURITY_TLS ? sealed : plain,
                          user != NULL ? user : "", user != NULL ? "@" : "", v6 ? "[" : "",
                          login->endpoint->host, v6 ? "]" : "", login->endpoint->port);
}

/* A pattern for the URL by which the program asks for an account's settings. Only some characters of
 * the user are percent-encoded there, so each but letters and digits may stand for its code. */
static char *
make_pattern (const RstLogin *login)
{
  g_autofree char *host = rst_quote_ere (login->endpoint->host);
  gboolean v6 = strchr (host, ':') != NULL;
  g_autoptr (GString) user = g_string_new (NULL);

  for (const char *p = login->username; *p != '\0'; p = g_utf8_next_char (p))
    if (g_ascii_isalnum (*p))
      g_string_append_c (user, *p);
    else
      g_string_append (user, (guchar) *p < 0x80 ? "(%..|.)" : ".+");
  return g_strdup_printf ("^%ss?://%s@%s%s%s[:/]",
                          login->endpoint->protocol == RST_PROTOCOL_POP3 ? "pop" : "imap", user->str,
                          v6 ? "\\[" : "", host, v6 ? "\\]" : "");
}

/* Fetching remembers nothing: with copies left on the server, each time would fetch everything anew.
 * So mail that stays is read on the server, and only mail that is taken off it is fetched. */
static void
append_pop (GString          *out,
            const RstAccount *account,
            const char       *url)
{
  g_autofree char *spool = rst_mutt_block_spool (account);

  g_string_append_printf (out, "set mbox_type=Maildir folder=\"%s\" record=\"+sent\" postponed=\"+drafts\"\n",
                          spool);
  if (account->leave == RST_LEAVE_REMOVE)
    g_string_append_printf (out, "set pop_host=\"%s\" pop_delete=yes pop_last=no spoolfile=\"+inbox\"\n"
                            "mailboxes \"+inbox\"\n", url);
  else
    g_string_append_printf (out, "set pop_delete=no spoolfile=\"%1$s\"\nmailboxes \"%1$s\"\n", url);
}

static gboolean
append_first (GString           *out,
              const RstAccount  *account,
              GError           **error)
{
  const RstLogin *login = &account->incoming;
  gboolean pop = rst_account_is_pop (account);
  g_autofree char *url = make_url (login, pop ? "pop" : "imap", pop ? "pops" : "imaps");
  g_autofree char *pass = variable (account, "password");

  g_string_append (out, "set ssl_starttls=yes ssl_force_tls=yes ssl_verify_host=yes ssl_verify_dates=yes\n"
                        "set move=no\n");
  if (account->ca_file != NULL && !append_set (out, "ssl_ca_certificates_file", account->ca_file, error))
    return FALSE;
  if (!append_set (out, pop ? "pop_user" : "imap_user", login->username, error))
    return FALSE;
  if (account->store_secret)
    g_string_append_printf (out, "set %s=$%s\n", pop ? "pop_pass" : "imap_pass", pass);
  if (pop)
    append_pop (out, account, url);
  else
    g_string_append_printf (out, "set folder=\"%s\" spoolfile=\"+INBOX\" record=\"+Sent\" "
                            "postponed=\"+Drafts\"\nmailboxes \"+INBOX\"\n", url);
  return TRUE;
}

static gboolean
append_beside (GString           *out,
               const RstAccount  *account,
               const RstMuttRole *role,
               GError           **error)
{
  const RstLogin *login = &account->incoming;
  gboolean pop = rst_account_is_pop (account);
  const char *setting = pop ? "pop_pass" : "imap_pass";
  g_autofree char *url = make_url (login, pop ? "pop" : "imap", pop ? "pops" : "imaps");
  g_autofree char *regex = make_pattern (login);
  g_autofree char *pattern = rst_quote_mutt (regex, error);
  g_autofree char *pass = variable (account, "password");
  g_autofree char *old = variable (account, "before");

  if (pattern == NULL)
    return FALSE;
  if (role->restore)
    g_string_append_printf (out, "set %s=$%s\naccount-hook . 'set %s=$%s'\n", old, setting, setting, old);
  g_string_append_printf (out, "account-hook %s 'set ssl_starttls=yes ssl_force_tls=yes", pattern);
  if (role->stores)
    g_string_append_printf (out, " %s=$%s", setting, pass);
  g_string_append_printf (out, "'\nmailboxes \"%s%s\"\n", url, pop ? "" : "INBOX");
  return TRUE;
}

static gboolean
append_sending (GString           *out,
                const RstAccount  *account,
                GError           **error)
{
  const RstLogin *login = &account->outgoing;
  g_autofree char *url = make_url (login, "smtp", "smtps");
  g_autofree char *pass = variable (account, "sending");

  if (!append_set (out, "from", account->address, error) ||
      (account->name != NULL && !append_set (out, "realname", account->name, error)))
    return FALSE;
  g_string_append_printf (out, "set use_from=yes smtp_url=\"%s\"\n", url);
  if (!account->store_secret || login->auth == RST_AUTH_NONE)
    return TRUE;
  append_password (out, account, login, "sending");
  g_string_append_printf (out, "set smtp_pass=$%s\n", pass);
  return TRUE;
}

static gboolean
sets (const RstMuttrc *rc,
      const char      *name)
{
  return g_hash_table_contains (rc->values, name);
}

/* A password set in a hook stays set. So there must be a hook for all accounts that takes it back: the
 * person's, an earlier one of ours, or a new one. Where other hooks set passwords and none takes them
 * back, a new one would come behind and undo theirs, so ours sets none: it must not get to another
 * server. */
static void
judge_hooks (const RstMuttrc *before,
             const char      *setting,
             RstMuttRole     *role)
{
  gboolean used = FALSE, takes_back = FALSE;

  for (guint i = 0; i < before->hooks->len; i++)
    {
      const char *command = g_ptr_array_index (before->hooks, i);

      if (strstr (command, setting) == NULL)
        continue;
      used = TRUE;
      takes_back |= strstr (command, "unset") != NULL || strstr (command, "my_restante_before") != NULL;
    }
  role->restore = !used;
  role->stores = !used || takes_back;
}

/**
 * rst_mutt_block_role:
 * @before: what comes before the account's block
 * @account: the account
 *
 * Returns: how the account stands to what is there
 */
RstMuttRole
rst_mutt_block_role (const RstMuttrc  *before,
                     const RstAccount *account)
{
  const char *from = g_hash_table_lookup (before->values, "from");
  const char *setting = rst_account_is_pop (account) ? "pop_pass" : "imap_pass";
  RstMuttRole role = { 0 };

  role.first = before->mailboxes->len == 0 && !sets (before, "folder") && !sets (before, "spoolfile") &&
               !sets (before, "pop_host") && !sets (before, "imap_user");
  role.sends = account->outgoing.endpoint != NULL && role.first && !sets (before, "smtp_url") &&
               !sets (before, "sendmail") &&
               (from == NULL || g_ascii_strcasecmp (from, account->address) == 0);
  role.stores = account->store_secret;
  if (role.stores && !role.first)
    judge_hooks (before, setting, &role);
  return role;
}

/**
 * rst_mutt_block_fetches:
 * @account: the account
 * @role: how it stands to what is there
 *
 * Returns: whether mail is fetched into a folder here; otherwise it is read on the server
 */
gboolean
rst_mutt_block_fetches (const RstAccount  *account,
                        const RstMuttRole *role)
{
  return role->first && rst_account_is_pop (account) && account->leave == RST_LEAVE_REMOVE;
}

/**
 * rst_mutt_block_render:
 * @account: the account
 * @role: how it stands to what is there
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its lines, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_mutt_block_render (const RstAccount   *account,
                       const RstMuttRole  *role,
                       GError            **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (role->stores)
    append_password (out, account, &account->incoming, "password");
  if (!(role->first ? append_first (out, account, error) : append_beside (out, account, role, error)))
    return NULL;
  if (role->sends && !append_sending (out, account, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rst_mutt_block_spool:
 * @account: a POP account
 *
 * Returns: (transfer full): where its mail goes, as mutt writes it
 */
char *
rst_mutt_block_spool (const RstAccount *account)
{
  g_autofree char *slug = rst_account_slug (account);

  return g_strdup_printf ("~/Mail/%s-mutt", slug);
}
