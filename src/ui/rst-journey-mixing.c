/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arrangement as it would be after the setup, put together from what was found on this computer
 * and what was answered, and what the mixing check says of it.
 */
#include "rst-journey-private.h"

#include "rst-facts-mailbox.h"
#include "rst-providers.h"

#include <glib/gi18n-lib.h>

static RstCopies
get_copies (RstLeave leave)
{
  switch (leave)
    {
    case RST_LEAVE_REMOVE:
      return RST_COPIES_REMOVE;
    case RST_LEAVE_DAYS:
      return RST_COPIES_DAYS;
    case RST_LEAVE_KEEP:
    default:
      return RST_COPIES_KEEP;
    }
}

static RstDevice *
describe_account (RstJourney       *self,
                  const RstClient  *client,
                  const RstAccount *account)
{
  const RstDevice *here = rst_journey_get_devices (self)->pdata[0];
  RstDevice *device;

  if (rst_account_is_pop (account))
    {
      device = rst_device_new_pop (client->name, here->kind, get_copies (account->leave),
                                   account->leave_days);
      device->deletes_follow = account->delete_along;
    }
  else
    device = rst_device_new (client->name, here->kind, RST_METHOD_IMAP);
  device->program = g_strdup (client->name);
  device->is_here = TRUE;
  return device;
}

static gboolean
reads_alike (const RstAccount *a,
             const RstAccount *b)
{
  if (rst_account_is_pop (a) != rst_account_is_pop (b))
    return FALSE;
  return !rst_account_is_pop (a) || (a->leave == b->leave && a->leave_days == b->leave_days);
}

/* Adds the programs of this computer that read the mailbox. */
void
rst_journey_add_found (RstJourney *self,
                       GPtrArray  *devices)
{
  GPtrArray *clients = self->scan != NULL ? rst_scan_get_clients (self->scan) : NULL;

  for (guint i = 0; clients != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);
      const RstAccount *there = rst_journey_find_account (self, found);

      if (there != NULL)
        g_ptr_array_add (devices, describe_account (self, found->client, there));
    }
}

/* Adds what this setup makes new. */
static void
add_planned (RstJourney *self,
             GPtrArray  *devices)
{
  g_autoptr(RstAccount) planned = rst_journey_make_account (self);
  GPtrArray *clients = self->scan != NULL ? rst_scan_get_clients (self->scan) : NULL;

  for (guint i = 0; planned != NULL && clients != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);
      const RstAccount *there = rst_journey_find_account (self, found);

      if (rst_journey_has_program (self, found->client->id) && rst_client_receives (found->client) &&
          (there == NULL || !reads_alike (there, planned)))
        g_ptr_array_add (devices, describe_account (self, found->client, planned));
    }
}

/**
 * rst_journey_list_found:
 * @self: a journey
 *
 * Returns: (transfer full) (element-type RstDevice): the programs of this computer that read the mailbox
 */
GPtrArray *
rst_journey_list_found (RstJourney *self)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);

  rst_journey_add_found (self, devices);
  return devices;
}

static gboolean
has_kind (GPtrArray     *devices,
          RstDeviceKind  kind)
{
  for (guint i = 0; i < devices->len; i++)
    if (((const RstDevice *) devices->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

/* Who said “two or more devices” and set up one here has another one elsewhere; if the person did not
 * describe it, nobody knows how that one reads. */
void
rst_journey_add_others (RstJourney *self,
                        GPtrArray  *devices)
{
  if (rst_answers_get (self->answers, RST_KEY_DEVICES) == RST_DEVICES_SEVERAL &&
      !rst_journey_has_devices (self))
    g_ptr_array_add (devices, rst_device_new (C_("device", "The other device"), RST_DEVICE_PHONE,
                                              RST_METHOD_UNKNOWN));
  if (rst_answers_get (self->answers, RST_KEY_PLACES) == RST_PLACES_BROWSER &&
      !has_kind (devices, RST_DEVICE_BROWSER))
    g_ptr_array_add (devices, rst_device_new (C_("device", "The web browser"), RST_DEVICE_BROWSER,
                                              RST_METHOD_WEB));
  if (rst_answers_get (self->answers, RST_KEY_PEOPLE) == RST_PEOPLE_SERVICE &&
      !has_kind (devices, RST_DEVICE_SERVICE))
    g_ptr_array_add (devices, rst_device_new (C_("device", "The collecting service"), RST_DEVICE_SERVICE,
                                              RST_METHOD_UNKNOWN));
}

/* This computer as the person described it, where no program that we know reads the mailbox. */
static void
add_program_unknown (RstJourney *self,
                     GPtrArray  *devices)
{
  g_autoptr(GPtrArray) found = rst_journey_list_found (self);
  const RstDevice *here = rst_journey_get_devices (self)->pdata[0];

  if (found->len == 0 && here->method != RST_METHOD_NONE && rst_journey_has_devices (self))
    g_ptr_array_add (devices, rst_device_copy (here));
}

/* Everything that would read the mailbox; the first @n_planned are what this setup makes. */
static GPtrArray *
list_devices (RstJourney *self,
              guint      *n_planned)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);

  add_planned (self, devices);
  *n_planned = devices->len;
  rst_journey_add_found (self, devices);
  add_program_unknown (self, devices);
  rst_journey_add_described (self, devices);
  rst_journey_add_others (self, devices);
  return devices;
}

/**
 * rst_journey_list_devices:
 * @self: a journey
 *
 * Returns: (transfer full) (element-type RstDevice): everything that would read the mailbox
 */
GPtrArray *
rst_journey_list_devices (RstJourney *self)
{
  guint n_planned;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return list_devices (self, &n_planned);
}

static RstMixingFlags
get_mixing_flags (RstJourney *self)
{
  return self->address != NULL && rst_providers_decide_pop (self->address->full) ? RST_MIXING_PROVIDER_DECIDES
                                                                                 : RST_MIXING_DEFAULT;
}

/**
 * rst_journey_check_mixing:
 * @self: a journey
 *
 * Returns: (transfer full) (nullable): what the devices would do to each other; %NULL if there is
 *   nothing to decide, or it was decided already
 */
RstMixingReport *
rst_journey_check_mixing (RstJourney *self)
{
  g_autoptr(GPtrArray) devices = rst_journey_list_devices (self);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(RstMixingReport) report = NULL;
  RstRemoval removal;
  GDate today;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->mixing_settled)
    return NULL;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  report = rst_mixing_check (devices, &today, get_mixing_flags (self));
  if (self->mailbox != NULL && rst_facts_get_removal (self->mailbox, &removal))
    rst_mixing_add_removal (report, devices, &removal);
  return report->conflict ? g_steal_pointer (&report) : NULL;
}

