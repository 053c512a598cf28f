/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the provider wishes for its mail: which way to read it, and what POP does with the copies on the
 * server. It is the word of those who named the servers that are used, of whom the most trusted counts; a
 * guess wishes nothing, and what came over an unprotected connection is not listened to. Pure.
 */
#pragma once

#include "rst-answers.h"
#include "rst-address.h"
#include "rst-findings.h"

G_BEGIN_DECLS

typedef struct {
  guint       preferred;    /* 1 << RstProtocol, or 0 … */
  const char *preferred_by; /* (unowned) (nullable) … and the id of the source that says so */
  const char *leave_by;     /* (unowned) (nullable) id of the source that says for POP … */
  RstLeave    leave;        /* … this … */
  guint       leave_days;   /* … for RST_LEAVE_DAYS */
  gboolean    takes_away;   /* the POP server lets no copies stay, as it says itself */
  gboolean    sends;        /* the server for sending was reached … */
  gboolean    sends_utf8;   /* … and knows addresses beyond ASCII */
} RstHints;

void        rst_hints_gather          (RstHints             *self,
                                       GPtrArray            *findings,
                                       RstCandidate * const *chosen);
void        rst_hints_prefer          (RstFindings          *findings,
                                       guint                 from);
const char *rst_hints_describe_source (const char           *id);
GPtrArray  *rst_hints_list            (const RstHints       *self,
                                       const RstAddress     *address,
                                       GPtrArray            *instructions);

/* What it means for POP, beside the advice. */
RstLeave    rst_hints_suggest_leave   (const RstHints       *self,
                                       const RstAnswers     *answers,
                                       guint                 advised,
                                       guint                *days);
char       *rst_hints_explain_leave   (const RstHints       *self,
                                       const RstAnswers     *answers,
                                       guint                 advised);

G_END_DECLS
