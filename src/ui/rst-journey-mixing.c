/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arrangement as it would be after the setup, put together from what was found on this computer
 * and what was answered, and what the mixing check says of it.
 */
#include "rst-journey-private.h"

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
describe_account (const RstClient  *client,
                  const RstAccount *account)
{
  RstDevice *device;

  if (rst_account_is_pop (account))
    {
      device = rst_device_new_pop (client->name, RST_DEVICE_COMPUTER, get_copies (account->leave),
                                   account->leave_days);
      device->deletes_follow = account->delete_along;
    }
  else
    device = rst_device_new (client->name, RST_DEVICE_COMPUTER, RST_METHOD_IMAP);
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

static void
add_programs (RstJourney *self,
              GPtrArray  *devices)
{
  g_autoptr(RstAccount) planned = rst_journey_make_account (self);
  GPtrArray *clients = rst_scan_get_clients (self->scan);

  for (guint i = 0; i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);
      const RstAccount *there = rst_journey_find_account (self, found);

      if (there != NULL)
        g_ptr_array_add (devices, describe_account (found->client, there));
      if (planned != NULL && rst_journey_has_program (self, found->client->id) &&
          (there == NULL || !reads_alike (there, planned)))
        g_ptr_array_add (devices, describe_account (found->client, planned));
    }
}

/* Who said “two or more devices” and set up one here has another one elsewhere; how that one reads
 * is not known. */
static void
add_others (RstJourney *self,
            GPtrArray  *devices)
{
  if (rst_answers_get (self->answers, RST_KEY_DEVICES) == RST_DEVICES_SEVERAL)
    g_ptr_array_add (devices, rst_device_new (C_("device", "The other device"), RST_DEVICE_PHONE,
                                              RST_METHOD_UNKNOWN));
  if (rst_answers_get (self->answers, RST_KEY_PLACES) == RST_PLACES_BROWSER)
    g_ptr_array_add (devices, rst_device_new (C_("device", "The web browser"), RST_DEVICE_BROWSER,
                                              RST_METHOD_WEB));
  if (rst_answers_get (self->answers, RST_KEY_PEOPLE) == RST_PEOPLE_SERVICE)
    g_ptr_array_add (devices, rst_device_new (C_("device", "The collecting service"), RST_DEVICE_SERVICE,
                                              RST_METHOD_UNKNOWN));
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
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->scan != NULL)
    add_programs (self, devices);
  add_others (self, devices);
  return g_steal_pointer (&devices);
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
  GDate today;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->mixing_settled)
    return NULL;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  report = rst_mixing_check (devices, &today, RST_MIXING_DEFAULT);
  return report->conflict ? g_steal_pointer (&report) : NULL;
}

/**
 * rst_journey_settle_mixing:
 * @self: a journey
 * @choice: (nullable): id of the choice; %NULL: it is open again
 * @days: for "archive-pc": days that copies stay on the server
 *
 * Takes the person's decision.
 */
void
rst_journey_settle_mixing (RstJourney *self,
                           const char *choice,
                           guint       days)
{
  static const RstPlan imap = RST_PLAN_IMAP;

  g_return_if_fail (RST_IS_JOURNEY (self));

  if (g_strcmp0 (choice, "imap-everywhere") == 0)
    rst_journey_choose_plan (self, &imap);
  self->keep_days = g_strcmp0 (choice, "archive-pc") == 0 ? days : 0;
  self->mixing_settled = choice != NULL;
  rst_journey_notify (self, PROP_SERVERS);
}
