/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps a wrong password from being sent again and again, which would have providers lock the
 * account: in one run of the program the same name and password are sent to one host at most twice
 * in vain, however many protocols are tried at once. For the main thread only.
 */
#pragma once

#include "rst-secret.h"

G_BEGIN_DECLS

#define RST_ATTEMPTS_MAX 2

/**
 * RstGrant:
 * @RST_GRANT_NOW: the password may be sent
 * @RST_GRANT_LATER: attempts with it are under way, wait for how they end
 * @RST_GRANT_NEVER: it has been refused often enough
 *
 * Whether an attempt may be made.
 */
typedef enum {
  RST_GRANT_NOW,
  RST_GRANT_LATER,
  RST_GRANT_NEVER,
} RstGrant;

typedef void (*RstGrantFunc) (gpointer data);

char     *rst_attempts_key    (const char   *host,
                               const char   *username,
                               RstSecret    *password);
RstGrant  rst_attempts_begin  (const char   *key,
                               RstGrantFunc  changed,
                               gpointer      data);
void      rst_attempts_forget (const char   *key,
                               gpointer      data);
void      rst_attempts_end    (const char   *key,
                               gboolean      accepted);
void      rst_attempts_reset  (void);

G_END_DECLS
