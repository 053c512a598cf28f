/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A set of authorities that all connections of the process share. GnuTLS's own database is parsed anew
 * for each connection that is given it: some 5 MB and 7 ms each.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RST_TYPE_AUTHORITIES (rst_authorities_get_type ())

G_DECLARE_FINAL_TYPE (RstAuthorities, rst_authorities, RST, AUTHORITIES, GTlsDatabase)

GTlsDatabase *rst_authorities_new         (GTlsDatabase *all);
GTlsDatabase *rst_authorities_get_default (void);

G_END_DECLS
