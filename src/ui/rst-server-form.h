/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One server, entered by hand: name, port, security, user name. */
#pragma once

#include <adwaita.h>

#include "rst-candidate.h"

G_BEGIN_DECLS

#define RST_TYPE_SERVER_FORM (rst_server_form_get_type ())
G_DECLARE_FINAL_TYPE (RstServerForm, rst_server_form, RST, SERVER_FORM, AdwBin)

void          rst_server_form_set_protocol (RstServerForm       *self,
                                            RstProtocol          protocol);
void          rst_server_form_suggest      (RstServerForm       *self,
                                            const RstCandidate  *candidate,
                                            const char          *username);
gboolean      rst_server_form_is_empty     (RstServerForm       *self);
RstCandidate *rst_server_form_read         (RstServerForm       *self,
                                            GError             **error);

G_END_DECLS
