/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A world for discovery to search, read from a file, in which things happen in an order that the test
 * chooses. A .search file has lines, what exists first and what must come out last:
 *
 *   address taro@example.org      the search; also: sources A,B   no-probe   no-network   allow-http
 *   https URL FILE                FILE of the same folder is there; after redirects: URL from HOST FILE
 *   post URL FILE, http URL FILE  the same for a POST, and over an unprotected connection
 *   srv NAME PRIORITY WEIGHT PORT TARGET
 *   mx DOMAIN PREFERENCE HOST     txt NAME TEXT
 *   host NAME                     the name has an address          every-host DOMAIN   all names have
 *   fail ASK                      asking that fails; ASK as it is reported, such as "SRV _imaps._tcp.…"
 *   never ASK                     asking that brings no answer
 *   good|cert|plain URL [WORD…]   what a probe finds; WORDs are SASL mechanisms; elsewhere nothing answers
 *   silent URL                    … and this one does not answer in time     hang URL   nor ends its probe
 *   ---
 *   chosen PROTOCOL URL|-  [USER]
 *   source ID OUTCOME             detail ID TEXT
 *   listed URL SOURCES            instruction TEXT
 *   extra KIND URL                extras N     told ID WHO visit|domain|address|nothing
 *   hint TEXT                             hints N
 *   trust URL NICK                unasked PREFIX of what would be asked or probed    instructions N
 *   within MS                     it does not go on until its last limit, 8000   orders N   default 60
 */
#pragma once

#include "rst-discovery-private.h"

G_BEGIN_DECLS

typedef struct {
  RstAddress  *address;     /* (owned) */
  char       **sources;     /* (owned) (nullable) */
  gboolean     no_probe;
  gboolean     no_network;
  gboolean     allow_http;
  GPtrArray   *facts;       /* (owned) (element-type utf8) lines before the rule */
  GPtrArray   *expected;    /* (owned) (element-type utf8) lines after it */
  char        *folder;      /* (owned) */
} World;

typedef struct _WorldRun WorldRun;

World      *world_load            (const char   *path);
void        world_free            (World        *self);
RstReply   *world_reply           (World        *self,
                                   const RstAsk *ask,
                                   guint32       seed);
WorldRun   *world_run_new         (World        *self,
                                   guint32       seed);
RstOutside *world_run_get_outside (WorldRun     *self);
guint       world_run_get_steps   (WorldRun     *self);
gboolean    world_run_step        (WorldRun     *self);
guint       world_run_get_asked   (WorldRun     *self,
                                   const char   *name);
guint       world_run_get_most    (WorldRun     *self);
guint       world_run_get_most_on_host (WorldRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

G_END_DECLS
