/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The vocabulary, reading it, the code, and the order of the questions.
 */
#include "rst-error.h"
#include "rst-questions.h"

#include <string.h>

static RstAnswers
say (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, " ", -1);
  RstAnswers answers = { 0 };

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;

      if (*parts[i] != '\0')
        rst_answers_parse (&answers, parts[i], &error);
      g_assert_no_error (error);
    }

  return answers;
}

static void
test_vocabulary (void)
{
  for (guint key = 0; key < RST_N_KEYS; key++)
    {
      RstKey found;

      g_assert_true (rst_key_from_nick (rst_key_get_nick (key), &found));
      g_assert_cmpuint (found, ==, key);
      g_assert_null (rst_key_get_value_nick (key, RST_NOT_SURE));
      for (guint value = 1; value <= rst_key_get_n_values (key); value++)
        {
          RstAnswers answers = { 0 };

          g_assert_true (rst_answers_set_nick (&answers, rst_key_get_nick (key),
                                               rst_key_get_value_nick (key, value), NULL));
          g_assert_cmpuint (rst_answers_get (&answers, key), ==, value);
        }
    }
}

static void
test_parse (void)
{
  RstAnswers answers = say ("devices=several privacy=empty-server expires=90 existing=pop-days");
  g_autofree char *text = rst_answers_to_string (&answers);

  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_DEVICES), ==, RST_DEVICES_SEVERAL);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_EXPIRES), ==, 90);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_PEOPLE), ==, RST_NOT_SURE);
  g_assert_cmpstr (text, ==, "devices=several privacy=empty-server expires=90 existing=pop-days");

  g_assert_true (rst_answers_parse (&answers, " devices = ", NULL));
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_DEVICES), ==, RST_NOT_SURE);
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *says;
  } cases[] = {
    { "devices", "KEY=VALUE" },
    { "device=one", "devices, people" },
    { "devices=three", "one, several" },
    { "expires=0", "number of days" },
    { "expires=never", "number of days" },
    { "expires=99999999999", "number of days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RstAnswers answers = say ("devices=one");
      RstAnswers before = answers;
      g_autoptr(GError) error = NULL;

      g_assert_false (rst_answers_parse (&answers, cases[i].text, &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
      g_assert_nonnull (g_strstr_len (error->message, -1, cases[i].says));
      g_assert_true (rst_answers_equal (&answers, &before));
    }
}

static void
test_lines (void)
{
  RstAnswers answers = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (rst_answers_parse_lines (&answers, "# said\n\ndevices=one\r\n  people = me\n",
                                          &error));
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_PEOPLE), ==, RST_PEOPLE_ME);

  g_assert_false (rst_answers_parse_lines (&answers, "people=others\nspace=none\n", &error));
  g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
  g_assert_nonnull (g_strstr_len (error->message, -1, "2"));
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_PEOPLE), ==, RST_PEOPLE_ME);
}

static void
test_code (void)
{
  static const char * const cases[] = {
    "", "devices=one", "expires=36500",
    "devices=several people=service places=browser switching=rarely space=plenty oldmail=none "
    "outage=no serverloss=fine connection=limited privacy=empty-server offers=pop quota=large "
    "expires=36500 existing=pop-keep",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RstAnswers answers = say (cases[i]);
      g_autofree char *code = rst_answers_to_code (&answers);
      g_autofree char *shouted = g_ascii_strup (code, -1);
      g_autoptr(GError) error = NULL;
      g_autoptr(RstAnswers) back = rst_answers_new_from_code (shouted, &error);

      g_assert_no_error (error);
      g_assert_true (rst_answers_equal (&answers, back));
      g_assert_cmpuint (strlen (code), <=, 11);
    }
}

/* A typing mistake in one place is noticed. */
static void
test_code_mistakes (void)
{
  RstAnswers answers = say ("devices=several people=me oldmail=everything expires=400");
  g_autofree char *code = rst_answers_to_code (&answers);
  guint wrong = 0;
  guint noticed = 0;

  for (guint i = 0; code[i] != '\0'; i++)
    for (const char *c = "0123456789abcdefghjkmnpqrstvwxyz"; *c != '\0'; c++)
      {
        g_autofree char *typed = g_strdup (code);
        g_autoptr(RstAnswers) back = NULL;

        if (code[i] == '-' || code[i] == *c)
          continue;
        typed[i] = *c;
        back = rst_answers_new_from_code (typed, NULL);
        wrong++;
        noticed += back == NULL;
      }

  g_assert_cmpuint (wrong, >, 100);
  g_assert_cmpuint (noticed * 100, >=, wrong * 95);
  g_assert_null (rst_answers_new_from_code ("", NULL));
  g_assert_null (rst_answers_new_from_code ("zzzz-zzzz-zzzz-zzzz-zzzz", NULL));
  g_assert_null (rst_answers_new_from_code ("äöü", NULL));
}

