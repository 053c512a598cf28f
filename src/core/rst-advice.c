/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding the plan that does the least harm, and putting the advice together.
 */
#include "rst-advice-private.h"

#include <glib/gi18n-lib.h>

#include "rst-questions.h"
#include "rst-text.h"

/* Harms that differ by less than this part are the same: the model is not that exact, and then the
 * plan that is easier to take back wins. */
#define TIE 0.02

/* Up to this part more harm, another plan would do nearly as well. */
#define CLOSE 0.15

/* Whether @plan is in the running: possible, of the mode that is asked for (UNKNOWN is any), and a
 * way to set up a mail program at all. The web page is there in any case. */
static gboolean
is_candidate (const RstRanking *self,
              RstPlan           plan,
              RstMethod         mode,
              RstPlan           except)
{
  RstMethod its_mode = rst_plan_get_mode (plan);

  return plan != except && self->possible[plan] && its_mode != RST_METHOD_WEB &&
         (mode == RST_METHOD_UNKNOWN || its_mode == mode);
}

/* Returns RST_N_PLANS if there is none. */
static RstPlan
find_best (const RstRanking *self,
           RstMethod         mode,
           RstPlan           except)
{
  RstPlan least = RST_N_PLANS;
  RstPlan best;

  for (RstPlan i = 0; i < RST_N_PLANS; i++)
    if (is_candidate (self, i, mode, except) &&
        (least == RST_N_PLANS || self->harm[i] < self->harm[least]))
      least = i;

  best = least;
  for (RstPlan i = 0; i < RST_N_PLANS; i++)
    if (is_candidate (self, i, mode, except) && self->harm[i] <= self->harm[least] * (1 + TIE) &&
        rst_plan_get_finality (i) < rst_plan_get_finality (best))
      best = i;

  return best;
}

static RstMethod
other_mode (RstMethod mode)
{
  return mode == RST_METHOD_POP ? RST_METHOD_IMAP : RST_METHOD_POP;
}

/* The device that would keep an archive: this computer, or the first one. Phones and tablets are
 * replaced too often. Returns -1 if there is none. */
int
rst_advice_find_archive (GPtrArray *devices)
{
  int found = -1;

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      if (device->person > 0 ||
          (device->kind != RST_DEVICE_COMPUTER && device->kind != RST_DEVICE_LAPTOP))
        continue;
      if (found < 0 || device->is_here)
        found = i;
    }

  return found;
}

/* Weighs all plans. What is not possible is weighed too, for comparison. */
void
rst_ranking_init (RstRanking       *self,
                  const RstAnswers *answers)
{
  RstPlan other;

  for (guint i = 0; i < RST_N_PLANS; i++)
    {
      self->harm[i] = rst_weights_get_harm (answers, i, self->parts[i]);
      self->possible[i] = rst_plan_is_possible (i, answers);
    }

  self->best = find_best (self, RST_METHOD_UNKNOWN, RST_N_PLANS);
  self->runner_up = find_best (self, RST_METHOD_UNKNOWN, self->best);
  if (self->runner_up == RST_N_PLANS)
    self->runner_up = self->best;

  self->sibling = find_best (self, rst_plan_get_mode (self->best), self->best);
  if (self->sibling == RST_N_PLANS)
    self->sibling = self->best;

  /* A provider that does not offer the other mode is no reason not to compare with it. */
  other = find_best (self, other_mode (rst_plan_get_mode (self->best)),
                     RST_N_PLANS);
  self->plain = rst_plan_get_mode (self->best) == RST_METHOD_POP ? RST_PLAN_IMAP
                                                                 : RST_PLAN_POP_DAYS;
  self->other = other == RST_N_PLANS ? self->plain : other;
}

/* Whether there was no choice between the modes. */
gboolean
rst_ranking_is_forced (const RstRanking *self)
{
  return !self->possible[self->other];
}

/**
 * rst_advice_pick:
 * @answers: answers and facts
 *
 * Returns: the plan to recommend; as rst_advice_new(), without the words
 */
