/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The grammar of IMAP (RFC 9051 section 9), as much as a probe needs: replies that span lines
 * because of literals, words of a response, strings of a command. Pure.
 */
#pragma once

#include "rst-talk.h"

G_BEGIN_DECLS

gboolean rst_imap_parse   (RstTalk    *talk,
                           char       *line,
                           gsize       end_length,
                           RstReply   *reply,
                           GError    **error);
char   **rst_imap_words   (const char *text);
gboolean rst_imap_is_safe (const char *text);
char    *rst_imap_quote   (const char *text);

G_END_DECLS
