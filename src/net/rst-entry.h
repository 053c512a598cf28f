/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A candidate while sources are merged, and the one order of preference among candidates. Pure.
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
  RstCandidate *candidate;   /* (owned) */
  guint         order;       /* of the source that is trusted most about it */
  gboolean      named;       /* somebody said that it exists … */
  gboolean      speculative; /* … but nobody whose word counts */
  gboolean      unproven;    /* nor does its name mean anything */
} RstEntry;

RstEntry *rst_entry_new              (RstCandidate       *candidate,
                                      guint               order);
void      rst_entry_free             (RstEntry           *self);
RstClass  rst_entry_get_class        (const RstEntry     *self);
gint      rst_entry_compare          (const RstEntry     *self,
                                      const RstEntry     *other,
                                      const RstCandidate *partner);
gint      rst_entry_compare_unprobed (const RstEntry     *self,
                                      const RstEntry     *other,
                                      const RstCandidate *partner);
gboolean  rst_entry_beats            (const RstEntry     *self,
                                      const RstEntry     *other);

G_END_DECLS
