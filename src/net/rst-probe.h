/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks one server what it is: connects, secures the connection, runs the protocol's dialogue and,
 * if credentials are given, signs in. Nothing on the server is changed. Without credentials nothing
 * secret is ever sent; with them nothing secret is sent before a verified TLS handshake on that
 * very connection.
 */
#pragma once

#include "rst-facts.h"
#include "rst-gate.h"
#include "rst-secret.h"

G_BEGIN_DECLS

/* A whole probe ends after this time unless told otherwise (milliseconds). */
#define RST_PROBE_TIMEOUT_MS 30000

typedef struct {
  GTlsDatabase *trust;      /* (nullable) (unowned) authorities; NULL: the system's */
  guint         timeout_ms; /* for the whole probe; 0: RST_PROBE_TIMEOUT_MS */
  const char   *username;   /* (nullable) (unowned) sign in with this name … */
  RstSecret    *password;   /* (nullable) (unowned) … and this password */
  GSocketConnectable *route; /* (nullable) (unowned) how to connect; NULL: by looking the host up */
  RstTurn      *turn;       /* (nullable) (transfer full) left when the connection has been closed */
} RstProbeOptions;

void          rst_probe_async     (const RstEndpoint      *endpoint,
                                   const RstProbeOptions  *options,
                                   GCancellable           *cancellable,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data);
RstFacts     *rst_probe_finish    (GAsyncResult           *result,
                                   GError                **error);
GTlsDatabase *rst_probe_load_trust (const char            *ca_file,
                                    GError               **error);

G_END_DECLS
