/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of a source of servers. A source is pure: it says what to fetch and reads the replies,
 * one at a time and in any order; the loop in rst-discovery.c does the fetching, the limits and the
 * ranking. A new source is one file, source-NAME.c, that ends in its table entry, and one name in
 * meson.build.
 */
#pragma once

#include "rst-address.h"
#include "rst-findings.h"

G_BEGIN_DECLS

/* What is searched, and with which means. */
typedef struct {
  const RstAddress   *address;
  const char * const *provider_dirs; /* folders with DOMAIN.xml, the most important first */
  const char * const *languages;     /* of the person, the preferred first */
  const char         *database_url;  /* (nullable) of the provider database; NULL: not to be asked */
} RstSearch;

typedef struct {
  const char *id;
  const char *title;   /* N_(): who is asked */
  gboolean    network; /* needs more than this computer */
  gboolean    insecure; /* asked only if the person agreed, and only if nothing better works */

  /* Says what to fetch first. No ask at all: the note that it leaves says why; or it needs no network,
   * and what it leaves is all it knows. */
  void      (*ask)    (const RstSearch *search,
                       RstFindings     *findings);

  /* Reads a reply, whatever its status, into candidates, instructions, notes, and further asks. */
  void      (*read)   (const RstSearch *search,
                       const RstReply  *reply,
                       RstFindings     *findings);
} RstSource;

extern const RstSource * const rst_sources[];

G_END_DECLS
