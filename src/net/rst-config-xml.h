/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a provider's settings file: the XML of draft-ietf-mailmaint-autoconfig, versions 1.1 and 1.2,
 * as deployed. Lenient about what it does not know (other elements, other servers, other versions),
 * strict about each value, and bounded: at most RST_REPLY_MAX bytes, 16 levels, no document type, no
 * entities beyond XML's own five.
 */
#pragma once

#include "rst-source.h"

G_BEGIN_DECLS

gboolean rst_config_xml_read       (GBytes           *document,
                                    const RstSearch  *search,
                                    RstTrust          trust,
                                    RstFindings      *findings,
                                    GError          **error);
void     rst_config_xml_read_reply (const RstSearch  *search,
                                    const RstReply   *reply,
                                    RstFindings      *findings);
void     rst_config_xml_read_from  (const RstSearch  *search,
                                    const RstReply   *reply,
                                    const char       *owner,
                                    RstTrust          trust,
                                    guint             rank,
                                    RstFindings      *findings);

G_END_DECLS
