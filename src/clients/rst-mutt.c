/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-mutt.h"

#include "rst-config.h"
#include "rst-mutt-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
expand (const RstPlaces *places,
        const char      *name)
{
  return g_build_filename (*name == '~' ? places->home : places->config, name + 2, NULL);
}

/* The main file: the first that there is. */
static char *
rc_path (const RstMutt   *self,
         const RstPlaces *places,
         const RstFiles  *files)
{
  for (gsize i = 0; self->files[i] != NULL; i++)
    {
      g_autofree char *path = expand (places, self->files[i]);

      if (rst_files_get (files, path) != NULL)
        return g_steal_pointer (&path);
    }
  return expand (places, self->fresh);
}

/**
 * rst_mutt_wants:
 * @self: one of the two programs
 * @places: the person's folders
 * @files: the files read so far
 * @paths: where to add paths
 *
 * See #RstClient.
 */
void
rst_mutt_wants (const RstMutt   *self,
                const RstPlaces *places,
                const RstFiles  *files,
                GPtrArray       *paths)
{
  g_autofree char *main_path = rc_path (self, places, files);
  g_autofree char *text = rst_files_dup_text (files, main_path);
  g_autoptr (RstMuttrc) rc = text != NULL ? rst_muttrc_read (places, files, text) : NULL;

  for (gsize i = 0; self->files[i] != NULL; i++)
    g_ptr_array_add (paths, expand (places, self->files[i]));
  for (guint i = 0; rc != NULL && i < rc->sources->len; i++)
    g_ptr_array_add (paths, g_strdup (g_ptr_array_index (rc->sources, i)));
}

/**
 * rst_mutt_profiles:
 * @self: one of the two programs
 * @places: the person's folders
 * @files: the files read
 * @profiles: where to add the profile
 *
 * See #RstClient.
 */
void
rst_mutt_profiles (const RstMutt   *self,
                   const RstPlaces *places,
                   const RstFiles  *files,
                   GPtrArray       *profiles)
{
  g_autofree char *path = rc_path (self, places, files);
  g_autofree char *folder = g_path_get_dirname (path);
  RstProfile *profile = rst_profile_new ("default", self->client->name, folder);

  profile->exists = rst_files_get (files, path) != NULL;
  g_ptr_array_add (profiles, profile);
}

/**
 * rst_mutt_accounts:
 * @self: one of the two programs
 * @places: the person's folders
 * @files: the files read
 * @accounts: where to add the accounts
 *
 * See #RstClient.
 */
void
rst_mutt_accounts (const RstMutt   *self,
                   const RstPlaces *places,
                   const RstFiles  *files,
                   GPtrArray       *accounts)
{
  g_autofree char *path = rc_path (self, places, files);
  g_autofree char *text = rst_files_dup_text (files, path);
  g_autoptr (RstMuttrc) rc = text != NULL ? rst_muttrc_read (places, files, text) : NULL;

  if (rc != NULL)
    rst_muttrc_accounts (rc, accounts);
}

static void
add_sentence (RstSetup   *setup,
              char       *sentence)
{
  g_ptr_array_add (setup->next, sentence);
}

static void
add_next (const RstMutt     *self,
          const RstAccount  *account,
          const RstMuttRole *role,
          RstSetup          *setup)
{
  const char *name = self->client->name;
  gboolean fetches = rst_mutt_block_fetches (account, role);

  if (!role->first)
    add_sentence (setup, g_strdup_printf (_("Start %s and press “c”, then “?”, to find the mailbox of %s."),
                                          name, account->address));
  else if (fetches)
    add_sentence (setup, g_strdup_printf (_("Start %s and press “G” to fetch the mail."), name));
  else
    add_sentence (setup, g_strdup_printf (_("Start %s to read the mail."), name));
  if (rst_account_is_pop (account) && !fetches)
    add_sentence (setup, g_strdup_printf (_("%s reads this mailbox on the server and leaves everything "
                                            "there, until you delete it."), name));
  if (!role->stores)
    add_sentence (setup, g_strdup_printf (_("%s asks for the password."), name));
  if (!role->sends)
    add_sentence (setup, g_strdup_printf (_("%s goes on sending mail as it does now."), name));
  if (!role->first && account->ca_file != NULL)
    add_sentence (setup, g_strdup_printf (_("%s asks once whether to trust the server’s certificate."),
                                          name));
}

/* Both programs ask for a folder that is not there, and neomutt does not fetch into one. */
static void
add_folders (const RstPlaces   *places,
             const RstAccount  *account,
             const RstMuttRole *role,
             RstSetup          *setup)
{
  static const char * const parts[] = { "cur", "new", "tmp" };
  g_autofree char *spool = rst_mutt_block_spool (account);
  g_autofree char *folder = g_build_filename (places->home, spool + strlen ("~/"), NULL);

  if (!role->first || !rst_account_is_pop (account))
    return;
  if (!rst_mutt_block_fetches (account, role))
    rst_config_add_folder (setup, folder);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
      {
        g_autofree char *part = g_build_filename (folder, "inbox", parts[i], NULL);

        rst_config_add_folder (setup, part);
      }
}

static void
add_edits (const RstMutt     *self,
           const RstPlaces   *places,
           const RstFiles    *files,
           const RstAccount  *account,
           const RstMuttRole *role,
           const char        *path,
           const char        *after,
           RstSetup          *setup)
{
  g_autofree char *summary = g_strdup_printf (_("Add %s to %s."), account->address, self->client->name);

  add_folders (places, account, role, setup);
  rst_config_add_text (setup, files, path, 0600, after, summary);
}

static void
add_secrets (const RstAccount  *account,
             const RstMuttRole *role,
             RstSetup          *setup)
{
  if (role->stores)
    rst_config_add_secret (setup, account, &account->incoming);
  if (role->sends)
    rst_config_add_secret (setup, account, &account->outgoing);
}

/**
 * rst_mutt_plan:
 * @self: one of the two programs
 * @places: the person's folders
 * @files: the files read
 * @account: the account
 * @setup: where to add edits and secrets
 * @error: return location for an error
 *
 * See #RstClient.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
rst_mutt_plan (const RstMutt     *self,
               const RstPlaces   *places,
               const RstFiles    *files,
               const RstAccount  *account,
               RstSetup          *setup,
               GError           **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
  g_autofree char *path = rc_path (self, places, files);
  g_autofree char *text = NULL, *rest = NULL, *body = NULL, *after = NULL;
  g_autoptr (RstBlock) block = NULL;
  g_autoptr (RstMuttrc) all = NULL, before = NULL;
  RstPresent present;
  RstMuttRole role;

  if (!rst_client_check (self->client, account, error) ||
      (text = rst_config_read (files, path, error)) == NULL)
    return FALSE;
  block = rst_block_find (text, account->address);
  rest = rst_block_rest (block);
  all = rst_muttrc_read (places, files, rest);
  rst_muttrc_accounts (all, others);
  present = rst_config_present (self->client, others, account);
  if (present == RST_PRESENT_OTHER)
    return rst_config_conflict (self->client, account, path, error);
  before = rst_muttrc_read (places, files, block->head);
  role = rst_mutt_block_role (before, account);
  body = rst_mutt_block_render (account, &role, error);
  if (body == NULL)
    return FALSE;
  after = rst_block_set (block, account->address, body);
  if (present == RST_PRESENT_SAME)
    return TRUE;
  add_secrets (account, &role, setup);
  if (g_str_equal (after, text))
    return TRUE;
  add_edits (self, places, files, account, &role, path, after, setup);
  add_next (self, account, &role, setup);
  return TRUE;
}
