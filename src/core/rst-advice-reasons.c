/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why this plan and not another: reasons, contrast and what-ifs, all found by weighing again.
 *
 * An answer is a reason if taking it back would bring a rival closer. What it is a reason for is
 * the event in which that shows most: either the plan gains where the event hurts the rival, or
 * the event has become moot in which the rival would have been better.
 */
#include "rst-advice-private.h"

#include <glib/gi18n-lib.h>

#include "rst-questions.h"
#include "rst-topic.h"

#define MAX_REASONS 4

/* Harm; an answer that moves less than this is not worth mentioning. */
#define MIN_STRENGTH 0.3

/* An event that the answer itself is about is the better explanation, if it explains this part of
 * what the best one explains. */
#define OWN_EVENT 0.25

typedef struct {
  RstKey  key;
  double  strength;                        /* harm by which the rival would be closer */
  double  closeness;                       /* what would be left of its distance */
  double  parts[RST_MAX_EVENTS];           /* how well each event explains it */
  gboolean gains[RST_MAX_EVENTS];          /* the rival does worse now; or else the plan better */
} Vote;

/* Looks whether the answer keeps the best plan ahead of @rival; the rival that would come closest
 * without it is the one that counts. */
static void
hold_against (Vote             *vote,
              const RstRanking *with,
              const RstRanking *without,
              RstPlan           rival)
{
  RstPlan best = with->best;
  double distance = with->harm[rival] - with->harm[best];
  double left = without->harm[rival] - without->harm[best];

  if (rival == best || distance - left < MIN_STRENGTH ||
      (vote->strength > 0 && left / distance >= vote->closeness))
    return;

  vote->strength = distance - left;
  vote->closeness = left / distance;
  for (guint i = 0; i < rst_events_get_n (); i++)
    {
      double worse = with->parts[rival][i] - without->parts[rival][i];
      double better = without->parts[best][i] - with->parts[best][i];
      gboolean gains = worse >= better;
      gboolean holds = gains ? with->parts[best][i] < with->parts[rival][i]
                             : without->parts[best][i] > without->parts[rival][i];

      vote->parts[i] = holds ? worse + better : 0;
      vote->gains[i] = gains;
    }
}

static Vote *
take_vote (const RstAnswers *answers,
           const RstRanking *with,
           RstKey            key)
{
  Vote *vote = g_new0 (Vote, 1);
  RstAnswers fewer = *answers;
  RstRanking without;

  rst_answers_set (&fewer, key, RST_NOT_SURE);
  rst_ranking_init (&without, &fewer);
  vote->key = key;
  hold_against (vote, with, &without, with->runner_up);
  hold_against (vote, with, &without, with->other);
  hold_against (vote, with, &without, with->sibling);
  hold_against (vote, with, &without, with->plain);

  return vote;
}

static int
compare_votes (gconstpointer a,
               gconstpointer b)
{
  const Vote *left = *(const Vote **) a;
  const Vote *right = *(const Vote **) b;

  return left->closeness < right->closeness ? -1 : left->closeness > right->closeness;
}

/* The event that shows it most, among those that no other reason has used. */
static const RstEvent *
choose_event (const Vote *vote,
              gboolean   *used)
{
  int best = -1;

  for (guint i = 0; i < rst_events_get_n (); i++)
    if (!used[i] && vote->parts[i] > MIN_STRENGTH / 2 &&
        (best < 0 || vote->parts[i] > vote->parts[best]))
      best = i;
  if (best < 0)
    return NULL;

  for (guint i = 0; i < rst_events_get_n (); i++)
    if (!used[i] && rst_events_get (i)->driver == vote->key &&
        vote->parts[i] >= OWN_EVENT * vote->parts[best])
      best = i;

  used[best] = TRUE;
  return rst_events_get (best);
}

