/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a probe learnt about one server: whether it answers, how safe the connection is, what it
 * can do, and, after a sign-in, what it tells about the mailbox. Plain data, filled by the probe
 * and its dialogue, read by everybody else. All text in it is clean (rst_text_clean()).
 */
#pragma once

#include <gio/gio.h>

#include "rst-endpoint.h"

G_BEGIN_DECLS

typedef struct {
  char                *version;   /* (owned) (nullable) such as "TLS 1.3" */
  char                *cipher;    /* (owned) (nullable) */
  gboolean             verified;  /* certificate good for the host that was asked for */
  GTlsCertificateFlags problems;  /* 0 if verified */
  char               **chain;     /* (owned) who vouches for it, who for that one …, never NULL */
  GDateTime           *not_before; /* (owned) (nullable) */
  GDateTime           *not_after; /* (owned) (nullable) */
  char               **names;     /* (owned) DNS names of the certificate, never NULL */
} RstTlsFacts;

/**
 * RstStage:
 * @RST_STAGE_CLEAR: before encryption; anybody on the way can have written it
 * @RST_STAGE_ENCRYPTED: inside TLS, before a sign-in
 * @RST_STAGE_SIGNED_IN: after a sign-in
 *
 * When a server told what it can do.
 */
typedef enum {
  RST_STAGE_CLEAR,
  RST_STAGE_ENCRYPTED,
  RST_STAGE_SIGNED_IN,
} RstStage;

#define RST_N_STAGES 3

/*
 * Names in RstFacts.more, numbers in decimal digits:
 *   always     "key-kind" (RSA or EC), "key-bits", "weak-key", "self-signed" and
 *              "incomplete-chain" ("yes"); signed in: "utf8-address" ("yes" or "no": whether the server says
 *              that it knows the address, where that has other letters than ASCII's before the @)
 *   IMAP       "alert"; signed in: "messages", "unseen" and "size" (bytes) of INBOX, "quota-used"
 *              and "quota-limit" (KiB), "oldest" (the day, as 2026-11-25, on which the first message
 *              came), "older" (messages that came before that day, if the server counts them), "first-uid"
 *              and "uid-validity" (its number), "uid-next" (that of the next one to come), "folders" (that
 *              can hold mail), "folders-cut" ("yes": there are more), "special-use" (what there are folders
 *              for: archive, drafts, junk, sent, trash), "server" (name and version)
 *   POP        "expire" (days, or "NEVER"), "login-delay" (seconds), "expire-by-mailbox" and
 *              "login-delay-by-mailbox" ("yes": other mailboxes may have more), "utf8-user" ("yes":
 *              names and passwords in UTF-8 may be announced), "implementation"; signed in: "messages",
 *              "size" (bytes), "first-uid" (what UIDL calls the first message)
 *   SMTP       "size-limit" of one message (bytes)
 *   added      "same-inbox" ("yes" or "no") and "other-messages", once POP and IMAP were compared;
 *              "removed" (messages at least) and "removed-since" (UTC, ISO 8601), if two looks saw that
 *              something takes old mail away
 */
typedef struct {
  RstEndpoint *endpoint;     /* (owned) */
  gboolean     reachable;    /* a connection was made */
  gboolean     secured;      /* TLS runs on it */
  RstTlsFacts  tls;
  char        *greeting;     /* (owned) (nullable) as told inside TLS */
  char        *clear_greeting; /* (owned) (nullable) as told before TLS, for show only */
  char       **capabilities; /* (owned) upper-case words as listed inside TLS, never NULL */
  char       **told[RST_N_STAGES]; /* (owned) such words as listed at each stage, for show, never NULL */
  char       **auth;         /* (owned) SASL mechanisms offered inside TLS, never NULL */
  gboolean     signed_in;
  char        *mechanism;    /* (owned) (nullable) the one that signed in */
  GHashTable  *more;         /* (owned) name → text, see below */
  GError      *error;        /* (owned) (nullable) what went wrong, RST_ERROR domain */
  gint64       elapsed_us;   /* microseconds from start to result */
} RstFacts;

#define RST_TYPE_FACTS (rst_facts_get_type ())

GType     rst_facts_get_type       (void);
RstFacts *rst_facts_new            (const RstEndpoint *endpoint);
RstFacts *rst_facts_ref            (RstFacts          *self);
void      rst_facts_unref          (RstFacts          *self);
gboolean  rst_facts_is_usable      (const RstFacts    *self);
gboolean  rst_facts_has_capability (const RstFacts    *self,
                                    const char        *word);
gboolean  rst_facts_has_auth       (const RstFacts    *self,
                                    const char        *mechanism);
GPtrArray *rst_facts_describe_problems (const RstFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFacts, rst_facts_unref)

G_END_DECLS
