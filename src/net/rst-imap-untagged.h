/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an IMAP server says unasked: capabilities, response codes (RFC 9051 section 7.1), alerts, and that it
 * closes the connection. Pure.
 */
#pragma once

#include "rst-dialogue.h"
#include "rst-talk.h"

G_BEGIN_DECLS

void    rst_imap_note_code (RstTalk         *talk,
                            const RstReply  *reply);
RstStep rst_imap_read_data (RstTalk         *talk,
                            const RstReply  *reply,
                            GError         **error);

G_END_DECLS
