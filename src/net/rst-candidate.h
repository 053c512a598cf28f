/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One server that discovery came up with: where it is, how to sign in, who named it, how far that
 * can be trusted, and what the probe found there.
 */
#pragma once

#include "rst-account.h"
#include "rst-facts.h"
#include "rst-issuer.h"

G_BEGIN_DECLS

/**
 * RstTrust:
 * @RST_TRUST_NONE: nothing vouches for it
 * @RST_TRUST_INSECURE: what came over an unprotected connection, which anybody on the way can change
 * @RST_TRUST_GUESS: a usual name under the address's domain, found to answer
 * @RST_TRUST_FOREIGN: unsigned DNS or a redirect leads to another domain
 * @RST_TRUST_DNS: unsigned DNS names a host of the address's own domain
 * @RST_TRUST_DATABASE: a list of many providers, kept by others, over verified https or built in
 * @RST_TRUST_PROVIDER: the provider's own settings file, over verified https
 * @RST_TRUST_LOCAL: a file on this computer that the person or an administrator put there
 *
 * How far a candidate can be trusted, the least of the chain that led to it.
 */
typedef enum {
  RST_TRUST_NONE,
  RST_TRUST_INSECURE,
  RST_TRUST_GUESS,
  RST_TRUST_FOREIGN,
  RST_TRUST_DNS,
  RST_TRUST_DATABASE,
  RST_TRUST_PROVIDER,
  RST_TRUST_LOCAL,
} RstTrust;

typedef struct {
  RstEndpoint *endpoint;    /* (owned) */
  char        *username;    /* (owned) placeholders already replaced */
  RstAuth      auth;        /* the first way to sign in that the source lists and the server has */
  guint        auths;       /* all that the source lists: bits 1 << RstAuth */
  RstTrust     trust;
  guint        rank;        /* place within its source: 0 is what the source prefers */
  char       **sources;     /* (owned) ids of the sources that named it, never NULL */
  gboolean     leave_known; /* POP: the source says what to do with the copies on the server … */
  RstLeave     leave;       /* … namely this … */
  guint        leave_days;  /* … for RST_LEAVE_DAYS */
  RstIssuer   *issuer;      /* (owned) (nullable) hands out tokens for it, as this computer's file says */
  RstFacts    *probe;       /* (owned) (nullable) not probed (yet) */
} RstCandidate;

#define RST_TYPE_CANDIDATE (rst_candidate_get_type ())

GType         rst_candidate_get_type  (void);
RstCandidate *rst_candidate_new       (const RstEndpoint *endpoint,
                                       const char        *username,
                                       RstAuth            auth);
RstCandidate *rst_candidate_ref       (RstCandidate      *self);
void          rst_candidate_unref     (RstCandidate      *self);
RstCandidate *rst_candidate_copy      (const RstCandidate *self);
void          rst_candidate_add_source (RstCandidate     *self,
                                       const char        *id);
void          rst_candidate_adopt     (RstCandidate       *self,
                                       const RstCandidate *other);
gboolean      rst_candidate_shares_source (const RstCandidate *self,
                                       const RstCandidate *other);
gboolean      rst_candidate_is_usable (const RstCandidate *self);
gboolean      rst_candidate_wants_browser (const RstCandidate *self);
const char   *rst_trust_get_nick      (RstTrust           trust);
const char   *rst_trust_describe      (RstTrust           trust);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstCandidate, rst_candidate_unref)

G_END_DECLS
