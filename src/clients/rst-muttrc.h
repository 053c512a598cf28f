/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads muttrc files of mutt 2 and neomutt, see muttrc(5): commands of words with quotes, escapes and
 * continued lines; `source` is followed as far as the files are known. Nothing in backquotes is
 * run: its output counts as empty.
 */
#pragma once

#include "rst-client.h"

G_BEGIN_DECLS

/* A place that is opened as a mailbox. */
typedef struct {
  char *url;   /* (owned) as written */
  char *owner; /* (owned) (nullable) the address that the managed block around it is about */
} RstMuttMailbox;

typedef struct {
  GHashTable *values;    /* (element-type utf8 utf8) variables that are set, without `my_` */
  GHashTable *owners;    /* (element-type utf8 utf8) variable → whose managed block set it */
  GPtrArray  *mailboxes; /* (element-type RstMuttMailbox) */
  GPtrArray  *hooks;     /* (element-type utf8) commands of account-hooks */
  GPtrArray  *sources;   /* (element-type utf8) absolute paths of files that it reads */
} RstMuttrc;

RstMuttrc *rst_muttrc_read     (const RstPlaces *places,
                                const RstFiles  *files,
                                const char      *text);
void       rst_muttrc_free     (RstMuttrc       *self);
void       rst_muttrc_accounts (const RstMuttrc *self,
                                GPtrArray       *accounts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMuttrc, rst_muttrc_free)

G_END_DECLS
