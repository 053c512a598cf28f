/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A server that plays a transcript to one client, on 127.0.0.1 and a port that is free, in a thread
 * of its own. It only blocks, so that a test's own context stays the client's.
 */
#pragma once

#include "lib-script.h"

G_BEGIN_DECLS

typedef struct _TestServer TestServer;

TestServer *test_server_start        (const TestScript  *script);
guint16     test_server_get_port     (TestServer        *self);
guint       test_server_get_position (TestServer        *self);
char       *test_server_stop         (TestServer        *self,
                                      char             **heard_in_clear);
char       *test_certificate_path    (const char        *name);

G_END_DECLS
