/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Judges a TLS connection after its handshake: version, certificate, key. All rules on what is safe
 * enough to send a password over are here.
 */
#pragma once

#include "rst-facts.h"
#include "rst-sasl.h"

G_BEGIN_DECLS

gboolean rst_tls_judge        (GTlsConnection  *connection,
                               GTlsDatabase    *trust,
                               RstFacts        *facts,
                               GError         **error);
void     rst_tls_get_binding  (GTlsConnection  *connection,
                               RstBinding      *binding);

G_END_DECLS
