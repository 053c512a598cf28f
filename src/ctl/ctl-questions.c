/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-questions.h"

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "ctl-output.h"
#include "rst-questions.h"

static void
show (const RstQuestion *question)
{
  ctl_message ("\n%s", rst_question_get_text (question));
  if (rst_question_get_why (question) != NULL)
    ctl_message ("%s", rst_question_get_why (question));
  for (guint value = 1; value <= rst_question_get_n_choices (question); value++)
    {
      const char *hint = rst_question_get_hint (question, value);

      if (hint != NULL)
        ctl_message (C_("choice", "  %u. %s (%s)"), value, rst_question_get_label (question, value), hint);
      else
        ctl_message ("  %u. %s", value, rst_question_get_label (question, value));
    }
}

static gboolean
ask (const RstQuestion  *question,
     guint              *value,
     GError            **error)
{
  guint n = rst_question_get_n_choices (question);
  g_autofree char *prompt = n > 1 ? g_strdup_printf (_("1–%u, or Enter if you are not sure:"), n)
                                  : g_strdup_printf (_("1, or Enter for “%s”:"),
                                                     rst_question_get_label (question, RST_NOT_SURE));

  show (question);
  while (TRUE)
    {
      g_autofree char *answer = ctl_ask_line (prompt, error);
      guint64 number;

      if (answer == NULL)
        return FALSE;
      *value = RST_NOT_SURE;
      if (*answer == '\0')
        return TRUE;
      if (g_ascii_string_to_unsigned (answer, 10, 1, n, &number, NULL))
        {
          *value = number;
          return TRUE;
        }
    }
}

/**
 * ctl_ask_questions:
 * @answers: filled
 * @error: return location for an error: the person gave up
 *
 * Asks every question that the answers before it call for.
 *
 * Returns: whether the person came to the end
 */
gboolean
ctl_ask_questions (RstAnswers  *answers,
                   GError     **error)
{
  for (const RstQuestion *question = rst_questions_next (answers, NULL); question != NULL;
       question = rst_questions_next (answers, question))
    {
      guint value;

      if (!ask (question, &value, error))
        return FALSE;
      rst_answers_set (answers, rst_question_get_key (question), value);
    }
  return TRUE;
}

/**
 * ctl_anything_said:
 * @answers: answers
 *
 * Returns: whether there is an answer among them
 */
gboolean
ctl_anything_said (const RstAnswers *answers)
{
  const RstAnswers nothing = { 0 };

  return !rst_answers_equal (answers, &nothing);
}
