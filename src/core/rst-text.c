/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-text.h"

#include <string.h>

static gboolean
is_deceptive (gunichar c)
{
  if (g_unichar_iscntrl (c) || g_unichar_iszerowidth (c))
    return TRUE;
  /* LRM, RLM, the embeddings and overrides, the isolates: they reorder what surrounds them. */
  return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * rst_text_clean:
 * @text: bytes of unknown origin
 * @length: their number, or -1 if @text is nul-terminated
 * @max_chars: how many characters to keep at most
 *
 * Makes foreign text fit to be shown as plain text (not as markup: escape it for that). Control
 * characters become blanks, characters that reorder or hide others are dropped, and what is
 * longer than @max_chars ends in an ellipsis.
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

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, length);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n' || c == '\r')
        c = ' ';
      else if (is_deceptive (c))
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
