/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A resolver that knows only what a test tells it, and asks nobody.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

FakeResolver *fake_resolver_install   (void);
void          fake_resolver_remove    (FakeResolver *self);
void          fake_resolver_set       (FakeResolver *self,
                                       const char   *name,
                                       const char   *answer);
guint         fake_resolver_get_asked (FakeResolver *self,
                                       const char   *name);
guint         fake_resolver_get_most  (FakeResolver *self);
const char   *fake_resolver_get_last  (FakeResolver *self);

G_END_DECLS
