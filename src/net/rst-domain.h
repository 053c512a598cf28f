/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who owns a name: domain arithmetic by the Public Suffix List (libsoup's), never by counting
 * labels.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  rst_domain_is_public   (const char         *domain);
const char *rst_domain_get_base  (const char         *name);
gboolean  rst_domain_same_site   (const char         *a,
                                  const char         *b);
gboolean  rst_domain_is_reserved (const char         *domain);
gboolean  rst_domain_has_host    (const char         *host);
char     *rst_domain_sibling     (const char         *host,
                                  const char         *label,
                                  const char * const *known);

G_END_DECLS
