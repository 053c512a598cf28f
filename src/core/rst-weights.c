/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much harm weighs.
 *
 * The harm of a plan is what each event does, times how much the event matters (the weights of the
 * events), plus what the plan asks of the person. The unit is "all mail gone for good, once in ten
 * years" for a person who has not said that it would matter more or less than usual.
 */
#include "rst-weights.h"

#include <string.h>

/* How bad an outcome is for one letter on one device, as a part of losing it for good. */
static const double outcome_costs[RST_N_OUTCOMES] = {
  [RST_OUTCOME_KEPT] = 0,
  [RST_OUTCOME_DIFFERS] = 0.05,    /* it has to be sorted again */
  [RST_OUTCOME_DOUBLED] = 0.05,
  [RST_OUTCOME_ELSEWHERE] = 0.25,  /* one has to go to another device, or think it is lost */
  [RST_OUTCOME_EXPOSED] = 1,
  [RST_OUTCOME_NOT_NOW] = 0.3,     /* it comes back */
  [RST_OUTCOME_REFUSED] = 1,
  [RST_OUTCOME_PARTLY_LOST] = 1,   /* what is not lost counts for itself */
  [RST_OUTCOME_LOST] = 1,
};

/* What a letter is worth by its age, by whether old mail is to be kept: not sure, everything, about
 * a year, no. */
static const double age_values[][RST_N_AGES] = {
  [RST_NOT_SURE] = { 1, 0.8, 0.3 },
  [RST_OLDMAIL_EVERYTHING] = { 1, 1.6, 1.6 },
  [RST_OLDMAIL_YEAR] = { 1, 1, 0.3 },
  [RST_OLDMAIL_NONE] = { 0.8, 0.2, 0 },
};

/* What changing the method of an existing account asks of a person, once: by what is there now (not
 * sure, none, IMAP, POP that removes, keeps for days, keeps), to IMAP and to POP. */
static const double changes_to_imap[] = { 0, 0, 0, 0.5, 1, 1 };
static const double changes_to_pop[] = { 0, 0, 1.5, 0, 0, 0 };

/* How likely there is a second device if the person did not say: odds, and how the other answers
 * change them (not sure first). Whoever reads in several places has one; whoever wants nothing left
 * on the server, or always reads in one place, mostly has not. */
static const double several_odds = 1.8;
static const double several_by_places[] = { 1, 0.03, 5, 2 };
static const double several_by_people[] = { 1, 1, 3, 1 };
static const double several_by_privacy[] = { 1, 0.1 };

/**
 * rst_weights_get_several:
 * @answers: answers and facts
 *
 * Returns: how likely there is a second device, from 0 to 1
 */
double
rst_weights_get_several (const RstAnswers *answers)
{
  guint devices = rst_answers_get (answers, RST_KEY_DEVICES);
  double odds = several_odds;

  if (devices != RST_NOT_SURE)
    return devices == RST_DEVICES_SEVERAL ? 1 : 0;

  odds *= several_by_places[rst_answers_get (answers, RST_KEY_PLACES)];
  odds *= several_by_people[rst_answers_get (answers, RST_KEY_PEOPLE)];
  odds *= several_by_privacy[rst_answers_get (answers, RST_KEY_PRIVACY)];

  return odds / (1 + odds);
}

/**
 * rst_weights_get_event:
 * @event: an event
 * @answers: answers and facts
 *
 * Returns: how much @event matters
 */
double
rst_weights_get_event (const RstEvent   *event,
                       const RstAnswers *answers)
{
  guint value = rst_answers_get (answers, event->driver);

  if (event->driver == RST_KEY_EXPIRES)
    value = MIN (value, 1);
  if (event->driver == RST_KEY_PRIVACY && !rst_plan_server_can_be_empty (answers))
    value = RST_NOT_SURE;

  return event->weights[MIN (value, G_N_ELEMENTS (event->weights) - 1)];
}

/**
 * rst_weights_get_cost:
 * @outcome: what an event did to a letter on a device
 * @event: the event
 *
 * Returns: how bad that is: 1 if the letter is lost
 */
double
rst_weights_get_cost (RstOutcome      outcome,
                      const RstEvent *event)
{
  g_return_val_if_fail (outcome < RST_N_OUTCOMES, 0);

  /* Once in ten years anybody can go to the device that has the mail. */
  return outcome == RST_OUTCOME_ELSEWHERE && event->rare ? 0 : outcome_costs[outcome];
}

/**
 * rst_weights_get_run:
 * @run: what an event did
 * @answers: answers and facts
 *
 * Returns: how bad that is: 1 if all mail is lost
 */
double
rst_weights_get_run (const RstRun     *run,
                     const RstAnswers *answers)
{
  const double *values = age_values[rst_answers_get (answers, RST_KEY_OLDMAIL)];
  double harm = 0;

  for (guint age = 0; age < RST_N_AGES; age++)
    harm += run->costs[age] * values[age];

  return harm;
}

static double
get_burden (RstPlan           plan,
            const RstAnswers *answers)
{
  guint existing = rst_answers_get (answers, RST_KEY_EXISTING);
  gboolean pop;

  pop = rst_plan_get_mode (plan) == RST_METHOD_POP;
  return rst_plan_get_burden (plan) + (pop ? changes_to_pop[existing] : changes_to_imap[existing]);
}

/* Adds the harm in the case that there are so many devices, by how likely that is. */
static void
add_harm (const RstAnswers *answers,
          RstPlan           plan,
          guint             devices,
          double            probability,
          double           *by_event)
{
  RstAnswers known = *answers;
  const RstRun *runs;
  RstSetup setup;

  if (probability == 0)
    return;

  known.values[RST_KEY_DEVICES] = devices;
  rst_setup_init (&setup, plan, &known);
  runs = rst_consequence_get_runs (&setup);
  for (guint i = 0; i < rst_events_get_n (); i++)
    if (runs[i].applies)
      by_event[i] += probability * rst_weights_get_event (rst_events_get (i), &known) *
                     rst_weights_get_run (&runs[i], &known);
}

/**
 * rst_weights_get_harm:
 * @answers: answers and facts
 * @plan: a plan
 * @by_event: (out) (array fixed-size=RST_MAX_EVENTS) (optional): the part of each event
 *
 * Returns: the harm that @plan does to a person who answers like that
 */
double
rst_weights_get_harm (const RstAnswers *answers,
                      RstPlan           plan,
                      double           *by_event)
{
  double parts[RST_MAX_EVENTS] = { 0 };
  double several = rst_weights_get_several (answers);
  double harm = get_burden (plan, answers);

  add_harm (answers, plan, RST_DEVICES_ONE, 1 - several, parts);
  add_harm (answers, plan, RST_DEVICES_SEVERAL, several, parts);

  for (guint i = 0; i < rst_events_get_n (); i++)
    harm += parts[i];
  if (by_event != NULL)
    memcpy (by_event, parts, sizeof parts);

  return harm;
}
