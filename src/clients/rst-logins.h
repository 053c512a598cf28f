/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mozilla's logins.json: passwords by origin, name and password encrypted with the key in key4.db. What
 * this program does not know in it stays.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RstLogins RstLogins;

/* One entry, encrypted; belongs to the #RstLogins. */
typedef struct {
  const char *name;
  const char *password;
} RstLoginBlobs;

RstLogins *rst_logins_new        (const char       *text,
                                  GError          **error);
void       rst_logins_free       (RstLogins        *self);
GArray    *rst_logins_list_for   (const RstLogins  *self,
                                  const char       *origin);
void       rst_logins_put        (RstLogins        *self,
                                  const char       *origin,
                                  const char       *name_blob,
                                  const char       *password_blob,
                                  const char       *old_blob,
                                  gint64            now_ms);
gboolean   rst_logins_is_changed (const RstLogins  *self);
char      *rst_logins_render     (const RstLogins  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstLogins, rst_logins_free)

G_END_DECLS
