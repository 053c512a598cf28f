/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The devices that the person described. The first is always this computer, of which the mail programs
 * may tell more; the others count only as long as the mail is read on several devices.
 */
#include "rst-journey-private.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 60 /* characters */

static void
changed (RstJourney *self)
{
  rst_journey_settle_mixing (self, NULL, 0);
  rst_journey_forget_advice (self);
}

/**
 * rst_journey_get_devices:
 * @self: a journey
 *
 * Returns: (transfer none) (element-type RstDevice): the devices, this computer first
 */
GPtrArray *
rst_journey_get_devices (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->devices == NULL)
    {
      RstDevice *here = rst_device_new (NULL, RST_DEVICE_COMPUTER, RST_METHOD_NONE);

      here->is_here = TRUE;
      self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
      g_ptr_array_add (self->devices, here);
    }
  return self->devices;
}

static gboolean
is_taken (GPtrArray       *devices,
          const RstDevice *device,
          const char      *name)
{
  for (guint i = 0; i < devices->len; i++)
    if (devices->pdata[i] != device && g_strcmp0 (rst_device_get_name (devices->pdata[i]), name) == 0)
      return TRUE;
  return FALSE;
}

/* What has no name is called by its kind, which a second of that kind cannot be. */
static void
name_apart (GPtrArray *devices,
            RstDevice *device)
{
  const char *kind = rst_device_get_name (device);

  for (guint number = 2; device->name == NULL && is_taken (devices, device, kind); number++)
    {
      /* Translators: a kind of device, and a number: “Phone 2” */
      g_autofree char *name = g_strdup_printf (C_("device", "%s %u"), kind, number);

      if (!is_taken (devices, device, name))
        {
          device->name = g_steal_pointer (&name);
          return;
        }
    }
}

/**
 * rst_journey_add_device:
 * @self: a journey
 * @index: its place; that of this computer is taken
 * @device: (transfer full): a device
 *
 * Adds a device to the list.
 */
void
rst_journey_add_device (RstJourney *self,
                        guint       index,
                        RstDevice  *device)
{
  GPtrArray *devices = rst_journey_get_devices (self);

  g_return_if_fail (index > 0 && index <= devices->len && device != NULL);

  g_ptr_array_insert (devices, (int) index, device);
  name_apart (devices, device);
  changed (self);
}

/**
 * rst_journey_take_device:
 * @self: a journey
 * @index: its place; not that of this computer
 *
 * Takes a device off the list.
 *
 * Returns: (transfer full): the device
 */
RstDevice *
rst_journey_take_device (RstJourney *self,
                         guint       index)
{
  GPtrArray *devices = rst_journey_get_devices (self);
  RstDevice *device;

  g_return_val_if_fail (index > 0 && index < devices->len, NULL);

  device = g_ptr_array_steal_index (devices, index);
  changed (self);
  return device;
}

static char *
clean_name (const char *name)
{
  g_autofree char *cut = name != NULL ? g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME))
                                      : g_strdup ("");

  g_strstrip (cut);
  return *cut != '\0' ? g_steal_pointer (&cut) : NULL;
}

/**
 * rst_journey_describe_device:
 * @self: a journey
 * @index: a place in the list
 * @as: what it is like
 *
 * Changes name, kind and method of a device. One whose name is empty is called by its kind.
 */
void
rst_journey_describe_device (RstJourney      *self,
                             guint            index,
                             const RstDevice *as)
{
  GPtrArray *devices = rst_journey_get_devices (self);
  RstDevice *device;

  g_return_if_fail (index < devices->len && as != NULL);

  device = devices->pdata[index];
  g_free (device->name);
  device->name = clean_name (as->name);
  device->kind = as->kind;
  device->method = as->kind == RST_DEVICE_BROWSER ? RST_METHOD_WEB : as->method;
  device->copies = device->method == RST_METHOD_POP ? as->copies : RST_COPIES_UNKNOWN;
  device->days = device->copies == RST_COPIES_DAYS ? as->days : 0;
  name_apart (devices, device);
  changed (self);
}

/**
 * rst_journey_has_devices:
 * @self: a journey
 *
 * Returns: whether there are several devices and the person has described another than this computer
 */
gboolean
rst_journey_has_devices (RstJourney *self)
{
  return rst_answers_get (rst_journey_get_answers (self), RST_KEY_DEVICES) == RST_DEVICES_SEVERAL &&
         rst_journey_get_devices (self)->len > 1;
}

/* Adds what was found in the mail programs of this computer; if nothing was, what the person said. */
static void
add_here (RstJourney *self,
          GPtrArray  *devices)
{
  guint before = devices->len;

  rst_journey_add_found (self, devices);
  if (devices->len == before)
    g_ptr_array_add (devices, rst_device_copy (rst_journey_get_devices (self)->pdata[0]));
}

/* Adds the devices elsewhere. */
void
rst_journey_add_described (RstJourney *self,
                           GPtrArray  *devices)
{
  for (guint i = 1; rst_journey_has_devices (self) && i < self->devices->len; i++)
    g_ptr_array_add (devices, rst_device_copy (self->devices->pdata[i]));
}

/* What reads the mailbox now, or NULL if nobody described it. */
GPtrArray *
rst_journey_list_present (RstJourney *self)
{
  g_autoptr(GPtrArray) devices = NULL;

  if (!rst_journey_has_devices (self))
    return NULL;
  devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  add_here (self, devices);
  rst_journey_add_described (self, devices);
  rst_journey_add_others (self, devices);
  return g_steal_pointer (&devices);
}

/**
 * rst_journey_arrange_devices:
 * @self: a journey
 *
 * Returns: (transfer full) (nullable) (element-type RstDevice): the devices as the advice sets them up,
 *   %NULL if the person described none
 */
GPtrArray *
rst_journey_arrange_devices (RstJourney *self)
{
  g_autoptr(GPtrArray) devices = NULL;

  if (!rst_journey_has_devices (self))
    return NULL;
  devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  g_ptr_array_add (devices, rst_device_copy (self->devices->pdata[0]));
  rst_journey_add_described (self, devices);
  rst_journey_add_others (self, devices);
  if (rst_answers_get (self->answers, RST_KEY_PEOPLE) == RST_PEOPLE_OTHERS)
    {
      RstDevice *other = rst_device_new (C_("device", "The other person’s computer"), RST_DEVICE_COMPUTER,
                                         RST_METHOD_UNKNOWN);

      other->person = 1;
      g_ptr_array_add (devices, other);
    }
  return rst_advice_arrange (rst_journey_get_advice (self), devices);
}
