/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The small shell script that fetchmail needs, the same for every account and person. It hands
 * fetchmail the password from the keyring on standard input, since fetchmail cannot ask there itself;
 * and it puts a message into a Maildir, since a desktop has no mail transport of its own. POSIX sh
 * and coreutils only.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What begins the line of a managed block that says how the password is fetched. */
#define RST_FETCH_SCRIPT_PASSWORD "# password: "

char *rst_fetch_script (void);

G_END_DECLS
