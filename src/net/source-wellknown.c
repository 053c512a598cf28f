/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings file at the well-known place of the domain's own web host
 * (draft-ietf-mailmaint-autoconfig, second place). It is not told the address.
 */
#include "rst-config-xml.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static void
wellknown_ask (const RstSearch *search,
               RstFindings     *findings)
{
  rst_findings_ask (findings, RST_ASK_HTTPS, "https://%s/.well-known/autoconfig/mail/config-v1.1.xml",
                    search->address->domain);
}

const RstSource rst_source_wellknown = {
  .id = "wellknown",
  .title = N_("Your provider’s website"),
  .network = TRUE,
  .ask = wellknown_ask,
  .read = rst_config_xml_read_reply,
};
