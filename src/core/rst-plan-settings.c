/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The adjustable parts of a plan, by what the answers ask for.
 */
#include "rst-plan.h"

/* Days that POP copies stay on the server. Two weeks outlast a holiday; the archive computer may
 * be off for longer than that; whoever wants an empty server gets the shortest time that still
 * forgives a broken device. */
#define LEAVE_DAYS 14
#define LEAVE_DAYS_ARCHIVE 30
#define LEAVE_DAYS_PRIVATE 3

/* Days of recent mail that a mail program keeps readable without the server: what programs do by
 * themselves, and what is asked of them where that would be nice to have. (Where it is a must, a
 * program's good will is not enough: that is what archives are for.) */
#define OFFLINE_DAYS 30
#define OFFLINE_DAYS_MORE 365

/* Days after which archived mail leaves a small mailbox, or a server that shall not keep mail. */
#define MOVE_DAYS_QUOTA 90
#define MOVE_DAYS_PRIVATE 7

/**
 * rst_plan_server_can_be_empty:
 * @answers: answers and facts
 *
 * Whoever or whatever else reads the mailbox finds there only what is left on the server. A wish
 * for an empty server cannot be met then, and does not count.
 *
 * Returns: whether nothing that is known stands against an empty server
 */
gboolean
rst_plan_server_can_be_empty (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_DEVICES) != RST_DEVICES_SEVERAL &&
         rst_answers_get (answers, RST_KEY_PEOPLE) != RST_PEOPLE_OTHERS &&
         rst_answers_get (answers, RST_KEY_PLACES) != RST_PLACES_BROWSER;
}

/**
 * rst_plan_wants_privacy:
 * @answers: answers and facts
 *
 * Returns: whether the person asks for an empty server, and it is possible
 */
gboolean
rst_plan_wants_privacy (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_PRIVACY) == RST_PRIVACY_EMPTY_SERVER &&
         rst_plan_server_can_be_empty (answers);
}

static guint
choose_leave_days (RstPlan           plan,
                   const RstAnswers *answers)
{
  guint expires = rst_answers_get (answers, RST_KEY_EXPIRES);
  guint days = LEAVE_DAYS;

  if (plan == RST_PLAN_POP_REMOVE)
    return 0;
  if (rst_plan_wants_privacy (answers))
    days = LEAVE_DAYS_PRIVATE;
  else if (plan == RST_PLAN_ARCHIVE_PC)
    days = LEAVE_DAYS_ARCHIVE;

  return expires > 0 ? MIN (days, expires) : days;
}

/* A small device or a thin line: lists of mail at first, whole letters when they are opened. */
static gboolean
needs_headers_first (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_SPACE) == RST_SPACE_LITTLE ||
         rst_answers_get (answers, RST_KEY_CONNECTION) == RST_CONNECTION_LIMITED;
}

static guint
choose_offline_days (const RstAnswers *answers)
{
  if (needs_headers_first (answers))
    return 0;

  return rst_answers_get (answers, RST_KEY_OUTAGE) == RST_OUTAGE_NICE ? OFFLINE_DAYS_MORE
                                                                      : OFFLINE_DAYS;
}

static guint
choose_move_days (const RstAnswers *answers)
{
  if (rst_plan_wants_privacy (answers))
    return MOVE_DAYS_PRIVATE;

  return rst_answers_get (answers, RST_KEY_QUOTA) == RST_QUOTA_SMALL ? MOVE_DAYS_QUOTA : 0;
}

/**
 * rst_plan_get_settings:
 * @plan: a plan
 * @answers: answers and facts
 * @settings: (out): the settings that fit them
 */
void
rst_plan_get_settings (RstPlan           plan,
                       const RstAnswers *answers,
                       RstPlanSettings  *settings)
{
  gboolean pop, archive, imap;

  g_return_if_fail (plan < RST_N_PLANS);
  g_return_if_fail (answers != NULL && settings != NULL);

  imap = rst_plan_get_mode (plan) == RST_METHOD_IMAP;
  pop = plan == RST_PLAN_ARCHIVE_PC || rst_plan_get_mode (plan) == RST_METHOD_POP;
  archive = plan == RST_PLAN_IMAP_ARCHIVE || plan == RST_PLAN_ARCHIVE_PC;

  *settings = (RstPlanSettings) {
    .leave_days = pop ? choose_leave_days (plan, answers) : 0,
    .offline_days = imap ? choose_offline_days (answers) : 0,
    .archive = archive,
    .archive_kind = RST_DEVICE_COMPUTER,
    .move_days = plan == RST_PLAN_IMAP_ARCHIVE ? choose_move_days (answers) : 0,
    .headers_first = imap && needs_headers_first (answers),
    .backup = pop || archive,
  };
}
