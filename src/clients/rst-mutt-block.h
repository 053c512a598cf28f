/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of one account in a muttrc, see muttrc(5). The password is fetched when the program
 * starts; its place is within double quotes and is expanded once, since mutt reads the output of an
 * unquoted command as commands.
 */
#pragma once

#include "rst-muttrc.h"

G_BEGIN_DECLS

/* How an account stands to what comes before it in the file. */
typedef struct {
  gboolean first;   /* nothing else is opened: this one is what the program starts with */
  gboolean sends;   /* mail is sent through this account */
  gboolean stores;  /* the password comes from the keyring; otherwise it is asked for */
  gboolean restore; /* other accounts have no hooks of their own and need their password back */
} RstMuttRole;

RstMuttRole rst_mutt_block_role    (const RstMuttrc    *before,
                                    const RstAccount   *account);
gboolean    rst_mutt_block_fetches (const RstAccount   *account,
                                    const RstMuttRole  *role);
char       *rst_mutt_block_render  (const RstAccount   *account,
                                    const RstMuttRole  *role,
                                    GError            **error);
char       *rst_mutt_block_spool   (const RstAccount   *account);

G_END_DECLS
