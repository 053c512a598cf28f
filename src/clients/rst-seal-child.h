/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialogue with restante-nss, the child in which Mozilla's library works on copies of a password
 * store. Blocking: for worker threads. The protocol is described in nss/restante-nss.c.
 */
#pragma once

#include "rst-logins.h"
#include "rst-seal.h"

G_BEGIN_DECLS

char     *rst_seal_child_run  (const RstSeal    *seal,
                               const RstLogins  *logins,
                               const char       *pem,
                               RstSecret        *password,
                               const char       *folder,
                               GCancellable     *cancellable,
                               GError          **error);
gboolean  rst_seal_child_take (const RstSeal    *seal,
                               const char       *output,
                               gboolean          with_password,
                               RstLogins        *logins,
                               GError          **error);

G_END_DECLS
