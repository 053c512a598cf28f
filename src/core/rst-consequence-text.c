/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run as a sentence or two: what became of which mail, by what cause, and where the rest is.
 *
 * The subject is put together from the letters that were hit, the predicate is chosen by the
 * recorded cause; nothing here knows the events or the plans.
 */
#include "rst-consequence.h"

#include <glib/gi18n-lib.h>

/* The names of the devices of a run, for its sentences. */
typedef struct {
  const RstRun *run;
  GPtrArray    *devices;
  guint         limits[4];   /* ages at which something happens to mail; 0 ends the list */
} Telling;

static const char *
name_of (const Telling *telling,
         int            device)
{
  if (device < 0 || device >= (int) telling->devices->len)
    return _("the server");

  return rst_device_refer (telling->devices->pdata[device]);
}

/* An age between two groups of letters, if a program or the provider acts at that age. */
static guint
limit_between (const Telling *telling,
               int            younger,
               int            older)
{
  if (younger < 0 || older < 0 || younger >= older)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (telling->limits); i++)
    if (telling->limits[i] >= (guint) younger && telling->limits[i] <= (guint) older)
      return telling->limits[i];

  return 0;
}

/* "Mail older than 14 days": the subject of the sentence. */
static char *
which_mail (const Telling *telling)
{
  const RstRun *run = telling->run;
  guint older = limit_between (telling, run->safe_ages[1], run->hit_ages[0]);
  guint younger = limit_between (telling, run->hit_ages[1], run->safe_ages[0]);

  if (run->single)
    return g_strdup (_("The letter"));
  if (run->n_hit == run->n_letters)
    return g_strdup (_("All mail"));
  if (run->hit_ages[0] < 0)
    return g_strdup (_("Sent mail"));
  if (older > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Mail older than %u day",
                                         "Mail older than %u days", older), older);
  if (younger > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Mail of the last day",
                                         "Mail of the last %u days", younger), younger);

  return g_strdup (_("Some mail"));
}

static char *
tell_lost (const Telling *telling,
           const char    *mail)
{
  const RstCause *cause = &telling->run->cause;
  const char *actor = name_of (telling, cause->actor);

  switch (cause->kind)
    {
    case RST_CAUSE_SERVER_LOST:
      return g_strdup_printf (_("%s is lost: it was on the server only."), mail);
    case RST_CAUSE_DEVICE_LOST:
      return g_strdup_printf (_("%s is lost, unless there is a backup: it was only on %s."), mail,
                              actor);
    case RST_CAUSE_ACCOUNT_REMOVED:
      return g_strdup_printf (_("%s is lost: it was only on %s, and went with the account."), mail,
                              actor);
    case RST_CAUSE_DELETED:
      return g_strdup_printf (_("%s is lost: deleting it on %s deleted it for every device."), mail,
                              actor);
    case RST_CAUSE_EXPIRED:
      return g_strdup_printf (_("%s is lost: the provider deletes it, and it is nowhere else."),
                              mail);
    case RST_CAUSE_DELETED_HERE:
    case RST_CAUSE_DELETE_FOLLOWED:
      return g_strdup_printf (_("%s is lost: it was deleted on %s, and is nowhere else."), mail,
                              actor);
    case RST_CAUSE_RETENTION:
      return g_strdup_printf (_("%s is lost: the mail program on %s deletes mail of that age."),
                              mail, actor);
    case RST_CAUSE_FETCHED:
    case RST_CAUSE_DAYS_OVER:
      return g_strdup_printf (_("%s is lost: it was deleted on %s, which has also taken it off the "
                                "server."), mail, actor);
    case RST_CAUSE_NONE:
    case RST_CAUSE_ARCHIVED:
    case RST_CAUSE_SERVER_DOWN:
    case RST_CAUSE_OFFLINE:
    case RST_CAUSE_NOT_FETCHED:
    case RST_CAUSE_FOLDER:
    case RST_CAUSE_SENT_ELSEWHERE:
    case RST_CAUSE_MAILBOX_FULL:
    case RST_CAUSE_DEVICE_FULL:
    default:
      return g_strdup_printf (_("%s is lost."), mail);
    }
}

