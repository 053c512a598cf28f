/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lock files: the POSIX lock by which a mail program says that it has a profile open, and our own
 * lock that lets one setup at a time write. Blocking calls, but none that waits.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RstLock RstLock;

gboolean  rst_lock_is_held       (const char  *path);
RstLock  *rst_lock_take          (const char  *path,
                                  gboolean    *held);
RstLock  *rst_lock_take_journals (const char  *folder,
                                  gboolean    *held);
void      rst_lock_free          (RstLock     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstLock, rst_lock_free)

G_END_DECLS
