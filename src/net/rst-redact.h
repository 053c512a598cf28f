/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes out of a text what says who the person is, so that it can be shown to somebody who helps: the
 * part of the address before the @, as it is, escaped for a URL, in base 64, as a digest and within the
 * names of hosts, and where the person's own files lie. Other names of hosts stay. Pure.
 */
#pragma once

#include "rst-address.h"

G_BEGIN_DECLS

typedef struct _RstRedaction RstRedaction;

RstRedaction *rst_redaction_new   (const RstAddress   *address,
                                   const char         *home);
void          rst_redaction_free  (RstRedaction       *self);
char         *rst_redaction_apply (const RstRedaction *self,
                                   const char         *text);
gboolean      rst_redaction_finds (const RstRedaction *self,
                                   const char         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstRedaction, rst_redaction_free)

G_END_DECLS
