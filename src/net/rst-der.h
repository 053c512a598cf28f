/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The size of the key in an X.509 certificate (RFC 5280), and whether it says where its authority's
 * is found, read from its DER bytes: neither GLib nor its TLS backends tell them, and they accept keys
 * that mail programs refuse. Pure and bounded.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstKeyKind:
 * @RST_KEY_UNKNOWN: another kind, or the certificate is malformed
 * @RST_KEY_RSA: RSA
 * @RST_KEY_EC: on one of the NIST curves (RFC 5480)
 */
typedef enum {
  RST_KEY_UNKNOWN,
  RST_KEY_RSA,
  RST_KEY_EC,
} RstKeyKind;

RstKeyKind rst_der_get_key        (const guint8 *der,
                                   gsize         length,
                                   guint        *bits);
gboolean   rst_der_locates_issuer (const guint8 *der,
                                   gsize         length);

G_END_DECLS
