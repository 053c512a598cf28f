/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice, servers and mixing check in the words that the command shows.
 */
#pragma once

#include "rst-account.h"
#include "rst-advice.h"
#include "rst-discovery.h"
#include "rst-mixing.h"

G_BEGIN_DECLS

void        ctl_print_advice      (const RstAdvice       *advice,
                                   gboolean               all);
void        ctl_print_arrangement (const RstAdvice       *advice,
                                   GPtrArray             *devices);
void        ctl_print_mixing      (const RstMixingReport *report);
void        ctl_print_facts       (const RstFacts        *facts);
void        ctl_print_mailbox     (const RstFacts        *facts);
void        ctl_print_hints       (GPtrArray             *hints);
char       *ctl_describe_endpoint (const RstEndpoint     *endpoint);
char       *ctl_describe_account  (const RstAccount      *account);
const char *ctl_describe_outcome  (RstSourceOutcome       outcome);

G_END_DECLS
