/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running events on plans, and counting what they did.
 */
#include "rst-consequence.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-event-scripts.h"
#include "rst-weights.h"

#define DEFAULT_EXPIRY 365 /* days; the shortest that providers are known to use is far below */
#define SMALL_SPACE 12     /* megabytes; half of the mail of the life before the event */

/**
 * rst_setup_init:
 * @setup: (out): what shapes a run
 * @plan: a plan
 * @answers: answers and facts; whoever did not say how many devices there are gets the number that
 *   is more likely
 */
void
rst_setup_init (RstSetup         *setup,
                RstPlan           plan,
                const RstAnswers *answers)
{
  /* Padding takes part in the comparison of setups. */
  memset (setup, 0, sizeof *setup);
  setup->plan = plan;
  setup->several = rst_weights_get_several (answers) >= 0.5;
  setup->small = rst_answers_get (answers, RST_KEY_SPACE) == RST_SPACE_LITTLE;
  setup->expiry = rst_answers_get (answers, RST_KEY_EXPIRES);
  rst_plan_get_settings (plan, answers, &setup->settings);

  /* What a program happens to keep offline is no promise: it does not count where reading is a
   * must. */
  if (rst_answers_get (answers, RST_KEY_OUTAGE) == RST_OUTAGE_MUST)
    setup->settings.offline_days = 0;
}

static RstDevice *
make_guest (RstGuest guest)
{
  RstDevice *device;

  switch (guest)
    {
    case RST_GUEST_BROWSER:
      return rst_device_new (NULL, RST_DEVICE_BROWSER, RST_METHOD_WEB);
    case RST_GUEST_SERVICE:
      return rst_device_new (NULL, RST_DEVICE_SERVICE, RST_METHOD_POP);
    case RST_GUEST_PERSON:
      device = rst_device_new (_("the other person’s computer"), RST_DEVICE_COMPUTER,
                               RST_METHOD_NONE);
      device->person = 1;
      return device;
    case RST_GUEST_NONE:
    default:
      return NULL;
    }
}

/**
 * rst_setup_list_devices:
 * @setup: what shapes the run
 * @event: the event
 * @cast: (out): who plays which part
 *
 * Returns: (transfer full) (element-type RstDevice): the devices of the run
 */
GPtrArray *
rst_setup_list_devices (const RstSetup *setup,
                        const RstEvent *event,
                        RstCast        *cast)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  RstDevice *guest = make_guest (event->guest);

  g_ptr_array_add (devices, rst_device_new (NULL, RST_DEVICE_COMPUTER, RST_METHOD_NONE));
  if (setup->several)
    g_ptr_array_add (devices, rst_device_new (NULL, RST_DEVICE_PHONE, RST_METHOD_NONE));

  *cast = (RstCast) {
    .computer = 0,
    .phone = devices->len - 1,
    .guest = devices->len,
    .expiry = setup->expiry > 0 ? setup->expiry : DEFAULT_EXPIRY,
  };
  if (guest != NULL)
    g_ptr_array_add (devices, guest);

  for (guint i = 0; i < devices->len; i++)
    rst_plan_apply (setup->plan, &setup->settings, devices->pdata[i], i == 0);
  if (setup->small || event->small_device)
    ((RstDevice *) devices->pdata[cast->phone])->space = SMALL_SPACE;

  return devices;
}

static RstAge
age_class (int days)
{
  if (days <= 30)
    return RST_AGE_RECENT;

  return days <= 365 ? RST_AGE_YEAR : RST_AGE_OLD;
}

/* The comparison of a world before and after an event, while it is made. */
typedef struct {
  RstRun         *run;
  const RstEvent *event;
  const RstCast  *cast;
  const RstWorld *before;
  const RstWorld *after;
  RstLetters      letters;
} Look;

