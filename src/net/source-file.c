/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings files that the person or an administrator put on this computer: DOMAIN.xml in the first
 * provider folder that has one. The format is that of providers' own files (rst-config-xml.h).
 */
#include "rst-config-xml.h"
#include "rst-replay.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static char *
get_path (const RstSearch *search,
          guint            folder)
{
  g_autofree char *name = g_strconcat (search->address->domain, ".xml", NULL);

  return g_build_filename (search->provider_dirs[folder], name, NULL);
}

static void
file_ask (const RstSearch *search,
          RstFindings     *findings)
{
  for (guint i = 0; search->provider_dirs[i] != NULL; i++)
    {
      g_autofree char *path = get_path (search, i);

      rst_findings_ask (findings, RST_ASK_FILE, "%s", path);
    }
}

/* Of several files only the one in the most important folder counts. */
static void
file_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  rst_replay_take (findings, reply);
  for (guint i = 0; search->provider_dirs[i] != NULL; i++)
    {
      g_autoptr (RstFindings) found = rst_findings_new (findings->source);
      g_autofree char *path = get_path (search, i);
      const RstReply *file = rst_replay_find (findings, RST_ASK_FILE, path);
      g_autoptr (GError) error = NULL;

      if (file == NULL || file->status != RST_REPLY_OK)
        continue;
      if (!rst_config_xml_read (file->body, search, RST_TRUST_LOCAL, found, &error))
        rst_findings_fail (findings, error->message);
      else if (findings->candidates->len == 0)
        rst_findings_merge (findings, found);
    }
}

const RstSource rst_source_file = {
  .id = "file",
  .title = N_("Settings files on this computer"),
  .network = FALSE,
  .ask = file_ask,
  .read = file_read,
};
