/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text the way somebody reads it who looks for a name in it: escapes of URLs (RFC 3986 section 2.1)
 * undone or not, also those within escapes, and the names of hosts seen as such. Places are bytes of what is
 * read; each knows where it comes from. Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GString *text;    /* (owned) what is read, not always UTF-8 */
  GArray  *origins; /* (owned) (element-type gsize) where each byte of it begins, and where all ends */
} RstReading;

RstReading *rst_reading_new                (const char       *text,
                                            guint             rounds);
void        rst_reading_free               (RstReading       *self);
gsize       rst_reading_get_origin         (const RstReading *self,
                                            gsize             at);
gboolean    rst_reading_is_joined          (const RstReading *self,
                                            gsize             at,
                                            gsize             length);
gboolean    rst_reading_is_in_host         (const RstReading *self,
                                            gsize             at);
gboolean    rst_reading_is_within          (const RstReading *self,
                                            gsize             at,
                                            gsize             length,
                                            const char       *domain);
gboolean    rst_reading_is_usual           (const RstReading *self,
                                            gsize             at,
                                            gsize             length);
guint       rst_reading_count_labels_after (const RstReading *self,
                                            gsize             at,
                                            gsize             length);
gsize       rst_reading_get_label          (const RstReading *self,
                                            gsize             at);
char       *rst_reading_decode_label       (const RstReading *self,
                                            gsize             at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReading, rst_reading_free)

G_END_DECLS
