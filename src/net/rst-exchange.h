/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Posts one form over https and reads the answer, whatever its status: the request for a token (RFC
 * 6749 section 4.1.3). Certificates are fully verified, no redirect is followed, size and time are
 * limited, and form and answer are wiped.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint   status; /* of HTTP */
  GBytes *body;   /* (owned) secret; at most RST_TOKEN_REPLY_MAX bytes and one */
} RstExchange;

void         rst_exchange_async  (const char           *url,
                                  const char           *form,
                                  GTlsDatabase         *trust,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
RstExchange *rst_exchange_finish (GAsyncResult         *result,
                                  GError              **error);
void         rst_exchange_free   (RstExchange          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstExchange, rst_exchange_free)

G_END_DECLS
