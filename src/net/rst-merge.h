/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts together what all sources found and what the probes saw: one list of candidates with their
 * provenance, the choice for each protocol, and what should be probed next. Pure, and so the same
 * whatever order things arrived in.
 */
#pragma once

#include "rst-hints.h"

G_BEGIN_DECLS

/**
 * RstMergePhase:
 * @RST_MERGE_RUNNING: probes are to come; a server that a source named may be chosen meanwhile
 * @RST_MERGE_DONE: no more probes; only what was probed and found good is chosen
 * @RST_MERGE_UNPROBED: nothing is probed at all; trust decides
 *
 * What the probes' facts mean.
 */
typedef enum {
  RST_MERGE_RUNNING,
  RST_MERGE_DONE,
  RST_MERGE_UNPROBED,
} RstMergePhase;

typedef struct {
  GPtrArray    *candidates;              /* (owned) (element-type RstCandidate) best first */
  RstCandidate *chosen[RST_N_PROTOCOLS]; /* (owned) (nullable) */
  GPtrArray    *extras;                  /* (owned) (element-type RstExtra) each place once, in order */
  GPtrArray    *instructions;            /* (owned) (element-type utf8) */
  GPtrArray    *stated;                  /* (owned) (element-type RstProviderFact) */
  RstHints      hints;
  GPtrArray    *wishes;                  /* (owned) (element-type RstEndpoint) to probe, in this order */
  guint         open;                    /* protocols with wishes: bits 1 << RstProtocol */
} RstMerged;

RstMerged *rst_merge       (GPtrArray     *findings,
                            GHashTable    *facts,
                            RstMergePhase  phase);
void       rst_merged_free (RstMerged     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMerged, rst_merged_free)

G_END_DECLS
