/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-prefs-js.h"

#include "rst-quote.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  char *literal;    /* (owned) as in the file: "text", 12, true */
  char *text;       /* (owned) (nullable) the string that it means; NULL: not a string */
  gssize start;     /* where the literal is in the text; -1: it is not there */
  gssize end;
  gboolean changed;
} Pref;

struct _RstPrefs {
  char *text;
  GHashTable *prefs; /* name → Pref; the last of several counts */
  GPtrArray *added;  /* names that are not in the text, in the order in which they were set */
  gboolean sound;    /* all of the text could be read */
};

static void
pref_free (Pref *self)
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
  Pref *pref;

  if ((p = read_keyword (p)) == NULL || (p = expect (p, "(")) == NULL ||
      (p = read_string (skip_space (p), &name)) == NULL || (p = expect (p, ",")) == NULL)
    return NULL;
  start = skip_space (p);
  end = read_value (start, &string);
  if (end == NULL || (p = expect (end, ")")) == NULL || (p = expect (p, ";")) == NULL)
    return NULL;
  pref = g_new0 (Pref, 1);
  pref->literal = g_strndup (start, (gsize) (end - start));
  pref->text = g_steal_pointer (&string);
  pref->start = in_text ? start - text : -1;
  pref->end = in_text ? end - text : -1;
  g_hash_table_replace (self->prefs, g_steal_pointer (&name), pref);
  return p;
}

static void
read_all (RstPrefs   *self,
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

/**
 * rst_prefs_new:
 * @text: (nullable): the contents of prefs.js, %NULL for none
 *
 * Returns: (transfer full): what @text sets
 */
RstPrefs *
rst_prefs_new (const char *text)
{
  RstPrefs *self = g_new0 (RstPrefs, 1);

  self->text = g_strdup (text != NULL ? text : "");
  self->prefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pref_free);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->sound = TRUE;
  read_all (self, self->text, TRUE);
  return self;
}

/**
 * rst_prefs_free:
 * @self: (transfer full): preferences
 */
void
rst_prefs_free (RstPrefs *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_hash_table_unref (self->prefs);
  g_ptr_array_unref (self->added);
  g_free (self);
}

/**
 * rst_prefs_overlay:
 * @self: preferences, to be read only from now on
 * @text: (nullable): the contents of user.js
 *
 * Lets another file win, as user.js does at every start.
 */
void
rst_prefs_overlay (RstPrefs   *self,
                   const char *text)
{
  if (text != NULL)
    read_all (self, text, FALSE);
}

/**
 * rst_prefs_is_sound:
 * @self: preferences
 *
 * After something that cannot be read, such as a string without an end, what is appended might be lost.
 *
 * Returns: whether all of the file could be read
 */
gboolean
rst_prefs_is_sound (const RstPrefs *self)
{
  return self->sound;
}

/**
 * rst_prefs_list_names:
 * @self: preferences
 *
 * Returns: (transfer container) (element-type utf8): the names of all that are set, in no order
 */
GPtrArray *
rst_prefs_list_names (const RstPrefs *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->prefs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  return names;
}

/**
 * rst_prefs_get_string:
 * @self: preferences
 * @name: one of them
 *
 * Returns: (nullable) (transfer none): its value; %NULL if it is not set or not a string
 */
const char *
rst_prefs_get_string (const RstPrefs *self,
                      const char     *name)
{
  const Pref *pref = g_hash_table_lookup (self->prefs, name);

  return pref != NULL ? pref->text : NULL;
}

/**
 * rst_prefs_get_int:
 * @self: preferences
 * @name: one of them
 * @fallback: what holds if it is not set
 *
 * Returns: its value
 */
int
rst_prefs_get_int (const RstPrefs *self,
                   const char     *name,
                   int             fallback)
{
  const Pref *pref = g_hash_table_lookup (self->prefs, name);
  gint64 value;

  if (pref == NULL || pref->text != NULL || g_ascii_isalpha (*pref->literal))
    return fallback;
  value = g_ascii_strtoll (pref->literal, NULL, 10);
  return (int) CLAMP (value, G_MININT, G_MAXINT);
}

