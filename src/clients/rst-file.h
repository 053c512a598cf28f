/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single files: bounded reading, and replacing in such a way that whatever happens the file is either
 * the old one or the new one, whole. Blocking calls: for worker threads.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Larger files are neither read nor written (bytes). */
#define RST_FILE_MAX (4 * 1024 * 1024)

/* A new version of a file that lies next to it, complete and on disk, waiting to take its name. */
typedef struct _RstFileStage RstFileStage;

gboolean      rst_file_read         (const char    *path,
                                     GBytes       **contents,
                                     GError       **error);
gboolean      rst_file_inspect      (const char    *path,
                                     GBytes       **contents,
                                     guint         *mode,
                                     GError       **error);
RstFileStage *rst_file_stage_new    (const char    *path,
                                     GBytes        *expected,
                                     GBytes        *contents,
                                     guint          mode,
                                     GError       **error);
gboolean      rst_file_stage_commit (RstFileStage  *self,
                                     GError       **error);
void          rst_file_stage_free   (RstFileStage  *self);
gboolean      rst_file_replace      (const char    *path,
                                     GBytes        *expected,
                                     GBytes        *contents,
                                     guint          mode,
                                     GError       **error);
gboolean      rst_file_make_folder  (const char    *path,
                                     guint          mode,
                                     GError       **error);
void          rst_file_sweep        (const char    *folder);
char         *rst_file_show         (const char    *path);
void          rst_file_set_error    (GError       **error,
                                     int            errsv,
                                     gboolean       writing,
                                     const char    *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFileStage, rst_file_stage_free)

G_END_DECLS