/* What is set up here follows the choice by itself. */
static void
change_plan (RstJourney      *self,
             const RstDevice *wanted)
{
  static const RstPlan imap = RST_PLAN_IMAP;

  if (wanted->method == RST_METHOD_IMAP && rst_journey_get_mode (self) == RST_METHOD_POP)
    rst_journey_choose_plan (self, &imap);
  if (wanted->method == RST_METHOD_POP && wanted->copies == RST_COPIES_DAYS)
    self->keep_days = wanted->days;
}

/* Everything else is for the person to change. */
static char *
describe_change (const RstDevice *before,
                 const RstDevice *wanted)
{
  if (wanted->method == RST_METHOD_IMAP && before->method == RST_METHOD_POP)
    return g_strdup_printf (_("%s: add the address with IMAP, then stop fetching it with POP"),
                            rst_device_get_name (before));
  if (wanted->method == RST_METHOD_IMAP && before->method == RST_METHOD_UNKNOWN)
    return g_strdup_printf (_("%s: see that it reads the address with IMAP"), rst_device_get_name (before));
  if (wanted->copies == RST_COPIES_DAYS &&
      (before->copies != RST_COPIES_DAYS || before->days != wanted->days))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s: let copies stay on the server for %u day",
                                         "%s: let copies stay on the server for %u days",
                                         wanted->days), rst_device_get_name (before), wanted->days);
  if (wanted->copies == RST_COPIES_KEEP && before->copies != RST_COPIES_KEEP)
    return g_strdup_printf (_("%s: let it leave everything on the server"), rst_device_get_name (before));
  return NULL;
}

static void
follow_choice (RstJourney *self,
               const char *choice,
               guint       days)
{
  guint n_planned;
  g_autoptr(GPtrArray) before = list_devices (self, &n_planned);
  g_autoptr(GPtrArray) wanted = rst_mixing_apply (before, choice, days);

  for (guint i = 0; i < before->len; i++)
    {
      char *change;

      if (i < n_planned)
        {
          change_plan (self, g_ptr_array_index (wanted, i));
          continue;
        }
      change = describe_change (g_ptr_array_index (before, i), g_ptr_array_index (wanted, i));
      if (change != NULL)
        g_ptr_array_add (self->todo, change);
    }
}

/**
 * rst_journey_settle_mixing:
 * @self: a journey
 * @choice: (nullable): id of the choice; %NULL: it is open again
 * @days: for "archive-pc": days that copies stay on the server
 *
 * Takes the person's decision. What is set up here follows it; what other programs and devices need
 * goes into the list of rst_journey_get_todo().
 */
void
rst_journey_settle_mixing (RstJourney *self,
                           const char *choice,
                           guint       days)
{
  g_return_if_fail (RST_IS_JOURNEY (self));

  g_ptr_array_set_size (self->todo, 0);
  self->keep_days = 0;
  if (choice != NULL)
    follow_choice (self, choice, days);
  self->mixing_settled = choice != NULL;
  rst_journey_notify (self, PROP_SERVERS);
}

/**
 * rst_journey_get_todo:
 * @self: a journey
 *
 * Returns: (transfer none) (element-type utf8): what the person has to change in other programs and on
 *   other devices, so that they do not take mail away from each other
 */
GPtrArray *
rst_journey_get_todo (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->todo;
}
