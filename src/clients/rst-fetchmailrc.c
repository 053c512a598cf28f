/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-fetchmailrc.h"

#include "rst-config.h"

#include <string.h>

/* More words than any real file has; the rest of a longer one is not read. */
#define MAX_TOKENS 100000

typedef struct {
  char *text;      /* (owned) */
  char *owner;     /* (owned) (nullable) the address that the managed block around it is about */
  gboolean quoted; /* a string is never a keyword */
} Token;

/* One entry as far as it has been read; options of the server, then those of the user. */
typedef struct {
  const char *owner;
  const char *host;
  const char *protocol;
  const char *user;
  guint port;
  gboolean ssl;
  gboolean plain;
  gboolean keep;
} Entry;

typedef struct {
  GPtrArray *accounts;
  GPtrArray *names;
  Entry defaults;
  Entry server; /* the options before the first user, which each further user shares */
  Entry entry;
  gboolean in_defaults;
} Reader;

static void
token_free (Token *self)
{
  g_free (self->text);
  g_free (self->owner);
  g_free (self);
}

static const char *
read_number (const char *p,
             GString    *out,
             guint       base,
             gsize       digits)
{
  g_autofree char *text = g_strndup (p, digits);
  char *end;
  guint64 value = g_ascii_strtoull (text, &end, (int) base);

  g_string_append_c (out, (char) value);
  return p + (end - text);
}

static const char *
read_escape (const char *p,
             GString    *out)
{
  static const char from[] = "bnrt", to[] = "\b\n\r\t";
  const char *known = *p != '\0' ? strchr (from, *p) : NULL;

  if (*p == '\0')
    return p;
  if (*p == 'x' && g_ascii_isxdigit (p[1]))
    return read_number (p + 1, out, 16, 2);
  if (g_ascii_isdigit (*p))
    return read_number (p, out, *p == '0' ? 8 : 10, 3);
  g_string_append_c (out, known != NULL ? to[known - from] : *p);
  return p + 1;
}

static const char *
read_string (const char *p,
             GString    *out)
{
  char quote = *p++;

  while (*p != '\0' && *p != quote)
    if (*p == '\\')
      p = read_escape (p + 1, out);
    else
      g_string_append_c (out, *p++);
  return *p == quote ? p + 1 : p;
}

/* The words of one line. A string may not go over a line end in practice, so that lines can be
 * taken one by one. */
static void
read_line (const char *line,
           const char *owner,
           GPtrArray  *tokens)
{
  static const char ends[] = " \t=:;,\"'#";

  while (*line != '\0' && *line != '#' && tokens->len < MAX_TOKENS)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      gboolean quoted = *line == '"' || *line == '\'';
      Token *token;

      if (strchr (" \t=:;,", *line) != NULL)
        {
          line++;
          continue;
        }
      if (quoted)
        line = read_string (line, out);
      else
        while (*line != '\0' && strchr (ends, *line) == NULL)
          g_string_append_c (out, *line++);
      token = g_new0 (Token, 1);
      token->text = g_string_free (g_steal_pointer (&out), FALSE);
      token->owner = g_strdup (owner);
      token->quoted = quoted;
      g_ptr_array_add (tokens, token);
    }
}

static gboolean
is_word (const Token *token,
         const char  *first,
         const char  *second)
{
  if (token->quoted)
    return FALSE;
  return g_ascii_strcasecmp (token->text, first) == 0 ||
         (second != NULL && g_ascii_strcasecmp (token->text, second) == 0);
}

static void
take_entry (const Entry *entry,
            GPtrArray   *accounts)
{
  gboolean pop = entry->protocol != NULL && g_ascii_strncasecmp (entry->protocol, "pop", 3) == 0;
  gboolean imap = entry->protocol != NULL && g_ascii_strncasecmp (entry->protocol, "imap", 4) == 0;
  RstSecurity security = entry->plain ? RST_SECURITY_NONE : RST_SECURITY_STARTTLS;
  g_autoptr (RstAccount) account = NULL;

  if (!pop && !imap)
    pop = entry->port == 995 || entry->port == 110;
  account = rst_config_account (entry->owner, entry->user, entry->host);
  if (!rst_config_login (&account->incoming, pop ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP,
                         entry->ssl ? RST_SECURITY_TLS : security, entry->host, entry->port, entry->user))
    return;
  account->leave = entry->keep ? RST_LEAVE_KEEP : RST_LEAVE_REMOVE;
  g_ptr_array_add (accounts, g_steal_pointer (&account));
}

