/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scripts that the table of events refers to.
 */
#pragma once

#include "rst-event-private.h"

G_BEGIN_DECLS

/* A life before the event, so that there is mail of every age. */
void rst_script_life (RstWorld *world, const RstCast *cast);

#define RST_SCRIPT(name) RstLetters rst_script_##name (RstWorld *world, const RstCast *cast)

RST_SCRIPT (arrive);
RST_SCRIPT (receive);
RST_SCRIPT (day);
RST_SCRIPT (week);
RST_SCRIPT (month);
RST_SCRIPT (new_letter);
RST_SCRIPT (read);
RST_SCRIPT (old_letter);
RST_SCRIPT (send);
RST_SCRIPT (folder);
RST_SCRIPT (delete);
RST_SCRIPT (mistake);
RST_SCRIPT (away);
RST_SCRIPT (other_person);
RST_SCRIPT (service);
RST_SCRIPT (device_lost);
RST_SCRIPT (device_new);
RST_SCRIPT (computer_lost);
RST_SCRIPT (account_removed);
RST_SCRIPT (stolen);
RST_SCRIPT (server_down);
RST_SCRIPT (server_up);
RST_SCRIPT (server_lost);
RST_SCRIPT (server_moved);
RST_SCRIPT (mailbox_full);
RST_SCRIPT (expiry);
RST_SCRIPT (offline);
RST_SCRIPT (online);
RST_SCRIPT (device_full);
RST_SCRIPT (intruder);

G_END_DECLS
