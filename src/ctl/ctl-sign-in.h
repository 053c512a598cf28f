/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The check of the password: at the incoming server first, and only if it is right also at the
 * outgoing one. Never more than two attempts, so that a provider does not lock the account.
 */
#pragma once

#include "ctl-await.h"
#include "rst-candidate.h"
#include "rst-secret.h"

G_BEGIN_DECLS

gboolean ctl_sign_in (CtlAwait      *await,
                      GTlsDatabase  *trust,
                      GPtrArray     *candidates,
                      const char    *username,
                      RstSecret     *password,
                      GError       **error);

G_END_DECLS
