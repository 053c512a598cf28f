/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the facts of a probe say about the mailbox, in the terms of the advice. Pure. */
#pragma once

#include "rst-answers.h"
#include "rst-facts.h"
#include "rst-glance.h"

G_BEGIN_DECLS

/**
 * RstInboxes:
 * @RST_INBOXES_UNKNOWN: too little is known
 * @RST_INBOXES_SAME: POP shows what is in IMAP's INBOX
 * @RST_INBOXES_DIFFER: POP shows another number of messages
 *
 * Whether a mailbox looks the same by POP and by IMAP.
 */
typedef enum {
  RST_INBOXES_UNKNOWN,
  RST_INBOXES_SAME,
  RST_INBOXES_DIFFER,
} RstInboxes;

gboolean   rst_facts_get_number      (const RstFacts  *self,
                                      const char      *name,
                                      guint64         *value);
RstInboxes rst_facts_compare_inboxes (const RstFacts  *imap,
                                      const RstFacts  *pop);
void       rst_facts_answer          (const RstFacts  *self,
                                      RstAnswers      *answers);
char      *rst_facts_describe_oldest (const RstFacts  *self);
char      *rst_facts_describe_folders (const RstFacts *self);
gboolean   rst_facts_takes_utf8      (const RstFacts  *self);
char      *rst_facts_describe_letters (const RstFacts *self);
gboolean   rst_facts_takes_away      (const RstFacts  *self);
char      *rst_facts_describe_keeping (const RstFacts *self);
char      *rst_facts_describe_delay  (const RstFacts  *self);
guint      rst_facts_get_delay       (const RstFacts  *self);
void       rst_facts_note_inboxes    (RstFacts        *imap,
                                      RstFacts        *pop);
char      *rst_facts_describe_inbox  (const RstFacts  *self);
RstGlance *rst_facts_make_look       (const RstFacts  *self,
                                      const char      *username,
                                      gint64           when);
void       rst_facts_note_removal    (RstFacts        *self,
                                      const RstGlance *look);
gboolean   rst_facts_get_removal     (const RstFacts  *self,
                                      RstRemoval      *removal);

G_END_DECLS
