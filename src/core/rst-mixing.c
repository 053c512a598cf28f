/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mixing check: the report, the choices, and what a choice makes of the devices.
 */
#include "rst-mixing-private.h"

#include <glib/gi18n-lib.h>

#include "rst-topic.h"

static gboolean
takes_mail (const RstDevice *device)
{
  return device->method == RST_METHOD_POP &&
         (device->copies == RST_COPIES_REMOVE || device->copies == RST_COPIES_DAYS);
}

/* The computer that could keep the archive: the one that already fetches by POP. */
static const RstDevice *
find_archive (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      if (takes_mail (device) &&
          (device->kind == RST_DEVICE_COMPUTER || device->kind == RST_DEVICE_LAPTOP))
        return device;
    }

  return NULL;
}

static guint
suggest_days (GPtrArray *devices)
{
  guint days = RST_ARCHIVE_DAYS;

  for (guint i = 0; i < devices->len; i++)
    days = MAX (days, ((const RstDevice *) devices->pdata[i])->rests_days);

  return days;
}

static RstMixingChoice *
add_choice (RstMixingReport *report,
            const char      *id,
            const char      *title,
            const char      *text)
{
  RstMixingChoice *choice = g_new0 (RstMixingChoice, 1);

  choice->id = id;
  choice->title = g_strdup (title);
  choice->text = g_strdup (text);
  g_ptr_array_add (report->choices, choice);

  return choice;
}

static gboolean
has_service (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    if (((const RstDevice *) devices->pdata[i])->kind == RST_DEVICE_SERVICE)
      return TRUE;

  return FALSE;
}

static void
add_choices (RstMixingReport *report,
             GPtrArray       *devices)
{
  const RstDevice *archive = find_archive (devices);
  const RstMixingFinding *first = report->findings->pdata[0];

  add_choice (report, "imap-everywhere", _("Use IMAP everywhere"),
              has_service (devices)
                ? _("All devices show the same mail, and the service leaves it on the server.")
                : _("All devices show the same mail. Mail that was fetched by POP is kept, and can "
                    "be copied back to the server."))->recommended = TRUE;

  if (archive != NULL)
    {
      g_autofree char *title = g_strdup_printf (_("Keep %s as an archive"),
                                                rst_device_refer (archive));

      add_choice (report, "archive-pc", title,
                  _("It leaves copies on the server for some weeks; all others read by IMAP."))
        ->days = suggest_days (devices);
    }

  add_choice (report, "leave", _("Leave it as it is"),
              first->detail != NULL ? first->detail
                                    : _("The devices go on taking mail away from each other."));
}

static guint
count_method (GPtrArray *devices,
              RstMethod  method)
{
  guint n = 0;

  for (guint i = 0; i < devices->len; i++)
    n += ((const RstDevice *) devices->pdata[i])->method == method;

  return n;
}

static gboolean
is_conflict (const RstMixingFinding *finding)
{
  return finding->severity >= RST_SEVERITY_CAUTION &&
         (g_str_equal (finding->id, "pop-takes-mail") || g_str_equal (finding->id, "pop-days"));
}

static void
summarise (RstMixingReport *report,
           GPtrArray       *devices)
{
  const RstMixingFinding *first = report->findings->len > 0 ? report->findings->pdata[0] : NULL;
  guint n_pop = count_method (devices, RST_METHOD_POP);

  if (report->conflict)
    {
      report->title = g_strdup (n_pop < devices->len && n_pop > 0
                                  ? _("Two of your devices use different methods")
                                  : _("Two of your devices take mail away from each other"));
      report->text = g_strdup (first->text);
    }
  else if (first != NULL && first->severity > RST_SEVERITY_INFO)
    {
      report->title = g_strdup (first->title);
      report->text = g_strdup (first->text);
    }
  else
    {
      report->title = g_strdup (_("The devices get along"));
      report->text = g_strdup (devices->len < 2 ? _("Only one device reads this mailbox.")
                                                : _("None takes new mail away from another."));
    }
}

static GPtrArray *
list_readers (GPtrArray *devices)
{
  GPtrArray *readers = g_ptr_array_new ();

  for (guint i = 0; i < devices->len; i++)
    if (((const RstDevice *) devices->pdata[i])->method != RST_METHOD_NONE)
      g_ptr_array_add (readers, devices->pdata[i]);

  return readers;
}

/**
 * rst_mixing_check:
 * @devices: (element-type RstDevice): everything that reads one mailbox; what is not set up yet is
 *   passed over
 * @today: (nullable): today, for texts with dates
 * @flags: what is known of the provider
 *
 * Returns: (transfer full): what these devices do to each other
 */