/* A collecting service has no eyes. */
static gboolean
is_watched (const Look *look,
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
is_meant (const Look *look,
          guint       letter)
{
  return letter < RST_LETTERS_MAX && (look->letters & (G_GUINT64_CONSTANT (1) << letter)) != 0;
}

static gboolean
is_new (const Look *look,
        guint       letter)
{
  return letter >= rst_world_get_n_letters (look->before);
}

static int
age_of (const Look *look,
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
is_out_of_step (const Look *look,
                guint       device,
                guint       letter)
{
  return is_new (look, letter) && rst_world_count_shown (look->after, device, letter) > 0 &&
         rst_world_shows_read (look->after, device, letter) !=
           rst_world_is_opened (look->after, letter);
}

static gboolean
is_doubled (const Look *look,
            guint       device,
            guint       letter)
{
  return !is_new (look, letter) && rst_world_count_shown (look->after, device, letter) >
                                     MAX (1, rst_world_count_shown (look->before, device, letter));
}

/* What cannot be read here for now, but can on another device, is elsewhere. */
static RstSight
look_around (const Look *look,
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
judge (const Look *look,
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

/* Adds where one letter lies. What is seen counts, and beyond that what no longer needs a server. */
static void
add_where (const Look *look,
           RstWhere   *where,
           guint       device,
           guint       letter)
{
  RstHold hold;
  int keeper = device;

  where->server &= rst_world_get_folder (look->after, letter, NULL) != RST_FOLDER_NONE &&
                   rst_world_is_server_up (look->after) && rst_world_is_online (look->after, device);
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
describe_letters (const Look *look)
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
count_hits (const Look *look,
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

static void
compare (const Look *look)
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

static void
add_up (RstRun         *run,
        const RstEvent *event)
{
  for (guint age = 0; age < RST_N_AGES; age++)
    for (guint outcome = 0; outcome < RST_N_OUTCOMES; outcome++)
      run->costs[age] += run->hits[age][outcome] * rst_weights_get_cost (outcome, event) /
                         MAX (run->n_pairs, 1);
}

/* The world just before the event. Most events start from the same one. */
static RstWorld *
live (const RstSetup *setup,
      const RstEvent *event,
      RstCast        *cast)
{
  g_autoptr(GPtrArray) devices = rst_setup_list_devices (setup, event, cast);
  RstWorld *world = rst_world_new (devices);

  rst_script_life (world, cast);

  return world;
}

static void
run_event (RstRun         *run,
           const RstEvent *event,
           const RstCast  *cast,
           const RstWorld *before)
{
  g_autoptr(RstWorld) after = rst_world_copy (before);
  RstLetters letters = event->script (after, cast);

  *run = (RstRun) {
    .applies = TRUE,
    .loser = -1,
    .wants_gone = event->wants_gone,
    .hit_ages = { -1, -1 },
    .safe_ages = { -1, -1 },
    .where_hit = { .server = TRUE, .device = -1 },
    .where_safe = { .server = TRUE, .device = -1 },
  };
  compare (&(Look) { run, event, cast, before, after, letters });
  add_up (run, event);
}

static guint
hash_setup (gconstpointer setup)
{
  const guint8 *bytes = setup;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (RstSetup); i++)
    hash = hash * 33 + bytes[i];

  return hash;
}

static gboolean
same_setup (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, sizeof (RstSetup)) == 0;
}

static const RstRun *
make_runs (const RstSetup *setup)
{
  RstRun *runs = g_new0 (RstRun, rst_events_get_n ());
  g_autoptr(RstWorld) usual = NULL;
  RstCast usual_cast;

  for (guint i = 0; i < rst_events_get_n (); i++)
    {
      const RstEvent *event = rst_events_get (i);
      g_autoptr(RstWorld) special = NULL;
      gboolean is_special = event->guest != RST_GUEST_NONE || event->small_device;
      RstCast cast;

      if (event->story_only || (event->needs_two && !setup->several))
        continue;
      if (is_special)
        special = live (setup, event, &cast);
      else if (usual == NULL)
        usual = live (setup, event, &usual_cast);
      run_event (&runs[i], event, is_special ? &cast : &usual_cast, is_special ? special : usual);
    }

  return runs;
}

/**
 * rst_consequence_get_runs:
 * @setup: what shapes the runs, made by rst_setup_init()
 *
 * The runs are remembered for the life of the program. There are few: a setup has about a hundred
 * forms, apart from the days of expiry, which are a fact about one provider at a time.
 *
 * Returns: (transfer none) (array): one run for every event of the table
 */
const RstRun *
rst_consequence_get_runs (const RstSetup *setup)
{
  static GMutex mutex;
  static GHashTable *remembered;
  const RstRun *runs;

  g_mutex_lock (&mutex);
  if (remembered == NULL)
    remembered = g_hash_table_new_full (hash_setup, same_setup, g_free, NULL);

  runs = g_hash_table_lookup (remembered, setup);
  if (runs == NULL)
    {
      runs = make_runs (setup);
      g_hash_table_insert (remembered, g_memdup2 (setup, sizeof *setup), (gpointer) runs);
    }
  g_mutex_unlock (&mutex);

  return runs;
}

/**
 * rst_consequence_get_run:
 * @setup: what shapes the run, made by rst_setup_init()
 * @event: an event of the table
 *
 * Returns: (transfer none): what @event did
 */
const RstRun *
rst_consequence_get_run (const RstSetup *setup,
                         const RstEvent *event)
{
  return &rst_consequence_get_runs (setup)[event - rst_events_get (0)];
}
