/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads what a token endpoint answers (RFC 6749 section 5). Pure. Only the access token is taken: a
 * refresh token would be for a program that signs in again by itself, which this one does not.
 */
#pragma once

#include "rst-secret.h"

G_BEGIN_DECLS

/* No answer is longer (bytes). */
#define RST_TOKEN_REPLY_MAX (64 * 1024)

RstSecret *rst_token_read (guint    status,
                           GBytes  *body,
                           GError **error);

G_END_DECLS
