/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of plans.
 *
 * A plan is one entry of the table: what it is called, what it asks of the provider, and how one
 * device reads under it. Everything it does to mail comes from running the model on that.
 */
#include "rst-plan.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *nick;
  RstMethod   mode;
  guint       finality; /* how hard it is to take back: mail gone from the server stays away */
  double      burden;   /* what it asks of the person in any case, as harm */
  const char *headline;
  gboolean    needs_imap;
  gboolean    needs_pop;
  gboolean  (*fits)  (const RstAnswers      *answers); /* (nullable): whoever asks */
  void      (*apply) (const RstPlanSettings *settings,
                      RstDevice             *device,
                      gboolean               is_archive);
} Plan;

static void
read_by_imap (const RstPlanSettings *settings,
              RstDevice             *device,
              gboolean               is_archive)
{
  device->method = RST_METHOD_IMAP;
  device->offline_days = settings->offline_days;
}

static void
read_by_imap_archive (const RstPlanSettings *settings,
                      RstDevice             *device,
                      gboolean               is_archive)
{
  read_by_imap (settings, device, is_archive);
  device->archive = is_archive;
  device->move_days = is_archive ? settings->move_days : 0;
}

static void
read_by_pop_days (const RstPlanSettings *settings,
                  RstDevice             *device,
                  gboolean               is_archive)
{
  device->method = RST_METHOD_POP;
  device->copies = RST_COPIES_DAYS;
  device->days = settings->leave_days;
}

static void
read_by_pop_remove (const RstPlanSettings *settings,
                    RstDevice             *device,
                    gboolean               is_archive)
{
  device->method = RST_METHOD_POP;
  device->copies = RST_COPIES_REMOVE;
}

static void
read_with_archive_pc (const RstPlanSettings *settings,
                      RstDevice             *device,
                      gboolean               is_archive)
{
  if (is_archive)
    read_by_pop_days (settings, device, is_archive);
  else
    read_by_imap (settings, device, is_archive);
}

static void
read_on_the_web (const RstPlanSettings *settings,
                 RstDevice             *device,
                 gboolean               is_archive)
{
  device->method = RST_METHOD_WEB;
}

static gboolean
has_second_device (const RstAnswers *answers)
{
  return rst_answers_get (answers, RST_KEY_DEVICES) != RST_DEVICES_ONE;
}

/* Emptying the server at once is only for a person who asks for it, and who is known, not guessed,
 * to share the mailbox with nothing and nobody. */
static gboolean
wants_empty_server (const RstAnswers *answers)
{
  return rst_plan_wants_privacy (answers) &&
         rst_answers_get (answers, RST_KEY_DEVICES) == RST_DEVICES_ONE &&
         rst_answers_get (answers, RST_KEY_PEOPLE) == RST_PEOPLE_ME &&
         rst_answers_get (answers, RST_KEY_PLACES) != RST_PLACES_SEVERAL;
}

