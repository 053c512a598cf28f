/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of providers in this program (rst-providers.h). It asks nobody.
 */
#include "rst-providers.h"

#include <glib/gi18n-lib.h>

static void
list_ask (const RstSearch *search,
          RstFindings     *findings)
{
  const RstProvider *provider = rst_providers_find (search->address->domain);

  if (provider != NULL)
    rst_provider_report (provider, search, RST_TRUST_DATABASE, findings);
}

static void
list_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  g_return_if_reached ();
}

const RstSource rst_source_list = {
  .id = "list",
  .title = N_("Provider list of this program"),
  .network = FALSE,
  .ask = list_ask,
  .read = list_read,
};
