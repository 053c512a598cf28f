/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More marks than this on one letter climb over the lines above it; no language needs them. */
#define MARKS_MAX 4

/* Letters by name, blanks to look at. */
static gboolean
is_filler (gunichar c)
{
  return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
}

/* Control characters, and what nobody sees but what reorders or splits what surrounds it (Unicode's
 * class Cf: the bidirectional embeddings and isolates, joiners, soft hyphens, tags). */
static gboolean
is_deceptive (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || is_filler (c);
}

static gboolean
is_break (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c == '\t' || c == '\n' || c == '\r' || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/**
 * rst_text_clean:
 * @text: bytes of unknown origin
 * @length: their number, or -1 if @text is nul-terminated
 * @max_chars: how many characters to keep at most
 *
 * Makes foreign text fit to be shown as plain text (not as markup: escape it for that). Line breaks
 * become blanks, characters that reorder or hide others are dropped, and what is longer than
 * @max_chars ends in an ellipsis. Marks stay with their letters, up to a number that is bearable.
 *
 * Returns: (transfer full): valid UTF-8 without surprises
 */
char *
rst_text_clean (const char *text,
                gssize      length,
                guint       max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;
  guint marks = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, length);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_break (c))
        c = ' ';
      else if (is_deceptive (c))
        continue;
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks > MARKS_MAX)
        continue;
      if (n++ == max_chars)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

/**
 * rst_text_reveal:
 * @text: bytes of unknown origin
 * @length: their number, or -1 if @text is nul-terminated
 *
 * Makes a text whose every character counts, such as the lines of a file, fit to be shown as it is:
 * line feeds and tabs stay, and each character that would do something unseen becomes U+FFFD.
 *
 * Returns: (transfer full): valid UTF-8 of as many characters
 */
char *
rst_text_reveal (const char *text,
                 gssize      length)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, length);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean plain = c == '\n' || c == '\t' || !(is_deceptive (c) || is_break (c));

      g_string_append_unichar (out, plain ? c : 0xfffd);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rst_text_has_control:
 * @text: (nullable): a nul-terminated string
 *
 * Returns: whether @text has a control character (a line break among them) or is not UTF-8
 */
gboolean
rst_text_has_control (const char *text)
{
  if (text == NULL)
    return FALSE;
  if (!g_utf8_validate (text, -1, NULL))
    return TRUE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/**
 * rst_text_shell_quote:
 * @text: an argument
 *
 * Quotes one argument for `sh -c`, always within single quotes so that the result is the same
 * whatever @text holds.
 *
 * Returns: (transfer full): the quoted argument
 */
char *
rst_text_shell_quote (const char *text)
{
  g_autoptr (GString) out = g_string_new ("'");

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\'')
      g_string_append (out, "'\\''");
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '\'');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rst_text_join_list:
 * @items: (array zero-terminated=1): names
 *
 * Returns: (transfer full): the names in a row, with what the person's language puts between them
 */
char *
rst_text_join_list (const char * const *items)
{
  return g_strjoinv (C_("between list items", ", "), (char **) items);
}

/**
 * rst_text_format_day:
 * @day: a day
 *
 * Returns: (transfer full): the day, as it is written everywhere in this program
 */
char *
rst_text_format_day (GDateTime *day)
{
  /* Translators: a date, see the manual of strftime: "5 May 2026" */
  return g_date_time_format (day, C_("date", "%-d %B %Y"));
}
