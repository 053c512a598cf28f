/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * msmtp: sends mail for programs that do not speak SMTP. ~/.msmtprc, or $XDG_CONFIG_HOME/msmtp/config
 * if there is no such file; lines of a keyword and a value that goes to the end of the line; see
 * msmtp(1). Later `account` sections inherit from `defaults`, so ours says everything itself.
 */
#include "rst-config.h"
#include "rst-quote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

extern const RstClient rst_client_msmtp;

typedef struct {
  char *owner;
  char *name;
  GHashTable *values; /* keyword → value */
} Section;

static void
section_free (Section *self)
{
  g_free (self->owner);
  g_free (self->name);
  g_hash_table_unref (self->values);
  g_free (self);
}

static Section *
section_new (const char *name,
             const char *owner)
{
  Section *self = g_new0 (Section, 1);

  self->name = g_strdup (name);
  self->owner = g_strdup (owner);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static char *
rc_path (const RstPlaces *places,
         const RstFiles  *files)
{
  g_autofree char *old = g_build_filename (places->home, ".msmtprc", NULL);
  g_autofree char *xdg = g_build_filename (places->config, "msmtp", "config", NULL);

  if (rst_files_get (files, old) == NULL && rst_files_get (files, xdg) != NULL)
    return g_steal_pointer (&xdg);
  return g_steal_pointer (&old);
}

static void
wants (const RstPlaces *places,
       const RstFiles  *files,
       GPtrArray       *paths)
{
  g_ptr_array_add (paths, g_build_filename (places->home, ".msmtprc", NULL));
  g_ptr_array_add (paths, g_build_filename (places->config, "msmtp", "config", NULL));
}

static void
profiles (const RstPlaces *places,
          const RstFiles  *files,
          GPtrArray       *found)
{
  g_autofree char *path = rc_path (places, files);
  RstProfile *profile = rst_profile_new ("default", "msmtp", places->home);

  profile->exists = rst_files_get (files, path) != NULL;
  g_ptr_array_add (found, profile);
}

static void
inherit (Section   *section,
         GPtrArray *sections,
         const char *name)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *base = g_ptr_array_index (sections, i);
      GHashTableIter iter;
      gpointer key, value;

      if (!g_str_equal (base->name, name))
        continue;
      g_hash_table_iter_init (&iter, base->values);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (section->values, g_strdup (key), g_strdup (value));
    }
}

/* `account NAME [: BASE[, BASE…]]` */
static Section *
begin_account (const char *value,
               const char *owner,
               GPtrArray  *sections)
{
  g_auto (GStrv) parts = g_strsplit (value, ":", 2);
  Section *section;

  section = section_new (parts[0] != NULL ? g_strstrip (parts[0]) : "", owner);
  inherit (section, sections, "");
  if (parts[0] != NULL && parts[1] != NULL)
    {
      g_auto (GStrv) bases = g_strsplit (parts[1], ",", -1);

      for (char **base = bases; *base != NULL; base++)
        inherit (section, sections, g_strstrip (*base));
    }
  return section;
}

static char *
unquoted (const char *value)
{
  gsize length = strlen (value);

  if (length >= 2 && value[0] == '"' && value[length - 1] == '"')
    return g_strndup (value + 1, length - 2);
  return g_strdup (value);
}

/* Reads all sections; the one without a name is `defaults`. */
static GPtrArray *
parse (const char *text)
{
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);
  g_auto (RstLines) lines;
  const char *line;

  rst_lines_init (&lines, text);
  g_ptr_array_add (sections, section_new ("", NULL));
  while ((line = rst_lines_next (&lines)) != NULL)
    {
      char *key = g_strstrip ((char *) line);
      gsize length = strcspn (key, " \t");
      g_autofree char *keyword = g_strndup (key, length);
      const char *value = key + length + strspn (key + length, " \t");

      if (*key == '\0' || *key == '#')
        continue;
      if (g_str_equal (keyword, "account"))
        g_ptr_array_add (sections, begin_account (value, lines.owner, sections));
      else if (g_str_equal (keyword, "defaults"))
        g_ptr_array_add (sections, section_new ("", NULL));
      else
        {
          Section *section = g_ptr_array_index (sections, sections->len - 1);

          g_hash_table_insert (section->values, g_steal_pointer (&keyword), unquoted (value));
        }
    }
  return g_steal_pointer (&sections);
}

/* A keyword without a value means `on`. */
static gboolean
is_on (const Section *section,
       const char    *key,
       gboolean       fallback)
{
  const char *value = g_hash_table_lookup (section->values, key);

  return value != NULL ? !g_str_equal (value, "off") : fallback;
}

