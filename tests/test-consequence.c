/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The consequence table, read off the run, against the tables in cases/consequences; and the words
 * in which it is told.
 */
#include "rst-consequence.h"
#include "rst-weights.h"

#include <string.h>

static char *
read_case (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "consequences", name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static RstSetup
make_setup (RstPlan     plan,
            const char *answers)
{
  g_auto(GStrv) parts = g_strsplit (answers, " ", -1);
  RstAnswers said = { 0 };
  RstSetup setup;

  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_true (rst_answers_parse (&said, parts[i], NULL));
  rst_setup_init (&setup, plan, &said);

  return setup;
}

static const RstRun *
get_run (RstPlan     plan,
         const char *answers,
         const char *event)
{
  RstSetup setup = make_setup (plan, answers);

  g_assert_nonnull (rst_events_find (event));
  return rst_consequence_get_run (&setup, rst_events_find (event));
}

static char *
describe (RstPlan     plan,
          const char *answers,
          const char *event)
{
  RstSetup setup = make_setup (plan, answers);

  return rst_consequence_describe (&setup, rst_events_find (event));
}

static void
check_cell (const char *plan_nick,
            const char *answers,
            const char *event,
            const char *expected)
{
  const RstRun *run;
  RstPlan plan;

  g_assert_true (rst_plan_from_nick (plan_nick, &plan));
  run = get_run (plan, answers, event);
  g_test_message ("%s × %s", plan_nick, event);
  if (g_str_equal (expected, "-"))
    g_assert_false (run->applies);
  else
    g_assert_cmpstr (rst_outcome_get_nick (run->outcome), ==, expected);
}

/* Returns the number of events in the table. */
static guint
check_table (const char *name,
             const char *answers)
{
  g_autofree char *text = read_case (name);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto(GStrv) plans = NULL;
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) cells = g_strsplit (lines[i], "\t", -1);

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (plans == NULL)
        {
          plans = g_steal_pointer (&cells);
          continue;
        }
      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (plans));
      n++;
      for (guint j = 1; cells[j] != NULL; j++)
        check_cell (plans[j], answers, cells[0], cells[j]);
    }

  return n;
}

static guint
count_table_events (void)
{
  guint n = 0;

  for (guint i = 0; i < rst_events_get_n (); i++)
    n += rst_event_is_in_table (rst_events_get (i));

  return n;
}

/* Every event of the table has a line: an event that is added without one fails here. */
static void
test_tables (void)
{
  g_assert_cmpuint (check_table ("several.tsv", "devices=several"), ==, count_table_events ());
  g_assert_cmpuint (check_table ("one.tsv", "devices=one"), ==, count_table_events ());
}

/* A mailbox that is known to be small is emptied in time by an archive that moves mail. */
static void
test_settings_matter (void)
{
  g_assert_cmpint (get_run (RST_PLAN_IMAP_ARCHIVE, "devices=several", "mailbox-full")->outcome, ==,
                   RST_OUTCOME_REFUSED);
  g_assert_cmpint (get_run (RST_PLAN_IMAP_ARCHIVE, "devices=several quota=small",
                            "mailbox-full")->outcome, ==, RST_OUTCOME_ELSEWHERE);
  g_assert_cmpint (get_run (RST_PLAN_IMAP, "devices=several quota=small", "mailbox-full")->outcome,
                   ==, RST_OUTCOME_REFUSED);
}

/* Which letters are hit follows the settings: copies stay for as many days as the text says. */
static void
test_ages (void)
{
  const RstRun *run = get_run (RST_PLAN_POP_DAYS, "devices=one", "device-lost");

  g_assert_cmpint (run->hit_ages[0], >, 14);
  g_assert_cmpint (run->safe_ages[1], <=, 14);
  g_assert_true (run->where_safe.server);

  run = get_run (RST_PLAN_ARCHIVE_PC, "devices=several", "computer-lost");
  g_assert_cmpint (run->hit_ages[0], >, 30);
  g_assert_cmpint (run->safe_ages[1], <=, 30);
}