static const Plan plans[RST_N_PLANS] = {
  [RST_PLAN_IMAP] = {
    .nick = "imap",
    .mode = RST_METHOD_IMAP,
    .finality = 0,
    .burden = 0,
    .headline = N_("Leave mail on the server and read it there"),
    .needs_imap = TRUE,
    .apply = read_by_imap,
  },
  [RST_PLAN_IMAP_ARCHIVE] = {
    .nick = "imap-archive",
    .mode = RST_METHOD_IMAP,
    .finality = 1,
    /* A second program or store has to be kept going, with a backup of its own. */
    .burden = 14,
    .headline = N_("Leave mail on the server, and keep a copy on one computer"),
    .needs_imap = TRUE,
    .apply = read_by_imap_archive,
  },
  [RST_PLAN_POP_DAYS] = {
    .nick = "pop-days",
    .mode = RST_METHOD_POP,
    .finality = 3,
    /* Backups of the device. */
    .burden = 2,
    .headline = N_("Take mail to the device, and leave copies on the server for some days"),
    .needs_pop = TRUE,
    .apply = read_by_pop_days,
  },
  [RST_PLAN_POP_REMOVE] = {
    .nick = "pop-remove",
    .mode = RST_METHOD_POP,
    .finality = 4,
    /* Backups of the device, without fail. */
    .burden = 3,
    .headline = N_("Take mail to the device, and leave nothing on the server"),
    .needs_pop = TRUE,
    .fits = wants_empty_server,
    .apply = read_by_pop_remove,
  },
  [RST_PLAN_ARCHIVE_PC] = {
    .nick = "archive-pc",
    .mode = RST_METHOD_IMAP,
    .finality = 2,
    /* One computer that must be switched on often enough, and backed up. */
    .burden = 12,
    .headline = N_("Read mail on the server, and let one computer collect it as well"),
    .needs_imap = TRUE,
    .needs_pop = TRUE,
    .fits = has_second_device,
    .apply = read_with_archive_pc,
  },
  [RST_PLAN_WEB] = {
    .nick = "web",
    .mode = RST_METHOD_WEB,
    .finality = 0,
    /* Doing without a mail program. */
    .burden = 40,
    .headline = N_("Read mail in the web browser only"),
    .apply = read_on_the_web,
  },
};

/**
 * rst_plan_get_nick:
 * @plan: a plan
 *
 * Returns: (transfer none): its name in JSON and on the command line
 */
const char *
rst_plan_get_nick (RstPlan plan)
{
  g_return_val_if_fail (plan < RST_N_PLANS, NULL);

  return plans[plan].nick;
}

/**
 * rst_plan_from_nick:
 * @nick: a name
 * @plan: (out): the plan of that name
 *
 * Returns: whether there is one
 */
gboolean
rst_plan_from_nick (const char *nick,
                    RstPlan    *plan)
{
  g_return_val_if_fail (nick != NULL && plan != NULL, FALSE);

  for (guint i = 0; i < RST_N_PLANS; i++)
    if (g_str_equal (plans[i].nick, nick))
      {
        *plan = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * rst_plan_get_mode:
 * @plan: a plan
 *
 * Returns: the method of its devices; the archive computer alone may differ
 */
RstMethod
rst_plan_get_mode (RstPlan plan)
{
  g_return_val_if_fail (plan < RST_N_PLANS, RST_METHOD_UNKNOWN);

  return plans[plan].mode;
}

/**
 * rst_plan_get_finality:
 * @plan: a plan
 *
 * Going from IMAP to POP later loses nothing, the reverse may.
 *
 * Returns: how hard it is to take @plan back, for comparison with other plans; 0 is easy
 */
guint
rst_plan_get_finality (RstPlan plan)
{
  g_return_val_if_fail (plan < RST_N_PLANS, 0);

  return plans[plan].finality;
}

/**
 * rst_plan_get_burden:
 * @plan: a plan
 *
 * Returns: what @plan asks of a person whatever happens, as harm (see rst-weights.c)
 */
double
rst_plan_get_burden (RstPlan plan)
{
  g_return_val_if_fail (plan < RST_N_PLANS, 0);

  return plans[plan].burden;
}

/**
 * rst_plan_get_headline:
 * @plan: a plan
 *
 * Returns: (transfer none): the plan as a sentence in plain words, without a full stop, translated
 */
const char *
rst_plan_get_headline (RstPlan plan)
{
  g_return_val_if_fail (plan < RST_N_PLANS, NULL);

  return _(plans[plan].headline);
}

/**
 * rst_plan_get_technical:
 * @plan: a plan
 * @settings: its settings
 *
 * Returns: (transfer full): the plan in the words of mail programs, translated
 */
char *
rst_plan_get_technical (RstPlan                plan,
                        const RstPlanSettings *settings)
{
  guint days = settings->leave_days;

  switch (plan)
    {
    case RST_PLAN_IMAP:
      return g_strdup (_("IMAP"));
    case RST_PLAN_IMAP_ARCHIVE:
      return g_strdup (_("IMAP with an archive"));
    case RST_PLAN_POP_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "POP, copies stay for %u day",
                                           "POP, copies stay for %u days", days), days);
    case RST_PLAN_POP_REMOVE:
      return g_strdup (_("POP, copies are removed at once"));
    case RST_PLAN_ARCHIVE_PC:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "IMAP, and POP on one computer with copies for %u day",
                                           "IMAP, and POP on one computer with copies for %u days",
                                           days), days);
    case RST_PLAN_WEB:
    default:
      return g_strdup (_("Webmail"));
    }
}