static RstReason *
new_reason (const RstAnswers *answers,
            RstKey            key,
            const char       *text)
{
  const RstQuestion *question = rst_questions_find (key);
  RstReason *reason = g_new (RstReason, 1);
  guint value = rst_answers_get (answers, key);

  *reason = (RstReason) {
    .key = key,
    .value = value,
    .title = g_strdup (rst_said_get_text (key, value)),
    .text = g_strdup (text),
    .source = g_strdup (rst_evidence_get_text (rst_answers_get_evidence (answers, key))),
    .help = g_strdup (question != NULL ? rst_question_get_help (question) : RST_TOPIC_CHOOSING),
  };

  return reason;
}

static void
add_forced_reason (GPtrArray        *reasons,
                   const RstAnswers *answers,
                   const RstRanking *ranking)
{
  if (rst_ranking_is_forced (ranking))
    g_ptr_array_add (reasons, new_reason (answers, RST_KEY_OFFERS,
                                          _("So there is no choice between the two.")));
}

/* Nothing that was said decides it: then what is not known does. */
static void
add_fallback_reason (GPtrArray        *reasons,
                     const RstAnswers *answers,
                     const RstRanking *ranking)
{
  gboolean easy = rst_plan_get_mode (ranking->best) == RST_METHOD_IMAP;
  RstKey key = RST_KEY_DEVICES;

  for (guint i = 0; i < RST_N_QUESTIONS; i++)
    if (rst_answers_get (answers, i) == RST_NOT_SURE)
      {
        key = i;
        break;
      }
  g_ptr_array_add (reasons,
                   new_reason (answers, key,
                               easy ? _("So the advice is what can be changed later without losing "
                                        "mail.")
                                    : _("So the advice is what does least harm in most cases.")));
}

/**
 * rst_advice_list_reasons:
 * @answers: answers and facts
 * @ranking: the plans, weighed for them
 *
 * Returns: (transfer full) (element-type RstReason): the answers that decided it, at least one
 */
GPtrArray *
rst_advice_list_reasons (const RstAnswers *answers,
                         const RstRanking *ranking)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_reason_free);
  g_autoptr(GPtrArray) votes = g_ptr_array_new_with_free_func (g_free);
  gboolean used[RST_MAX_EVENTS] = { FALSE };

  add_forced_reason (reasons, answers, ranking);
  for (guint key = 0; key < RST_N_KEYS; key++)
    if (rst_answers_get (answers, key) != RST_NOT_SURE && key != RST_KEY_OFFERS)
      g_ptr_array_add (votes, take_vote (answers, ranking, key));
  g_ptr_array_sort (votes, compare_votes);

  for (guint i = 0; i < votes->len && reasons->len < MAX_REASONS; i++)
    {
      const Vote *vote = votes->pdata[i];
      const RstEvent *event;

      if (vote->strength < MIN_STRENGTH)
        continue;
      event = choose_event (vote, used);
      if (event != NULL)
        g_ptr_array_add (reasons,
                         new_reason (answers, vote->key,
                                     _(vote->gains[rst_event_get_index (event)]
                                         ? event->gain : event->moot)));
      else if (vote->key == RST_KEY_EXISTING)
        g_ptr_array_add (reasons, new_reason (answers, vote->key, _("So less has to be changed.")));
    }
  if (reasons->len == 0)
    add_fallback_reason (reasons, answers, ranking);

  return reasons;
}

/* The event in which @rival does worst in comparison, among those not yet told. */
static const RstEvent *
find_contrast (const RstRanking *ranking,
               RstPlan           rival,
               const RstEvent   *except)
{
  const RstEvent *worst = NULL;
  double most = 0;

  for (guint i = 0; i < rst_events_get_n (); i++)
    {
      double difference = ranking->parts[rival][i] - ranking->parts[ranking->best][i];

      if (rst_events_get (i) == except || difference <= most)
        continue;
      worst = rst_events_get (i);
      most = difference;
    }

  return worst;
}

