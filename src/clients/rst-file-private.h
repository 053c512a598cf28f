/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading and replacing a file share. */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

gboolean  rst_file_check_ours  (const struct stat  *info,
                                const char         *path,
                                GError            **error);
GBytes   *rst_file_read_fd     (int                 fd,
                                const char         *path,
                                GError            **error);
int       rst_file_open_at     (int                 folder,
                                const char         *name,
                                int                 flags,
                                const char         *path,
                                struct stat        *info,
                                GError            **error);
gboolean  rst_file_write_fd    (int                 fd,
                                GBytes             *contents);
gboolean  rst_file_create      (const char         *path,
                                GBytes             *contents,
                                guint               mode,
                                GError            **error);
gboolean  rst_file_sync_folder (int                 folder,
                                const char         *path,
                                GError            **error);
gboolean  rst_file_sync_path   (const char         *path,
                                GError            **error);
char     *rst_file_resolve     (const char         *path,
                                GError            **error);
char     *rst_file_temp_name   (void);

G_END_DECLS
