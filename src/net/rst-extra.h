/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Something beside mail that a provider offers, found on the way: not probed, only shown.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstExtraKind:
 * @RST_EXTRA_CALDAV: calendars (RFC 4791, found by RFC 6764)
 * @RST_EXTRA_CARDDAV: address books (RFC 6352, found by RFC 6764)
 * @RST_EXTRA_JMAP: mail by JMAP (RFC 8620)
 * @RST_EXTRA_SIEVE: filters on the server (ManageSieve, RFC 5804)
 */
typedef enum {
  RST_EXTRA_CALDAV,
  RST_EXTRA_CARDDAV,
  RST_EXTRA_JMAP,
  RST_EXTRA_SIEVE,
} RstExtraKind;

typedef struct {
  RstExtraKind  kind;
  char         *url;    /* (owned) where to begin */
  const char   *source; /* (unowned) id of the source that found it */
} RstExtra;

RstExtra   *rst_extra_new       (RstExtraKind    kind,
                                 const char     *host,
                                 guint16         port,
                                 const char     *source);
RstExtra   *rst_extra_new_for_url (RstExtraKind  kind,
                                 const char     *url,
                                 const char     *source);
gboolean    rst_extra_set_path  (RstExtra       *self,
                                 const char     *path);
RstExtra   *rst_extra_copy      (const RstExtra *self);
void        rst_extra_free      (RstExtra       *self);
gint        rst_extra_compare   (gconstpointer   a,
                                 gconstpointer   b);
const char *rst_extra_get_nick  (RstExtraKind    kind);
const char *rst_extra_get_title (RstExtraKind    kind);
char       *rst_extra_describe  (const RstExtra *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstExtra, rst_extra_free)

G_END_DECLS
