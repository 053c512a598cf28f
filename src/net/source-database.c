/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings file of the address's domain in the provider database (rst-database.h). Volunteers keep
 * it, so the provider's own word counts for more.
 */
#include "rst-config-xml.h"
#include "rst-database.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static void
database_ask (const RstSearch *search,
              RstFindings     *findings)
{
  g_autofree char *url = rst_database_get_url (search, search->address->domain);

  if (url != NULL)
    rst_findings_ask (findings, RST_ASK_HTTPS, "%s", url);
  else
    rst_findings_note (findings, _("No database can know this domain."));
}

static void
database_read (const RstSearch *search,
               const RstReply  *reply,
               RstFindings     *findings)
{
  g_autofree char *host = rst_database_get_host (search);

  rst_config_xml_read_from (search, reply, host, RST_TRUST_DATABASE, 0, findings);
}

const RstSource rst_source_database = {
  .id = "database",
  .title = N_("Public provider database"),
  .network = TRUE,
  .ask = database_ask,
  .read = database_read,
};
