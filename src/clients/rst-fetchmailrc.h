/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a run control file of fetchmail 6.4, see fetchmail(1): words, strings and noise, in entries
 * that begin with poll, skip or defaults. Only what makes an account is kept. What the file does
 * not say is as fetchmail does it: mail is removed from the server.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void rst_fetchmailrc_read (const char *text,
                           GPtrArray  *accounts,
                           GPtrArray  *names);

G_END_DECLS
