/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The findings of the mixing check.
 *
 * What a device takes from another is read off the run. Beside that stand findings about what
 * cannot be run: devices that nobody knows about, and providers that do as they like.
 */
#include "rst-mixing-private.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>

#include "rst-topic.h"

typedef struct {
  RstMixingReport *report;
  GPtrArray       *devices;
  const GDate     *today;
} Check;

static const RstDevice *
device_at (const Check *check,
           guint        index)
{
  return g_ptr_array_index (check->devices, index);
}

/* The device within a sentence; two accounts of one program are told apart by their methods. */
static char *
refer_to (const Check     *check,
          const RstDevice *device)
{
  const char *name = rst_device_refer (device);

  for (guint i = 0; i < check->devices->len; i++)
    {
      const RstDevice *other = device_at (check, i);

      if (other != device && g_str_equal (rst_device_refer (other), name))
        /* Translators: "the POP account in Thunderbird" */
        return g_strdup_printf (_("the %s account in %s"), rst_method_get_name (device->method),
                                name);
    }

  return g_strdup (name);
}

/* The same at the beginning of a sentence. */
static char *
start_with (const Check     *check,
            const RstDevice *device)
{
  g_autofree char *name = refer_to (check, device);

  return rst_sentence_start (name);
}

static RstMixingFinding *
add_finding (const Check     *check,
             const char      *id,
             RstSeverity      severity,
             const RstDevice *taker,
             const RstDevice *loser)
{
  RstMixingFinding *finding = g_new0 (RstMixingFinding, 1);

  finding->id = id;
  finding->severity = severity;
  finding->taker = taker == NULL ? NULL : g_strdup (rst_device_get_name (taker));
  finding->loser = loser == NULL ? NULL : g_strdup (rst_device_get_name (loser));
  finding->days = -1;
  finding->help = g_strdup (RST_TOPIC_MIXING);
  g_ptr_array_add (check->report->findings, finding);
  check->report->severity = MAX (check->report->severity, severity);

  return finding;
}

/* One POP device that leaves copies long enough for all others, which read on the server. */
static gboolean
is_archive_pc (GPtrArray       *devices,
               const RstDevice *device)
{
  guint absence = RST_ARCHIVE_DAYS;

  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *other = devices->pdata[i];

      if (other == device)
        continue;
      if (other->method == RST_METHOD_POP || other->method == RST_METHOD_UNKNOWN)
        return FALSE;
      absence = MAX (absence, other->rests_days);
    }

  /* A phone is replaced too often to be an archive, and a service is somebody else's. */
  return device->method == RST_METHOD_POP && device->copies == RST_COPIES_DAYS &&
         device->days >= absence &&
         (device->kind == RST_DEVICE_COMPUTER || device->kind == RST_DEVICE_LAPTOP);
}

static char *
format_day (const GDate *today,
            guint        days)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (g_date_get_year (today), (gint) g_date_get_month (today),
                                                     g_date_get_day (today), 0, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (start, (gint) days);

  return rst_text_format_day (day);
}

static void
add_date (const Check      *check,
          RstMixingFinding *finding,
          const RstDevice  *loser)
{
  g_autofree char *victim = refer_to (check, loser);
  g_autofree char *now = NULL;
  g_autofree char *then = NULL;

  if (check->today == NULL || !g_date_valid (check->today) || finding->days <= 0)
    return;

  now = format_day (check->today, 0);
  then = format_day (check->today, finding->days);
  finding->detail = g_strdup_printf (_("On %s, %s would stop showing mail of %s."), then,
                                     victim, now);
}

static char *
tell_when_taken (const Check     *check,
                 const RstDevice *taker,
                 const RstDevice *loser,
                 const RstWatch  *watch)
{
  g_autofree char *name = start_with (check, taker);
  g_autofree char *victim = refer_to (check, loser);
  g_autofree char *starting = start_with (check, loser);

  if (watch->cause == RST_CAUSE_DAYS_OVER)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s takes mail off the server after %u day. After that, "
                                         "%s can no longer see it.",
                                         "%s takes mail off the server after %u days. After that, "
                                         "%s can no longer see it.", taker->days),
                            name, taker->days, victim);
  if (watch->seen)
    return g_strdup_printf (_("%s takes mail off the server as soon as it fetches it. After that, "
                              "%s can no longer see it."), name, victim);

  return g_strdup_printf (_("%s takes mail off the server as soon as it fetches it. %s does not "
                            "get that mail."), name, starting);
}

static char *
tell_where_it_is (const Check     *check,
                  const RstDevice *taker)
{
  g_autofree char *name = refer_to (check, taker);

  return g_strdup_printf (_("The mail should be on %s. Check that before anything is deleted."),
                          name);
}

