/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a setup is about to do, on disk before it does it. One folder below
 * $XDG_STATE_HOME/restante/setups for each:
 *
 *   ID/journal   what is planned (a key file)
 *   ID/secrets   what the password store held before (never a password)
 *   ID/N.before  file N as it was; N.after: as it will be, if it is a text
 *   ID/open      the state, as the name of an empty file: open → done → undoing → undone
 *
 * The folder appears complete, by a rename, before anything else is changed; its state changes by a
 * rename too, which works on a full disk. So a program that is killed at any moment leaves either no
 * trace or all that is needed to put everything back.
 */
#pragma once

#include <gio/gio.h>

#include "rst-edit.h"
#include "rst-lock.h"

G_BEGIN_DECLS

typedef enum {
  RST_JOURNAL_OPEN,
  RST_JOURNAL_DONE,
  RST_JOURNAL_UNDOING,
  RST_JOURNAL_UNDONE,
} RstJournalState;

#define RST_N_JOURNAL_STATES 4

/* One program of the setup. */
typedef struct {
  char *client; /* (owned) id */
  char *lock;   /* (owned) (nullable) its lock file */
} RstJournalProgram;

/* One file or, with kind RST_EDIT_DIRECTORY, one folder that is made. */
typedef struct {
  RstEditKind  kind;
  char        *path;   /* (owned) */
  guint        mode;   /* permission bits: before if it existed, else those that it gets */
  gboolean     loose;
  GBytes      *before; /* (owned) (nullable) NULL: it did not exist */
  GBytes      *after;  /* (owned) (nullable) NULL for folders, and for binary files in a loaded journal */
  char        *before_sum; /* (owned) (nullable) SHA-256 of before */
  char        *after_sum;  /* (owned) (nullable) SHA-256 of after */
} RstJournalFile;

/**
 * RstHeld:
 * @RST_HELD_UNKNOWN: not looked at: nothing has been stored yet
 * @RST_HELD_NOTHING: there was no such entry
 * @RST_HELD_SAME: the entry had this password already
 * @RST_HELD_OTHER: it had another password, which is kept in an entry of our own
 *
 * What the password store held before.
 */
typedef enum {
  RST_HELD_UNKNOWN,
  RST_HELD_NOTHING,
  RST_HELD_SAME,
  RST_HELD_OTHER,
} RstHeld;

typedef struct {
  RstSecretItem *item; /* (owned) */
  RstHeld        held;
  char          *kept; /* (owned) (nullable) name of our entry with the other password */
} RstJournalSecret;

typedef struct {
  char            *folder;   /* (owned) (nullable) NULL until it has been written */
  char            *id;       /* (owned) (nullable) likewise */
  char            *address;  /* (owned) */
  GDateTime       *when;     /* (owned) UTC */
  GPtrArray       *programs; /* (owned) (element-type RstJournalProgram) */
  GPtrArray       *files;    /* (owned) (element-type RstJournalFile) in the order of writing */
  GPtrArray       *secrets;  /* (owned) (element-type RstJournalSecret) */
  RstJournalState  state;
} RstJournal;

char           *rst_journal_get_root    (void);
RstLock        *rst_journal_lock        (GError              **error);
RstJournal     *rst_journal_new         (const char           *address);
void            rst_journal_free        (RstJournal           *self);
RstJournalFile *rst_journal_add_file    (RstJournal           *self,
                                         RstEditKind           kind,
                                         const char           *path,
                                         guint                 mode);
void            rst_journal_add_program (RstJournal           *self,
                                         const char           *client,
                                         const char           *lock);
void            rst_journal_add_secret  (RstJournal           *self,
                                         const RstSecretItem  *item);
gboolean        rst_journal_write       (RstJournal           *self,
                                         GError              **error);
gboolean        rst_journal_set_state   (RstJournal           *self,
                                         RstJournalState       state,
                                         GError              **error);
gboolean        rst_journal_save_held   (RstJournal           *self,
                                         GError              **error);
gboolean        rst_journal_rewrite     (RstJournal           *self,
                                         GError              **error);
void            rst_journal_remove      (RstJournal           *self);
RstJournal     *rst_journal_load        (const char           *id,
                                         gboolean              contents,
                                         GError              **error);
GPtrArray      *rst_journal_list        (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstJournal, rst_journal_free)

G_END_DECLS
