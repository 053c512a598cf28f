/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One mail account: what a client writer is given, and what is read back from a mail program. The
 * password is never part of it.
 */
#pragma once

#include "rst-endpoint.h"

G_BEGIN_DECLS

/**
 * RstLeave:
 * @RST_LEAVE_REMOVE: taken off the server as soon as it has been fetched
 * @RST_LEAVE_DAYS: copies stay on the server for some days
 * @RST_LEAVE_KEEP: copies stay on the server until somebody deletes them
 *
 * What a POP program does with the server's copies.
 */
typedef enum {
  RST_LEAVE_REMOVE,
  RST_LEAVE_DAYS,
  RST_LEAVE_KEEP,
} RstLeave;

/**
 * RstAuth:
 * @RST_AUTH_PASSWORD: a password over an encrypted connection (PLAIN, LOGIN, USER/PASS)
 * @RST_AUTH_ENCRYPTED: challenge and response (SCRAM, CRAM-MD5)
 * @RST_AUTH_OAUTH2: the provider's sign-in page
 * @RST_AUTH_NONE: no sign-in (outgoing servers only)
 *
 * How a mail program signs in, in the terms of its own settings.
 */
typedef enum {
  RST_AUTH_PASSWORD,
  RST_AUTH_ENCRYPTED,
  RST_AUTH_OAUTH2,
  RST_AUTH_NONE,
} RstAuth;

typedef struct {
  RstEndpoint *endpoint; /* (owned) (nullable) NULL: not known or not used */
  char        *username; /* (owned) (nullable) */
  RstAuth      auth;
} RstLogin;

typedef struct {
  char     *address;      /* (owned) local@domain */
  char     *name;         /* (owned) (nullable) the person's name for outgoing mail */
  RstLogin  incoming;     /* IMAP or POP3: the account's method */
  RstLogin  outgoing;     /* submission */
  RstLeave  leave;        /* POP only */
  guint     leave_days;   /* POP with RST_LEAVE_DAYS: days */
  guint     login_delay;  /* POP: seconds that the server wants between two sign-ins; 0: any */
  gboolean  delete_along; /* POP: deleting here deletes on the server too */
  gboolean  store_secret; /* the password is in the Secret Service for the program to fetch */
  char     *ca_file;      /* (owned) (nullable) PEM file of an authority to trust besides the system's */
} RstAccount;

#define RST_TYPE_ACCOUNT (rst_account_get_type ())

GType       rst_account_get_type     (void);
RstAccount *rst_account_new          (const char       *address);
RstAccount *rst_account_copy         (const RstAccount *self);
void        rst_account_free         (RstAccount       *self);
gboolean    rst_account_is_pop       (const RstAccount *self);
gboolean    rst_account_same_mailbox (const RstAccount *a,
                                      const RstAccount *b);
char       *rst_account_slug         (const RstAccount *self);
void        rst_login_set            (RstLogin         *self,
                                      const RstEndpoint *endpoint,
                                      const char       *username,
                                      RstAuth           auth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAccount, rst_account_free)

G_END_DECLS
