/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stories: every plan lives through every event; steps, places and moves agree with each other.
 */
#include "rst-story.h"

#include <string.h>

#include "rst-event.h"

static RstStory *
tell (RstPlan     plan,
      const char *events)
{
  g_auto(GStrv) ids = g_strsplit (events, " ", -1);
  g_autoptr(GError) error = NULL;
  RstStory *story = rst_story_new (plan, NULL, (const char * const *) ids, &error);

  g_assert_no_error (error);
  return story;
}

static const RstStoryStep *
step_at (const RstStory *story,
         int             index)
{
  guint at = index < 0 ? story->steps->len + index : (guint) index;

  g_assert_cmpuint (at, <, story->steps->len);
  return story->steps->pdata[at];
}

static guint
find_place (const RstStory *story,
            const char     *name)
{
  for (guint i = 0; i < story->places->len; i++)
    if (g_str_equal (((RstStoryPlace *) story->places->pdata[i])->name, name))
      return i;

  g_assert_not_reached ();
}

/* What can never be, whatever the story. */
static void
check_story (const RstStory *story)
{
  guint day = 0;

  g_assert_cmpuint (story->steps->len, >, 0);
  g_assert_cmpint (((RstStoryPlace *) story->places->pdata[0])->type, ==, RST_PLACE_SERVER);
  for (guint s = 0; s < story->steps->len; s++)
    {
      const RstStoryStep *step = story->steps->pdata[s];
      g_autofree char *text = rst_story_describe_step (story, s);

      g_assert_true (*step->text != '\0' && !g_str_has_suffix (step->text, "."));
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_cmpuint (step->day, >=, day);
      day = step->day;
      g_assert_cmpuint (g_strv_length (step->summaries), ==, story->places->len);
      g_assert_cmpint (step->actor, <, (int) story->places->len);
      g_assert_cmpint (step->follow, <, (int) story->n_letters);
      for (guint m = 0; m < step->moves->len; m++)
        {
          const RstStoryMove *move = &g_array_index (step->moves, RstStoryMove, m);
          RstLetterState state = rst_story_get_state (story, s, move->to, move->letter);

          g_assert_true (move->from == RST_STORY_OUTSIDE || move->from < story->places->len);
          g_assert_cmpuint (move->from, !=, move->to);
          g_assert_true (state == RST_LETTER_MAIL || state == RST_LETTER_COPY);
        }
    }
}

/* A letter that is lost stands nowhere, and one that is seen lies somewhere. */
static void
check_letters (const RstStory *story)
{
  for (guint s = 0; s < story->steps->len; s++)
    for (guint i = 0; i < story->n_letters; i++)
      {
        gboolean lost = FALSE;
        gboolean seen = FALSE;
        gboolean lies = FALSE;

        for (guint p = 0; p < story->places->len; p++)
          {
            RstLetterState state = rst_story_get_state (story, s, p, i);

            lost |= state == RST_LETTER_LOST;
            seen |= state == RST_LETTER_SEEN;
            lies |= state == RST_LETTER_MAIL || state == RST_LETTER_COPY ||
                    state == RST_LETTER_NOT_NOW;
          }
        g_assert_false (lost && (seen || lies));
        g_assert_true (!seen || lies);
      }
}

static void
test_every_event (void)
{
  for (RstPlan plan = 0; plan < RST_N_PLANS; plan++)
    for (guint e = 0; e < rst_events_get_n (); e++)
      {
        g_autofree char *events = g_strdup_printf ("arrive receive %s week",
                                                   rst_event_get_id (rst_events_get (e)));
        g_autoptr(RstStory) story = tell (plan, events);

        check_story (story);
        check_letters (story);
      }
}

static void
test_pop_remove (void)
{
  g_autoptr(RstStory) story = tell (RST_PLAN_POP_REMOVE, "new-letter");
  const RstStoryStep *last = step_at (story, -1);
  guint computer = find_place (story, "Computer");
  guint phone = find_place (story, "Phone");
  guint letter = story->n_letters - 1;

  g_assert_cmpstr (last->text, ==, "The computer fetches 1 letter and takes it off the server");
  g_assert_cmpstr (last->event, ==, "new-letter");
  g_assert_cmpint (last->actor, ==, computer);
  g_assert_cmpint (last->follow, ==, letter);
  g_assert_cmpuint (last->moves->len, ==, 1);
  g_assert_cmpuint (g_array_index (last->moves, RstStoryMove, 0).from, ==, 0);
  g_assert_cmpuint (g_array_index (last->moves, RstStoryMove, 0).to, ==, computer);
  g_assert_cmpint (rst_story_get_state (story, story->steps->len - 1, computer, letter), ==,
                   RST_LETTER_MAIL);
  g_assert_cmpint (rst_story_get_state (story, story->steps->len - 1, 0, letter), ==,
                   RST_LETTER_GONE);
  g_assert_cmpint (rst_story_get_state (story, story->steps->len - 1, phone, letter), ==,
                   RST_LETTER_ABSENT);
}

/* How many letters are in that state there, at the end of the step. */
static guint
count_letters (const RstStory *story,
               guint           step,
               guint           place,
               RstLetterState  state)
{
  guint n = 0;

  for (guint i = 0; i < story->n_letters; i++)
    n += rst_story_get_state (story, step, place, i) == state;
  return n;
}