static void
report_archive (const Check     *check,
                const RstDevice *taker,
                const RstDevice *loser,
                const RstWatch  *watch)
{
  RstMixingFinding *finding = add_finding (check, "archive-pc", RST_SEVERITY_INFO, taker, loser);
  g_autofree char *name = start_with (check, taker);
  g_autofree char *keeper = refer_to (check, taker);
  g_autofree char *reader = start_with (check, loser);

  finding->days = watch->missing_day;
  finding->title = g_strdup_printf (_("%s works as an archive"), name);
  finding->text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                "%s sees the mail of the last %u day. Older mail "
                                                "is on %s: back it up.",
                                                "%s sees the mail of the last %u days. Older mail "
                                                "is on %s: back it up.", taker->days),
                                   reader, taker->days, keeper);
  add_date (check, finding, loser);
}

static void
report_taking (const Check     *check,
               const RstDevice *taker,
               const RstDevice *loser,
               const RstWatch  *watch)
{
  gboolean at_once = watch->cause == RST_CAUSE_FETCHED;
  g_autofree char *name = start_with (check, taker);
  g_autofree char *when = tell_when_taken (check, taker, loser, watch);
  g_autofree char *where = tell_where_it_is (check, taker);
  g_autofree char *victim = refer_to (check, loser);
  RstMixingFinding *finding;

  finding = add_finding (check, at_once ? "pop-takes-mail" : "pop-days",
                         watch->lost ? RST_SEVERITY_WILL_LOSE : RST_SEVERITY_CAUTION, taker, loser);
  finding->days = watch->missing_day;
  finding->lost = watch->lost;
  finding->title = g_strdup_printf (_("%s takes mail away from %s"), name, victim);
  finding->text = g_strdup_printf (C_("sentences", "%s %s"), when, where);
  add_date (check, finding, loser);
}

static void
report_retention (const Check     *check,
                  const RstDevice *taker,
                  const RstWatch  *watch)
{
  RstMixingFinding *finding = add_finding (check, "retention", RST_SEVERITY_WILL_LOSE, taker, NULL);
  g_autofree char *name = start_with (check, taker);

  finding->days = watch->missing_day;
  finding->lost = watch->lost;
  finding->title = g_strdup_printf (_("%s deletes old mail by itself"), name);
  finding->text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                "Its mail program is set to delete mail older than "
                                                "%u day, here and on the server. Switch that off.",
                                                "Its mail program is set to delete mail older than "
                                                "%u days, here and on the server. Switch that "
                                                "off.",
                                                taker->retention_days), taker->retention_days);
  add_date (check, finding, taker);
}

/* Every device that stops showing a letter, with the device that took it. One finding for each
 * taker and loser; a program that deletes by age is told once. */
static void
find_takers (const Check *check)
{
  g_autofree RstWatch *watches = rst_mixing_watch_letter (check->devices);
  gboolean retention_told = FALSE;

  for (guint i = 0; i < check->devices->len; i++)
    {
      const RstWatch *watch = &watches[i];
      const RstDevice *taker;

      if (watch->missing_day < 0 || watch->taker < 0)
        continue;
      taker = device_at (check, watch->taker);
      if (watch->cause == RST_CAUSE_RETENTION && !retention_told)
        report_retention (check, taker, watch);
      else if (watch->cause == RST_CAUSE_DAYS_OVER &&
               is_archive_pc (check->devices, taker))
        report_archive (check, taker, device_at (check, i), watch);
      else if (watch->cause == RST_CAUSE_FETCHED || watch->cause == RST_CAUSE_DAYS_OVER)
        report_taking (check, taker, device_at (check, i), watch);
      retention_told |= watch->cause == RST_CAUSE_RETENTION;
    }
}

/* POP programs that also delete on the server what is deleted in them: tried out. */
static void
find_followers (const Check *check)
{
  for (guint i = 0; i < check->devices->len; i++)
    {
      const RstDevice *device = device_at (check, i);
      g_autofree RstWatch *watches = NULL;
      g_autofree char *name = start_with (check, device);
      g_autofree char *victim = NULL;
      RstMixingFinding *finding;
      int loser = -1;

      if (device->method != RST_METHOD_POP || !device->deletes_follow)
        continue;
      watches = rst_mixing_watch_delete (check->devices, i);
      for (guint j = 0; j < check->devices->len && loser < 0; j++)
        if (j != i && watches[j].missing_day >= 0 && watches[j].cause == RST_CAUSE_DELETE_FOLLOWED)
          loser = j;
      if (loser < 0)
        continue;

      finding = add_finding (check, "delete-follows", RST_SEVERITY_CAUTION, device,
                             device_at (check, loser));
      finding->days = 0;
      finding->lost = watches[loser].lost;
      finding->title = g_strdup_printf (_("Deleting on %s deletes for the others"),
                                        rst_device_refer (device));
      victim = start_with (check, device_at (check, loser));
      finding->text = g_strdup_printf (_("%s also deletes on the server what is deleted on it. %s "
                                         "then loses the mail too."), name, victim);
    }
}

