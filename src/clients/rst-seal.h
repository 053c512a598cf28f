/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program's own password store (Mozilla's logins.json and key4.db), filled between planning and
 * writing. A plan is made without the password, so it leaves a request; the loop that has the
 * password calls rst_seal_all_async(), which lets a short-lived child work on copies and adds what
 * came out to the setup, as edits like all others.
 */
#pragma once

#include <gio/gio.h>

#include "rst-edit.h"
#include "rst-secret.h"

G_BEGIN_DECLS

/* A password is kept under an origin, such as imap://imap.example.org, and a user name. */
typedef struct {
  char *origin; /* (owned) */
  char *user;   /* (owned) */
} RstSealLogin;

struct _RstSeal {
  char      *folder;  /* (owned) the profile */
  char      *program; /* (owned) its name, for sentences */
  char      *ca_file; /* (owned) (nullable) authorities that the profile is to trust, PEM */
  GPtrArray *logins;  /* (owned) (element-type RstSealLogin) sign-ins that the password is for */
};

RstSeal  *rst_seal_new       (const char           *folder,
                              const char           *program,
                              const char           *ca_file);
void      rst_seal_free      (RstSeal              *self);
void      rst_seal_add_login (RstSeal              *self,
                              const char           *origin,
                              const char           *user);
void      rst_seal_all_async (GPtrArray            *setups,
                              RstSecret            *password,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
gboolean  rst_seal_finish    (GAsyncResult         *result,
                              GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSeal, rst_seal_free)

G_END_DECLS