static void
test_archive (void)
{
  g_autoptr(RstStory) story = tell (RST_PLAN_IMAP_ARCHIVE, "arrive receive server-lost");
  const RstStoryStep *lost = step_at (story, -1);
  guint last = story->steps->len - 1;
  guint archive = find_place (story, "Archive on the computer");

  g_assert_cmpstr (lost->text, ==, "The server loses all its mail");
  g_assert_cmpstr (lost->why, ==, "The phone no longer shows 4 letters");
  g_assert_cmpuint (count_letters (story, last, archive, RST_LETTER_COPY), ==, 4);
  g_assert_cmpuint (count_letters (story, last, find_place (story, "Computer"),
                                     RST_LETTER_SEEN), ==, 4);
  g_assert_cmpuint (count_letters (story, last, find_place (story, "Phone"), RST_LETTER_GONE), ==,
                    4);
  g_assert_cmpstr (lost->summaries[archive], ==, "keeps 4 copies");
}

static void
test_lost (void)
{
  g_autoptr(RstStory) story = tell (RST_PLAN_IMAP, "server-lost");
  guint last = story->steps->len - 1;

  g_assert_cmpstr (step_at (story, -1)->why, ==, "Of 3 letters no copy is left anywhere");
  g_assert_cmpuint (count_letters (story, last, 0, RST_LETTER_LOST), ==, 3);
}

/* Sent by IMAP, the letter travels to the server; by POP, it stays. */
static void
test_send (void)
{
  g_autoptr(RstStory) imap = tell (RST_PLAN_IMAP, "send");
  g_autoptr(RstStory) pop = tell (RST_PLAN_POP_DAYS, "send");
  guint phone = find_place (imap, "Phone");
  const RstStoryStep *sent = step_at (imap, 1);

  g_assert_cmpuint (sent->moves->len, ==, 1);
  g_assert_cmpuint (g_array_index (sent->moves, RstStoryMove, 0).from, ==, phone);
  g_assert_cmpuint (g_array_index (sent->moves, RstStoryMove, 0).to, ==, 0);
  g_assert_cmpuint (step_at (pop, 1)->moves->len, ==, 0);
  g_assert_cmpstr (step_at (pop, 1)->why, ==,
                   "By POP, sent mail stays on the device that sent it");
}

static void
test_days (void)
{
  g_autoptr(RstStory) story = tell (RST_PLAN_ARCHIVE_PC, "month");

  g_assert_cmpstr (step_at (story, 0)->when, ==, "Monday");
  g_assert_null (step_at (story, 0)->event);
  g_assert_cmpstr (step_at (story, 1)->when, ==, "Thursday, day 11");
  g_assert_cmpstr (step_at (story, 1)->text, ==,
                   "The computer takes 1 letter off the server: its days are over");
  g_assert_cmpstr (step_at (story, 1)->why, ==, "The phone no longer shows 1 letter");
}

/* An event that ends on its own is told to its end. */
static void
test_server_comes_back (void)
{
  g_autoptr(RstStory) story = tell (RST_PLAN_WEB, "server-down");

  g_assert_cmpstr (step_at (story, 1)->text, ==, "The server is away");
  g_assert_cmpstr (step_at (story, 1)->why, ==, "The computer cannot show 3 letters for now");
  g_assert_cmpstr (step_at (story, -1)->text, ==, "The server is back");
  g_assert_cmpuint (count_letters (story, story->steps->len - 1, 0, RST_LETTER_MAIL), ==, 3);
}

static void
test_own_devices (void)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  const char *events[] = { "new-letter", "away", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(RstStory) story = NULL;

  g_ptr_array_add (devices, rst_device_parse ("Office PC:computer:pop:remove", NULL));
  g_ptr_array_add (devices, rst_device_parse (":tablet:imap", NULL));
  story = rst_story_new_for_devices (devices, events, &error);
  g_assert_no_error (error);
  check_story (story);
  g_assert_cmpuint (story->places->len, ==, 4);
  g_assert_cmpstr (((RstStoryPlace *) story->places->pdata[1])->name, ==, "Office PC");
  g_assert_cmpstr (((RstStoryPlace *) story->places->pdata[3])->name, ==, "Web browser");
}

static void
test_errors (void)
{
  const char *unknown[] = { "arrive", "earthquake", NULL };
  const char *many[40] = { NULL };
  g_autoptr(GError) error = NULL;

  g_assert_null (rst_story_new (RST_PLAN_IMAP, NULL, unknown, &error));
  g_assert_nonnull (strstr (error->message, "earthquake"));
  g_assert_nonnull (strstr (error->message, "server-lost"));
  g_clear_error (&error);

  for (guint i = 0; i < G_N_ELEMENTS (many) - 1; i++)
    many[i] = "arrive";
  g_assert_null (rst_story_new (RST_PLAN_IMAP, NULL, many, &error));
  g_assert_nonnull (error);
}

static void
test_nothing_happens (void)
{
  const char *none[] = { NULL };
  g_autoptr(RstStory) story = rst_story_new (RST_PLAN_IMAP, NULL, none, NULL);

  g_assert_cmpuint (story->steps->len, ==, 1);
  check_story (story);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/story/every-event", test_every_event);
  g_test_add_func ("/story/pop-remove", test_pop_remove);
  g_test_add_func ("/story/archive", test_archive);
  g_test_add_func ("/story/lost", test_lost);
  g_test_add_func ("/story/send", test_send);
  g_test_add_func ("/story/days", test_days);
  g_test_add_func ("/story/server-comes-back", test_server_comes_back);
  g_test_add_func ("/story/own-devices", test_own_devices);
  g_test_add_func ("/story/errors", test_errors);
  g_test_add_func ("/story/nothing-happens", test_nothing_happens);

  return g_test_run ();
}