static guint
read_port (const char *service)
{
  static const struct {
    const char *name;
    guint port;
  } known[] = { { "pop3", 110 }, { "pop3s", 995 }, { "imap", 143 }, { "imap2", 143 }, { "imaps", 993 } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (service, known[i].name))
      return known[i].port;
  return (guint) g_ascii_strtoull (service, NULL, 10);
}

/* An option with an argument. */
static gboolean
take_pair (Entry       *entry,
           const Token *token,
           const char  *value)
{
  if (is_word (token, "via", NULL))
    entry->host = value;
  else if (is_word (token, "proto", "protocol"))
    entry->protocol = value;
  else if (is_word (token, "service", "port"))
    entry->port = read_port (value);
  else if (is_word (token, "sslproto", NULL))
    entry->plain = *value == '\0';
  else
    return FALSE;
  return TRUE;
}

static void
take_switch (Entry       *entry,
             const Token *token,
             gboolean     off)
{
  if (is_word (token, "keep", NULL) || is_word (token, "nokeep", NULL))
    entry->keep = !off && is_word (token, "keep", NULL);
  else if (is_word (token, "ssl", NULL) || is_word (token, "nossl", NULL))
    entry->ssl = !off && is_word (token, "ssl", NULL);
}

/* Arguments that could be taken for options are jumped over. */
static gboolean
has_argument (const Token *token)
{
  static const char * const words[] = {
    "pass", "password", "is", "to", "mda", "folder", "mailbox", "smtphost", "auth", "authenticate",
    "set", "principal", "plugin", "plugout",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (token, words[i], NULL))
      return TRUE;
  return FALSE;
}

static void
finish_entry (Reader *self)
{
  if (self->entry.user != NULL)
    take_entry (&self->entry, self->accounts);
  if (self->in_defaults)
    self->defaults = self->entry;
}

/* poll NAME, skip NAME, server NAME, or defaults if @name is NULL. */
static void
begin_server (Reader      *self,
              const Token *name)
{
  finish_entry (self);
  self->in_defaults = name == NULL;
  self->entry = name == NULL ? (Entry) { 0 } : self->defaults;
  self->entry.user = NULL;
  if (name != NULL)
    {
      self->entry.host = name->text;
      self->entry.owner = name->owner;
      if (self->names != NULL)
        g_ptr_array_add (self->names, g_strdup (name->text));
    }
  self->server = self->entry;
}

static void
begin_user (Reader     *self,
            const char *user)
{
  if (self->entry.user == NULL)
    self->server = self->entry;
  else
    {
      take_entry (&self->entry, self->accounts);
      self->entry = self->server;
    }
  self->entry.user = user;
}

/* Returns how many tokens it took. */
static guint
take_token (Reader      *self,
            const Token *token,
            const Token *next)
{
  static const Token none = { .text = (char *) "", .quoted = TRUE };

  if (is_word (token, "defaults", NULL))
    begin_server (self, NULL);
  else if (is_word (token, "poll", "skip") || is_word (token, "server", NULL))
    {
      begin_server (self, next != NULL ? next : &none);
      return 2;
    }
  else if (next != NULL && is_word (token, "user", "username"))
    {
      begin_user (self, next->text);
      return 2;
    }
  else if (next != NULL && is_word (token, "no", NULL))
    {
      take_switch (&self->entry, next, TRUE);
      return 2;
    }
  else if (next != NULL && (take_pair (&self->entry, token, next->text) || has_argument (token)))
    return 2;
  else
    take_switch (&self->entry, token, FALSE);
  return 1;
}

/**
 * rst_fetchmailrc_read:
 * @text: a run control file
 * @accounts: (element-type RstAccount): where to add the accounts
 * @names: (nullable) (element-type utf8): where to add the names of the entries
 *
 * Reads what a run control file says about accounts.
 */
void
rst_fetchmailrc_read (const char *text,
                      GPtrArray  *accounts,
                      GPtrArray  *names)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
  Reader reader = { .accounts = accounts, .names = names };
  g_auto (RstLines) lines;
  const char *line;

  rst_lines_init (&lines, text);
  while ((line = rst_lines_next (&lines)) != NULL)
    read_line (line, lines.owner, tokens);
  for (guint i = 0; i < tokens->len;)
    i += take_token (&reader, g_ptr_array_index (tokens, i),
                     i + 1 < tokens->len ? g_ptr_array_index (tokens, i + 1) : NULL);
  finish_entry (&reader);
}
