/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of a mail program. A client is one file, client-ID.c, with one const RstClient as its
 * last definition; it is pure: texts of files in, accounts or planned edits out. Reading, locking,
 * writing, backup and undo live once, in rst-scan.c and rst-writer.c.
 *
 * To add a program: write client-ID.c, put ID into the list in src/clients/meson.build, add a golden
 * folder tests/cases/clients/ID. Nothing else.
 */
#pragma once

#include "rst-account.h"
#include "rst-edit.h"

G_BEGIN_DECLS

typedef enum {
  RST_CLIENT_IMAP = 1 << 0,
  RST_CLIENT_POP = 1 << 1,
  RST_CLIENT_SMTP = 1 << 2,
  RST_CLIENT_POP_DAYS = 1 << 3,  /* can leave copies for a number of days */
  RST_CLIENT_TERMINAL = 1 << 4,  /* for the terminal: offered after the desktop's programs */
  RST_CLIENT_OWN_STORE = 1 << 5, /* keeps passwords in a store of its own, not the Secret Service */
  RST_CLIENT_OAUTH2 = 1 << 6,    /* can sign in through the provider's page by itself */
} RstClientFlags;

/* Where this person's files are; paths are absolute and borrowed. */
typedef struct {
  const char *home;
  const char *config; /* $XDG_CONFIG_HOME */
  const char *data;   /* $XDG_DATA_HOME */
} RstPlaces;

/* The files read so far: path → contents, or known to be absent. */
typedef struct _RstFiles RstFiles;

/* One configuration of a program: most have one, Thunderbird may have several. */
typedef struct {
  char     *id;         /* (owned) stable within the program */
  char     *title;      /* (owned) shown if there are several */
  char     *folder;     /* (owned) where its files are */
  char     *lock;       /* (owned) (nullable) file with a POSIX lock while the program runs */
  gboolean  is_default; /* the one that the program opens */
  gboolean  exists;     /* FALSE: the program was never started; a setup creates it */
} RstProfile;

typedef struct _RstClient RstClient;

/**
 * RstClient:
 * @id: its name in files and on the command line
 * @name: its name as people know it, not translated
 * @programs: names of executables, %NULL-terminated; installed if one is found in the path
 * @flags: what it can do
 * @wants: adds the absolute paths it needs to read. Called again with what has been read until it
 *   adds nothing new, so that one file may name the next (profiles.ini → prefs.js)
 * @profiles: adds a #RstProfile for each configuration; at least one, existing or not
 * @accounts: adds an #RstAccount for each mail account found in a profile
 * @plan: adds the edits and secrets that put @account into @profile. An account that is there
 *   already with the same settings adds no edit; one that is ours still adds the secrets, which may
 *   be new. Fails with %RST_ERROR_CONFLICT if something is in
 *   the way that must not be overwritten, %RST_ERROR_INPUT for a value the format cannot hold
 *
 * A mail program.
 */
struct _RstClient {
  const char         *id;
  const char         *name;
  const char * const *programs;
  RstClientFlags      flags;
  void     (*wants)    (const RstPlaces  *places,
                        const RstFiles   *files,
                        GPtrArray        *paths);
  void     (*profiles) (const RstPlaces  *places,
                        const RstFiles   *files,
                        GPtrArray        *profiles);
  void     (*accounts) (const RstPlaces  *places,
                        const RstProfile *profile,
                        const RstFiles   *files,
                        GPtrArray        *accounts);
  gboolean (*plan)     (const RstPlaces  *places,
                        const RstProfile *profile,
                        const RstFiles   *files,
                        const RstAccount *account,
                        RstSetup         *setup,
                        GError          **error);
};

/* Generated from the list in meson.build; the order is the order on screen. NULL-terminated. */
extern const RstClient * const rst_clients[];

const RstClient *rst_client_find       (const char        *id);
gboolean         rst_client_receives   (const RstClient   *self);
gboolean         rst_client_suits      (const RstClient   *self,
                                        const RstAccount  *account);
char            *rst_client_list_oauth (void);
gboolean         rst_client_check      (const RstClient   *self,
                                        const RstAccount  *account,
                                        GError           **error);

RstFiles        *rst_files_new         (void);
void             rst_files_free        (RstFiles          *self);
void             rst_files_add         (RstFiles          *self,
                                        const char        *path,
                                        GBytes            *contents);
gboolean         rst_files_knows       (const RstFiles    *self,
                                        const char        *path);
GBytes          *rst_files_get         (const RstFiles    *self,
                                        const char        *path);
char            *rst_files_dup_text    (const RstFiles    *self,
                                        const char        *path);

RstProfile      *rst_profile_new       (const char        *id,
                                        const char        *title,
                                        const char        *folder);
void             rst_profile_free      (RstProfile        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFiles, rst_files_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstProfile, rst_profile_free)

G_END_DECLS
