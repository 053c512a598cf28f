/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One planned change of one file, complete with what was there before. Nothing here touches a disk:
 * a plan can be shown, compared and thrown away.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RstEditKind:
 * @RST_EDIT_TEXT: a text file; shown line by line in the review
 * @RST_EDIT_BINARY: a file that is not for reading (a key store); shown as a sentence
 * @RST_EDIT_DIRECTORY: a folder that has to exist
 *
 * What an edit makes.
 */
typedef enum {
  RST_EDIT_TEXT,
  RST_EDIT_BINARY,
  RST_EDIT_DIRECTORY,
} RstEditKind;

typedef struct {
  RstEditKind kind;
  char       *path;    /* (owned) absolute */
  guint       mode;    /* permission bits if the file is new; an existing one keeps its own */
  GBytes     *before;  /* (owned) (nullable) NULL: there is no such file yet */
  GBytes     *after;   /* (owned) (nullable) NULL for folders only */
  char       *summary; /* (owned) translated sentence: what this edit does */
  gboolean    loose;   /* its lines stand alone in any order (prefs.js): undo may take out single ones */
} RstEdit;

/* A password that a program fetches by itself from the Secret Service. */
typedef struct {
  const char *schema;     /* (nullable) xdg:schema name; NULL: the generic one */
  char       *label;      /* (owned) shown in the keyring's own program */
  GHashTable *attributes; /* (owned) utf8 → utf8 */
} RstSecretItem;

/* A wish for a program's own password store; see rst-seal.h. */
typedef struct _RstSeal RstSeal;

/* Everything that setting up one account in one program takes. */
typedef struct {
  const char *client;   /* id of the client */
  GPtrArray  *edits;    /* (element-type RstEdit) in the order in which they are made */
  GPtrArray  *secrets;  /* (element-type RstSecretItem) stored before any file is written */
  GPtrArray  *next;     /* (element-type utf8) translated: what the person does next, if anything */
  char       *lock;     /* (owned) (nullable) file with a POSIX lock while the program runs */
  RstSeal    *seal;     /* (owned) (nullable) to be granted by rst_seal_all_async() before writing */
} RstSetup;

#define RST_TYPE_EDIT (rst_edit_get_type ())

GType          rst_edit_get_type     (void);
RstEdit       *rst_edit_new          (RstEditKind          kind,
                                      const char          *path,
                                      guint                mode,
                                      GBytes              *before,
                                      GBytes              *after,
                                      const char          *summary);
RstEdit       *rst_edit_copy         (const RstEdit       *self);
void           rst_edit_free         (RstEdit             *self);
gboolean       rst_edit_changes      (const RstEdit       *self);

RstSecretItem *rst_secret_item_new   (const char          *schema,
                                      const char          *label,
                                      ...) G_GNUC_NULL_TERMINATED;
RstSecretItem *rst_secret_item_copy  (const RstSecretItem *self);
void           rst_secret_item_free  (RstSecretItem       *self);
gboolean       rst_secret_item_equal (const RstSecretItem *a,
                                      const RstSecretItem *b);

RstSetup      *rst_setup_new         (const char          *client);
void           rst_setup_free        (RstSetup            *self);
gboolean       rst_setup_edits       (const RstSetup      *self);
gboolean       rst_setup_changes     (const RstSetup      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstEdit, rst_edit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSecretItem, rst_secret_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSetup, rst_setup_free)

G_END_DECLS