/* The way through the questions, as keys in their order. */
static char *
walk (const char *said)
{
  RstAnswers answers = say (said);
  GString *way = g_string_new (NULL);

  for (const RstQuestion *q = rst_questions_next (&answers, NULL); q != NULL;
       q = rst_questions_next (&answers, q))
    g_string_append_printf (way, "%s%s", way->len > 0 ? " " : "",
                            rst_key_get_nick (rst_question_get_key (q)));

  return g_string_free (way, FALSE);
}

static void
test_questions (void)
{
  static const struct {
    const char *said;
    const char *way;
  } cases[] = {
    { "", "devices people places switching space oldmail outage privacy" },
    { "devices=several", "devices people places switching space oldmail outage" },
    { "devices=one", "devices people places switching space oldmail outage connection privacy" },
    { "devices=several oldmail=everything",
      "devices people places switching space oldmail outage serverloss" },
    { "devices=one people=others outage=must",
      "devices people places switching space oldmail outage serverloss connection" },
    { "devices=several space=little places=browser",
      "devices people places switching space oldmail outage connection" },
  };

  g_assert_cmpuint (rst_questions_get_n (), ==, RST_N_QUESTIONS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *way = walk (cases[i].said);

      g_assert_cmpstr (way, ==, cases[i].way);
    }
}

static void
test_question_words (void)
{
  for (guint i = 0; i < rst_questions_get_n (); i++)
    {
      const RstQuestion *q = rst_questions_get (i);

      g_assert_true (rst_questions_find (rst_question_get_key (q)) == q);
      g_assert_true (g_str_has_suffix (rst_question_get_text (q), "?"));
      g_assert_nonnull (rst_question_get_why (q));
      g_assert_nonnull (rst_question_get_help (q));
      g_assert_cmpuint (rst_question_get_n_choices (q), ==,
                        rst_key_get_n_values (rst_question_get_key (q)));
      for (guint value = 0; value <= rst_question_get_n_choices (q); value++)
        g_assert_nonnull (rst_question_get_label (q, value));
    }
  g_assert_null (rst_questions_find (RST_KEY_QUOTA));
}

/* The number of questions still to come never grows on the way. */
static void
test_progress (void)
{
  for (guint pass = 0; pass < 64; pass++)
    {
      RstAnswers answers = { 0 };
      guint left = rst_questions_count_left (&answers, NULL);

      for (const RstQuestion *q = rst_questions_next (&answers, NULL); q != NULL;
           q = rst_questions_next (&answers, q))
        {
          guint n;

          rst_answers_set (&answers, rst_question_get_key (q),
                           (pass >> (rst_question_get_key (q) % 6)) %
                             (rst_question_get_n_choices (q) + 1));
          n = rst_questions_count_left (&answers, q);
          g_assert_cmpuint (n, <, left);
          left = n;
        }
      g_assert_cmpuint (left, ==, 0);
    }
}

static void
test_forget (void)
{
  RstAnswers answers = say ("devices=one privacy=empty-server connection=limited oldmail=everything "
                            "serverloss=disaster quota=small");

  rst_answers_set_fact (&answers, RST_KEY_CONNECTION, RST_CONNECTION_LIMITED, RST_EVIDENCE_COMPUTER);
  rst_answers_set (&answers, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  rst_answers_set (&answers, RST_KEY_OLDMAIL, RST_OLDMAIL_NONE);
  rst_questions_forget_unasked (&answers);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_PRIVACY), ==, RST_NOT_SURE);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_SERVERLOSS), ==, RST_NOT_SURE);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_CONNECTION), ==, RST_CONNECTION_LIMITED);
  g_assert_cmpuint (rst_answers_get (&answers, RST_KEY_QUOTA), ==, RST_QUOTA_SMALL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answers/vocabulary", test_vocabulary);
  g_test_add_func ("/answers/parse", test_parse);
  g_test_add_func ("/answers/errors", test_errors);
  g_test_add_func ("/answers/lines", test_lines);
  g_test_add_func ("/answers/code", test_code);
  g_test_add_func ("/answers/code-mistakes", test_code_mistakes);
  g_test_add_func ("/questions/order", test_questions);
  g_test_add_func ("/questions/words", test_question_words);
  g_test_add_func ("/questions/progress", test_progress);
  g_test_add_func ("/questions/forget", test_forget);

  return g_test_run ();
}