RstMixingReport *
rst_mixing_check (GPtrArray      *devices,
                  const GDate    *today,
                  RstMixingFlags  flags)
{
  g_autoptr(GPtrArray) readers = NULL;
  RstMixingReport *report;

  g_return_val_if_fail (devices != NULL, NULL);

  readers = list_readers (devices);
  report = g_new0 (RstMixingReport, 1);
  report->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_mixing_finding_free);
  report->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_mixing_choice_free);
  rst_mixing_add_findings (report, readers, today, flags);
  for (guint i = 0; i < report->findings->len; i++)
    report->conflict |= is_conflict (report->findings->pdata[i]);
  summarise (report, readers);
  if (report->conflict)
    add_choices (report, readers);

  return report;
}

/**
 * rst_mixing_add_removal:
 * @report: what the devices do to each other
 * @devices: (element-type RstDevice): everything that reads the mailbox as far as is known
 * @removal: mail that was seen to go from the server
 *
 * Adds the finding that somebody else takes mail away, unless one of the devices does.
 */
void
rst_mixing_add_removal (RstMixingReport  *report,
                        GPtrArray        *devices,
                        const RstRemoval *removal)
{
  g_autofree char *what = NULL;
  RstMixingFinding *finding;

  for (guint i = 0; i < devices->len; i++)
    if (takes_mail (devices->pdata[i]))
      return;
  what = rst_removal_describe (removal);
  finding = g_new0 (RstMixingFinding, 1);
  finding->id = "mail-vanishes";
  finding->severity = RST_SEVERITY_CAUTION;
  finding->title = g_strdup (rst_removal_get_title ());
  finding->text = g_strdup_printf (C_("sentences", "%s %s"), what,
                                   _("None of the devices listed here does so."));
  finding->days = 0;
  finding->help = g_strdup (RST_TOPIC_MIXING);
  if (!report->conflict && report->severity < finding->severity)
    {
      g_free (report->title);
      g_free (report->text);
      report->title = g_strdup (finding->title);
      report->text = g_strdup (finding->text);
    }
  report->severity = MAX (report->severity, finding->severity);
  g_ptr_array_insert (report->findings, report->conflict ? -1 : 0, finding);
}

static void
set_imap (RstDevice *device)
{
  device->retention_days = 0;
  if (device->kind == RST_DEVICE_SERVICE)
    {
      device->copies = RST_COPIES_KEEP;
      return;
    }
  if (device->method == RST_METHOD_WEB || device->method == RST_METHOD_NONE)
    return;

  device->method = RST_METHOD_IMAP;
  device->copies = RST_COPIES_UNKNOWN;
  device->days = 0;
  device->deletes_follow = FALSE;
}

/**
 * rst_mixing_apply:
 * @devices: (element-type RstDevice): everything that reads one mailbox
 * @choice: id of a choice
 * @days: for "archive-pc": days that copies stay on the server
 *
 * Returns: (transfer full) (element-type RstDevice): the devices as they would be after @choice; a
 *   collecting service, which can only collect, then leaves everything on the server
 */
GPtrArray *
rst_mixing_apply (GPtrArray  *devices,
                  const char *choice,
                  guint       days)
{
  const RstDevice *archive;
  GPtrArray *changed;

  g_return_val_if_fail (devices != NULL && choice != NULL, NULL);

  archive = g_str_equal (choice, "archive-pc") ? find_archive (devices) : NULL;
  changed = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  for (guint i = 0; i < devices->len; i++)
    {
      RstDevice *device = rst_device_copy (devices->pdata[i]);

      g_ptr_array_add (changed, device);
      if (g_str_equal (choice, "leave"))
        continue;
      if (devices->pdata[i] != archive)
        {
          set_imap (device);
          continue;
        }
      device->copies = RST_COPIES_DAYS;
      device->days = days;
      device->deletes_follow = FALSE;
      device->retention_days = 0;
    }

  return changed;
}

/**
 * rst_mixing_finding_free:
 * @self: (transfer full): a finding
 */
void
rst_mixing_finding_free (RstMixingFinding *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self->detail);
  g_free (self->taker);
  g_free (self->loser);
  g_free (self->help);
  g_free (self);
}

/**
 * rst_mixing_choice_free:
 * @self: (transfer full): a choice
 */
void
rst_mixing_choice_free (RstMixingChoice *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

/**
 * rst_mixing_report_free:
 * @self: (transfer full): a report
 */
void
rst_mixing_report_free (RstMixingReport *self)
{
  g_free (self->title);
  g_free (self->text);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->choices);
  g_free (self);
}
