/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who learns what about a person when something is looked up, or a server is visited. Pure.
 */
#pragma once

#include "rst-address.h"
#include "rst-redact.h"

G_BEGIN_DECLS

/**
 * RstToldWhat:
 * @RST_TOLD_VISIT: that somebody asks, nothing about whom
 * @RST_TOLD_DOMAIN: the domain of the address
 * @RST_TOLD_ADDRESS: the address
 */
typedef enum {
  RST_TOLD_VISIT,
  RST_TOLD_DOMAIN,
  RST_TOLD_ADDRESS,
} RstToldWhat;

typedef struct {
  char        *who;  /* (owned) (nullable) a host; NULL: the name server */
  RstToldWhat  what;
} RstTold;

RstTold    *rst_told_new_lookup (const char         *name,
                                 const RstAddress   *address,
                                 const RstRedaction *redaction);
RstTold    *rst_told_new_visit  (const char         *url,
                                 const char         *body,
                                 const RstAddress   *address,
                                 const RstRedaction *redaction);
void        rst_told_free       (RstTold            *self);
void        rst_told_add        (GPtrArray          *list,
                                 RstTold            *told);
char       *rst_told_describe   (const RstTold      *self);
const char *rst_told_get_nick   (RstToldWhat         what);

G_END_DECLS
