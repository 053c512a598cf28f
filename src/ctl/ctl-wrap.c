/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-wrap.h"

#include <string.h>

static guint
char_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * ctl_columns:
 * @text: valid UTF-8
 *
 * Returns: how many columns of a terminal @text takes
 */
guint
ctl_columns (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += char_columns (g_utf8_get_char (p));
  return columns;
}

/**
 * ctl_pad:
 * @text: valid UTF-8
 * @columns: wanted width
 *
 * Returns: (transfer full): @text with blanks behind it up to @columns
 */
char *
ctl_pad (const char *text,
         guint       columns)
{
  guint used = ctl_columns (text);

  return g_strdup_printf ("%s%*s", text, used < columns ? (int) (columns - used) : 0, "");
}

/* Characters that do not stand at the start of a line (UAX #14 classes CL, CP, EX, NS, …). */
static gboolean
stays_behind (gunichar c)
{
  switch ((int) g_unichar_break_type (c))
    {
    case G_UNICODE_BREAK_CLOSE_PUNCTUATION:
    case G_UNICODE_BREAK_CLOSE_PARANTHESIS:
    case G_UNICODE_BREAK_EXCLAMATION:
    case G_UNICODE_BREAK_NON_STARTER:
    case G_UNICODE_BREAK_CONDITIONAL_JAPANESE_STARTER:
    case G_UNICODE_BREAK_INFIX_SEPARATOR:
    case G_UNICODE_BREAK_QUOTATION:
    case G_UNICODE_BREAK_COMBINING_MARK:
    case G_UNICODE_BREAK_POSTFIX:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
may_break_between (gunichar before,
                   gunichar after)
{
  GUnicodeBreakType type = g_unichar_break_type (before);

  if (!g_unichar_iswide (before) && !g_unichar_iswide (after))
    return FALSE;
  if (type == G_UNICODE_BREAK_OPEN_PUNCTUATION || type == G_UNICODE_BREAK_QUOTATION)
    return FALSE;
  return !stays_behind (after);
}

/* The end of the piece that starts at @start and must not be broken; blanks are not part of it. */
static const char *
piece_end (const char *start)
{
  const char *p = start;

  while (*p != '\0' && *p != ' ')
    {
      gunichar c = g_utf8_get_char (p);

      p = g_utf8_next_char (p);
      if (*p != '\0' && *p != ' ' && may_break_between (c, g_utf8_get_char (p)))
        break;
    }
  return p;
}

/* One line of the source; blanks in front of it stay. */
static void
wrap_line (GString    *out,
           const char *line,
           guint       columns,
           guint       column,
           const char *next)
{
  gsize indent = strspn (line, " ");
  gboolean at_start = TRUE;
  gboolean blank = FALSE;

  g_string_append_len (out, line, indent);
  column += indent;
  line += indent;
  while (*line != '\0')
    {
      const char *end = piece_end (line);
      g_autofree char *piece = g_strndup (line, end - line);
      guint width = ctl_columns (piece);

      if (!at_start && column + blank + width > columns)
        {
          g_string_append_printf (out, "\n%s", next);
          column = ctl_columns (next);
        }
      else if (blank && !at_start)
        {
          g_string_append_c (out, ' ');
          column++;
        }
      g_string_append (out, piece);
      column += width;
      at_start = FALSE;
      blank = *end == ' ';
      line = end + strspn (end, " ");
    }
}

/**
 * ctl_wrap:
 * @text: valid UTF-8 without control characters but line breaks, which stay
 * @columns: where lines end
 * @first: what the first line starts with
 * @next: what all others start with
 *
 * Breaks @text into lines. A word longer than a line is not broken: it may be a host name or a
 * path, to be copied as it is.
 *
 * Returns: (transfer full): the lines, the last one ended too
 */
char *
ctl_wrap (const char *text,
          guint       columns,
          const char *first,
          const char *next)
{
  GString *out = g_string_new (first);
  guint column = ctl_columns (first);

  while (TRUE)
    {
      const char *end = strchrnul (text, '\n');
      g_autofree char *line = g_strndup (text, end - text);

      wrap_line (out, line, columns, column, next);
      g_string_append_c (out, '\n');
      if (*end == '\0')
        return g_string_free (out, FALSE);
      g_string_append (out, next);
      column = ctl_columns (next);
      text = end + 1;
    }
}