static void
find_unknown (const Check *check)
{
  for (guint i = 0; i < check->devices->len; i++)
    {
      const RstDevice *device = device_at (check, i);
      gboolean method = device->method == RST_METHOD_UNKNOWN;
      gboolean copies = device->method == RST_METHOD_POP && device->copies == RST_COPIES_UNKNOWN;
      g_autofree char *name = start_with (check, device);
      RstMixingFinding *finding;

      if (check->devices->len < 2 || (!method && !copies))
        continue;
      finding = add_finding (check, method ? "unknown-device" : "unknown-copies",
                             RST_SEVERITY_CAUTION, device, NULL);
      finding->title = g_strdup_printf (method ? _("It is not known how %s reads")
                                               : _("It is not known whether %s leaves copies"),
                                        rst_device_refer (device));
      finding->text = g_strdup_printf (_("%s might take mail off the server, so that nobody else "
                                         "sees it. Look into its account settings."), name);
    }
}

static void
find_twins (const Check *check)
{
  for (guint i = 0; i < check->devices->len; i++)
    for (guint j = i + 1; j < check->devices->len; j++)
      {
        const RstDevice *one = device_at (check, i);
        const RstDevice *other = device_at (check, j);
        RstMixingFinding *finding;

        if (g_strcmp0 (one->program, other->program) != 0 || one->program == NULL ||
            one->is_here != other->is_here)
          continue;
        finding = add_finding (check, "twice-in-program", RST_SEVERITY_CAUTION, one, other);
        finding->title = g_strdup_printf (_("The address is set up twice in %s"), one->program);
        finding->text = g_strdup (_("Every letter comes twice, or one account takes it from the "
                                    "other. Keep one of them; before the other is removed, look "
                                    "whether it holds mail that is nowhere else."));
      }
}

/* What POP never shares, as soon as somebody else reads. */
static void
find_apart (const Check *check)
{
  for (guint i = 0; i < check->devices->len; i++)
    {
      const RstDevice *device = device_at (check, i);
      RstMixingFinding *finding;

      if (check->devices->len < 2 || device->method != RST_METHOD_POP ||
          device->kind == RST_DEVICE_SERVICE)
        continue;
      finding = add_finding (check, "sent-apart", RST_SEVERITY_INFO, device, NULL);
      finding->title = g_strdup_printf (_("Sent mail of %s stays there"),
                                        rst_device_refer (device));
      finding->text = g_strdup (_("POP carries the inbox only: no sent mail, no folders, no marks "
                                  "for what has been read."));
    }
}

static void
find_provider (const Check    *check,
               RstMixingFlags  flags)
{
  RstMixingFinding *finding;

  for (guint i = 0; i < check->devices->len; i++)
    {
      if ((flags & RST_MIXING_PROVIDER_DECIDES) == 0 ||
          device_at (check, i)->method != RST_METHOD_POP)
        continue;
      finding = add_finding (check, "provider-decides", RST_SEVERITY_CAUTION, device_at (check, i),
                             NULL);
      finding->title = g_strdup (_("The provider decides what happens to mail fetched by POP"));
      finding->text = g_strdup (_("It does not follow the mail program’s setting. Look at the POP "
                                  "settings on its web page, and choose that mail is kept."));
      return;
    }
}

/* Copies that nobody ever removes fill the mailbox. */
static void
find_hoards (const Check *check)
{
  RstMixingFinding *finding;

  if (check->devices->len == 0)
    return;
  for (guint i = 0; i < check->devices->len; i++)
    if (device_at (check, i)->method != RST_METHOD_POP ||
        device_at (check, i)->copies != RST_COPIES_KEEP || device_at (check, i)->deletes_follow)
      return;

  finding = add_finding (check, "keep-forever", RST_SEVERITY_INFO, device_at (check, 0), NULL);
  finding->title = g_strdup (_("Nobody clears the mailbox"));
  finding->text = g_strdup (_("Copies stay on the server for ever. When the mailbox is full, new "
                              "mail goes back to its senders. Let them go after some weeks, or "
                              "clear the mailbox now and then."));
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const RstMixingFinding *left = *(const RstMixingFinding **) a;
  const RstMixingFinding *right = *(const RstMixingFinding **) b;

  if (left->severity != right->severity)
    return (int) right->severity - (int) left->severity;

  return (left->days < 0 ? G_MAXINT : left->days) < (right->days < 0 ? G_MAXINT : right->days)
           ? -1 : left->days != right->days;
}

/* Everything that there is to say about these devices, the worst first. */
void
rst_mixing_add_findings (RstMixingReport *report,
                         GPtrArray       *devices,
                         const GDate     *today,
                         RstMixingFlags   flags)
{
  const Check check = { report, devices, today };

  if ((flags & RST_MIXING_PROVIDER_DECIDES) == 0)
    find_takers (&check);
  find_provider (&check, flags);
  find_followers (&check);
  find_unknown (&check);
  find_twins (&check);
  find_apart (&check);
  find_hoards (&check);
  g_ptr_array_sort (report->findings, compare_findings);
}
