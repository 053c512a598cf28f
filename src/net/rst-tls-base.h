/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What TLS runs on when each connection is to be judged by itself. Over a GSocketConnection,
 * glib-networking takes up the session of an earlier connection to the same host, of which only the
 * certificate of that one is known, and keeps a session of each for ten minutes. Over any other stream
 * it does neither.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RST_TYPE_TLS_BASE (rst_tls_base_get_type ())
G_DECLARE_FINAL_TYPE (RstTlsBase, rst_tls_base, RST, TLS_BASE, GIOStream)

GIOStream *rst_tls_base_new (GSocketConnection *connection);

G_END_DECLS
