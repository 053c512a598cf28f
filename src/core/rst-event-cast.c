/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who plays which part in an event, and the devices that an event brings along.
 */
#include "rst-event-private.h"

#include <glib/gi18n-lib.h>

/* A device that only some events need; %NULL for no guest. How it reads is set by the plan. */
RstDevice *
rst_event_make_guest (RstGuest guest)
{
  RstDevice *device;

  switch (guest)
    {
    case RST_GUEST_BROWSER:
      return rst_device_new (NULL, RST_DEVICE_BROWSER, RST_METHOD_WEB);
    case RST_GUEST_SERVICE:
      return rst_device_new_pop (NULL, RST_DEVICE_SERVICE, RST_COPIES_KEEP, 0);
    case RST_GUEST_PERSON:
      device = rst_device_new (_("the other person’s computer"), RST_DEVICE_COMPUTER,
                               RST_METHOD_IMAP);
      device->person = 1;
      return device;
    case RST_GUEST_NONE:
    default:
      return NULL;
    }
}

static gboolean
is_guest (const RstDevice *device,
          RstGuest         guest)
{
  switch (guest)
    {
    case RST_GUEST_BROWSER:
      return device->kind == RST_DEVICE_BROWSER;
    case RST_GUEST_SERVICE:
      return device->kind == RST_DEVICE_SERVICE;
    case RST_GUEST_PERSON:
      return device->person > 0;
    case RST_GUEST_NONE:
    default:
      return FALSE;
    }
}

/* Returns -1 if there is none. */
int
rst_event_find_guest (GPtrArray *devices,
                      RstGuest   guest)
{
  for (guint i = 0; i < devices->len; i++)
    if (is_guest (devices->pdata[i], guest))
      return i;

  return -1;
}

static gboolean
is_own (const RstDevice *device)
{
  return device->person == 0 && device->kind != RST_DEVICE_BROWSER &&
         device->kind != RST_DEVICE_SERVICE;
}

static gboolean
is_computer (const RstDevice *device)
{
  return device->kind == RST_DEVICE_COMPUTER || device->kind == RST_DEVICE_LAPTOP;
}

/* The first own device is the main one; the one that is carried about is a phone or tablet, or else
 * the last own device. */
void
rst_cast_init (RstCast   *self,
               GPtrArray *devices,
               RstGuest   guest)
{
  int computer = -1;
  int phone = -1;
  int last = 0;

  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      if (!is_own (device))
        continue;
      last = i;
      if (computer < 0 && is_computer (device))
        computer = i;
      if (phone < 0 && (device->kind == RST_DEVICE_PHONE || device->kind == RST_DEVICE_TABLET))
        phone = i;
    }

  self->phone = phone < 0 ? last : phone;
  self->computer = computer < 0 ? self->phone : (guint) computer;
  self->guest = MAX (rst_event_find_guest (devices, guest), 0);
}
