/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lets the person sign in on the provider's own page, in their own browser, and brings back an access
 * token: OAuth 2.0 for programs on a person's computer (RFC 8252). No password passes through here,
 * and nothing is stored.
 */
#pragma once

#include <gio/gio.h>

#include "rst-issuer.h"
#include "rst-secret.h"

G_BEGIN_DECLS

/* How long the person has for the page (minutes). */
#define RST_OAUTH_MINUTES 5

/**
 * RstOauthOpen:
 * @url: the page on which to sign in, https
 * @data: what was given along
 *
 * Opens the page in a browser, or says that it should be opened.
 */
typedef void (*RstOauthOpen) (const char *url,
                              gpointer    data);

void       rst_oauth_sign_in_async  (RstIssuer            *issuer,
                                     const char           *username,
                                     GTlsDatabase         *trust,
                                     RstOauthOpen          open,
                                     gpointer              open_data,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
RstSecret *rst_oauth_sign_in_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
