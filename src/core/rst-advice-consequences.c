/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The consequences of a plan for one person, those that matter most first.
 */
#include "rst-advice-private.h"

/* What is at stake: how bad the event would be on the plan that it hits most. */
static double
get_stake (const RstEvent   *event,
           const RstAnswers *answers)
{
  double worst = 0;

  for (guint i = 0; i < RST_N_PLANS; i++)
    {
      RstSetup setup;

      if (!rst_plan_is_possible (i, answers))
        continue;
      rst_setup_init (&setup, i, answers);
      worst = MAX (worst, rst_weights_get_run (rst_consequence_get_run (&setup, event), answers));
    }

  return worst * rst_weights_get_event (event, answers);
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  const RstConsequence *left = *(const RstConsequence **) a;
  const RstConsequence *right = *(const RstConsequence **) b;

  return left->weight > right->weight ? -1 : left->weight < right->weight;
}

/* Whoever said who reads the address need not hear about others. */
static gboolean
is_ruled_out (const RstEvent   *event,
              const RstAnswers *answers)
{
  guint people = rst_answers_get (answers, RST_KEY_PEOPLE);

  if (people == RST_NOT_SURE)
    return FALSE;

  return (event->guest == RST_GUEST_PERSON && people != RST_PEOPLE_OTHERS) ||
         (event->guest == RST_GUEST_SERVICE && people != RST_PEOPLE_SERVICE);
}

/**
 * rst_advice_compare:
 * @answers: answers and facts
 * @plan: a plan
 *
 * Returns: (transfer full) (element-type RstConsequence): what every event that can happen to this
 *   person does under @plan, those that matter most first
 */
GPtrArray *
rst_advice_compare (const RstAnswers *answers,
                    RstPlan           plan)
{
  GPtrArray *consequences;
  RstSetup setup;

  g_return_val_if_fail (answers != NULL, NULL);

  consequences = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_consequence_free);
  rst_setup_init (&setup, plan, answers);
  for (guint i = 0; i < rst_events_get_n (); i++)
    {
      const RstEvent *event = rst_events_get (i);
      const RstRun *run = rst_consequence_get_run (&setup, event);
      RstConsequence *consequence;

      if (!run->applies || is_ruled_out (event, answers))
        continue;
      consequence = g_new (RstConsequence, 1);
      *consequence = (RstConsequence) {
        .event = event->id,
        .plan = plan,
        .outcome = run->outcome,
        .weight = get_stake (event, answers),
        .title = g_strdup (rst_consequence_get_title (&setup, event)),
        .text = rst_consequence_describe (&setup, event),
        .help = g_strdup (event->help),
      };
      g_ptr_array_add (consequences, consequence);
    }
  g_ptr_array_sort (consequences, compare_weights);

  return consequences;
}
