/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sign-in in the browser, for servers that take no password: says which page to open, opens it
 * where there is a display, and waits.
 */
#pragma once

#include "ctl-await.h"
#include "rst-candidate.h"
#include "rst-secret.h"

G_BEGIN_DECLS

#define CTL_BROWSER_ENTRY(variable)                                                                  \
  { "browser", 0, 0, G_OPTION_ARG_NONE, &variable,                                                   \
    N_("Sign in in the browser where the provider wants that, and a settings file says how"), NULL }

gboolean   ctl_browser_check   (const RstCandidate  *candidate,
                                gboolean             wanted,
                                GError             **error);
RstSecret *ctl_browser_sign_in (CtlAwait            *await,
                                const RstCandidate  *candidate,
                                const char          *username,
                                GTlsDatabase        *trust,
                                GError             **error);
void       ctl_browser_keep    (GPtrArray           *candidates);

G_END_DECLS
