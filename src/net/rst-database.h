/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider database: one settings file for each domain at a common https address
 * (draft-ietf-mailmaint-autoconfig). It is told a domain, never an address, and nothing about names
 * that exist only in private networks, unless it is a private one too.
 */
#pragma once

#include "rst-source.h"

G_BEGIN_DECLS

/* The one that the draft names. */
#define RST_DATABASE_URL "https://v1.ispdb.net/"

gboolean    rst_database_is_url     (const char      *url);
char       *rst_database_get_url    (const RstSearch *search,
                                     const char      *domain);
char       *rst_database_get_host   (const RstSearch *search);
const char *rst_database_get_domain (const RstSearch *search,
                                     const char      *url);

G_END_DECLS
