/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The accounts behind what a muttrc sets: mailboxes that are URLs, the POP server that mail is fetched
 * from, and the server that mail is sent through.
 */
#include "rst-muttrc.h"

#include "rst-config.h"

#include <string.h>

static const char *
value_of (const RstMuttrc *self,
          const char      *name)
{
  const char *value = g_hash_table_lookup (self->values, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
is_no (const RstMuttrc *self,
       const char      *name)
{
  return g_strcmp0 (value_of (self, name), "no") == 0;
}

/* Plain text is what remains if both ways to encryption are switched off. */
static RstSecurity
unsealed (const RstMuttrc *self)
{
  gboolean plain = is_no (self, "ssl_starttls") && is_no (self, "ssl_force_tls");

  return plain ? RST_SECURITY_NONE : RST_SECURITY_STARTTLS;
}

/* Schemes as mutt knows them; a host without a scheme has that of @fallback. */
static gboolean
parse_scheme (const RstMuttrc *self,
              const char      *url,
              const char      *fallback,
              RstProtocol     *protocol,
              RstSecurity     *security)
{
  static const struct {
    const char *scheme;
    RstProtocol protocol;
    gboolean tls;
  } known[] = {
    { "imaps://", RST_PROTOCOL_IMAP, TRUE }, { "imap://", RST_PROTOCOL_IMAP, FALSE },
    { "pops://", RST_PROTOCOL_POP3, TRUE }, { "pop://", RST_PROTOCOL_POP3, FALSE },
    { "smtps://", RST_PROTOCOL_SMTP, TRUE }, { "smtp://", RST_PROTOCOL_SMTP, FALSE },
  };

  if (strstr (url, "://") == NULL && fallback != NULL)
    url = fallback;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strncasecmp (url, known[i].scheme, strlen (known[i].scheme)) == 0)
      {
        *protocol = known[i].protocol;
        *security = known[i].tls ? RST_SECURITY_TLS : unsealed (self);
        return TRUE;
      }
  return FALSE;
}

/* Takes `scheme://user:password@host:port/path` apart; the user may have an @ of its own. */
static gboolean
parse_url (const RstMuttrc *self,
           const char      *url,
           const char      *fallback,
           const char      *user,
           RstLogin        *login)
{
  RstProtocol protocol;
  RstSecurity security;
  const char *start = strstr (url, "://");
  g_autofree char *authority = NULL, *name = NULL;
  const char *host, *colon, *host_end;
  guint64 port = 0;

  if (!parse_scheme (self, url, fallback, &protocol, &security))
    return FALSE;
  start = start != NULL ? start + 3 : url;
  authority = g_strndup (start, strcspn (start, "/"));
  host = strrchr (authority, '@');
  host = host != NULL ? host + 1 : authority;
  if (host > authority)
    {
      g_autofree char *raw = g_strndup (authority, (gsize) (host - authority - 1));

      raw[strcspn (raw, ":")] = '\0';
      name = g_uri_unescape_string (raw, NULL);
    }
  host_end = *host == '[' ? strchr (host, ']') : NULL;
  colon = strchr (host_end != NULL ? host_end : host, ':');
  if (colon != NULL)
    {
      port = g_ascii_strtoull (colon + 1, NULL, 10);
      authority[colon - authority] = '\0';
    }
  if (host_end != NULL)
    {
      authority[host_end - authority] = '\0';
      host++;
    }
  if (port == 0 && protocol == RST_PROTOCOL_SMTP)
    port = security == RST_SECURITY_TLS ? 465 : 25;
  return rst_config_login (login, protocol, security, host, (guint) MIN (port, G_MAXUINT),
                           name != NULL ? name : user);
}

static gboolean
is_known (GPtrArray        *accounts,
          const RstAccount *account)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const RstAccount *other = g_ptr_array_index (accounts, i);

      if (other->incoming.endpoint != NULL && account->incoming.endpoint != NULL &&
          other->incoming.endpoint->protocol == account->incoming.endpoint->protocol &&
          g_str_equal (other->incoming.endpoint->host, account->incoming.endpoint->host) &&
          g_strcmp0 (other->incoming.username, account->incoming.username) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An old form of the same: {user@host:port/ssl}FOLDER. */
static char *
modern_url (const char *url)
{
  g_autofree char *inside = NULL;
  char *flags;

  if (*url != '{' || strchr (url, '}') == NULL)
    return g_strdup (url);
  inside = g_strndup (url + 1, strcspn (url + 1, "}"));
  flags = strchr (inside, '/');
  if (flags == NULL)
    return g_strconcat ("imap://", inside, NULL);
  *flags = '\0';
  return g_strconcat (strstr (flags + 1, "ssl") != NULL ? "imaps://" : "imap://", inside, NULL);
}

/* Adds the account of one mailbox, unless it is there already. */
static void
take_mailbox (const RstMuttrc *self,
              const char      *written,
              const char      *fallback,
              const char      *owner,
              RstLeave         leave,
              GPtrArray       *accounts)
{
  g_autofree char *url = modern_url (written);
  gboolean pop = g_ascii_strncasecmp (url, "pop", 3) == 0 || fallback != NULL;
  RstLogin login = { 0 };
  g_autoptr (RstAccount) account = NULL;

  if (!parse_url (self, url, fallback, value_of (self, pop ? "pop_user" : "imap_user"), &login))
    return;
  account = rst_config_account (owner, login.username, login.endpoint->host);
  account->incoming = login;
  account->leave = leave;
  if (!is_known (accounts, account))
    g_ptr_array_add (accounts, g_steal_pointer (&account));
}

static void
take_variable (const RstMuttrc *self,
               const char      *name,
               const char      *fallback,
               RstLeave         leave,
               GPtrArray       *accounts)
{
  const char *value = value_of (self, name);

  if (value != NULL)
    take_mailbox (self, value, fallback, g_hash_table_lookup (self->owners, name), leave, accounts);
}

/* The first account that is not in a managed block goes with `from` and `smtp_url`, unless these are
 * in one: then they go with the account of that block. */
static void
take_sending (const RstMuttrc *self,
              GPtrArray       *accounts,
              GHashTable      *owners)
{
  const char *url = value_of (self, "smtp_url");
  const char *from = value_of (self, "from");
  const char *sender = g_hash_table_lookup (self->owners, "smtp_url");
  gboolean first = TRUE;

  for (guint i = 0; i < accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (accounts, i);
      gboolean managed = g_hash_table_contains (owners, account->address);

      if (url != NULL && (managed ? g_strcmp0 (sender, account->address) == 0 : sender == NULL && first))
        (void) parse_url (self, url, NULL, value_of (self, "smtp_user"), &account->outgoing);
      if (managed || !first)
        continue;
      first = FALSE;
      if (from != NULL && g_hash_table_lookup (self->owners, "from") == NULL && strchr (from, '@') != NULL &&
          strpbrk (from, "<> \t") == NULL)
        {
          g_free (account->address);
          account->address = g_strdup (from);
        }
    }
}

/**
 * rst_muttrc_accounts:
 * @self: what a muttrc sets
 * @accounts: (element-type RstAccount): where to add the accounts
 *
 * Works out the accounts. A POP server that mail is fetched from loses it if `pop_delete` says so;
 * one that is opened as a mailbox keeps what nobody deletes.
 */
void
rst_muttrc_accounts (const RstMuttrc *self,
                     GPtrArray       *accounts)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  const char *delete = value_of (self, "pop_delete");
  gboolean removes = g_strcmp0 (delete, "yes") == 0 || g_strcmp0 (delete, "ask-yes") == 0;
  GHashTableIter iter;
  gpointer owner;

  take_variable (self, "folder", NULL, RST_LEAVE_KEEP, accounts);
  take_variable (self, "spoolfile", NULL, RST_LEAVE_KEEP, accounts);
  take_variable (self, "pop_host", "pop://", removes ? RST_LEAVE_REMOVE : RST_LEAVE_KEEP, accounts);
  g_hash_table_iter_init (&iter, self->owners);
  while (g_hash_table_iter_next (&iter, NULL, &owner))
    if (owner != NULL)
      g_hash_table_add (owners, owner);
  for (guint i = 0; i < self->mailboxes->len; i++)
    {
      const RstMuttMailbox *mailbox = g_ptr_array_index (self->mailboxes, i);

      take_mailbox (self, mailbox->url, NULL, mailbox->owner, RST_LEAVE_KEEP, accounts);
      if (mailbox->owner != NULL)
        g_hash_table_add (owners, mailbox->owner);
    }
  take_sending (self, accounts, owners);
}
