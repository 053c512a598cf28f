/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a mail server listens: protocol, security, host and port. A value: copied, compared,
 * parsed from and printed as a URL such as `imaps://imap.example.org:993`.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  RST_PROTOCOL_IMAP,
  RST_PROTOCOL_POP3,
  RST_PROTOCOL_SMTP,
} RstProtocol;

#define RST_N_PROTOCOLS 3

/**
 * RstSecurity:
 * @RST_SECURITY_TLS: TLS from the first byte (implicit TLS, RFC 8314)
 * @RST_SECURITY_STARTTLS: plain text that must be upgraded before anything else
 * @RST_SECURITY_NONE: plain text; recognised so that it can be named and refused
 *
 * The strictest comes first, so that a zeroed structure is strict.
 */
typedef enum {
  RST_SECURITY_TLS,
  RST_SECURITY_STARTTLS,
  RST_SECURITY_NONE,
} RstSecurity;

typedef struct {
  RstProtocol protocol;
  RstSecurity security;
  guint16     port;
  char       *host; /* (owned) lower-case A-labels or an IP address */
} RstEndpoint;

#define RST_TYPE_ENDPOINT (rst_endpoint_get_type ())

GType        rst_endpoint_get_type     (void);
RstEndpoint *rst_endpoint_new          (RstProtocol        protocol,
                                        RstSecurity        security,
                                        const char        *host,
                                        guint16            port,
                                        GError           **error);
RstEndpoint *rst_endpoint_parse        (const char        *url,
                                        GError           **error);
RstEndpoint *rst_endpoint_copy         (const RstEndpoint *self);
void         rst_endpoint_free         (RstEndpoint       *self);
gboolean     rst_endpoint_equal        (const RstEndpoint *a,
                                        const RstEndpoint *b);
guint        rst_endpoint_hash         (const RstEndpoint *self);
char        *rst_endpoint_to_string    (const RstEndpoint *self);

guint16      rst_protocol_default_port (RstProtocol        protocol,
                                        RstSecurity        security);
const char  *rst_protocol_get_nick     (RstProtocol        protocol);
const char  *rst_protocol_get_title    (RstProtocol        protocol);
const char  *rst_security_get_nick     (RstSecurity        security);
char        *rst_host_normalise        (const char        *host,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstEndpoint, rst_endpoint_free)

G_END_DECLS
