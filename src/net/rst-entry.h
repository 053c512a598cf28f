/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A candidate while sources are merged, and the one order of preference among candidates. Pure.
 *
 * Trust is about hosts: it says who might be behind a name. How to connect to a host is another question,
 * which a probe answers, and there the more secure way that works wins, whoever named it. So where sources
 * name one host for one protocol in several ways, the most trusted of them vouches for the host, and says
 * how to sign in there; only then security decides. Not more than the same host: under a domain that is
 * registered once, hosts may belong to many, and unsigned DNS must not move anybody to another one. And
 * only up: where both ways are as secure, who is trusted further still wins.
 */
#pragma once

#include "rst-candidate.h"

G_BEGIN_DECLS

/* What is known of a candidate, best first. */
typedef enum {
  RST_CLASS_VERIFIED, /* a probe found it good */
  RST_CLASS_UNPROBED,
  RST_CLASS_FAILED,
  RST_CLASS_PLAIN,    /* without encryption: neither probed nor chosen */
} RstClass;

typedef struct {
  RstCandidate *candidate;   /* (owned) trusted as far as anybody who named its host */
  RstTrust      trust;       /* of those who named just this */
  guint         order;       /* of the source that is trusted most about it */
  gboolean      named;       /* somebody said that it exists … */
  gboolean      speculative; /* … but nobody whose word counts */
  gboolean      unproven;    /* nor does its name mean anything */
} RstEntry;

RstEntry *rst_entry_new              (RstCandidate       *candidate,
                                      guint               order);
void      rst_entry_free             (RstEntry           *self);
RstClass  rst_entry_get_class        (const RstEntry     *self);
gboolean  rst_entry_shares_host      (const RstEntry     *self,
                                      const RstEntry     *other);
gint      rst_entry_compare          (const RstEntry     *self,
                                      const RstEntry     *other,
                                      const RstCandidate *partner);
gint      rst_entry_compare_unprobed (const RstEntry     *self,
                                      const RstEntry     *other,
                                      const RstCandidate *partner);
gboolean  rst_entry_beats            (const RstEntry     *self,
                                      const RstEntry     *other);

G_END_DECLS
