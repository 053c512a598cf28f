/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads prefs.js as Mozilla's own reader does. */
#include "rst-prefs-js-private.h"

#include <stdlib.h>
#include <string.h>

/**
 * rst_pref_free:
 * @self: (transfer full): one preference
 */
void
rst_pref_free (RstPref *self)
{
  g_free (self->literal);
  g_free (self->text);
  g_free (self);
}

static const char *
skip_to_line_end (const char *p)
{
  return p + strcspn (p, "\n");
}

/* Blanks and comments; not a comment that does not end. */
static const char *
skip_space (const char *p)
{
  for (;;)
    if (g_ascii_isspace (*p))
      p++;
    else if (*p == '#' || (p[0] == '/' && p[1] == '/'))
      p = skip_to_line_end (p);
    else if (p[0] == '/' && p[1] == '*')
      {
        const char *end = strstr (p + 2, "*/");

        if (end == NULL)
          return p;
        p = end + 2;
      }
    else
      return p;
}

static const char *
read_hex (const char *p,
          guint       digits,
          GString    *out)
{
  g_autofree char *code = g_strndup (p, digits);
  gunichar c = (gunichar) strtoul (code, NULL, 16);

  if (strlen (code) < digits || strspn (code, "0123456789abcdefABCDEF") < digits)
    return NULL;
  if (c != 0 && g_unichar_validate (c))
    g_string_append_unichar (out, c);
  return p + digits;
}

static const char *
read_escape (const char *p,
             GString    *out)
{
  switch (*p)
    {
    case '\0':
      return NULL;
    case 'n':
      g_string_append_c (out, '\n');
      return p + 1;
    case 'r':
      g_string_append_c (out, '\r');
      return p + 1;
    case 'x':
      return read_hex (p + 1, 2, out);
    case 'u':
      return read_hex (p + 1, 4, out);
    default:
      g_string_append_c (out, *p);
      return p + 1;
    }
}

/* Returns what follows the string, or NULL. */
static const char *
read_string (const char  *p,
             char       **text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char quote = *p;

  if (quote != '"' && quote != '\'')
    return NULL;
  for (p++; p != NULL && *p != quote;)
    if (*p == '\0')
      return NULL;
    else if (*p == '\\')
      p = read_escape (p + 1, out);
    else
      g_string_append_c (out, *p++);
  if (p == NULL)
    return NULL;
  *text = g_string_free (g_steal_pointer (&out), FALSE);
  return p + 1;
}

static const char *
read_value (const char  *p,
            char       **text)
{
  gsize length;

  if (*p == '"' || *p == '\'')
    return read_string (p, text);
  if (g_str_has_prefix (p, "true"))
    return p + strlen ("true");
  if (g_str_has_prefix (p, "false"))
    return p + strlen ("false");
  length = strspn (p, "+-0123456789");
  return length > 0 ? p + length : NULL;
}

static const char *
expect (const char *p,
        const char *token)
{
  p = skip_space (p);
  return g_str_has_prefix (p, token) ? p + strlen (token) : NULL;
}

/* Two more names are understood, though only Mozilla's own files use them. */
static const char *
read_keyword (const char *p)
{
  static const char * const keywords[] = { "user_pref", "sticky_pref", "pref" };

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_has_prefix (p, keywords[i]))
      return p + strlen (keywords[i]);
  return NULL;
}

/* One call of user_pref() at @p. Returns what follows it, or NULL if there is none. */
static const char *
read_pref (RstPrefs   *self,
           const char *text,
           const char *p,
           gboolean    in_text)
{
  g_autofree char *name = NULL, *string = NULL;
  const char *start, *end;
  RstPref *pref;

  if ((p = read_keyword (p)) == NULL || (p = expect (p, "(")) == NULL ||
      (p = read_string (skip_space (p), &name)) == NULL || (p = expect (p, ",")) == NULL)
    return NULL;
  start = skip_space (p);
  end = read_value (start, &string);
  if (end == NULL || (p = expect (end, ")")) == NULL || (p = expect (p, ";")) == NULL)
    return NULL;
  pref = g_new0 (RstPref, 1);
  pref->literal = g_strndup (start, (gsize) (end - start));
  pref->text = g_steal_pointer (&string);
  pref->start = in_text ? start - text : -1;
  pref->end = in_text ? end - text : -1;
  g_hash_table_replace (self->prefs, g_steal_pointer (&name), pref);
  return p;
}

/**
 * rst_prefs_read_all:
 * @self: preferences
 * @text: a file
 * @in_text: whether @text is the file that will be written
 *
 * Reads what @text sets. What cannot be read is passed over to the end of its line.
 */
void
rst_prefs_read_all (RstPrefs   *self,
                    const char *text,
                    gboolean    in_text)
{
  const char *p = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;

  for (p = skip_space (p); *p != '\0'; p = skip_space (p))
    {
      const char *next = read_pref (self, text, p, in_text);

      self->sound = self->sound && (next != NULL || !in_text);
      p = next != NULL ? next : skip_to_line_end (p + 1);
    }
}