static void
append_contrast (GString          *text,
                 const RstAnswers *answers,
                 RstPlan           rival,
                 const RstEvent   *event)
{
  g_autofree char *what = NULL;
  RstAnswers shown = *answers;
  RstSetup setup;

  if (event->needs_two)
    rst_answers_set (&shown, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
  rst_setup_init (&setup, rival, &shown);
  what = rst_consequence_describe (&setup, event);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: an event, and what happens to the mail then */
  g_string_append_printf (text, C_("contrast", "%s. %s"),
                          rst_consequence_get_title (&setup, event), what);
}

/**
 * rst_advice_make_contrast:
 * @answers: answers and facts
 * @ranking: the plans, weighed for them
 *
 * Returns: (transfer full): two or three lines: where the plain form of the other mode does worse,
 *   and what its best form would ask for
 */
char *
rst_advice_make_contrast (const RstAnswers *answers,
                          const RstRanking *ranking)
{
  gboolean pop = rst_plan_get_mode (ranking->best) == RST_METHOD_POP;
  RstPlan rival = ranking->plain;
  GString *text = g_string_new (NULL);
  const RstEvent *first = find_contrast (ranking, rival, NULL);
  const RstEvent *second = first == NULL ? NULL : find_contrast (ranking, rival, first);

  if (rst_ranking_is_forced (ranking))
    g_string_append (text, _("The provider does not offer it."));
  else if (first != NULL)
    append_contrast (text, answers, rival, first);
  if (!rst_ranking_is_forced (ranking) && second != NULL)
    append_contrast (text, answers, rival, second);
  if (pop && ranking->other == RST_PLAN_IMAP_ARCHIVE && !rst_ranking_is_forced (ranking))
    g_string_append_printf (text, "\n%s", _("An archive of your own would make up for that, but "
                                            "has to be kept going."));

  return g_string_free (text, FALSE);
}

static int
compare_what_ifs (gconstpointer a,
                  gconstpointer b,
                  gpointer      mode)
{
  const RstWhatIf *left = *(const RstWhatIf **) a;
  const RstWhatIf *right = *(const RstWhatIf **) b;
  gboolean left_turns = left->mode != *(RstMethod *) mode;
  gboolean right_turns = right->mode != *(RstMethod *) mode;

  if (left_turns != right_turns)
    return left_turns ? -1 : 1;

  return left->key != right->key ? (int) left->key - (int) right->key
                                 : (int) left->value - (int) right->value;
}

static RstWhatIf *
new_what_if (RstKey  key,
             guint   value,
             RstPlan plan)
{
  RstWhatIf *what_if = g_new (RstWhatIf, 1);

  *what_if = (RstWhatIf) {
    .key = key,
    .value = value,
    .mode = rst_plan_get_mode (plan),
    .plan = plan,
    .title = g_strdup (rst_said_get_condition (key, value)),
    .text = g_strdup (rst_plan_get_headline (plan)),
  };

  return what_if;
}

/**
 * rst_advice_list_what_ifs:
 * @answers: answers and facts
 * @plan: the plan that is recommended for them
 *
 * Returns: (transfer full) (element-type RstWhatIf): every change of one answer that changes the
 *   plan; those that change the mode first
 */
GPtrArray *
rst_advice_list_what_ifs (const RstAnswers *answers,
                          RstPlan           plan)
{
  GPtrArray *what_ifs = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_what_if_free);
  RstMethod mode = rst_plan_get_mode (plan);

  for (guint key = 0; key < RST_N_QUESTIONS; key++)
    for (guint value = 1; value <= rst_key_get_n_values (key); value++)
      {
        RstAnswers changed = *answers;
        RstPlan other;

        if (value == rst_answers_get (answers, key))
          continue;
        rst_answers_set (&changed, key, value);
        other = rst_advice_pick (&changed);
        if (other != plan)
          g_ptr_array_add (what_ifs, new_what_if (key, value, other));
      }
  g_ptr_array_sort_with_data (what_ifs, compare_what_ifs, &mode);

  return what_ifs;
}
