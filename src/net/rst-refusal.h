/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a server's refusal of a sign-in means, by its codes and, where these say too little, by the
 * words that providers are known to use.
 */
#pragma once

#include "rst-dialogue.h"
#include "rst-error.h"

G_BEGIN_DECLS

typedef struct {
  RstError    kind;
  RstTrouble    cause;
  const char *sentence; /* what happened, N_() */
} RstRefusal;

const RstRefusal *rst_refusal_find (RstProtocol     protocol,
                                    const RstReply *reply);

G_END_DECLS
