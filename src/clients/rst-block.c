/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-block.h"

#include <string.h>

#define BEGIN_PREFIX "# >>> Restante "
#define BEGIN_SUFFIX " >>>"
#define END_PREFIX "# <<< Restante "
#define END_SUFFIX " <<<"

/* The first line of the block of @name, without line break. */
static char *
first_line (const char *name)
{
  return g_strconcat (BEGIN_PREFIX, name, BEGIN_SUFFIX, NULL);
}

/* The last line of the block of @name, without line break. */
static char *
last_line (const char *name)
{
  return g_strconcat (END_PREFIX, name, END_SUFFIX, NULL);
}

static char *
between (const char *line,
         const char *prefix,
         const char *suffix)
{
  gsize length = strcspn (line, "\r\n");
  gsize around = strlen (prefix) + strlen (suffix);

  if (length <= around || !g_str_has_prefix (line, prefix) ||
      strncmp (line + length - strlen (suffix), suffix, strlen (suffix)) != 0)
    return NULL;
  return g_strndup (line + strlen (prefix), length - around);
}

/**
 * rst_block_name:
 * @line: a line; what follows its end is ignored
 * @begins: (out): whether @line begins a block; %FALSE: it ends one
 *
 * Returns: (nullable) (transfer full): the name of the block that @line begins or ends
 */
char *
rst_block_name (const char *line,
                gboolean   *begins)
{
  char *name = between (line, BEGIN_PREFIX, BEGIN_SUFFIX);

  *begins = name != NULL;
  return name != NULL ? name : between (line, END_PREFIX, END_SUFFIX);
}

static const char *
next_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

/* The first line from @text on that is the mark of @name. */
static const char *
find_mark (const char *text,
           const char *name,
           gboolean    wanted)
{
  for (const char *line = text; *line != '\0'; line = next_line (line))
    {
      gboolean begins;
      g_autofree char *found = rst_block_name (line, &begins);

      if (found != NULL && begins == wanted && g_str_equal (found, name))
        return line;
    }
  return NULL;
}

static gboolean
uses_crlf (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL && end > text && end[-1] == '\r';
}

/**
 * rst_block_find:
 * @text: a whole file
 * @name: the block's name
 *
 * Cuts a text at a block. A begin whose end somebody has cut off is no block.
 *
 * Returns: (transfer full): the parts
 */
RstBlock *
rst_block_find (const char *text,
                const char *name)
{
  RstBlock *self = g_new0 (RstBlock, 1);
  const char *begin = find_mark (text, name, TRUE);
  const char *end = begin != NULL ? find_mark (begin, name, FALSE) : NULL;
  const char *later = begin;

  for (; end != NULL && later != NULL && later < end; later = find_mark (next_line (later), name, TRUE))
    begin = later;
  if (end == NULL)
    {
      self->head = g_strdup (text);
      self->tail = g_strdup ("");
      self->crlf = uses_crlf (text);
      return self;
    }
  self->head = g_strndup (text, (gsize) (begin - text));
  self->body = g_strndup (next_line (begin), (gsize) (end - next_line (begin)));
  self->tail = g_strdup (next_line (end));
  self->crlf = uses_crlf (begin);
  return self;
}

/**
 * rst_block_free:
 * @self: (transfer full): the parts of a text
 */
void
rst_block_free (RstBlock *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->head);
  g_free (self->body);
  g_free (self->tail);
  g_free (self);
}

/**
 * rst_block_rest:
 * @self: the parts of a text
 *
 * Returns: (transfer full): the text without the block: what the person wrote
 */
char *
rst_block_rest (const RstBlock *self)
{
  return g_strconcat (self->head, self->tail, NULL);
}

static void
append_lines (GString    *out,
              const char *text,
              gboolean    crlf)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' && crlf)
        g_string_append_c (out, '\r');
      g_string_append_c (out, *p);
    }
}

/* An empty line before the block, whatever the text ends with: several formats end a section there,
 * and it takes the effect of a final backslash. */
static void
append_gap (GString    *out,
            const char *text,
            gboolean    crlf)
{
  if (*text == '\0' || g_str_has_suffix (text, "\n\n") || g_str_has_suffix (text, "\n\r\n"))
    return;
  if (!g_str_has_suffix (text, "\n"))
    append_lines (out, "\n", crlf);
  append_lines (out, "\n", crlf);
}

/**
 * rst_block_set:
 * @self: the parts of a text
 * @name: the block's name
 * @body: the lines for between the marks, with line feeds
 *
 * Puts a block where it was, or at the end of the text, with the line ends of the text.
 *
 * Returns: (transfer full): the new text
 */
char *
rst_block_set (const RstBlock *self,
               const char     *name,
               const char     *body)
{
  g_autoptr (GString) out = g_string_new (self->head);
  g_autofree char *begin = first_line (name);
  g_autofree char *end = last_line (name);

  if (self->body == NULL)
    append_gap (out, self->head, self->crlf);
  g_string_append (out, begin);
  append_lines (out, "\n", self->crlf);
  append_lines (out, body, self->crlf);
  g_string_append (out, end);
  append_lines (out, "\n", self->crlf);
  g_string_append (out, self->tail);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
