/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mbsync (isync 1.4 and 1.5): keeps a Maildir in step with an IMAP server. One file, ~/.mbsyncrc, made
 * of sections that end at an empty line; see mbsync(1). Ours never removes mail on the server for
 * good: what is deleted here is only marked there.
 */
#include "rst-config.h"
#include "rst-error.h"
#include "rst-quote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* mbsync reads its file in lines of 1024 bytes. */
#define LINE_MAX_BYTES 1000

extern const RstClient rst_client_mbsync;

/* What one IMAPAccount section, or an IMAPStore with a server of its own, says. */
typedef struct {
  char *owner;
  char *host;
  char *user;
  gboolean tls;
  gboolean plain;
  guint port;
} Section;

static void
section_clear (Section *self)
{
  g_free (self->owner);
  g_free (self->host);
  g_free (self->user);
  *self = (Section) { 0 };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Section, section_clear)

/* isync 1.5 also reads $XDG_CONFIG_HOME/isyncrc; who has only that one uses it. */
static char *
rc_path (const RstPlaces *places,
         const RstFiles  *files)
{
  g_autofree char *old = g_build_filename (places->home, ".mbsyncrc", NULL);
  g_autofree char *xdg = g_build_filename (places->config, "isyncrc", NULL);

  if (rst_files_get (files, old) == NULL && rst_files_get (files, xdg) != NULL)
    return g_steal_pointer (&xdg);
  return g_steal_pointer (&old);
}

static void
wants (const RstPlaces *places,
       const RstFiles  *files,
       GPtrArray       *paths)
{
  g_ptr_array_add (paths, g_build_filename (places->home, ".mbsyncrc", NULL));
  g_ptr_array_add (paths, g_build_filename (places->config, "isyncrc", NULL));
}

static void
profiles (const RstPlaces *places,
          const RstFiles  *files,
          GPtrArray       *found)
{
  g_autofree char *path = rc_path (places, files);
  RstProfile *profile = rst_profile_new ("default", "mbsync", places->home);

  profile->exists = rst_files_get (files, path) != NULL;
  g_ptr_array_add (found, profile);
}

/* The next argument of a line, as isync's get_arg() takes it: quotes may stand anywhere, a backslash
 * takes the meaning of what follows, # begins a comment at the start of an argument. */
static char *
next_argument (const char **line)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = *line;
  gboolean quoted = FALSE;

  while (g_ascii_isspace (*p))
    p++;
  *line = p;
  if (*p == '\0' || *p == '#')
    return NULL;
  for (; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
    if (*p == '"')
      quoted = !quoted;
    else if (*p == '\\' && p[1] != '\0')
      g_string_append_c (out, *++p);
    else
      g_string_append_c (out, *p);
  *line = p;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
take_setting (Section    *section,
              const char *key,
              char       *value)
{
  if (g_ascii_strcasecmp (key, "Host") == 0)
    {
      g_free (section->host);
      section->tls |= g_str_has_prefix (value, "imaps:");
      section->host = g_strdup (g_str_has_prefix (value, "imaps:") ? value + strlen ("imaps:") : value);
    }
  else if (g_ascii_strcasecmp (key, "User") == 0)
    {
      g_free (section->user);
      section->user = g_strdup (value);
    }
  else if (g_ascii_strcasecmp (key, "Port") == 0)
    section->port = (guint) g_ascii_strtoull (value, NULL, 10);
  else if (g_ascii_strcasecmp (key, "SSLType") == 0 || g_ascii_strcasecmp (key, "TLSType") == 0)
    {
      section->tls = g_ascii_strcasecmp (value, "IMAPS") == 0;
      section->plain = g_ascii_strcasecmp (value, "None") == 0;
    }
  else if (g_ascii_strcasecmp (key, "UseIMAPS") == 0)
    section->tls = g_ascii_strcasecmp (value, "yes") == 0;
}

static void
take_section (Section   *section,
              GPtrArray *found)
{
  RstSecurity security = section->tls ? RST_SECURITY_TLS : RST_SECURITY_STARTTLS;

  if (section->host != NULL)
    {
      g_autoptr (RstAccount) account = rst_config_account (section->owner, section->user, section->host);

      if (rst_config_login (&account->incoming, RST_PROTOCOL_IMAP,
                            section->plain ? RST_SECURITY_NONE : security, section->host, section->port,
                            section->user))
        {
          account->leave = RST_LEAVE_KEEP;
          g_ptr_array_add (found, g_steal_pointer (&account));
        }
    }
  section_clear (section);
}

/* Adds the accounts of a text, and the names of its sections. */
static void
parse (const char *text,
       GPtrArray  *found,
       GPtrArray  *names)
{
  g_auto (RstLines) lines;
  g_auto (Section) section = { 0 };
  const char *line;

  rst_lines_init (&lines, text);
  while ((line = rst_lines_next (&lines)) != NULL)
    {
      gboolean empty = *g_strchug ((char *) line) == '\0';
      g_autofree char *key = next_argument (&line);
      g_autofree char *value = next_argument (&line);

      if (empty)
        take_section (&section, found);
      if (key == NULL || value == NULL)
        continue;
      if (g_ascii_strcasecmp (key, "IMAPAccount") == 0 || g_ascii_strcasecmp (key, "IMAPStore") == 0 ||
          g_ascii_strcasecmp (key, "MaildirStore") == 0 || g_ascii_strcasecmp (key, "Channel") == 0 ||
          g_ascii_strcasecmp (key, "Group") == 0)
        {
          take_section (&section, found);
          section.owner = g_strdup (lines.owner);
          g_ptr_array_add (names, g_steal_pointer (&value));
          continue;
        }
      take_setting (&section, key, value);
    }
  take_section (&section, found);
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  g_autofree char *path = rc_path (places, files);
  g_autofree char *text = rst_files_dup_text (files, path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (text != NULL)
    parse (text, found, names);
}

static gboolean
add_line (GString     *out,
          const char  *key,
          const char  *value,
          GError     **error)
{
  g_autofree char *quoted = rst_quote_mbsync (value, error);

  if (quoted == NULL)
    return FALSE;
  if (strlen (key) + strlen (quoted) > LINE_MAX_BYTES)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("A name or path is too long for mbsync."));
      return FALSE;
    }
  g_string_append_printf (out, "%s %s\n", key, quoted);
  return TRUE;
}

