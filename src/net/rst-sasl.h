/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client's side of one SASL sign-in (RFC 4422): which mechanism to take, and message for
 * message what to answer. Pure: base64 in, base64 out. The mechanisms for passwords are GNU SASL's,
 * those for access tokens are ours (rst-bearer.h).
 */
#pragma once

#include <glib.h>

#include "rst-bearer.h"
#include "rst-endpoint.h"
#include "rst-secret.h"

G_BEGIN_DECLS

typedef struct _RstSasl RstSasl;

/* What ties a sign-in to the TLS connection it runs on (RFC 5929, RFC 9266), in base64. */
typedef struct {
  char *exporter; /* (owned) (nullable) tls-exporter */
  char *unique;   /* (owned) (nullable) tls-unique */
} RstBinding;

const char       *rst_sasl_choose       (char * const       *offered,
                                         RstSecret          *secret,
                                         const RstBinding   *binding);
RstSasl          *rst_sasl_new          (const char         *mechanism,
                                         const char         *service,
                                         const RstEndpoint  *endpoint,
                                         const char         *username,
                                         RstSecret          *secret,
                                         const RstBinding   *binding,
                                         GError            **error);
void              rst_sasl_free         (RstSasl            *self);
gboolean          rst_sasl_speaks_first (RstSasl            *self);
char             *rst_sasl_step         (RstSasl            *self,
                                         const char         *challenge,
                                         GError            **error);
gboolean          rst_sasl_is_complete  (RstSasl            *self);
RstBearerRefusal  rst_sasl_get_refusal  (RstSasl            *self);
gboolean          rst_sasl_gives_away   (const char         *text,
                                         const char         *username,
                                         RstSecret          *password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSasl, rst_sasl_free)

G_END_DECLS