/**
 * rst_plan_is_possible:
 * @plan: a plan
 * @answers: answers and facts
 *
 * Returns: whether the provider offers what @plan needs, and @plan can fit these answers at all
 */
gboolean
rst_plan_is_possible (RstPlan           plan,
                      const RstAnswers *answers)
{
  guint offers;

  g_return_val_if_fail (plan < RST_N_PLANS, FALSE);
  g_return_val_if_fail (answers != NULL, FALSE);

  offers = rst_answers_get (answers, RST_KEY_OFFERS);
  if (plans[plan].needs_imap && offers == RST_OFFERS_POP)
    return FALSE;
  if (plans[plan].needs_pop && offers == RST_OFFERS_IMAP)
    return FALSE;

  return plans[plan].fits == NULL || plans[plan].fits (answers);
}

/**
 * rst_plan_apply:
 * @plan: a plan
 * @settings: its settings
 * @device: a device
 * @is_archive: whether @device is the one that keeps the archive
 *
 * Sets up @device as @plan proposes. A web browser stays one, and a collecting service can only
 * collect: it is told to leave everything on the server.
 */
void
rst_plan_apply (RstPlan                plan,
                const RstPlanSettings *settings,
                RstDevice             *device,
                gboolean               is_archive)
{
  g_return_if_fail (plan < RST_N_PLANS);
  g_return_if_fail (settings != NULL && device != NULL);

  device->copies = RST_COPIES_UNKNOWN;
  device->days = device->offline_days = device->move_days = 0;
  device->archive = device->deletes_follow = FALSE;

  if (device->kind == RST_DEVICE_BROWSER)
    {
      device->method = RST_METHOD_WEB;
    }
  else if (device->kind == RST_DEVICE_SERVICE)
    {
      device->method = RST_METHOD_POP;
      device->copies = RST_COPIES_KEEP;
    }
  else
    {
      plans[plan].apply (settings, device, is_archive);
    }
}

static RstDevice *
add_device (GPtrArray     *devices,
            const char    *name,
            RstDeviceKind  kind)
{
  RstDevice *device = rst_device_new (name, kind, RST_METHOD_NONE);

  g_ptr_array_add (devices, device);
  return device;
}

/**
 * rst_plan_list_devices:
 * @plan: a plan
 * @answers: answers and facts
 *
 * Returns: (transfer full) (element-type RstDevice): the devices of a person who answers like
 *   that, set up as @plan proposes; the first is the one that keeps the archive, if any. Whoever
 *   is not sure is shown with two devices.
 */
GPtrArray *
rst_plan_list_devices (RstPlan           plan,
                       const RstAnswers *answers)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  guint people = rst_answers_get (answers, RST_KEY_PEOPLE);
  RstPlanSettings settings;

  rst_plan_get_settings (plan, answers, &settings);

  add_device (devices, NULL, RST_DEVICE_COMPUTER);
  if (has_second_device (answers))
    add_device (devices, NULL, RST_DEVICE_PHONE);
  if (people == RST_PEOPLE_OTHERS)
    add_device (devices, _("the other person’s computer"), RST_DEVICE_COMPUTER)->person = 1;
  if (people == RST_PEOPLE_SERVICE)
    add_device (devices, NULL, RST_DEVICE_SERVICE);
  if (rst_answers_get (answers, RST_KEY_PLACES) == RST_PLACES_BROWSER)
    add_device (devices, NULL, RST_DEVICE_BROWSER);

  for (guint i = 0; i < devices->len; i++)
    rst_plan_apply (plan, &settings, devices->pdata[i], i == 0);

  return devices;
}
