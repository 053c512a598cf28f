/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-arrangement.h"

#include <glib/gi18n-lib.h>

#include "ctl-look.h"
#include "rst-providers.h"

/**
 * ctl_mailbox_free:
 * @self: (transfer full): a mailbox
 */
void
ctl_mailbox_free (CtlMailbox *self)
{
  g_free (self->address);
  g_ptr_array_unref (self->devices);
  g_free (self);
}

/**
 * ctl_scan:
 * @await: who waits
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the mail programs of this computer
 */
RstScan *
ctl_scan (CtlAwait  *await,
          GError   **error)
{
  rst_scan_async (ctl_await_cancellable (await), ctl_await_cb, await);
  return rst_scan_finish (ctl_await_result (await), error);
}

static RstCopies
copies_from_leave (RstLeave leave)
{
  switch (leave)
    {
    case RST_LEAVE_DAYS:
      return RST_COPIES_DAYS;
    case RST_LEAVE_KEEP:
      return RST_COPIES_KEEP;
    case RST_LEAVE_REMOVE:
    default:
      return RST_COPIES_REMOVE;
    }
}

/**
 * ctl_device_from_account:
 * @client: a mail program of this computer
 * @account: an account in it, found or planned
 *
 * Returns: (transfer full): the program as the mixing check sees it
 */
RstDevice *
ctl_device_from_account (const RstClient  *client,
                         const RstAccount *account)
{
  g_autofree char *name = g_strdup_printf (_("%s on this computer"), client->name);
  RstDevice *device;

  if (rst_account_is_pop (account))
    device = rst_device_new_pop (name, RST_DEVICE_COMPUTER, copies_from_leave (account->leave),
                                 account->leave_days);
  else
    device = rst_device_new (name, RST_DEVICE_COMPUTER, RST_METHOD_IMAP);
  device->program = g_strdup (client->name);
  device->deletes_follow = account->delete_along;
  device->is_here = TRUE;
  return device;
}

/**
 * ctl_parse_devices:
 * @texts: (nullable): descriptions, as rst_device_parse() reads them
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type RstDevice): the devices
 */
GPtrArray *
ctl_parse_devices (char * const  *texts,
                   GError       **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      RstDevice *device = rst_device_parse (texts[i], error);

      if (device == NULL)
        return NULL;
      g_ptr_array_add (devices, device);
    }
  return g_steal_pointer (&devices);
}

/* An account found, and the program that has it. */
typedef struct {
  const RstClient  *client;
  const RstAccount *account;
} Found;

static GArray *
list_accounts (RstScan *scan)
{
  GPtrArray *clients = rst_scan_get_clients (scan);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint i = 0; i < clients->len; i++)
    {
      const RstFoundClient *client = clients->pdata[i];

      for (guint j = 0; j < client->profiles->len; j++)
        {
          const RstFoundProfile *profile = client->profiles->pdata[j];

          for (guint k = 0; k < profile->accounts->len; k++)
            {
              Found found = { client->client, profile->accounts->pdata[k] };

              if (found.account->incoming.endpoint != NULL)
                g_array_append_val (all, found);
            }
        }
    }
  return all;
}

static CtlMailbox *
mailbox_new (const Found *found)
{
  CtlMailbox *mailbox = g_new0 (CtlMailbox, 1);

  mailbox->address = g_strdup (found->account->address);
  mailbox->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  return mailbox;
}

/**
 * ctl_list_mailboxes:
 * @scan: the mail programs of this computer
 *
 * Sorts their accounts by the mailbox that they read.
 *
 * Returns: (transfer full) (element-type CtlMailbox): the mailboxes
 */
GPtrArray *
ctl_list_mailboxes (RstScan *scan)
{
  GPtrArray *mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) ctl_mailbox_free);
  g_autoptr (GArray) all = list_accounts (scan);
  g_autofree gboolean *taken = g_new0 (gboolean, all->len + 1);

  for (guint i = 0; i < all->len; i++)
    {
      const Found *first = &g_array_index (all, Found, i);
      CtlMailbox *mailbox;

      if (taken[i])
        continue;
      mailbox = mailbox_new (first);
      g_ptr_array_add (mailboxes, mailbox);
      for (guint j = i; j < all->len; j++)
        {
          const Found *other = &g_array_index (all, Found, j);

          if (taken[j] || !rst_account_same_mailbox (first->account, other->account))
            continue;
          taken[j] = TRUE;
          g_ptr_array_add (mailbox->devices, ctl_device_from_account (other->client, other->account));
          if (mailbox->removal.at_least == 0)
            ctl_find_removal (&other->account->incoming, other->account->address, &mailbox->removal);
        }
    }
  return mailboxes;
}

/**
 * ctl_check_mixing:
 * @devices: (element-type RstDevice): what reads one mailbox
 * @address: (nullable): its address
 * @removal: what earlier looks at it saw
 *
 * Returns: (transfer full): what they do to each other's mail, as from today
 */
RstMixingReport *
ctl_check_mixing (GPtrArray        *devices,
                  const char       *address,
                  const RstRemoval *removal)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  RstMixingReport *report;
  GDate today;
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, day, month, year);
  report = rst_mixing_check (devices, &today,
                             address != NULL && rst_providers_decide_pop (address)
                               ? RST_MIXING_PROVIDER_DECIDES : RST_MIXING_DEFAULT);
  if (removal->at_least > 0)
    rst_mixing_add_removal (report, devices, removal);
  return report;
}
