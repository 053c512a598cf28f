/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source of servers has found so far, and what it wants to know next, as plain data. */
#pragma once

#include "rst-ask.h"
#include "rst-candidate.h"
#include "rst-extra.h"
#include "rst-provider-fact.h"

G_BEGIN_DECLS

/* A source may ask this often, whatever the replies say … */
#define RST_ASKS_MAX 32
/* … and name this many servers. */
#define RST_CANDIDATES_MAX 32

typedef struct {
  const char *source;       /* (unowned) id */
  GPtrArray  *asks;         /* (owned) (element-type RstAsk) all so far, in order */
  GPtrArray  *candidates;   /* (owned) (element-type RstCandidate) */
  GPtrArray  *extras;       /* (owned) (element-type RstExtra) */
  GPtrArray  *instructions; /* (owned) (element-type utf8) what the provider tells its customers */
  GPtrArray  *stated;       /* (owned) (element-type RstProviderFact) rows of the list of providers */
  GPtrArray  *kept;         /* (owned) (element-type RstReply) what waits for other replies */
  GPtrArray  *notes;        /* (owned) (element-type utf8) for the “How was this found?” view */
  gboolean    failed;       /* something could not be asked or understood */
  guint       denied;       /* protocols that the domain publishes as not offered: 1 << RstProtocol */
  guint       preferred;    /* the way to read mail that its document puts first: 1 << RstProtocol, or 0 */
  gboolean    unproven;     /* that a name exists proves nothing: every name does */
} RstFindings;

RstFindings *rst_findings_new         (const char   *source);
void         rst_findings_free        (RstFindings  *self);
RstAsk      *rst_findings_ask         (RstFindings  *self,
                                       RstAskKind    kind,
                                       const char   *format,
                                       ...) G_GNUC_PRINTF (3, 4);
void         rst_findings_post        (RstFindings  *self,
                                       const char   *url,
                                       const char   *body);
void         rst_findings_take        (RstFindings  *self,
                                       RstCandidate *candidate,
                                       RstTrust      trust,
                                       guint         rank);
void         rst_findings_keep        (RstFindings    *self,
                                       const RstReply *reply);
void         rst_findings_add_extra   (RstFindings  *self,
                                       RstExtra     *extra);
void         rst_findings_merge       (RstFindings       *self,
                                       const RstFindings *other);
void         rst_findings_sort        (RstFindings  *self);
void         rst_findings_instruct    (RstFindings  *self,
                                       const char   *text);
void         rst_findings_note        (RstFindings  *self,
                                       const char   *text);
void         rst_findings_fail        (RstFindings  *self,
                                       const char   *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFindings, rst_findings_free)

G_END_DECLS
