/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to take care of under a plan.
 *
 * Most warnings are events: whatever the plan loses in an event that matters is said, with what to
 * do against it. The others are about the way from how things are now to the plan.
 */
#include "rst-advice-private.h"

#include <glib/gi18n-lib.h>

#include "rst-mixing.h"
#include "rst-topic.h"

/* An event that matters this many times more than to a person who did not say is one that must not
 * happen ("a disaster"). */
#define DIRE 5

/* Harm from which on a loss is worth a note, and worth care. */
#define NOTE 2
#define CARE 4

static void
add_warning (GPtrArray   *warnings,
             const char  *id,
             RstSeverity  severity,
             const char  *title,
             const char  *text,
             const char  *help)
{
  RstWarning *warning = g_new (RstWarning, 1);

  *warning = (RstWarning) {
    .id = id,
    .severity = severity,
    .title = g_strdup (title),
    .text = g_strdup (text),
    .help = g_strdup (help),
  };
  g_ptr_array_add (warnings, warning);
}

static gboolean
loses (RstOutcome outcome)
{
  return outcome == RST_OUTCOME_LOST || outcome == RST_OUTCOME_PARTLY_LOST;
}

static void
warn_of_event (GPtrArray        *warnings,
               const RstAnswers *answers,
               const RstSetup   *setup,
               const RstEvent   *event)
{
  const RstRun *run = rst_consequence_get_run (setup, event);
  double weight = rst_weights_get_event (event, answers);
  double harm = weight * rst_weights_get_run (run, answers);
  gboolean dire = weight >= DIRE * event->weights[RST_NOT_SURE];
  RstSeverity severity = harm >= CARE ? RST_SEVERITY_CAUTION : RST_SEVERITY_INFO;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  if (event->remedy == NULL || (!loses (run->outcome) && run->outcome != RST_OUTCOME_REFUSED))
    return;
  if (dire && loses (run->outcome))
    severity = RST_SEVERITY_WILL_LOSE;
  else if (harm < NOTE)
    return;

  what = rst_consequence_describe (setup, event);
  text = g_strdup_printf (C_("sentences", "%s %s"), what, _(event->remedy));
  add_warning (warnings, event->id, severity, rst_consequence_get_title (setup, event), text,
               event->help);
}

static void
warn_of_only_copy (GPtrArray *warnings,
                   RstPlan    plan)
{
  if (plan == RST_PLAN_POP_REMOVE)
    add_warning (warnings, "only-copy", RST_SEVERITY_WILL_LOSE,
                 _("The device has the only copy"),
                 _("Mail that was fetched is nowhere else. Set up a backup first, and try once "
                   "whether it can be put back."),
                 RST_TOPIC_AFTER);
}

static void
warn_of_readers (GPtrArray        *warnings,
                 const RstAnswers *answers)
{
  guint people = rst_answers_get (answers, RST_KEY_PEOPLE);

  if (people == RST_PEOPLE_SERVICE)
    add_warning (warnings, "service", RST_SEVERITY_CAUTION,
                 _("A service collects the mail too"),
                 _("Look into its settings: it must leave the mail on the server. Many of them "
                   "remove it at first."),
                 RST_TOPIC_MIXING);
  if (people == RST_PEOPLE_OTHERS)
    add_warning (warnings, "other-people", RST_SEVERITY_CAUTION,
                 _("Everybody has to read in the same way"),
                 _("One program that takes mail off the server is enough to make it vanish for "
                   "all others. Agree with the others before anything is changed."),
                 RST_TOPIC_MIXING);
}

static void
warn_of_wish (GPtrArray        *warnings,
              const RstAnswers *answers)
{
  if (rst_answers_get (answers, RST_KEY_PRIVACY) == RST_PRIVACY_EMPTY_SERVER &&
      !rst_plan_server_can_be_empty (answers))
    add_warning (warnings, "no-empty-server", RST_SEVERITY_CAUTION,
                 _("The server cannot be kept empty"),
                 _("Your other devices, or other readers, find only what is on the server. "
                   "Whoever gets into the server can read it."),
                 RST_TOPIC_CHOOSING);
}

