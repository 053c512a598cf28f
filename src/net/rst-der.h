/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The size of the key in an X.509 certificate (RFC 5280), read from its DER bytes: neither GLib nor
 * its TLS backends tell it, and they accept keys that mail programs refuse. Pure and bounded.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint rst_der_get_rsa_bits (const guint8 *der,
                            gsize         length);

G_END_DECLS