/* The cause is the one that was recorded, with its actor. */
static void
test_causes (void)
{
  const RstRun *run = get_run (RST_PLAN_POP_REMOVE, "devices=several", "new-letter");

  g_assert_cmpint (run->cause.kind, ==, RST_CAUSE_FETCHED);
  g_assert_cmpint (run->cause.actor, ==, 0);
  g_assert_cmpint (run->loser, ==, 1);
  g_assert_cmpint (run->where_hit.device, ==, 0);

  run = get_run (RST_PLAN_IMAP, "devices=several", "server-lost");
  g_assert_cmpint (run->cause.kind, ==, RST_CAUSE_SERVER_LOST);
  g_assert_cmpuint (run->n_hit, ==, run->n_letters);
}

static void
test_words (void)
{
  static const struct {
    RstPlan     plan;
    const char *answers;
    const char *event;
    const char *text;
  } cases[] = {
    { RST_PLAN_POP_DAYS, "devices=one", "device-lost",
      "Mail older than 14 days is lost, unless there is a backup: it was only on the device. The "
      "rest is on the server." },
    { RST_PLAN_IMAP, "devices=several", "server-lost",
      "All mail is lost: it was on the server only." },
    { RST_PLAN_IMAP_ARCHIVE, "devices=several", "server-lost",
      "All mail is missing on the phone: it is not on the server any more. It is in the archive on "
      "the computer." },
    { RST_PLAN_IMAP, "devices=one", "server-down",
      "Mail older than 30 days is out of reach on the device until the server is back. The rest "
      "is readable offline on the device." },
    { RST_PLAN_POP_DAYS, "devices=several", "send",
      "The letter is missing on the computer: mail sent from the phone stays there. It is on the "
      "phone." },
    { RST_PLAN_ARCHIVE_PC, "devices=several", "send",
      "The letter is missing on the computer: POP sees the inbox only. It is on the server." },
    { RST_PLAN_POP_DAYS, "devices=several", "server-moved",
      "Mail of the last 14 days shows twice on the computer, which takes it for new." },
    { RST_PLAN_IMAP, "devices=several", "device-new",
      "Nothing is missing: all mail is on the server." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = describe (cases[i].plan, cases[i].answers, cases[i].event);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Every cell can be told, in whole sentences, and its costs are those of a part of all mail. */
static void
test_all_cells (void)
{
  for (RstPlan plan = 0; plan < RST_N_PLANS; plan++)
    for (guint e = 0; e < rst_events_get_n (); e++)
      for (guint devices = RST_DEVICES_ONE; devices <= RST_DEVICES_SEVERAL; devices++)
        {
          const RstEvent *event = rst_events_get (e);
          g_autofree char *text = NULL;
          RstAnswers answers = { 0 };
          const RstRun *run;
          double cost = 0;
          RstSetup setup;

          rst_answers_set (&answers, RST_KEY_DEVICES, devices);
          rst_setup_init (&setup, plan, &answers);
          run = rst_consequence_get_run (&setup, event);
          g_assert_true (run->applies == (rst_event_is_in_table (event) &&
                                          (devices == RST_DEVICES_SEVERAL || !event->needs_two)));
          if (!run->applies)
            continue;

          for (guint age = 0; age < RST_N_AGES; age++)
            cost += run->costs[age];
          g_assert_cmpfloat (cost, >=, 0);
          g_assert_cmpfloat (cost, <=, 1.0001);
          g_assert_cmpuint (run->n_pairs, >, 0);

          text = rst_consequence_describe (&setup, event);
          g_assert_true (g_str_has_suffix (text, "."));
          g_assert_true (g_unichar_isupper (g_utf8_get_char (text)) || g_ascii_isdigit (*text));
          g_assert_null (strstr (text, "  "));
        }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consequence/tables", test_tables);
  g_test_add_func ("/consequence/settings-matter", test_settings_matter);
  g_test_add_func ("/consequence/ages", test_ages);
  g_test_add_func ("/consequence/causes", test_causes);
  g_test_add_func ("/consequence/words", test_words);
  g_test_add_func ("/consequence/all-cells", test_all_cells);

  return g_test_run ();
}
