/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparing what a person sees on each device before and after an event.
 */
#include "rst-consequence-private.h"

static RstAge
age_class (int days)
{
  if (days <= 30)
    return RST_AGE_RECENT;

  return days <= 365 ? RST_AGE_YEAR : RST_AGE_OLD;
}

/* A collecting service has no eyes. */
static gboolean
is_watched (const RstLook *look,
            guint       device)
{
  if (!rst_world_is_present (look->after, device) ||
      rst_world_get_device (look->after, device)->kind == RST_DEVICE_SERVICE)
    return FALSE;

  switch (look->event->viewer)
    {
    case RST_VIEWER_PHONE:
      return device == look->cast->phone;
    case RST_VIEWER_GUEST:
      return device == look->cast->guest;
    case RST_VIEWER_EVERYBODY:
    default:
      return TRUE;
    }
}

static gboolean
is_meant (const RstLook *look,
          guint       letter)
{
  return letter < RST_LETTERS_MAX && (look->letters & (G_GUINT64_CONSTANT (1) << letter)) != 0;
}

static gboolean
is_new (const RstLook *look,
        guint       letter)
{
  return letter >= rst_world_get_n_letters (look->before);
}

static int
age_of (const RstLook *look,
        guint       letter)
{
  return rst_world_get_day (look->after) - rst_world_get_letter_day (look->after, letter);
}

static RstOutcome
outcome_of_sight (RstSight sight)
{
  switch (sight)
    {
    case RST_SIGHT_ELSEWHERE:
      return RST_OUTCOME_ELSEWHERE;
    case RST_SIGHT_NOT_NOW:
      return RST_OUTCOME_NOT_NOW;
    case RST_SIGHT_REFUSED:
      return RST_OUTCOME_REFUSED;
    case RST_SIGHT_LOST:
      return RST_OUTCOME_LOST;
    case RST_SIGHT_VISIBLE:
    default:
      return RST_OUTCOME_KEPT;
    }
}

/* Whether the device shows a read mark for a new letter that is not true. */
static gboolean
is_out_of_step (const RstLook *look,
                guint       device,
                guint       letter)
{
  return is_new (look, letter) && rst_world_count_shown (look->after, device, letter) > 0 &&
         rst_world_shows_read (look->after, device, letter) !=
           rst_world_is_opened (look->after, letter);
}

static gboolean
is_doubled (const RstLook *look,
            guint       device,
            guint       letter)
{
  return !is_new (look, letter) && rst_world_count_shown (look->after, device, letter) >
                                     MAX (1, rst_world_count_shown (look->before, device, letter));
}

/* What cannot be read here for now, but can on another device, is elsewhere. */
static RstSight
look_around (const RstLook *look,
             guint       device,
             guint       letter,
             RstCause   *cause)
{
  RstSight sight = rst_world_look (look->after, device, letter, NULL, cause);
  guint person = rst_world_get_device (look->after, device)->person;

  for (guint i = 0; sight == RST_SIGHT_NOT_NOW && i < rst_world_get_n_devices (look->after); i++)
    if (rst_world_is_present (look->after, i) &&
        rst_world_get_device (look->after, i)->person == person &&
        rst_world_look (look->after, i, letter, NULL, NULL) == RST_SIGHT_VISIBLE)
      return RST_SIGHT_ELSEWHERE;

  return sight;
}

/* One letter on one device: what the event made of it. */
static RstOutcome
judge (const RstLook *look,
       guint       device,
       guint       letter,
       RstCause   *cause)
{
  RstSight sight = look_around (look, device, letter, cause);
  RstSight was = RST_SIGHT_VISIBLE;

  if (look->event->wants_gone)
    return sight == RST_SIGHT_VISIBLE ? RST_OUTCOME_DIFFERS : RST_OUTCOME_KEPT;
  if (look->event->about_secrets)
    return rst_world_is_exposed (look->after, letter) ? RST_OUTCOME_EXPOSED : RST_OUTCOME_KEPT;

  if (!look->event->standing && !is_new (look, letter))
    was = rst_world_look (look->before, device, letter, NULL, NULL);
  if (sight > was)
    return outcome_of_sight (sight);
  if (is_doubled (look, device, letter))
    return RST_OUTCOME_DOUBLED;
  if (is_out_of_step (look, device, letter))
    return RST_OUTCOME_DIFFERS;

  return RST_OUTCOME_KEPT;
}

