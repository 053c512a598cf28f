/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the servers of an address: asks every source at once, probes what they name, and keeps one
 * list of candidates, best first, whatever order replies come in. Nothing secret is needed or sent.
 *
 * “changed” is emitted whenever there is something new to show; the getters are then valid until
 * the next emission. The first usable result comes at once, better ones later.
 */
#pragma once

#include "rst-address.h"
#include "rst-candidate.h"
#include "rst-choice.h"
#include "rst-gate.h"
#include "rst-extra.h"
#include "rst-hints.h"
#include "rst-told.h"

G_BEGIN_DECLS

/**
 * RstSourceOutcome:
 * @RST_SOURCE_WAITING: no answer yet
 * @RST_SOURCE_FOUND: named at least one server
 * @RST_SOURCE_NOTHING: answered that it has nothing
 * @RST_SOURCE_FAILED: could not be asked, or answered nonsense
 * @RST_SOURCE_SKIPPED: not asked, since the options say so
 *
 * How asking one source ended.
 */
typedef enum {
  RST_SOURCE_WAITING,
  RST_SOURCE_FOUND,
  RST_SOURCE_NOTHING,
  RST_SOURCE_FAILED,
  RST_SOURCE_SKIPPED,
} RstSourceOutcome;

/* One source's part in the search, for the “How was this found?” view. */
typedef struct {
  const char       *id;         /* such as "isp" */
  const char       *title;      /* translated: who was asked */
  GPtrArray        *told;       /* (element-type RstTold) who learnt what by it */
  GPtrArray        *asked;      /* (element-type utf8) URLs, DNS names, files */
  RstSourceOutcome  outcome;
  char             *detail;     /* (nullable) what went wrong */
  gint64            elapsed_us; /* -1 while waiting */
} RstSourceReport;

typedef struct {
  const char * const *sources;      /* (nullable) ids to ask; NULL: all */
  const char * const *provider_dirs; /* (nullable) folders with DOMAIN.xml; NULL: the usual ones */
  const char         *database_url; /* (nullable) https URL of a provider database, to which the domain
                                       is appended; NULL: the usual one */
  GTlsDatabase       *trust;        /* (nullable) authorities; NULL: the system's */
  gboolean            probe;        /* probe what is found */
  gboolean            network;      /* FALSE: files on disk only */
  gboolean            allow_http;   /* the person agreed: where nothing better works, ask over an
                                       unprotected connection too */
  RstGate            *gate;         /* (nullable) shared with other searches at the same time: then
                                       nothing is cut short once something works */
} RstDiscoveryOptions;

#define RST_TYPE_DISCOVERY (rst_discovery_get_type ())
G_DECLARE_FINAL_TYPE (RstDiscovery, rst_discovery, RST, DISCOVERY, GObject)

char            **rst_discovery_list_usual_dirs    (void);
RstDiscovery     *rst_discovery_new                (const RstAddress          *address,
                                                    const RstDiscoveryOptions *options);
void              rst_discovery_run_async          (RstDiscovery              *self,
                                                    GCancellable              *cancellable,
                                                    GAsyncReadyCallback        callback,
                                                    gpointer                   user_data);
gboolean          rst_discovery_run_finish         (RstDiscovery              *self,
                                                    GAsyncResult              *result,
                                                    GError                   **error);
const RstAddress *rst_discovery_get_address        (RstDiscovery              *self);
gboolean          rst_discovery_is_running         (RstDiscovery              *self);
gboolean          rst_discovery_is_cut_off         (RstDiscovery              *self);
GPtrArray        *rst_discovery_get_reports        (RstDiscovery              *self);
GPtrArray        *rst_discovery_get_candidates     (RstDiscovery              *self);
RstCandidate     *rst_discovery_get_chosen         (RstDiscovery              *self,
                                                    RstProtocol                protocol);
RstChoiceReason   rst_discovery_explain_choice     (RstDiscovery              *self,
                                                    RstProtocol                protocol,
                                                    const RstCandidate       **over);
GPtrArray        *rst_discovery_get_extras         (RstDiscovery              *self);
GPtrArray        *rst_discovery_get_instructions   (RstDiscovery              *self);
GPtrArray        *rst_discovery_get_stated         (RstDiscovery              *self);
const RstHints   *rst_discovery_get_hints          (RstDiscovery              *self);
gint64            rst_discovery_get_first_usable_us (RstDiscovery             *self);
gint64            rst_discovery_get_probed_us      (RstDiscovery              *self);
gint64            rst_discovery_get_elapsed_us     (RstDiscovery              *self);
const char       *rst_source_outcome_get_nick      (RstSourceOutcome           outcome);

G_END_DECLS
