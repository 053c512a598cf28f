/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A probe of a scripted server, from top to bottom. */
#pragma once

#include "lib-await.h"
#include "lib-server.h"

G_BEGIN_DECLS

GTlsDatabase *test_get_trust    (void);
void          test_fill_options (RstProbeOptions       *options,
                                 const TestScript      *script,
                                 RstSecret             *secret);
RstFacts     *test_probe        (const RstEndpoint     *endpoint,
                                 const RstProbeOptions *options);
RstFacts     *test_probe_script (const TestScript      *script,
                                 guint16                port);

G_END_DECLS
