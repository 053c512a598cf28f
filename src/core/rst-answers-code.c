/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The short code that stands for a set of answers, to be read over the telephone or kept in a
 * support ticket.
 *
 * All values are digits of one number with mixed bases, written in base 32 (the letters that are
 * easily confused are left out), first character the check digit. Version: a key added later goes
 * to the end of RstKey, so old codes keep their meaning.
 */
#include "rst-answers.h"
#include "rst-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define DIGITS "0123456789abcdefghjkmnpqrstvwxyz"
#define BASE 32
#define DAYS_BASE (RST_MAX_DAYS + 1)
#define MAX_CODE 9 /* the largest number needs eight digits; one more is the check digit */

static guint
base_of (RstKey key)
{
  return key == RST_KEY_EXPIRES ? DAYS_BASE : rst_key_get_n_values (key) + 1;
}

static guint
check_digit (guint64 number)
{
  guint sum = 7;

  for (; number > 0; number /= BASE)
    sum = (sum * 3 + number % BASE) % 31;

  return sum;
}

/**
 * rst_answers_to_code:
 * @self: answers
 *
 * Returns: (transfer full): a code of at most nine letters and digits, in groups of four
 */
char *
rst_answers_to_code (const RstAnswers *self)
{
  g_autofree char *reversed = NULL;
  GString *digits = g_string_new (NULL);
  guint64 number = 0;

  g_return_val_if_fail (self != NULL, g_string_free (digits, FALSE));

  for (int key = RST_N_KEYS - 1; key >= 0; key--)
    number = number * base_of (key) + self->values[key];

  for (guint64 rest = number; rest > 0; rest /= BASE)
    g_string_append_c (digits, DIGITS[rest % BASE]);
  g_string_append_c (digits, DIGITS[check_digit (number)]);

  reversed = g_strreverse (g_string_free (digits, FALSE));
  digits = g_string_new (NULL);
  for (guint i = 0; reversed[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (digits, '-');
      g_string_append_c (digits, reversed[i]);
    }

  return g_string_free (digits, FALSE);
}

static int
digit_value (char c)
{
  const char *found;

  c = g_ascii_tolower (c);
  if (c == 'o')
    c = '0';
  else if (c == 'i' || c == 'l')
    c = '1';
  found = c == '\0' ? NULL : strchr (DIGITS, c);

  return found == NULL ? -1 : (int) (found - DIGITS);
}

static gboolean
read_number (const char *code,
             guint64    *number,
             guint      *check)
{
  guint n = 0;

  *number = 0;
  for (const char *c = code; *c != '\0'; c++)
    {
      int value = digit_value (*c);

      if (*c == '-' || *c == ' ')
        continue;
      if (value < 0 || n == MAX_CODE)
        return FALSE;
      if (n++ == 0)
        *check = value;
      else
        *number = *number * BASE + value;
    }

  return n > 0;
}

/**
 * rst_answers_new_from_code:
 * @code: a code; dashes, spaces and case do not matter
 * @error: return location for an error, %RST_ERROR_INPUT
 *
 * Returns: (transfer full) (nullable): the answers it stands for
 */
RstAnswers *
rst_answers_new_from_code (const char  *code,
                           GError     **error)
{
  g_autoptr(RstAnswers) answers = rst_answers_new ();
  guint64 number, rest;
  guint check = 0;

  g_return_val_if_fail (code != NULL, NULL);

  if (read_number (code, &number, &check) && check == check_digit (number))
    {
      rest = number;
      for (guint key = 0; key < RST_N_KEYS; key++)
        {
          rst_answers_set (answers, key, rest % base_of (key));
          rest /= base_of (key);
        }
      if (rest == 0)
        return g_steal_pointer (&answers);
    }

  g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
               _("“%s” is not a code of answers. Check it for a typing mistake."), code);
  return NULL;
}