static char *
tell_not_now (const Telling *telling,
              const char    *mail)
{
  const RstRun *run = telling->run;
  const char *loser = name_of (telling, run->loser);

  if (run->cause.kind == RST_CAUSE_SERVER_DOWN)
    return g_strdup_printf (_("%s is out of reach on %s until the server is back."), mail, loser);
  if (run->cause.kind == RST_CAUSE_OFFLINE)
    return g_strdup_printf (_("%s is out of reach on %s until it is connected again."), mail,
                            loser);

  return g_strdup_printf (_("%s is out of reach on %s until it has been fetched."), mail, loser);
}

static char *
tell_elsewhere (const Telling *telling,
                const char    *mail)
{
  const RstCause *cause = &telling->run->cause;
  const char *loser = name_of (telling, telling->run->loser);
  const char *actor = name_of (telling, cause->actor);

  switch (cause->kind)
    {
    case RST_CAUSE_FETCHED:
      return g_strdup_printf (_("%s is missing on %s: %s took it off the server when it "
                                "fetched it."), mail, loser, actor);
    case RST_CAUSE_DAYS_OVER:
      return g_strdup_printf (_("%s is missing on %s: %s has taken it off the server."), mail,
                              loser, actor);
    case RST_CAUSE_ARCHIVED:
      return g_strdup_printf (_("%s is missing on %s: it has moved to the archive on %s."), mail,
                              loser, actor);
    case RST_CAUSE_FOLDER:
      return g_strdup_printf (_("%s is missing on %s: POP sees the inbox only."), mail, loser);
    case RST_CAUSE_SENT_ELSEWHERE:
      return g_strdup_printf (_("%s is missing on %s: mail sent from %s stays there."), mail,
                              loser, actor);
    case RST_CAUSE_DEVICE_FULL:
      return g_strdup_printf (_("%s does not fit on %s any more."), mail, loser);
    case RST_CAUSE_DEVICE_LOST:
    case RST_CAUSE_ACCOUNT_REMOVED:
      return g_strdup_printf (_("%s is no longer on %s."), mail, loser);
    case RST_CAUSE_DELETED:
    case RST_CAUSE_EXPIRED:
    case RST_CAUSE_SERVER_LOST:
      return g_strdup_printf (_("%s is missing on %s: it is not on the server any more."),
                              mail, loser);
    case RST_CAUSE_DELETED_HERE:
    case RST_CAUSE_DELETE_FOLLOWED:
      return g_strdup_printf (_("%s is missing on %s, where it was deleted."), mail, loser);
    case RST_CAUSE_SERVER_DOWN:
    case RST_CAUSE_OFFLINE:
    case RST_CAUSE_NOT_FETCHED:
      return tell_not_now (telling, mail);
    case RST_CAUSE_NONE:
    case RST_CAUSE_RETENTION:
    case RST_CAUSE_MAILBOX_FULL:
    default:
      return g_strdup_printf (_("%s is missing on %s."), mail, loser);
    }
}

static char *
tell_kept (const Telling *telling)
{
  const RstRun *run = telling->run;
  const RstWhere *where = &run->where_safe;
  const char *keeper = name_of (telling, where->device);

  if (run->wants_gone)
    return g_strdup (_("The letter is gone everywhere, once the trash has been emptied."));
  if (where->server)
    return run->single ? g_strdup (_("Nothing is missing: the letter is on the server."))
                       : g_strdup (_("Nothing is missing: all mail is on the server."));
  if (where->hold == RST_HOLD_ARCHIVE)
    return g_strdup_printf (_("Nothing is missing: it is in the archive on %s."), keeper);
  if (where->hold == RST_HOLD_OFFLINE)
    return g_strdup_printf (_("Nothing is missing: %s keeps mail readable offline."), keeper);

  return g_strdup_printf (_("Nothing is missing: it is on %s."), keeper);
}

static char *
tell_differs (const Telling *telling)
{
  const char *loser = name_of (telling, telling->run->loser);

  if (telling->run->wants_gone)
    return g_strdup_printf (_("The letter is still on %s, which keeps copies of its own."), loser);

  if (telling->run->marked_read)
    return g_strdup_printf (_("The letter is there, but %s may show it as read before anybody has "
                              "read it: fetching by POP marks it so on many servers."), loser);

  return g_strdup_printf (_("The letter is there, but %s shows it as unread: POP keeps such marks "
                            "on each device."), loser);
}

