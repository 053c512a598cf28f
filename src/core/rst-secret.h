/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A password, or an access token that stands for one, in memory: reference counted, wiped when the
 * last reference goes, kept out of core dumps where the kernel allows it. It has no printer on
 * purpose.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Longer passwords are refused (bytes). */
#define RST_SECRET_MAX 1024
/* … and longer tokens; in base64 they still fit on a line of SMTP (RFC 4954 section 4.3). */
#define RST_TOKEN_MAX 8192

typedef struct _RstSecret RstSecret;

#define RST_TYPE_SECRET (rst_secret_get_type ())

GType       rst_secret_get_type  (void);
RstSecret  *rst_secret_new       (const char *text,
                                  gsize       length,
                                  GError    **error);
RstSecret  *rst_secret_new_token (const char *text,
                                  gsize       length);
RstSecret  *rst_secret_ref       (RstSecret  *self);
void        rst_secret_unref     (RstSecret  *self);
const char *rst_secret_peek      (RstSecret  *self);
gboolean    rst_secret_is_token  (RstSecret  *self);
void        rst_wipe             (gpointer    data,
                                  gsize       length);
void        rst_wipe_free        (char       *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSecret, rst_secret_unref)

G_END_DECLS
