/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One source's part in a search: what it asked, what is still out, what it found, and the report
 * of it. Pure.
 */
#pragma once

#include "rst-discovery.h"
#include "rst-source.h"

G_BEGIN_DECLS

typedef struct {
  const RstSource *source;   /* (unowned) */
  const RstSearch *search;   /* (unowned) (nullable) once it has begun */
  RstFindings     *findings; /* (owned) */
  RstSourceReport *report;   /* (owned) */
  guint            sent;     /* asks that have been sent */
  GPtrArray       *pending;  /* (owned) (element-type RstAsk) of them, those without a reply */
  gboolean         cut;      /* no reply is taken any more */
  gboolean         heard;    /* somebody replied, if only that there is nothing */
  RstRedaction    *redaction; /* (owned) (nullable) what says who the person is, once it has begun */
  GHashTable      *probed;   /* (owned) a set of RstEndpoint: what these servers learnt is noted */
  GPtrArray       *nothings; /* (owned) (element-type utf8) replies that there is nothing */
  GPtrArray       *failures; /* (owned) (element-type utf8) replies that never came */
} RstPart;

RstPart      *rst_part_new      (const RstSource *source);
void          rst_part_free     (RstPart         *self);
void          rst_part_begin    (RstPart         *self,
                                 const RstSearch *search);
void          rst_part_skip     (RstPart         *self,
                                 const char      *reason);
const RstAsk *rst_part_next_ask (RstPart         *self);
void          rst_part_take     (RstPart         *self,
                                 const RstSearch *search,
                                 const RstReply  *reply);
void          rst_part_cut      (RstPart         *self);
void          rst_part_judge    (RstPart         *self,
                                 GPtrArray       *listed,
                                 GHashTable      *facts,
                                 gboolean         open,
                                 gint64           elapsed_us);

G_END_DECLS
