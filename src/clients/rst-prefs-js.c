/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-prefs-js-private.h"

#include "rst-quote.h"

#include <string.h>

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
  self->prefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rst_pref_free);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->sound = TRUE;
  rst_prefs_read_all (self, self->text, TRUE);
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
    rst_prefs_read_all (self, text, FALSE);
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
  const RstPref *pref = g_hash_table_lookup (self->prefs, name);

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
  const RstPref *pref = g_hash_table_lookup (self->prefs, name);
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
  const RstPref *pref = g_hash_table_lookup (self->prefs, name);

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
  RstPref *pref = g_hash_table_lookup (self->prefs, name);

  if (pref == NULL)
    {
      pref = g_new0 (RstPref, 1);
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
  const RstPref *first = *(const RstPref * const *) a, *second = *(const RstPref * const *) b;

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
      const RstPref *pref = g_hash_table_lookup (self->prefs, name);

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
    if (((RstPref *) pref)->changed && ((RstPref *) pref)->start >= 0)
      g_ptr_array_add (changed, pref);
  g_ptr_array_sort (changed, compare_start);
  for (guint i = 0; i < changed->len; i++)
    {
      const RstPref *one = g_ptr_array_index (changed, i);

      g_string_append_len (out, self->text + done, one->start - (gssize) done);
      g_string_append (out, one->literal);
      done = (gsize) one->end;
    }
  g_string_append (out, self->text + done);
  append_added (self, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
