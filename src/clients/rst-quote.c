/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-quote.h"

#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* msmtp reads its file in lines of this many bytes (conf.c), keyword and blank included. */
#define MSMTP_VALUE_MAX 470

static gboolean
refuse_control (const char  *text,
                GError     **error)
{
  if (!rst_text_has_control (text))
    return TRUE;
  g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                       _("A name or path has a control character, such as a line break."));
  return FALSE;
}

static char *
backslash (const char *text,
           const char *special,
           const char *around)
{
  g_autoptr (GString) out = g_string_new (around);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr (special, *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append (out, around);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rst_quote_mbsync:
 * @text: a value
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): an argument for ~/.mbsyncrc, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_quote_mbsync (const char  *text,
                  GError     **error)
{
  return refuse_control (text, error) ? backslash (text, "\\\"", "\"") : NULL;
}

/**
 * rst_quote_msmtp:
 * @text: a value
 * @error: return location for an error
 *
 * The format knows no escapes: a value goes to the end of the line, and one pair of quotes around it
 * is taken off.
 *
 * Returns: (transfer full) (nullable): a value for ~/.msmtprc, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_quote_msmtp (const char  *text,
                 GError     **error)
{
  if (!refuse_control (text, error))
    return NULL;
  if (strlen (text) > MSMTP_VALUE_MAX)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           _("A name or path is too long for msmtp."));
      return NULL;
    }
  if (*text == '\0' || *text == ' ' || *text == '"' || g_str_has_suffix (text, " "))
    return g_strconcat ("\"", text, "\"", NULL);
  return g_strdup (text);
}

/**
 * rst_quote_fetchmail:
 * @text: a value
 * @error: return location for an error
 *
 * fetchmail 6.4 reads `\"` within quotes wrongly, so quotes and backslashes go as hexadecimal codes.
 * It knows no encoding: only ASCII is taken.
 *
 * Returns: (transfer full) (nullable): a string for ~/.fetchmailrc, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_quote_fetchmail (const char  *text,
                     GError     **error)
{
  g_autoptr (GString) out = g_string_new ("\"");

  if (!refuse_control (text, error))
    return NULL;
  if (!g_str_is_ascii (text))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("fetchmail cannot use “%s”, which has letters outside ASCII."), text);
      return NULL;
    }
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\x%02x", (guint) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rst_quote_mutt:
 * @text: a value
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a string for a muttrc, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_quote_mutt (const char  *text,
                GError     **error)
{
  return refuse_control (text, error) ? backslash (text, "\\\"$`", "\"") : NULL;
}

/**
 * rst_quote_prefs_js:
 * @text: a value
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a string for prefs.js, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_quote_prefs_js (const char  *text,
                    GError     **error)
{
  return refuse_control (text, error) ? backslash (text, "\\\"", "\"") : NULL;
}

/**
 * rst_quote_url:
 * @text: a part of a URL
 *
 * Returns: (transfer full): @text with all but unreserved characters percent-encoded (RFC 3986
 *   section 2.3)
 */
char *
rst_quote_url (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/**
 * rst_quote_ere:
 * @text: a text
 *
 * Returns: (transfer full): a POSIX extended regular expression that matches just @text
 */
char *
rst_quote_ere (const char *text)
{
  return backslash (text, ".*[]^$\\+?(){}|", "");
}

/**
 * rst_quote_lookup:
 * @service: `imap`, `pop3` or `smtp`
 * @host: the server
 * @user: the name to sign in with
 *
 * The command by which programs fetch a password. The attributes are those that msmtp and mpop look
 * up by themselves.
 *
 * Returns: (transfer full): a command for `sh -c`, still to be quoted for the file that it goes into
 */
char *
rst_quote_lookup (const char *service,
                  const char *host,
                  const char *user)
{
  g_autofree char *quoted = rst_text_shell_quote (user);

  return g_strdup_printf ("secret-tool lookup service %s host %s user %s", service, host, quoted);
}
