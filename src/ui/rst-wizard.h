/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of the wizard: one header, one page at a time, one action bar. What the bar shows is
 * derived from the properties of the page.
 */
#pragma once

#include <adwaita.h>

#include "rst-page.h"

G_BEGIN_DECLS

#define RST_TYPE_WIZARD (rst_wizard_get_type ())
G_DECLARE_FINAL_TYPE (RstWizard, rst_wizard, RST, WIZARD, AdwApplicationWindow)

RstWizard *rst_wizard_new      (GtkApplication *application,
                                RstJourney     *journey);
void       rst_wizard_start    (RstWizard      *self);
RstPage   *rst_wizard_get_page (RstWizard      *self);

G_END_DECLS
