/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two SASL mechanisms that take an access token (RFC 6750) in place of a password: OAUTHBEARER
 * (RFC 7628) and XOAUTH2, which Google wrote down and others took over. Each is one message. If the
 * token is refused the server says why, in JSON, and waits for an empty answer before it fails.
 */
#pragma once

#include "rst-endpoint.h"
#include "rst-secret.h"

G_BEGIN_DECLS

typedef struct _RstBearer RstBearer;

/**
 * RstBearerRefusal:
 * @RST_BEARER_NOT_REFUSED: the server has not said so
 * @RST_BEARER_INVALID: the token has expired, or is not for this server or user
 * @RST_BEARER_SCOPE: the token is good, but not for mail (RFC 6750 section 3.1)
 *
 * Why a server refuses a token.
 */
typedef enum {
  RST_BEARER_NOT_REFUSED,
  RST_BEARER_INVALID,
  RST_BEARER_SCOPE,
} RstBearerRefusal;

const char       *rst_bearer_choose      (char * const      *offered);
RstBearer        *rst_bearer_new         (const char        *mechanism,
                                          const RstEndpoint *endpoint,
                                          const char        *username,
                                          RstSecret         *token);
void              rst_bearer_free        (RstBearer         *self);
char             *rst_bearer_step        (RstBearer         *self,
                                          const guchar      *challenge,
                                          gsize              length);
RstBearerRefusal  rst_bearer_get_refusal (const RstBearer   *self);
gboolean          rst_bearer_gives_away  (const char        *text,
                                          const char        *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstBearer, rst_bearer_free)

G_END_DECLS