static void
warn_of_pop_only (GPtrArray        *warnings,
                  const RstAnswers *answers,
                  RstPlan           plan)
{
  if (rst_plan_get_mode (plan) == RST_METHOD_POP &&
      (rst_answers_get (answers, RST_KEY_DEVICES) == RST_DEVICES_SEVERAL ||
       rst_answers_get (answers, RST_KEY_PEOPLE) == RST_PEOPLE_OTHERS ||
       rst_answers_get (answers, RST_KEY_PLACES) == RST_PLACES_BROWSER))
    add_warning (warnings, "pop-shared", RST_SEVERITY_CAUTION,
                 _("POP is not made for several readers"),
                 _("Every device has to leave copies on the server: one that does not is enough to "
                   "take the mail away from the others. Sent mail stays on the device that sent "
                   "it."),
                 "mixing");
}

static void
warn_of_existing (GPtrArray        *warnings,
                  const RstAnswers *answers,
                  RstPlan           plan)
{
  guint existing = rst_answers_get (answers, RST_KEY_EXISTING);
  gboolean was_pop = existing >= RST_EXISTING_POP_REMOVE;
  gboolean is_pop = rst_plan_get_mode (plan) == RST_METHOD_POP;

  if (was_pop && !is_pop)
    add_warning (warnings, "existing-pop", RST_SEVERITY_CAUTION,
                 _("Mail that was fetched by POP is on the device only"),
                 _("Back it up. Add the new account beside the old one, and remove the old one "
                   "only when everything has been copied."),
                 RST_TOPIC_AFTER);
  if (existing == RST_EXISTING_POP_REMOVE && plan != RST_PLAN_POP_REMOVE)
    add_warning (warnings, "existing-remove", RST_SEVERITY_CAUTION,
                 _("A program here empties the server"),
                 _("As long as it is set up like that, no other device sees the mail that it "
                   "fetched. Change it first."),
                 "mixing");
  if (existing == RST_EXISTING_IMAP && is_pop)
    add_warning (warnings, "existing-imap", RST_SEVERITY_CAUTION,
                 _("A program here reads by IMAP"),
                 _("It will show only the mail that is still on the server. Copy its folders and "
                   "sent mail first: POP does not fetch them."),
                 "mixing");
}

static void
warn_of_missing_archive (GPtrArray *warnings,
                         RstPlan    plan,
                         GPtrArray *devices)
{
  gboolean archive = plan == RST_PLAN_IMAP_ARCHIVE || plan == RST_PLAN_ARCHIVE_PC;

  if (archive && devices != NULL && devices->len > 0 && rst_advice_find_archive (devices) < 0)
    add_warning (warnings, "no-archive-device", RST_SEVERITY_CAUTION,
                 _("An archive needs a computer"),
                 _("Phones and tablets are replaced too often to keep one. Until there is a "
                   "computer, the mail is on the server only."),
                 RST_TOPIC_CHOOSING);
}

/* What the devices do to each other as they are set up now. */
static void
warn_of_mixing (GPtrArray *warnings,
                GPtrArray *devices)
{
  g_autoptr(RstMixingReport) report = NULL;

  if (devices == NULL)
    return;

  report = rst_mixing_check (devices, NULL, RST_MIXING_DEFAULT);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const RstMixingFinding *finding = report->findings->pdata[i];

      if (finding->severity >= RST_SEVERITY_CAUTION)
        add_warning (warnings, finding->id, finding->severity, finding->title, finding->text,
                     finding->help);
    }
}

static int
compare_severities (gconstpointer a,
                    gconstpointer b)
{
  const RstWarning *left = *(const RstWarning **) a;
  const RstWarning *right = *(const RstWarning **) b;

  return (int) right->severity - (int) left->severity;
}

/**
 * rst_advice_list_warnings:
 * @answers: answers and facts
 * @plan: the plan that is recommended or chosen
 * @devices: (nullable) (element-type RstDevice): the devices that read the mailbox now
 *
 * Returns: (transfer full) (element-type RstWarning): what to take care of, the worst first
 */
GPtrArray *
rst_advice_list_warnings (const RstAnswers *answers,
                          RstPlan           plan,
                          GPtrArray        *devices)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_warning_free);
  RstSetup setup;

  rst_setup_init (&setup, plan, answers);
  warn_of_only_copy (warnings, plan);
  for (guint i = 0; i < rst_events_get_n (); i++)
    warn_of_event (warnings, answers, &setup, rst_events_get (i));
  warn_of_readers (warnings, answers);
  warn_of_pop_only (warnings, answers, plan);
  warn_of_wish (warnings, answers);
  warn_of_existing (warnings, answers, plan);
  warn_of_missing_archive (warnings, plan, devices);
  warn_of_mixing (warnings, devices);
  g_ptr_array_sort (warnings, compare_severities);

  return warnings;
}