RstPlan
rst_advice_pick (const RstAnswers *answers)
{
  RstRanking ranking;

  g_return_val_if_fail (answers != NULL, RST_PLAN_IMAP);

  for (guint i = 0; i < RST_N_PLANS; i++)
    {
      ranking.possible[i] = rst_plan_is_possible (i, answers);
      if (is_candidate (&ranking, i, RST_METHOD_UNKNOWN, RST_N_PLANS))
        ranking.harm[i] = rst_weights_get_harm (answers, i, NULL);
    }

  return find_best (&ranking, RST_METHOD_UNKNOWN, RST_N_PLANS);
}

/* Whether @plan would do nearly as well as the best. */
static gboolean
is_close (const RstRanking *ranking,
          RstPlan           plan)
{
  return plan != ranking->best && ranking->possible[plan] &&
         ranking->harm[plan] < ranking->harm[ranking->best] * (1 + CLOSE);
}

/* How sure the choice between IMAP and POP is. An open question that could turn it round makes it
 * as little sure as a close rival. */
static RstSureness
get_sureness (const RstRanking *ranking,
              const RstAnswers *answers,
              GPtrArray        *what_ifs)
{
  if (rst_ranking_is_forced (ranking))
    return RST_SURENESS_FORCED;

  if (is_close (ranking, ranking->other))
    return RST_SURENESS_CLOSE;

  for (guint i = 0; i < what_ifs->len; i++)
    {
      const RstWhatIf *what_if = what_ifs->pdata[i];

      if (what_if->mode != rst_plan_get_mode (ranking->best) &&
          rst_answers_get (answers, what_if->key) == RST_NOT_SURE)
        return RST_SURENESS_CLOSE;
    }

  return RST_SURENESS_CLEAR;
}

/* The questions that were not answered and would change the plan. */
static char *
list_unknown (const RstAnswers *answers,
              GPtrArray        *what_ifs)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < rst_questions_get_n (); i++)
    {
      const RstQuestion *question = rst_questions_get (i);
      RstKey key = rst_question_get_key (question);
      gboolean matters = FALSE;

      for (guint j = 0; j < what_ifs->len; j++)
        matters |= ((const RstWhatIf *) what_ifs->pdata[j])->key == key;
      if (matters && rst_answers_get (answers, key) == RST_NOT_SURE)
        g_ptr_array_add (names, (gpointer) rst_question_get_short_text (question));
    }
  g_ptr_array_add (names, NULL);

  return rst_text_join_list ((const char * const *) names->pdata);
}

static char *
tell_sureness (const RstAdvice  *self,
               const RstAnswers *answers,
               const RstRanking *ranking)
{
  g_autofree char *unknown = list_unknown (answers, self->what_ifs);
  g_autofree char *text = NULL;

  if (self->sureness == RST_SURENESS_FORCED)
    text = g_strdup_printf (_("The provider offers only %s."), rst_method_get_name (self->mode));
  else if (is_close (ranking, ranking->runner_up))
    text = g_strdup_printf (_("Another way would do nearly as well: “%s”."),
                            rst_plan_get_headline (ranking->runner_up));
  else
    text = g_strdup (_("By what is known, every other way would do clearly more harm."));

  if (*unknown == '\0')
    return g_steal_pointer (&text);

  return g_strdup_printf (C_("sureness", "%s Not known yet, and able to change the advice: %s."),
                          text, unknown);
}

static void
apply_choice (RstAdvice        *self,
              const RstAnswers *answers,
              const RstRanking *ranking)
{
  self->chosen = self->plan != ranking->best;
  if (!self->chosen)
    return;

  self->runner_up = ranking->best;
  g_ptr_array_set_size (self->reasons, 0);
  g_free (self->sureness_text);
  self->sureness_text = g_strdup_printf (_("This is your own choice. The advice was: “%s”."),
                                         rst_plan_get_headline (ranking->best));
}

/**
 * rst_advice_new_full:
 * @answers: answers and facts
 * @devices: (nullable) (element-type RstDevice): the devices that read the mailbox now, if known
 * @chosen: (nullable): the plan that the person chose against the advice
 *
 * Returns: (transfer full): the advice, or what @chosen means instead
 */
