/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A host and port whose addresses have been looked up already: connecting to it asks no DNS again.
 * It is a GNetworkAddress, so that certificates are still checked against the host's name.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketConnectable *rst_route_new (const char *host,
                                   guint16     port,
                                   GPtrArray  *addresses);

G_END_DECLS