/**
 * rst_prefs_get_bool:
 * @self: preferences
 * @name: one of them
 * @fallback: what holds if it is not set
 *
 * Returns: its value
 */
gboolean
rst_prefs_get_bool (const RstPrefs *self,
                    const char     *name,
                    gboolean        fallback)
{
  const Pref *pref = g_hash_table_lookup (self->prefs, name);

  if (pref == NULL || pref->text != NULL || !g_ascii_isalpha (*pref->literal))
    return fallback;
  return g_str_equal (pref->literal, "true");
}

static void
set_literal (RstPrefs   *self,
             const char *name,
             const char *literal,
             const char *text)
{
  Pref *pref = g_hash_table_lookup (self->prefs, name);

  if (pref == NULL)
    {
      pref = g_new0 (Pref, 1);
      pref->start = -1;
      g_hash_table_insert (self->prefs, g_strdup (name), pref);
      g_ptr_array_add (self->added, g_strdup (name));
    }
  else if (pref->text != NULL ? g_strcmp0 (pref->text, text) == 0 : g_str_equal (pref->literal, literal))
    return;
  g_free (pref->literal);
  g_free (pref->text);
  pref->literal = g_strdup (literal);
  pref->text = g_strdup (text);
  pref->changed = TRUE;
}

/**
 * rst_prefs_set_string:
 * @self: preferences
 * @name: one of them
 * @value: its new value
 * @error: return location for an error
 *
 * Returns: %TRUE, or %FALSE with %RST_ERROR_INPUT if @value has a control character
 */
gboolean
rst_prefs_set_string (RstPrefs    *self,
                      const char  *name,
                      const char  *value,
                      GError     **error)
{
  g_autofree char *literal = rst_quote_prefs_js (value, error);

  if (literal == NULL)
    return FALSE;
  set_literal (self, name, literal, value);
  return TRUE;
}

/**
 * rst_prefs_set_int:
 * @self: preferences
 * @name: one of them
 * @value: its new value
 */
void
rst_prefs_set_int (RstPrefs   *self,
                   const char *name,
                   int         value)
{
  g_autofree char *literal = g_strdup_printf ("%d", value);

  set_literal (self, name, literal, NULL);
}

/**
 * rst_prefs_set_bool:
 * @self: preferences
 * @name: one of them
 * @value: its new value
 */
void
rst_prefs_set_bool (RstPrefs   *self,
                    const char *name,
                    gboolean    value)
{
  set_literal (self, name, value ? "true" : "false", NULL);
}

static int
compare_start (gconstpointer a,
               gconstpointer b)
{
  const Pref *first = *(const Pref * const *) a, *second = *(const Pref * const *) b;

  return first->start < second->start ? -1 : first->start > second->start;
}

static void
append_added (const RstPrefs *self,
              GString        *out)
{
  const char *end = strchr (self->text, '\n');
  const char *line_end = end != NULL && end > self->text && end[-1] == '\r' ? "\r\n" : "\n";

  if (self->added->len > 0 && out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append (out, line_end);
  for (guint i = 0; i < self->added->len; i++)
    {
      const char *name = g_ptr_array_index (self->added, i);
      const Pref *pref = g_hash_table_lookup (self->prefs, name);

      g_string_append_printf (out, "user_pref(\"%s\", %s);%s", name, pref->literal, line_end);
    }
}

/**
 * rst_prefs_render:
 * @self: preferences
 *
 * Returns: (transfer full): the text with what was set since it was read
 */
char *
rst_prefs_render (const RstPrefs *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer pref;
  gsize done = 0;

  g_hash_table_iter_init (&iter, self->prefs);
  while (g_hash_table_iter_next (&iter, NULL, &pref))
    if (((Pref *) pref)->changed && ((Pref *) pref)->start >= 0)
      g_ptr_array_add (changed, pref);
  g_ptr_array_sort (changed, compare_start);
  for (guint i = 0; i < changed->len; i++)
    {
      const Pref *one = g_ptr_array_index (changed, i);

      g_string_append_len (out, self->text + done, one->start - (gssize) done);
      g_string_append (out, one->literal);
      done = (gsize) one->end;
    }
  g_string_append (out, self->text + done);
  append_added (self, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
