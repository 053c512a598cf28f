/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-ini.h"

#include <string.h>

struct _RstIni {
  GPtrArray *lines; /* (element-type utf8) with their ends; the last may have none */
  const char *line_end;
};

/**
 * rst_ini_new:
 * @text: (nullable): the contents of a file, %NULL for none
 *
 * Returns: (transfer full): its lines
 */
RstIni *
rst_ini_new (const char *text)
{
  RstIni *self = g_new0 (RstIni, 1);
  const char *p = text != NULL ? text : "";
  const char *first = strchr (p, '\n');

  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->line_end = first != NULL && first > p && first[-1] == '\r' ? "\r\n" : "\n";
  while (*p != '\0')
    {
      gsize length = strcspn (p, "\n");

      length += p[length] == '\n' ? 1 : 0;
      g_ptr_array_add (self->lines, g_strndup (p, length));
      p += length;
    }
  return self;
}

/**
 * rst_ini_free:
 * @self: (transfer full): an INI file
 */
void
rst_ini_free (RstIni *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* The name in `[NAME]`, or NULL. */
static char *
section_of (const char *line)
{
  const char *end;

  if (g_str_has_prefix (line, "\xef\xbb\xbf"))
    line += 3;
  line += strspn (line, " \t");
  end = *line == '[' ? strchr (line, ']') : NULL;
  return end != NULL ? g_strndup (line + 1, (gsize) (end - line - 1)) : NULL;
}

/* What follows `KEY =`, or NULL. */
static const char *
value_of (const char *line,
          const char *key)
{
  line += strspn (line, " \t");
  if (!g_str_has_prefix (line, key))
    return NULL;
  line += strlen (key);
  line += strspn (line, " \t");
  return *line == '=' ? line + 1 : NULL;
}

/**
 * rst_ini_list_sections:
 * @self: an INI file
 *
 * Returns: (transfer full) (element-type utf8): the names of its sections, in order
 */
GPtrArray *
rst_ini_list_sections (const RstIni *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->lines->len; i++)
    {
      char *name = section_of (g_ptr_array_index (self->lines, i));

      if (name != NULL)
        g_ptr_array_add (names, name);
    }
  return names;
}

/* Finds the line of a key. @behind is where a new line of the section would go; 0 if there is no such
 * section. */
static gboolean
find (const RstIni *self,
      const char   *section,
      const char   *key,
      guint        *at,
      guint        *behind)
{
  gboolean inside = FALSE;

  *behind = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autofree char *name = section_of (line);

      if (name != NULL)
        inside = g_str_equal (name, section);
      if (!inside)
        continue;
      if (value_of (line, key) != NULL)
        {
          *at = i;
          return TRUE;
        }
      if (line[strspn (line, " \t\r\n")] != '\0')
        *behind = i + 1;
    }
  return FALSE;
}

/**
 * rst_ini_get:
 * @self: an INI file
 * @section: a section
 * @key: a key of it
 *
 * Returns: (transfer full) (nullable): the value without blanks around it, or %NULL
 */
char *
rst_ini_get (const RstIni *self,
             const char   *section,
             const char   *key)
{
  guint at, behind;

  if (!find (self, section, key, &at, &behind))
    return NULL;
  return g_strstrip (g_strdup (value_of (g_ptr_array_index (self->lines, at), key)));
}

static void
append_end (RstIni *self)
{
  char *last = self->lines->len > 0 ? g_ptr_array_index (self->lines, self->lines->len - 1) : NULL;

  if (last == NULL || g_str_has_suffix (last, "\n"))
    return;
  self->lines->pdata[self->lines->len - 1] = g_strconcat (last, self->line_end, NULL);
  g_free (last);
}

/**
 * rst_ini_set:
 * @self: an INI file
 * @section: a section; made at the end if there is none
 * @key: a key of it
 * @value: its new value, one line
 *
 * Sets a value.
 */
void
rst_ini_set (RstIni     *self,
             const char *section,
             const char *key,
             const char *value)
{
  g_autofree char *old = rst_ini_get (self, section, key);
  char *line = g_strconcat (key, "=", value, self->line_end, NULL);
  guint at, behind;

  g_return_if_fail (strpbrk (value, "\r\n") == NULL);

  if (g_strcmp0 (old, value) == 0)
    {
      g_free (line);
      return;
    }
  if (find (self, section, key, &at, &behind))
    {
      g_free (self->lines->pdata[at]);
      self->lines->pdata[at] = line;
      return;
    }
  append_end (self);
  if (behind == 0)
    {
      if (self->lines->len > 0)
        g_ptr_array_add (self->lines, g_strdup (self->line_end));
      g_ptr_array_add (self->lines, g_strconcat ("[", section, "]", self->line_end, NULL));
      behind = self->lines->len;
    }
  g_ptr_array_insert (self->lines, (int) behind, line);
}

/**
 * rst_ini_render:
 * @self: an INI file
 *
 * Returns: (transfer full): its text
 */
char *
rst_ini_render (const RstIni *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append (out, g_ptr_array_index (self->lines, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
