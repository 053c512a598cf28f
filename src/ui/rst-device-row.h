/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row that opens to say what a device is like: name, kind, and how it reads the mail now. Emits
 * “changed” after each change, and “remove”.
 */
#pragma once

#include <adwaita.h>

#include "rst-device.h"

G_BEGIN_DECLS

#define RST_TYPE_DEVICE_ROW (rst_device_row_get_type ())
G_DECLARE_FINAL_TYPE (RstDeviceRow, rst_device_row, RST, DEVICE_ROW, AdwExpanderRow)

GtkWidget       *rst_device_row_new        (const RstDevice *device);
const RstDevice *rst_device_row_get_device (RstDeviceRow    *self);
void             rst_device_row_set_title  (RstDeviceRow    *self,
                                            const RstDevice *device);
void             rst_device_row_set_found  (RstDeviceRow    *self,
                                            GPtrArray       *found);

G_END_DECLS