static char *
tell_worst (const Telling *telling)
{
  const RstRun *run = telling->run;
  g_autofree char *mail = which_mail (telling);
  const char *loser = name_of (telling, run->loser);

  switch (run->outcome)
    {
    case RST_OUTCOME_DIFFERS:
      return tell_differs (telling);
    case RST_OUTCOME_DOUBLED:
      return g_strdup_printf (_("%s shows twice on %s, which takes it for new."), mail, loser);
    case RST_OUTCOME_ELSEWHERE:
      return tell_elsewhere (telling, mail);
    case RST_OUTCOME_EXPOSED:
      return g_strdup_printf (_("%s can be read by that person. Change the password."), mail);
    case RST_OUTCOME_NOT_NOW:
      return tell_not_now (telling, mail);
    case RST_OUTCOME_REFUSED:
      return g_strdup_printf (_("Of %u new letters, %u go back to their senders: the mailbox is "
                                "full."), run->n_letters, run->n_hit);
    case RST_OUTCOME_PARTLY_LOST:
    case RST_OUTCOME_LOST:
      return tell_lost (telling, mail);
    case RST_OUTCOME_KEPT:
    default:
      return tell_kept (telling);
    }
}

/* Where mail is that only seems to be gone. */
static char *
tell_where (const Telling *telling)
{
  const RstWhere *where = &telling->run->where_hit;
  const char *keeper = name_of (telling, where->device);

  if (where->server)
    return g_strdup (_("It is on the server."));
  if (where->device < 0)
    return NULL;
  if (where->hold == RST_HOLD_ARCHIVE)
    return g_strdup_printf (_("It is in the archive on %s."), keeper);

  return g_strdup_printf (_("It is on %s."), keeper);
}

/* Where the rest is, if there is a rest. */
static char *
tell_rest (const Telling *telling)
{
  const RstRun *run = telling->run;
  const RstWhere *where = &run->where_safe;
  const char *keeper = name_of (telling, where->device);

  if (run->n_hit == run->n_letters)
    return NULL;
  if (where->server)
    return g_strdup (_("The rest is on the server."));
  if (where->device < 0)
    return NULL;
  if (where->hold == RST_HOLD_ARCHIVE)
    return g_strdup_printf (_("The rest is in the archive on %s."), keeper);
  if (where->hold == RST_HOLD_OFFLINE)
    return g_strdup_printf (_("The rest is readable offline on %s."), keeper);

  return g_strdup_printf (_("The rest is on %s."), keeper);
}

/* The second sentence: the comfort. */
static char *
tell_comfort (const Telling *telling)
{
  switch (telling->run->outcome)
    {
    case RST_OUTCOME_ELSEWHERE:
      return tell_where (telling);
    case RST_OUTCOME_NOT_NOW:
    case RST_OUTCOME_PARTLY_LOST:
      return tell_rest (telling);
    case RST_OUTCOME_KEPT:
    case RST_OUTCOME_DIFFERS:
    case RST_OUTCOME_DOUBLED:
    case RST_OUTCOME_EXPOSED:
    case RST_OUTCOME_REFUSED:
    case RST_OUTCOME_LOST:
    default:
      return NULL;
    }
}

/**
 * rst_consequence_describe:
 * @setup: what shapes the run
 * @event: an event of the table
 *
 * Returns: (transfer full): what @event does to the mail, and why, in one or two sentences
 */
char *
rst_consequence_describe (const RstSetup *setup,
                          const RstEvent *event)
{
  const RstPlanSettings *settings = &setup->settings;
  RstCast cast;
  g_autoptr(GPtrArray) devices = rst_setup_list_devices (setup, event, &cast);
  Telling telling = {
    .run = rst_consequence_get_run (setup, event),
    .devices = devices,
    .limits = { settings->leave_days, settings->move_days, settings->offline_days, cast.expiry },
  };
  g_autofree char *worst = tell_worst (&telling);
  g_autofree char *comfort = tell_comfort (&telling);

  if (comfort == NULL)
    return g_steal_pointer (&worst);

  /* Translators: two sentences after each other; leave out the space if the script needs none. */
  return g_strdup_printf (C_("sentences", "%s %s"), worst, comfort);
}

/**
 * rst_consequence_get_title:
 * @setup: what shapes the run
 * @event: an event of the table
 *
 * Returns: (transfer none): the event in words that fit the number of devices, translated
 */
const char *
rst_consequence_get_title (const RstSetup *setup,
                           const RstEvent *event)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "event",
                       !setup->several && event->title_one != NULL ? event->title_one : event->title);
}
