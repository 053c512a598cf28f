/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-issuer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-config-xml.h"
#include "rst-discovery.h"
#include "rst-disk.h"
#include "rst-error.h"

#define SUFFIX ".xml"
/* Far more than an administrator has. */
#define MAX_FILES 512

static gint
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && names->len < MAX_FILES)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* The file is for a domain; of a name that is an address, the part before the @ belongs there. */
static RstAddress *
make_address (const char *username,
              const char *name)
{
  g_autofree char *local = g_strndup (username, strcspn (username, "@"));
  g_autofree char *domain = g_strndup (name, strlen (name) - strlen (SUFFIX));
  g_autofree char *text = g_strconcat (local, "@", domain, NULL);

  return rst_address_parse (text, NULL);
}

static void
read_file (CtlAwait   *await,
           const char *folder,
           const char *name,
           const char *username,
           GPtrArray  *found)
{
  g_autoptr (RstAddress) address = make_address (username, name);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (RstFindings) findings = rst_findings_new ("file");
  RstSearch search = { .address = address, .languages = g_get_language_names () };
  RstAsk *ask;
  RstReply *reply;

  if (address == NULL)
    return;
  ask = rst_ask_new (RST_ASK_FILE, path);
  rst_disk_ask_async (ask, ctl_await_cancellable (await), ctl_await_cb, await);
  reply = rst_disk_ask_finish (ctl_await_result (await));
  rst_ask_free (ask);
  if (reply != NULL && reply->status == RST_REPLY_OK &&
      rst_config_xml_read (reply->body, &search, RST_TRUST_LOCAL, findings, NULL))
    for (guint i = 0; i < findings->candidates->len; i++)
      g_ptr_array_add (found, rst_candidate_ref (findings->candidates->pdata[i]));
  g_clear_pointer (&reply, rst_reply_free);
}

/* As in a search, DOMAIN.xml in the first folder that has it counts. */
static GPtrArray *
read_files (CtlAwait           *await,
            const char * const *folders,
            const char         *username)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; *folders != NULL; folders++)
    {
      g_autoptr (GPtrArray) names = list_names (*folders);

      for (guint i = 0; i < names->len; i++)
        if (g_hash_table_add (seen, g_strdup (names->pdata[i])))
          read_file (await, *folders, names->pdata[i], username, found);
    }
  return found;
}

static RstCandidate *
find_server (GPtrArray         *candidates,
             const RstEndpoint *endpoint)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      RstCandidate *candidate = candidates->pdata[i];

      if (rst_endpoint_equal (candidate->endpoint, endpoint) && rst_candidate_wants_browser (candidate))
        return candidate;
    }
  return NULL;
}

/**
 * ctl_issuer_find:
 * @await: who waits
 * @provider_dirs: (nullable): the folders with settings files; %NULL: the usual ones
 * @endpoints: (element-type RstEndpoint): the servers at which to sign in, at least one
 * @username: who signs in
 * @error: return location for %RST_ERROR_NOMECH
 *
 * Looks through the settings files of this computer for one that names all of the servers and a client
 * registered for them: a token is for nobody else.
 *
 * Returns: (transfer container) (element-type RstCandidate) (nullable): the servers as the file has them
 */
GPtrArray *
ctl_issuer_find (CtlAwait            *await,
                 const char * const  *provider_dirs,
                 GPtrArray           *endpoints,
                 const char          *username,
                 GError             **error)
{
  g_auto (GStrv) usual = provider_dirs == NULL ? rst_discovery_list_usual_dirs () : NULL;
  g_autoptr (GPtrArray) all =
    read_files (await, provider_dirs != NULL ? provider_dirs : (const char * const *) usual, username);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);

  for (guint i = 0; i < endpoints->len; i++)
    {
      const RstEndpoint *endpoint = endpoints->pdata[i];
      RstCandidate *candidate = find_server (all, endpoint);

      if (candidate == NULL || (i > 0 && candidate->issuer != ((RstCandidate *) found->pdata[0])->issuer))
        {
          g_set_error (error, RST_ERROR, RST_ERROR_NOMECH,
                       candidate == NULL
                         ? _("No settings file on this computer says how to sign in to %s in the browser.")
                         : _("The sign-in for %s is another one than that for the first server."),
                       endpoint->host);
          return NULL;
        }
      g_ptr_array_add (found, rst_candidate_ref (candidate));
    }
  return g_steal_pointer (&found);
}
