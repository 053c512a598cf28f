/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings files that the person or an administrator put on this computer: DOMAIN.xml in the first
 * provider folder that has one. The format is that of providers' own files (rst-config-xml.h).
 */
#include "rst-config-xml.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

/* Ranks for the servers of one file. */
#define FILE_RANKS (2 * RST_CANDIDATES_MAX)

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

static guint
find_folder (const RstSearch *search,
             const char      *path)
{
  for (guint i = 0; search->provider_dirs[i] != NULL; i++)
    {
      g_autofree char *other = get_path (search, i);

      if (g_str_equal (other, path))
        return i;
    }
  return 0;
}

/* Of several files only the one in the most important folder counts: ranks tell which that is, so
 * that the files may come in any order. */
static void
keep_first_file (RstFindings *findings)
{
  guint first = G_MAXUINT;

  for (guint i = 0; i < findings->candidates->len; i++)
    first = MIN (first, ((RstCandidate *) g_ptr_array_index (findings->candidates, i))->rank / FILE_RANKS);
  for (guint i = findings->candidates->len; i > 0; i--)
    if (((RstCandidate *) g_ptr_array_index (findings->candidates, i - 1))->rank / FILE_RANKS != first)
      g_ptr_array_remove_index (findings->candidates, i - 1);
}

static void
file_read (const RstSearch *search,
           const RstReply  *reply,
           RstFindings     *findings)
{
  g_autoptr (RstFindings) found = rst_findings_new (findings->source);
  g_autoptr (GError) error = NULL;
  guint folder = find_folder (search, reply->ask->name);

  if (reply->status != RST_REPLY_OK)
    return;
  if (!rst_config_xml_read (reply->body, search, RST_TRUST_LOCAL, found, &error))
    rst_findings_fail (findings, error->message);
  for (guint i = 0; i < found->candidates->len; i++)
    ((RstCandidate *) g_ptr_array_index (found->candidates, i))->rank += folder * FILE_RANKS;
  rst_findings_merge (findings, found);
  keep_first_file (findings);
}

const RstSource rst_source_file = {
  .id = "file",
  .title = N_("Settings files on this computer"),
  .network = FALSE,
  .ask = file_ask,
  .read = file_read,
};
