/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings files that the person or an administrator put on this computer: DOMAIN.xml in the first
 * provider folder that has one. The format is that of providers' own files (rst-config-xml.h).
 */
#include "rst-config-xml.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static void
ask_folder (const RstSearch *search,
            const char      *folder,
            RstFindings     *findings)
{
  g_autofree char *name = g_strconcat (search->address->domain, ".xml", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  rst_findings_ask (findings, RST_ASK_FILE, "%s", path);
}

static void
file_ask (const RstSearch *search,
          RstFindings     *findings)
{
  if (search->provider_dirs[0] != NULL)
    ask_folder (search, search->provider_dirs[0], findings);
}

static void
file_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  g_autoptr (GError) error = NULL;

  if (reply->status == RST_REPLY_OK &&
      !rst_config_xml_read (reply->body, search, RST_TRUST_LOCAL, findings, &error))
    rst_findings_fail (findings, error->message);
  else if (reply->status == RST_REPLY_NOTHING && search->provider_dirs[findings->asks->len - 1] != NULL &&
           search->provider_dirs[findings->asks->len] != NULL)
    ask_folder (search, search->provider_dirs[findings->asks->len], findings);
}

const RstSource rst_source_file = {
  .id = "file",
  .title = N_("Settings files on this computer"),
  .network = FALSE,
  .ask = file_ask,
  .read = file_read,
};
