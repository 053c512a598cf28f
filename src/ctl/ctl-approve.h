/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hosts that may be given the password: those that the person names, or agrees to when asked.
 */
#pragma once

#include "ctl-verb.h"
#include "rst-candidate.h"

G_BEGIN_DECLS

typedef struct {
  char     *list;         /* (nullable) --approve=HOST,…|any */
  gboolean  yes;          /* --yes: also those that the provider or a file here vouches for */
} CtlApproval;

#define CTL_APPROVE_ENTRY(variable)                                                                  \
  { "approve", 0, 0, G_OPTION_ARG_STRING, &variable,                                                 \
    N_("Hosts that may be given the password"), N_("HOST,…|any") }

CtlExit ctl_approve (const CtlApproval *self,
                     GPtrArray         *candidates);

G_END_DECLS