static RstAccount *
read_section (const Section *section)
{
  const char *host = g_hash_table_lookup (section->values, "host");
  const char *user = g_hash_table_lookup (section->values, "user");
  const char *from = g_hash_table_lookup (section->values, "from");
  const char *port = g_hash_table_lookup (section->values, "port");
  g_autoptr (RstAccount) account = NULL;
  RstSecurity security = RST_SECURITY_NONE;
  guint number;

  if (is_on (section, "tls", FALSE))
    security = is_on (section, "tls_starttls", TRUE) ? RST_SECURITY_STARTTLS : RST_SECURITY_TLS;
  number = port != NULL ? (guint) g_ascii_strtoull (port, NULL, 10) : 0;
  if (number == 0)
    number = security == RST_SECURITY_TLS ? 465 : 25;
  account = rst_config_account (section->owner, from != NULL ? from : user, host);
  if (!rst_config_login (&account->outgoing, RST_PROTOCOL_SMTP, security, host, number, user))
    return NULL;
  if (!is_on (section, "auth", FALSE))
    account->outgoing.auth = RST_AUTH_NONE;
  return g_steal_pointer (&account);
}

static void
read_accounts (GPtrArray *sections,
               GPtrArray *found)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = g_ptr_array_index (sections, i);
      RstAccount *account;

      /* “account default : NAME” is another name for NAME. */
      if (g_str_equal (section->name, "") || g_str_equal (section->name, "default"))
        continue;
      account = read_section (section);
      if (account != NULL)
        g_ptr_array_add (found, account);
    }
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  g_autofree char *path = rc_path (places, files);
  g_autofree char *text = rst_files_dup_text (files, path);
  g_autoptr (GPtrArray) sections = NULL;

  if (text == NULL)
    return;
  sections = parse (text);
  read_accounts (sections, found);
}

static gboolean
add_line (GString     *out,
          const char  *key,
          const char  *value,
          GError     **error)
{
  g_autofree char *quoted = rst_quote_msmtp (value, error);

  if (quoted != NULL)
    g_string_append_printf (out, "%s %s\n", key, quoted);
  return quoted != NULL;
}

static char *
render (const RstAccount  *account,
        const char        *name,
        gboolean           is_default,
        GError           **error)
{
  const RstLogin *login = &account->outgoing;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *lookup = NULL;
  const char *auth = login->auth == RST_AUTH_NONE ? "off" : "on";

  g_string_append_printf (out, "account %s\nhost %s\nport %u\ntls on\ntls_starttls %s\ntls_certcheck on\n",
                          name, login->endpoint->host, login->endpoint->port,
                          login->endpoint->security == RST_SECURITY_TLS ? "off" : "on");
  if (!add_line (out, "tls_trust_file", account->ca_file != NULL ? account->ca_file : "system", error) ||
      !add_line (out, "from", account->address, error))
    return NULL;
  g_string_append_printf (out, "auth %s\n", auth);
  if (login->auth != RST_AUTH_NONE)
    {
      lookup = rst_quote_lookup ("smtp", login->endpoint->host, login->username);
      if (!add_line (out, "user", login->username, error) ||
          (account->store_secret && !add_line (out, "passwordeval", lookup, error)))
        return NULL;
    }
  if (is_default)
    g_string_append_printf (out, "account default : %s\n", name);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
free_name (GPtrArray        *sections,
           const RstAccount *account,
           gboolean         *has_default)
{
  g_autofree char *slug = rst_account_slug (account);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  *has_default = FALSE;
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = g_ptr_array_index (sections, i);

      g_ptr_array_add (names, section->name);
      *has_default |= g_str_equal (section->name, "default");
    }
  return rst_config_free_name (names, slug);
}

static gboolean
plan (const RstPlaces  *places,
      const RstProfile *profile,
      const RstFiles   *files,
      const RstAccount *account,
      RstSetup         *setup,
      GError          **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
  g_autofree char *path = rc_path (places, files);
  g_autofree char *name = NULL, *text = NULL, *rest = NULL, *body = NULL, *after = NULL, *summary = NULL;
  g_autoptr (GPtrArray) sections = NULL;
  g_autoptr (RstBlock) block = NULL;
  gboolean has_default;
  RstPresent present;

  if (!rst_client_check (&rst_client_msmtp, account, error) ||
      (text = rst_config_read (files, path, error)) == NULL)
    return FALSE;
  block = rst_block_find (text, account->address);
  rest = rst_block_rest (block);
  sections = parse (rest);
  read_accounts (sections, others);
  present = rst_config_present (&rst_client_msmtp, others, account);
  if (present == RST_PRESENT_OTHER)
    return rst_config_conflict (&rst_client_msmtp, account, path, error);
  name = free_name (sections, account, &has_default);
  body = render (account, name, !has_default, error);
  if (body == NULL)
    return FALSE;
  after = rst_block_set (block, account->address, body);
  if (present == RST_PRESENT_SAME)
    return TRUE;
  rst_config_add_secret (setup, account, &account->outgoing);
  if (g_str_equal (after, text))
    return TRUE;
  summary = g_strdup_printf (_("Add %s to msmtp."), account->address);
  rst_config_add_text (setup, files, path, 0600, after, summary);
  g_ptr_array_add (setup->next,
                   g_strdup_printf (_("Programs can now send with “msmtp -a %s”."), name));
  return TRUE;
}

static const char * const programs[] = { "msmtp", NULL };

const RstClient rst_client_msmtp = {
  .id = "msmtp",
  .name = "msmtp",
  .programs = programs,
  .flags = RST_CLIENT_SMTP | RST_CLIENT_TERMINAL,
  .wants = wants,
  .profiles = profiles,
  .accounts = accounts,
  .plan = plan,
};
