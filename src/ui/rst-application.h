/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: options, windows, and the actions that do not belong to one of them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RST_TYPE_APPLICATION (rst_application_get_type ())
G_DECLARE_FINAL_TYPE (RstApplication, rst_application, RST, APPLICATION, AdwApplication)

RstApplication *rst_application_new       (void);

G_END_DECLS
