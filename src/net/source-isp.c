/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's own settings file at autoconfig.DOMAIN (draft-ietf-mailmaint-autoconfig, first
 * place). It is the one place that is told the address, since some providers have a login name
 * that only they know; https only.
 */
#include "rst-config-xml.h"
#include "rst-domain.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static void
isp_ask (const RstSearch *search,
         RstFindings     *findings)
{
  const char *domain = search->address->domain;
  g_autofree char *escaped = g_uri_escape_string (search->address->full, NULL, FALSE);

  if (rst_domain_is_public (domain))
    rst_findings_note (findings, _("Anyone can register names under this domain."));
  else
    rst_findings_ask (findings, RST_ASK_HTTPS,
                      "https://autoconfig.%s/mail/config-v1.1.xml?emailaddress=%s", domain, escaped);
}

const RstSource rst_source_isp = {
  .id = "isp",
  .title = N_("Your provider’s settings file"),
  .network = TRUE,
  .ask = isp_ask,
  .read = rst_config_xml_read_reply,
};
