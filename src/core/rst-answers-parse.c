/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading answers as "key=value", with errors that say what would be right.
 */
#include "rst-answers.h"
#include "rst-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static gboolean
parse_days (const char  *value,
            guint       *days,
            GError     **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (value, 10, 1, RST_MAX_DAYS, &number, NULL))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("“%s” is not a number of days from 1 to %d."), value, RST_MAX_DAYS);
      return FALSE;
    }

  *days = number;
  return TRUE;
}

static char *
list_values (RstKey key)
{
  g_autoptr(GPtrArray) nicks = g_ptr_array_new ();

  for (guint value = 1; value <= rst_key_get_n_values (key); value++)
    g_ptr_array_add (nicks, (gpointer) rst_key_get_value_nick (key, value));
  g_ptr_array_add (nicks, NULL);

  return g_strjoinv (", ", (char **) nicks->pdata);
}

static char *
list_keys (void)
{
  g_autoptr(GPtrArray) nicks = g_ptr_array_new ();

  for (guint key = 0; key < RST_N_KEYS; key++)
    g_ptr_array_add (nicks, (gpointer) rst_key_get_nick (key));
  g_ptr_array_add (nicks, NULL);

  return g_strjoinv (", ", (char **) nicks->pdata);
}

static gboolean
parse_value (RstKey       key,
             const char  *nick,
             guint       *value,
             GError     **error)
{
  g_autofree char *known = NULL;

  if (key == RST_KEY_EXPIRES)
    return parse_days (nick, value, error);

  for (*value = 1; *value <= rst_key_get_n_values (key); (*value)++)
    if (g_str_equal (nick, rst_key_get_value_nick (key, *value)))
      return TRUE;

  known = list_values (key);
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
               _("“%s” is not an answer for “%s”. Possible answers: %s. Leave it out if not sure."),
               nick, rst_key_get_nick (key), known);
  return FALSE;
}

/**
 * rst_answers_set_nick:
 * @self: answers
 * @key: a key in the vocabulary
 * @value: a value in the vocabulary; empty or "not-sure" for "not sure"
 * @error: return location for an error, %RST_ERROR_INPUT
 *
 * Returns: whether key and value were known; if not, @self is unchanged
 */
gboolean
rst_answers_set_nick (RstAnswers  *self,
                      const char  *key,
                      const char  *value,
                      GError     **error)
{
  guint number = RST_NOT_SURE;
  RstKey parsed;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL && value != NULL, FALSE);

  if (!rst_key_from_nick (key, &parsed))
    {
      g_autofree char *known = list_keys ();

      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("There is no question “%s”. The questions are: %s."), key, known);
      return FALSE;
    }

  if (*value != '\0' && !g_str_equal (value, "not-sure") &&
      !parse_value (parsed, value, &number, error))
    return FALSE;

  rst_answers_set (self, parsed, number);
  return TRUE;
}

/**
 * rst_answers_parse:
 * @self: answers
 * @text: one answer, "key=value"
 * @error: return location for an error, %RST_ERROR_INPUT
 *
 * Returns: whether @text could be read; if not, @self is unchanged
 */
gboolean
rst_answers_parse (RstAnswers  *self,
                   const char  *text,
                   GError     **error)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  const char *equals;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  equals = strchr (text, '=');
  if (equals == NULL)
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("“%s” is not of the form KEY=VALUE."), text);
      return FALSE;
    }

  key = g_strstrip (g_strndup (text, equals - text));
  value = g_strstrip (g_strdup (equals + 1));
  return rst_answers_set_nick (self, key, value, error);
}

/**
 * rst_answers_parse_lines:
 * @self: answers
 * @text: one "key=value" a line; empty lines and lines that start with "#" are skipped
 * @error: return location for an error, %RST_ERROR_INPUT, which names the line
 *
 * Returns: whether every line could be read; if not, @self is unchanged
 */
gboolean
rst_answers_parse_lines (RstAnswers  *self,
                         const char  *text,
                         GError     **error)
{
  g_auto(GStrv) lines = NULL;
  RstAnswers answers;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  answers = *self;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0' || *line == '#')
        continue;
      if (!rst_answers_parse (&answers, line, error))
        {
          g_prefix_error (error, _("Line %u: "), i + 1);
          return FALSE;
        }
    }

  *self = answers;
  return TRUE;
}
