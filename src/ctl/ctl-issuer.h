/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Servers that are named without an address: which settings file on this computer says how to sign in
 * there in the browser.
 */
#pragma once

#include "ctl-await.h"
#include "rst-candidate.h"

G_BEGIN_DECLS

GPtrArray *ctl_issuer_find (CtlAwait            *await,
                            const char * const  *provider_dirs,
                            GPtrArray           *endpoints,
                            const char          *username,
                            GError             **error);

G_END_DECLS
