/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-json.h"

/**
 * ctl_json_devices:
 * @self: a builder within an object
 * @name: name of the member
 * @devices: (element-type RstDevice): devices
 *
 * Adds a member, an array of devices.
 */
void
ctl_json_devices (JsonBuilder *self,
                  const char  *name,
                  GPtrArray   *devices)
{
  json_builder_set_member_name (self, name);
  json_builder_begin_array (self);
  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      json_builder_begin_object (self);
      ctl_json_string (self, "name", device->name);
      ctl_json_string (self, "program", device->program);
      ctl_json_string (self, "kind", rst_device_kind_get_nick (device->kind));
      ctl_json_string (self, "method", rst_method_get_nick (device->method));
      if (device->method == RST_METHOD_POP)
        ctl_json_string (self, "copies", rst_copies_get_nick (device->copies));
      if (device->method == RST_METHOD_POP && device->copies == RST_COPIES_DAYS)
        ctl_json_int (self, "days", device->days);
      if (device->archive)
        ctl_json_bool (self, "archive", TRUE);
      json_builder_end_object (self);
    }
  json_builder_end_array (self);
}
