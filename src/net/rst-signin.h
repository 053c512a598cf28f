/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the three protocols share when signing in: the exchange of SASL messages, and what a refusal
 * means. One attempt in a conversation, never a second way after the first failed.
 */
#pragma once

#include "rst-talk.h"

G_BEGIN_DECLS

gboolean rst_signin_choose      (RstTalk        *talk);
RstStep  rst_signin_start       (RstTalk        *talk,
                                 guint           state,
                                 const char     *command,
                                 gboolean        initial,
                                 GError        **error);
RstStep  rst_signin_answer      (RstTalk        *talk,
                                 guint           state,
                                 const char     *challenge,
                                 GError        **error);
gboolean rst_signin_accept      (RstTalk        *talk,
                                 GError        **error);
RstStep  rst_signin_refused     (RstTalk        *talk,
                                 const RstReply *reply,
                                 GError        **error);
RstStep  rst_signin_turned_away (RstTalk        *talk,
                                 const RstReply *reply,
                                 GError        **error);
gboolean rst_signin_is_trouble  (RstTalk        *talk,
                                 const RstReply *reply);
RstStep  rst_signin_no_way      (RstTalk        *talk,
                                 GError        **error);

G_END_DECLS
