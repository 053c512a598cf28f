/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an IMAP server tells about the mailbox after the sign-in, noted in the facts: quota (RFC
 * 9208), STATUS (RFC 9051, SIZE of RFC 8438), folders and their purposes (RFC 6154), the first message's
 * date, how many are older (RFC 4731), and the server's name (RFC 2971). Pure.
 */
#pragma once

#include "rst-talk.h"

G_BEGIN_DECLS

void        rst_imap_note_quota   (RstTalk        *talk,
                                   const char     *text);
void        rst_imap_note_status  (RstTalk        *talk,
                                   const char     *text);
void        rst_imap_note_folder  (RstTalk        *talk,
                                   const char     *text);
void        rst_imap_note_message (RstTalk        *talk,
                                   const char     *text);
void        rst_imap_note_older   (RstTalk        *talk,
                                   const char     *text);
char       *rst_imap_format_day   (const char     *day);
void        rst_imap_note_server  (RstTalk        *talk,
                                   const char     *text);

G_END_DECLS
