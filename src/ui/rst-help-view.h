/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One help page as widgets. Emits “open” with a page's id when a link is followed. */
#pragma once

#include <adwaita.h>

#include "rst-mallard.h"

G_BEGIN_DECLS

#define RST_TYPE_HELP_VIEW (rst_help_view_get_type ())
G_DECLARE_FINAL_TYPE (RstHelpView, rst_help_view, RST, HELP_VIEW, AdwBin)

void rst_help_view_show (RstHelpView   *self,
                         const char    *id,
                         const RstNode *page);

G_END_DECLS
