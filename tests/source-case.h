/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One source by itself, without a network: what it asks for, and what it makes of replies.
 */
#pragma once

#include "rst-source.h"

G_BEGIN_DECLS

typedef struct {
  const RstSource *source;
  RstAddress      *address;
  RstSearch        search;
  RstFindings     *findings;
} Fixture;

#define SETTINGS(HOST) \
  "<clientConfig version=\"1.1\"><emailProvider id=\"x\"><incomingServer type=\"imap\"><hostname>" HOST \
  "</hostname><port>993</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>"

Fixture  *fixture_new               (const char     *id,
                                     const char     *mail);
Fixture  *fixture_new_with_database (const char     *id,
                                     const char     *mail,
                                     const char     *database_url);
void      fixture_free              (Fixture        *self);
char     *list_asks                 (Fixture        *self);
char     *list_candidates           (Fixture        *self);
RstReply *reply_new                 (RstAskKind      kind,
                                     const char     *name,
                                     RstReplyStatus  status);
RstReply *document_new              (RstAskKind      kind,
                                     const char     *name,
                                     const char     *host,
                                     const char     *text);
void      read_reply                (Fixture        *self,
                                     RstReply       *reply);
void      assert_text               (char           *got,
                                     const char     *wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

G_END_DECLS