static void
widen (int *range,
       int  age)
{
  range[0] = range[0] < 0 ? age : MIN (range[0], age);
  range[1] = MAX (range[1], age);
}

/* Adds where one letter lies: where it is seen, or else what no longer needs a server. */
static void
add_where (const RstLook *look,
           RstWhere   *where,
           guint       device,
           guint       letter)
{
  RstHold hold;
  int keeper = device;

  where->server &= rst_world_get_folder (look->after, letter, NULL) != RST_FOLDER_NONE &&
                   rst_world_is_server_up (look->after) &&
                   rst_world_is_online (look->after, device);
  if (rst_world_look (look->after, device, letter, &hold, NULL) != RST_SIGHT_VISIBLE)
    {
      keeper = rst_world_find_copy (look->after, letter);
      if (keeper < 0)
        return;
      hold = rst_world_get_hold (look->after, keeper, letter);
    }
  if (hold == RST_HOLD_SERVER || (where->device >= 0 && where->hold != RST_HOLD_OFFLINE))
    return;

  where->device = keeper;
  where->hold = hold;
}

/* The letters one by one on the device that was hit most: which, why, and where are they? */
static void
describe_letters (const RstLook *look)
{
  RstRun *run = look->run;
  guint causes[RST_N_CAUSES] = { 0 };

  for (guint i = 0; i < rst_world_get_n_letters (look->after); i++)
    {
      RstCause cause;
      gboolean hit;

      if (!is_meant (look, i))
        continue;
      hit = judge (look, run->loser, i, &cause) == run->outcome && run->outcome != RST_OUTCOME_KEPT;
      run->n_letters++;
      run->n_hit += hit;
      run->marked_read |= hit && rst_world_shows_read (look->after, run->loser, i);
      if (hit && ++causes[cause.kind] > causes[run->cause.kind])
        run->cause = cause;
      if (!rst_world_is_sent (look->after, i))
        widen (hit ? run->hit_ages : run->safe_ages, age_of (look, i));
      add_where (look, hit ? &run->where_hit : &run->where_safe, run->loser, i);
    }

  run->single = look->letters != RST_LETTERS_ALL && run->n_letters <= 2;
  if (run->outcome == RST_OUTCOME_LOST && run->n_hit < run->n_letters)
    run->outcome = RST_OUTCOME_PARTLY_LOST;
}

static guint
count_hits (const RstLook *look,
            guint       device,
            RstOutcome *worst)
{
  guint n = 0;

  *worst = RST_OUTCOME_KEPT;
  for (guint i = 0; i < rst_world_get_n_letters (look->after); i++)
    {
      RstOutcome outcome;
      RstCause cause;

      if (!is_meant (look, i))
        continue;
      outcome = judge (look, device, i, &cause);
      look->run->n_pairs++;
      look->run->hits[age_class (age_of (look, i))][outcome]++;
      n = outcome > *worst ? 1 : n + (outcome == *worst);
      *worst = MAX (*worst, outcome);
    }

  return n;
}

/* Counts what the event did to every letter on every device, and finds what is worth telling. */
void
rst_look_compare (const RstLook *look)
{
  RstRun *run = look->run;
  guint most = 0;

  for (guint device = 0; device < rst_world_get_n_devices (look->after); device++)
    {
      RstOutcome worst;
      guint n;

      if (!is_watched (look, device))
        continue;
      n = count_hits (look, device, &worst);
      if (run->loser >= 0 && (worst < run->outcome || (worst == run->outcome && n <= most)))
        continue;
      run->outcome = worst;
      run->loser = device;
      most = n;
    }

  describe_letters (look);
}