RstAdvice *
rst_advice_new_full (const RstAnswers *answers,
                     GPtrArray        *devices,
                     const RstPlan    *chosen)
{
  RstRanking ranking;
  RstAdvice *self;

  g_return_val_if_fail (answers != NULL, NULL);

  rst_ranking_init (&ranking, answers);
  self = g_new0 (RstAdvice, 1);
  self->plan = chosen != NULL ? *chosen : ranking.best;
  self->mode = rst_plan_get_mode (self->plan);
  self->runner_up = ranking.runner_up;
  self->other = ranking.other;
  rst_plan_get_settings (self->plan, answers, &self->settings);
  self->archive_device = self->settings.archive ? rst_advice_find_archive (devices) : -1;
  self->headline = g_strdup (rst_plan_get_headline (self->plan));
  self->technical = rst_plan_get_technical (self->plan, &self->settings);
  self->contrast_title = g_strdup (rst_plan_get_mode (ranking.best) == RST_METHOD_POP
                                     ? _("Why not IMAP?") : _("Why not POP?"));
  self->contrast = rst_advice_make_contrast (answers, &ranking);
  self->reasons = rst_advice_list_reasons (answers, &ranking);
  self->what_ifs = rst_advice_list_what_ifs (answers, ranking.best);
  self->sureness = get_sureness (&ranking, answers, self->what_ifs);
  self->consequences = rst_advice_compare (answers, self->plan);
  self->warnings = rst_advice_list_warnings (answers, self->plan, devices);
  self->sureness_text = tell_sureness (self, answers, &ranking);
  apply_choice (self, answers, &ranking);

  return self;
}

/**
 * rst_advice_new:
 * @answers: answers and facts
 *
 * Returns: (transfer full): the advice
 */
RstAdvice *
rst_advice_new (const RstAnswers *answers)
{
  return rst_advice_new_full (answers, NULL, NULL);
}

/* The one device that stands for all programs of this computer, or -1. */
static int
find_here (GPtrArray *devices,
           int        archive)
{
  if (archive >= 0 && ((const RstDevice *) devices->pdata[archive])->is_here)
    return archive;
  for (guint i = 0; i < devices->len; i++)
    if (((const RstDevice *) devices->pdata[i])->is_here)
      return i;

  return -1;
}

/**
 * rst_advice_arrange:
 * @self: an advice
 * @devices: (element-type RstDevice): the devices that read the mailbox now
 *
 * Returns: (transfer full) (element-type RstDevice): the same devices, set up as @self says. The
 *   programs of this computer become one device.
 */
GPtrArray *
rst_advice_arrange (const RstAdvice *self,
                    GPtrArray       *devices)
{
  GPtrArray *arranged = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  int archive, here;

  g_return_val_if_fail (self != NULL && devices != NULL, arranged);

  archive = rst_advice_find_archive (devices);
  here = find_here (devices, archive);
  for (int i = 0; i < (int) devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];
      RstDevice *copy;

      if (device->is_here && i != here)
        continue;
      copy = rst_device_copy (device);
      g_clear_pointer (&copy->program, g_free);
      rst_plan_apply (self->plan, &self->settings, copy, i == archive);
      g_ptr_array_add (arranged, copy);
    }

  return arranged;
}

/**
 * rst_advice_free:
 * @self: (transfer full): an advice
 */
void
rst_advice_free (RstAdvice *self)
{
  g_free (self->headline);
  g_free (self->technical);
  g_free (self->sureness_text);
  g_free (self->contrast_title);
  g_free (self->contrast);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->what_ifs);
  g_ptr_array_unref (self->consequences);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * rst_sureness_get_nick:
 * @sureness: how sure an advice is
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_sureness_get_nick (RstSureness sureness)
{
  static const char * const nicks[] = { "clear", "close", "forced" };

  g_return_val_if_fail (sureness < G_N_ELEMENTS (nicks), NULL);

  return nicks[sureness];
}

/**
 * rst_sureness_get_name:
 * @sureness: how sure an advice is
 *
 * Returns: (transfer none): a few words, translated
 */
const char *
rst_sureness_get_name (RstSureness sureness)
{
  switch (sureness)
    {
    case RST_SURENESS_CLOSE:
      return _("Close call");
    case RST_SURENESS_FORCED:
      return _("Only way offered");
    case RST_SURENESS_CLEAR:
    default:
      return _("Clear advice");
    }
}
