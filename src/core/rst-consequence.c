/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running events on plans.
 */
#include "rst-consequence-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

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
  RstDevice *guest = rst_event_make_guest (event->guest);

  /* The only device may be a phone as well. */
  g_ptr_array_add (devices, rst_device_new (setup->several ? NULL : _("the device"),
                                            RST_DEVICE_COMPUTER, RST_METHOD_NONE));
  if (setup->several)
    g_ptr_array_add (devices, rst_device_new (NULL, RST_DEVICE_PHONE, RST_METHOD_NONE));
  if (guest != NULL)
    g_ptr_array_add (devices, guest);

  rst_cast_init (cast, devices, event->guest);
  cast->expiry = setup->expiry > 0 ? setup->expiry : DEFAULT_EXPIRY;
  for (guint i = 0; i < devices->len; i++)
    rst_plan_apply (setup->plan, &setup->settings, devices->pdata[i], i == 0);
  if (setup->small || event->small_device)
    ((RstDevice *) devices->pdata[cast->phone])->space = SMALL_SPACE;

  return devices;
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

  rst_event_live (world, cast);

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
  rst_look_compare (&(RstLook) { run, event, cast, before, after, letters });
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
  return &rst_consequence_get_runs (setup)[rst_event_get_index (event)];
}
