/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that points to help points to a page that exists: questions, events, and what advice
 * and mixing check say over all single answers, pairs of them, and pairs of devices.
 */
#include "rst-advice.h"
#include "rst-event.h"
#include "rst-mixing.h"
#include "rst-questions.h"

static GHashTable *seen;

static void
check_topic (const char *topic,
             const char *whose)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_assert_nonnull (topic);
  if (!g_hash_table_add (seen, g_strdup (topic)))
    return;
  name = g_strconcat (topic, ".page", NULL);
  path = g_build_filename (g_test_get_dir (G_TEST_DIST), "..", "help", "C", name, NULL);
  g_test_message ("%s: %s", whose, path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_questions (void)
{
  for (guint i = 0; i < rst_questions_get_n (); i++)
    check_topic (rst_question_get_help (rst_questions_get (i)),
                 rst_question_get_text (rst_questions_get (i)));
}

static void
check_advice (const RstAnswers *answers)
{
  g_autoptr (RstAdvice) advice = rst_advice_new (answers);

  for (guint i = 0; i < advice->reasons->len; i++)
    check_topic (((RstReason *) advice->reasons->pdata[i])->help, "reason");
  for (guint i = 0; i < advice->consequences->len; i++)
    check_topic (((RstConsequence *) advice->consequences->pdata[i])->help, "consequence");
  for (guint i = 0; i < advice->warnings->len; i++)
    check_topic (((RstWarning *) advice->warnings->pdata[i])->help,
                 ((RstWarning *) advice->warnings->pdata[i])->id);
}

static guint
n_values (RstKey key)
{
  return key == RST_KEY_EXPIRES ? 1 : rst_key_get_n_values (key);
}

static void
test_advice (void)
{
  for (RstKey key = 0; key < RST_N_KEYS; key++)
    for (guint value = 1; value <= n_values (key); value++)
      {
        RstAnswers answers = { 0 };

        rst_answers_set (&answers, key, value);
        check_advice (&answers);
        rst_answers_set (&answers, RST_KEY_DEVICES, RST_DEVICES_ONE);
        rst_answers_set (&answers, RST_KEY_PEOPLE, RST_PEOPLE_ME);
        rst_answers_set (&answers, key, value);
        check_advice (&answers);
        rst_answers_set (&answers, RST_KEY_PRIVACY, RST_PRIVACY_EMPTY_SERVER);
        check_advice (&answers);
      }
}

static void
test_mixing (void)
{
  static const char * const texts[] = {
    "Office:computer:pop:remove", "Office:computer:pop:days=7", "Office:computer:pop:days=90",
    "Office:computer:pop:keep:deletes-follow", "Office:computer:pop", "Phone:phone:imap",
    "Phone:phone:imap:retention=30", "Phone:phone:unknown", ":browser:web", ":service:pop:remove",
    ":service:unknown",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
      g_autoptr (RstMixingReport) report = NULL;

      g_ptr_array_add (devices, rst_device_parse (texts[i / G_N_ELEMENTS (texts)], NULL));
      g_ptr_array_add (devices, rst_device_parse (texts[i % G_N_ELEMENTS (texts)], NULL));
      g_assert_true (devices->pdata[0] != NULL && devices->pdata[1] != NULL);
      report = rst_mixing_check (devices, NULL, i % 2 == 0 ? RST_MIXING_DEFAULT
                                                           : RST_MIXING_PROVIDER_DECIDES);
      for (guint k = 0; k < report->findings->len; k++)
        check_topic (((RstMixingFinding *) report->findings->pdata[k])->help,
                     ((RstMixingFinding *) report->findings->pdata[k])->id);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_test_add_func ("/topic/questions", test_questions);
  g_test_add_func ("/topic/advice", test_advice);
  g_test_add_func ("/topic/mixing", test_mixing);
  status = g_test_run ();
  g_hash_table_unref (seen);
  return status;
}
