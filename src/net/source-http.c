/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider's settings file over an unprotected connection (draft-ietf-mailmaint-autoconfig, the
 * third of the first places): asked only after the person agreed to it, and without the address.
 * Anybody on the way can have written the answer. So it names servers, which have to prove themselves
 * like all others and come after all others; but it tells the person nothing, prefers nothing, and does not
 * say what becomes of the mail on the server.
 */
#include "rst-config-xml.h"
#include "rst-domain.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static void
http_ask (const RstSearch *search,
          RstFindings     *findings)
{
  const char *domain = search->address->domain;

  if (rst_domain_is_public (domain))
    rst_findings_note (findings, _("Anyone can register names under this domain."));
  else
    rst_findings_ask (findings, RST_ASK_HTTP, "http://autoconfig.%s/mail/config-v1.1.xml", domain);
}

static void
http_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  g_autoptr (RstFindings) found = rst_findings_new (findings->source);

  rst_config_xml_read_from (search, reply, search->address->domain, RST_TRUST_INSECURE, 0, found);
  g_ptr_array_set_size (found->instructions, 0);
  g_ptr_array_set_size (found->extras, 0);
  found->preferred = 0;
  for (guint i = 0; i < found->candidates->len; i++)
    ((RstCandidate *) g_ptr_array_index (found->candidates, i))->leave_known = FALSE;
  rst_findings_merge (findings, found);
}

const RstSource rst_source_http = {
  .id = "http",
  .title = N_("Your provider’s settings file, unprotected"),
  .network = TRUE,
  .insecure = TRUE,
  .ask = http_ask,
  .read = http_read,
};
