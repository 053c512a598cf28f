/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For POP: the choice how long copies stay on the server, and why that is suggested. */
#pragma once

#include "rst-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RST_TYPE_COPIES_ROW (rst_copies_row_get_type ())
G_DECLARE_FINAL_TYPE (RstCopiesRow, rst_copies_row, RST, COPIES_ROW, AdwComboRow)

void rst_copies_row_show (RstCopiesRow *self,
                          RstJourney   *journey);

G_END_DECLS
