/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads an answer of Microsoft's Autodiscover, version 1 (“plain old XML”, MS-OXDSCLI): servers for
 * IMAP, POP3 and SMTP, or where else to ask. Bounded, without document type or entities.
 */
#pragma once

#include "rst-config-server.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *servers;       /* (owned) (element-type RstConfigServer) in order */
  char      *redirect_url;  /* (owned) (nullable) ask there */
  char      *redirect_addr; /* (owned) (nullable) ask about this address */
} RstPox;

char   *rst_pox_make_request (const RstAddress *address);
RstPox *rst_pox_parse        (GBytes           *document,
                              GError          **error);
void    rst_pox_free         (RstPox           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPox, rst_pox_free)

G_END_DECLS
