/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one look at a mailbox saw, and what two looks tell: whether something takes the old mail away.
 * Values without any name: the mailbox and POP's name of a message are digests.
 *
 * IMAP numbers messages upwards for as long as the UIDVALIDITY is the same (RFC 9051 section 2.3.1.1),
 * so what is gone is known for sure. POP (RFC 1939) tells a name of the first message and how many
 * there are: only both together tell something.
 */
#pragma once

#include "rst-endpoint.h"

G_BEGIN_DECLS

/* Mail that went away. */
typedef struct {
  guint64 at_least; /* messages; 0: none that is known of */
  gint64  since;    /* it was there then (seconds since 1970) … */
  gint64  until;    /* … and was gone then */
} RstRemoval;

typedef struct {
  char       *mailbox;  /* (owned) rst_glance_get_mailbox() */
  gint64      when;     /* seconds since 1970 */
  guint64     messages;
  guint64     first;    /* IMAP: number of the first message; 0: not known, or there is none */
  guint64     next;     /* IMAP: the number that the next message will have; 0: not known */
  guint64     validity; /* IMAP: UIDVALIDITY; 0: not known */
  char       *name;     /* (owned) (nullable) POP: digest of the first message's name */
  RstRemoval  removal;  /* what this look and those before it tell */
} RstGlance;

char       *rst_glance_get_mailbox (const RstEndpoint *endpoint,
                                    const char        *username);
char       *rst_glance_digest      (const char        *text);
RstGlance  *rst_glance_new         (const char        *mailbox,
                                    gint64             when);
void        rst_glance_free        (RstGlance         *self);
guint64     rst_glance_compare     (const RstGlance   *before,
                                    const RstGlance   *now);
void        rst_glance_follow      (RstGlance         *self,
                                    const RstGlance   *before);

const char *rst_removal_get_title  (void);
char       *rst_removal_describe   (const RstRemoval  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstGlance, rst_glance_free)

G_END_DECLS
