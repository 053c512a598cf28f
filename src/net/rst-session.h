/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sessions of libsoup that talk to strangers: nothing is unpacked, nobody is signed in, and only a
 * few answers may come before the answer.
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

SoupSession *rst_session_new      (GTlsDatabase       *trust,
                                   GSocketConnectable *route,
                                   guint               timeout_s);
void         rst_session_guard    (SoupMessage        *message,
                                   GCancellable       *cancellable);
gboolean     rst_session_is_proxy (SoupMessage        *message);

G_END_DECLS
