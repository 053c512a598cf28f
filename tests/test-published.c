/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice against what publishers say. The list of published advice is not part of the project:
 * it is read from the folder that RST_SHARED names, and the test is skipped where there is none.
 *
 * A row is one publisher's verdict on one situation. Rows of the same answers are one situation; its
 * verdict is that of most of its rows. Only situations on which publishers agree with each other
 * count towards the score.
 */
#include "rst-advice.h"

#include <string.h>

#define NEEDED_PERCENT 95

/* The column that a key of the vocabulary has in the list, by name. */
static const RstKey keys[] = {
  RST_KEY_DEVICES, RST_KEY_PEOPLE, RST_KEY_PLACES, RST_KEY_SWITCHING, RST_KEY_SPACE, RST_KEY_QUOTA,
  RST_KEY_OLDMAIL, RST_KEY_OUTAGE, RST_KEY_SERVERLOSS, RST_KEY_CONNECTION, RST_KEY_PRIVACY,
};

typedef struct {
  RstAnswers answers;
  guint      imap;
  guint      pop;
  guint      either;
} Situation;

static int
find_column (char       **header,
             const char  *name)
{
  for (int i = 0; header[i] != NULL; i++)
    if (g_str_equal (header[i], name))
      return i;

  g_assert_not_reached ();
}

static RstAnswers
read_answers (char **header,
              char **cells)
{
  RstAnswers answers = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *nick = rst_key_get_nick (keys[i]);
      const char *value = cells[find_column (header, nick)];
      g_autoptr(GError) error = NULL;

      if (!g_str_equal (value, "-"))
        rst_answers_set_nick (&answers, nick, value, &error);
      g_assert_no_error (error);
    }

  return answers;
}

static Situation *
get_situation (GPtrArray        *situations,
               const RstAnswers *answers)
{
  Situation *situation;

  for (guint i = 0; i < situations->len; i++)
    if (rst_answers_equal (&((Situation *) situations->pdata[i])->answers, answers))
      return situations->pdata[i];

  situation = g_new0 (Situation, 1);
  situation->answers = *answers;
  g_ptr_array_add (situations, situation);

  return situation;
}

static GPtrArray *
read_situations (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto(GStrv) header = g_strsplit (lines[0], "\t", -1);
  GPtrArray *situations = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (lines[i], "\t", -1);
      const char *verdict;
      Situation *situation;
      RstAnswers answers;

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (header));
      if (!g_str_equal (cells[find_column (header, "status")], "consensus"))
        continue;
      answers = read_answers (header, cells);
      situation = get_situation (situations, &answers);
      verdict = cells[find_column (header, "verdict")];
      situation->imap += g_str_equal (verdict, "imap");
      situation->pop += g_str_equal (verdict, "pop");
      situation->either += g_str_equal (verdict, "either");
    }

  return situations;
}

/* Whether the situation names nothing but needs, which an archive meets as well as POP does. */
static gboolean
is_needs_only (const RstAnswers *answers)
{
  static const RstKey needs[] = {
    RST_KEY_OUTAGE, RST_KEY_SERVERLOSS, RST_KEY_OLDMAIL, RST_KEY_CONNECTION, RST_KEY_QUOTA,
  };
  RstAnswers rest = *answers;
  RstAnswers nothing = { 0 };

  if (rst_answers_equal (answers, &nothing))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    rst_answers_set (&rest, needs[i], RST_NOT_SURE);

  return rst_answers_equal (&rest, &nothing);
}

static gboolean
agrees (const Situation *situation)
{
  RstPlan plan = rst_advice_pick (&situation->answers);
  guint most = MAX (situation->imap, MAX (situation->pop, situation->either));
  gboolean pop = rst_plan_get_mode (plan) == RST_METHOD_POP;

  if (situation->either == most || (pop ? situation->pop : situation->imap) == most)
    return TRUE;

  return situation->pop == most && is_needs_only (&situation->answers) &&
         (plan == RST_PLAN_IMAP_ARCHIVE || plan == RST_PLAN_ARCHIVE_PC);
}

static void
test_consensus (void)
{
  const char *folder = g_getenv ("RST_SHARED");
  g_autofree char *path = g_build_filename (folder == NULL ? "../shared" : folder,
                                            "advice-cases.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) situations = NULL;
  guint good = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("the list of published advice is not here");
      return;
    }

  situations = read_situations (text);
  for (guint i = 0; i < situations->len; i++)
    {
      const Situation *situation = situations->pdata[i];
      g_autofree char *said = rst_answers_to_string (&situation->answers);

      if (agrees (situation))
        good++;
      else
        g_test_message ("disagrees: %s: published imap %u, pop %u, either %u", said,
                        situation->imap, situation->pop, situation->either);
    }

  g_test_message ("%u of %u situations agree", good, situations->len);
  g_assert_cmpuint (situations->len, >, 0);
  g_assert_cmpuint (good * 100, >=, situations->len * NEEDED_PERCENT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/published/consensus", test_consensus);

  return g_test_run ();
}
