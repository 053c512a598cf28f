/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mail address, split into the part before the @ (kept as typed) and the domain (looked up as
 * A-labels, shown as typed). Quoted local parts, address literals and single-label domains are
 * refused: no provider's account has one, and other programs' files would break on them.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  char *full;    /* (owned) local@domain as it is given to servers: A-labels */
  char *local;   /* (owned) before the @, case kept */
  char *domain;  /* (owned) lower-case A-labels */
  char *display; /* (owned) for people: Unicode domain */
} RstAddress;

#define RST_TYPE_ADDRESS (rst_address_get_type ())

GType       rst_address_get_type   (void);
RstAddress *rst_address_parse      (const char       *text,
                                    GError          **error);
RstAddress *rst_address_copy       (const RstAddress *self);
void        rst_address_free       (RstAddress       *self);
gboolean    rst_address_equal      (const RstAddress *a,
                                    const RstAddress *b);
char       *rst_address_expand     (const RstAddress *self,
                                    const char       *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAddress, rst_address_free)

G_END_DECLS
