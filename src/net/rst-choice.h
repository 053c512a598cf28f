/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why one server of those that were found was chosen. Pure.
 */
#pragma once

#include "rst-candidate.h"

G_BEGIN_DECLS

/**
 * RstChoiceReason:
 * @RST_CHOICE_ONLY: there is no other for this protocol
 * @RST_CHOICE_WORKS: no other one works
 * @RST_CHOICE_TRUST: who named it can be trusted further
 * @RST_CHOICE_SECURITY: it is encrypted from the first byte on
 * @RST_CHOICE_PARTNER: the server for incoming mail comes from the same place
 * @RST_CHOICE_ORDER: its source comes first, or lists it first
 *
 * What decided, against the next best one.
 */
typedef enum {
  RST_CHOICE_ONLY,
  RST_CHOICE_WORKS,
  RST_CHOICE_TRUST,
  RST_CHOICE_SECURITY,
  RST_CHOICE_PARTNER,
  RST_CHOICE_ORDER,
} RstChoiceReason;

RstChoiceReason     rst_choice_explain  (GPtrArray           *candidates,
                                         const RstCandidate  *chosen,
                                         const RstCandidate  *partner,
                                         const RstCandidate **next);
const char         *rst_choice_get_nick (RstChoiceReason      reason);
const char         *rst_choice_describe (RstChoiceReason      reason);

G_END_DECLS