static char *
render (const RstAccount  *account,
        const char        *name,
        const char        *folder,
        GError           **error)
{
  const RstLogin *login = &account->incoming;
  g_autofree char *lookup = rst_quote_lookup ("imap", login->endpoint->host, login->username);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "IMAPAccount %s\nHost %s\nPort %u\n", name, login->endpoint->host,
                          login->endpoint->port);
  if (!add_line (out, "User", login->username, error) ||
      (account->store_secret && !add_line (out, "PassCmd", lookup, error)))
    return NULL;
  g_string_append_printf (out, "SSLType %s\n",
                          login->endpoint->security == RST_SECURITY_TLS ? "IMAPS" : "STARTTLS");
  if (login->auth == RST_AUTH_PASSWORD)
    g_string_append (out, "AuthMechs PLAIN LOGIN\n");
  if (account->ca_file != NULL && !add_line (out, "CertificateFile", account->ca_file, error))
    return NULL;
  g_string_append_printf (out,
                          "\nIMAPStore %1$s-remote\nAccount %1$s\n"
                          "\nMaildirStore %1$s-local\nPath ~/Mail/%2$s/\nInbox ~/Mail/%2$s/INBOX\n"
                          "SubFolders Verbatim\n"
                          "\nChannel %1$s\nFar :%1$s-remote:\nNear :%1$s-local:\nPatterns *\n"
                          "Sync All\nCreate Near\nRemove None\nExpunge None\nSyncState *\n\n",
                          name, folder);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_results (const RstPlaces  *places,
             const RstAccount *account,
             const char       *name,
             const char       *folder,
             RstSetup         *setup)
{
  g_autofree char *mail = g_build_filename (places->home, "Mail", folder, NULL);

  rst_config_add_folder (setup, mail);
  g_ptr_array_add (setup->next, g_strdup_printf (_("Run “mbsync %s” to fetch the mail into “%s”."),
                                                 name, mail));
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
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = rc_path (places, files);
  g_autofree char *slug = rst_account_slug (account);
  g_autofree char *name = NULL, *text = NULL, *rest = NULL, *body = NULL, *after = NULL, *summary = NULL;
  g_autoptr (RstBlock) block = NULL;
  RstPresent present;

  if (!rst_client_check (&rst_client_mbsync, account, error) ||
      (text = rst_config_read (files, path, error)) == NULL)
    return FALSE;
  block = rst_block_find (text, account->address);
  rest = rst_block_rest (block);
  parse (rest, others, names);
  present = rst_config_present (&rst_client_mbsync, others, account);
  if (present == RST_PRESENT_OTHER)
    return rst_config_conflict (&rst_client_mbsync, account, path, error);
  name = rst_config_free_name (names, slug);
  body = render (account, name, name, error);
  if (body == NULL)
    return FALSE;
  after = rst_block_set (block, account->address, body);
  if (present == RST_PRESENT_SAME)
    return TRUE;
  rst_config_add_secret (setup, account, &account->incoming);
  if (g_str_equal (after, text))
    return TRUE;
  summary = g_strdup_printf (_("Add %s to mbsync."), account->address);
  rst_config_add_text (setup, files, path, 0600, after, summary);
  add_results (places, account, name, name, setup);
  return TRUE;
}

static const char * const programs[] = { "mbsync", NULL };

const RstClient rst_client_mbsync = {
  .id = "mbsync",
  .name = "mbsync",
  .programs = programs,
  .flags = RST_CLIENT_IMAP | RST_CLIENT_TERMINAL,
  .wants = wants,
  .profiles = profiles,
  .accounts = accounts,
  .plan = plan,
};
