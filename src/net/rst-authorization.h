/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One authorisation by code (RFC 6749 section 4.1) of a program on a person's own computer (RFC
 * 8252), with the proof that whoever redeems the code has asked for it (RFC 7636, S256). Pure: builds
 * the address for the browser, reads the address that the browser is sent back to, and builds the
 * request for the token.
 */
#pragma once

#include "rst-issuer.h"

G_BEGIN_DECLS

/* Random bytes that one authorisation needs. */
#define RST_AUTHORIZATION_RANDOM 64

typedef struct _RstAuthorization RstAuthorization;

/**
 * RstRedirect:
 * @RST_REDIRECT_OTHER: not an answer to this authorisation; to be ignored
 * @RST_REDIRECT_CODE: a code that can be redeemed
 * @RST_REDIRECT_FAILED: the authorisation is over without one
 *
 * What came back from the browser.
 */
typedef enum {
  RST_REDIRECT_OTHER,
  RST_REDIRECT_CODE,
  RST_REDIRECT_FAILED,
} RstRedirect;

RstAuthorization *rst_authorization_new     (const RstIssuer   *issuer,
                                             guint16            port,
                                             const guchar      *random);
void              rst_authorization_free    (RstAuthorization  *self);
char             *rst_authorization_get_url (RstAuthorization  *self,
                                             const char        *hint);
RstRedirect       rst_authorization_read    (RstAuthorization  *self,
                                             const char        *head,
                                             gsize              length,
                                             char             **code,
                                             GError           **error);
char             *rst_authorization_redeem  (RstAuthorization  *self,
                                             const char        *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAuthorization, rst_authorization_free)

G_END_DECLS
