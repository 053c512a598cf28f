/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thunderbird: prefs.js of the profile that it opens, or of a new one for a Thunderbird that was never
 * started. Its passwords are in a store of its own (rst-seal.h). While it runs it keeps all of this
 * in memory and writes it over ours; the writer waits for its lock.
 */
#include "rst-config.h"
#include "rst-error.h"
#include "rst-file.h"
#include "rst-seal.h"
#include "rst-thunderbird.h"

#include <glib/gi18n-lib.h>

extern const RstClient rst_client_thunderbird;

/* A version that any Thunderbird takes for an older one of itself, whose profile it may open. */
static const char compatibility[] = "[Compatibility]\nLastVersion=1.0\n";

static RstPrefs *
read_prefs (const RstProfile *profile,
            const RstFiles   *files,
            gboolean          with_user_js)
{
  g_autofree char *prefs_path = g_build_filename (profile->folder, "prefs.js", NULL);
  g_autofree char *user_path = g_build_filename (profile->folder, "user.js", NULL);
  g_autofree char *prefs_text = rst_files_dup_text (files, prefs_path);
  g_autofree char *user_text = rst_files_dup_text (files, user_path);
  RstPrefs *prefs = rst_prefs_new (prefs_text);

  if (with_user_js)
    rst_prefs_overlay (prefs, user_text);
  return prefs;
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  g_autoptr (RstPrefs) prefs = read_prefs (profile, files, TRUE);
  g_autoptr (GPtrArray) entries = rst_thunderbird_entries (prefs);

  for (guint i = 0; i < entries->len; i++)
    {
      RstThunderbirdEntry *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (found, g_steal_pointer (&entry->account));
    }
}

/* Our own entry for the same mailbox by the same protocol, which may be changed. */
static const RstThunderbirdEntry *
find_own (GPtrArray        *entries,
          const RstAccount *account)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RstThunderbirdEntry *entry = g_ptr_array_index (entries, i);

      if (entry->ours && rst_account_same_mailbox (entry->account, account) &&
          rst_account_is_pop (entry->account) == rst_account_is_pop (account))
        return entry;
    }
  return NULL;
}

static RstPresent
presence (GPtrArray        *entries,
          const RstAccount *account)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (list, ((RstThunderbirdEntry *) g_ptr_array_index (entries, i))->account);
  return rst_config_present (&rst_client_thunderbird, list, account);
}

static char *
origin_of (const RstLogin *login)
{
  static const char * const schemes[RST_N_PROTOCOLS] = { "imap", "mailbox", "smtp" };

  return g_strdup_printf ("%s://%s", schemes[login->endpoint->protocol], login->endpoint->host);
}

static gboolean
needs_password (const RstLogin *login)
{
  return login->endpoint != NULL && (login->auth == RST_AUTH_PASSWORD || login->auth == RST_AUTH_ENCRYPTED);
}

static void
request_seal (const RstProfile *profile,
              const RstAccount *account,
              RstSetup         *setup)
{
  const RstLogin *logins[] = { &account->incoming, &account->outgoing };
  g_autoptr (RstSeal) seal = rst_seal_new (profile->folder, rst_client_thunderbird.name, account->ca_file);

  for (gsize i = 0; account->store_secret && i < G_N_ELEMENTS (logins); i++)
    if (needs_password (logins[i]))
      {
        g_autofree char *origin = origin_of (logins[i]);

        rst_seal_add_login (seal, origin, logins[i]->username);
      }
  if (seal->logins->len > 0 || seal->ca_file != NULL)
    setup->seal = g_steal_pointer (&seal);
}

static void
add_next (const RstAccount *account,
          RstSetup         *setup)
{
  if (account->incoming.auth == RST_AUTH_OAUTH2)
    g_ptr_array_add (setup->next,
                     g_strdup (_("Start Thunderbird. It opens the provider’s page for you to sign in.")));
  else if (!account->store_secret)
    g_ptr_array_add (setup->next, g_strdup (_("Start Thunderbird. It asks for the password.")));
  else
    g_ptr_array_add (setup->next, g_strdup (_("Start Thunderbird to read the mail.")));
}

/* The profile's files come first: it must not be registered before it is there. */
static void
add_edits (const RstPlaces  *places,
           const RstProfile *profile,
           const RstFiles   *files,
           const char       *text,
           const RstAccount *account,
           RstSetup         *setup)
{
  g_autofree char *prefs_path = g_build_filename (profile->folder, "prefs.js", NULL);
  g_autofree char *version_path = g_build_filename (profile->folder, "compatibility.ini", NULL);
  g_autofree char *summary = g_strdup_printf (_("Add %s to Thunderbird."), account->address);
  g_autofree char *ini_path = NULL;
  g_autofree char *ini = rst_thunderbird_registration (places, profile, files, &ini_path);

  if (!profile->exists && rst_files_get (files, version_path) == NULL)
    rst_config_add_text (setup, files, version_path, 0644, compatibility,
                         _("Mark the profile as one that Thunderbird may open."));
  rst_config_add_text (setup, files, prefs_path, 0600, text, summary);
  for (guint i = 0; i < setup->edits->len; i++)
    {
      RstEdit *edit = g_ptr_array_index (setup->edits, i);

      edit->loose = g_str_equal (edit->path, prefs_path);
    }
  if (ini != NULL)
    rst_config_add_text (setup, files, ini_path, 0644, ini,
                         _("Make the profile the one that Thunderbird opens."));
}

static gboolean
check_prefs (const RstPrefs  *prefs,
             const char      *path,
             GError         **error)
{
  g_autofree char *name = rst_file_show (path);

  if (rst_prefs_is_sound (prefs))
    return TRUE;
  g_set_error (error, RST_ERROR, RST_ERROR_FILE,
               _("“%s” is damaged. Start Thunderbird and quit it, so that it repairs the file."), name);
  return FALSE;
}

/* user.js wins over prefs.js at every start, so that an account which is not in its lists is lost. */
static gboolean
check_user_js (const RstProfile  *profile,
               const RstFiles    *files,
               GError           **error)
{
  g_autofree char *path = g_build_filename (profile->folder, "user.js", NULL);
  g_autofree char *name = rst_file_show (path);
  g_autofree char *text = rst_files_dup_text (files, path);
  g_autoptr (RstPrefs) prefs = rst_prefs_new (text);

  if (rst_prefs_get_string (prefs, "mail.accountmanager.accounts") == NULL &&
      rst_prefs_get_string (prefs, "mail.smtpservers") == NULL)
    return TRUE;
  g_set_error (error, RST_ERROR, RST_ERROR_CONFLICT,
               _("Thunderbird’s list of accounts is fixed by “%s”. Take it out there first."), name);
  return FALSE;
}

static gboolean
plan (const RstPlaces  *places,
      const RstProfile *profile,
      const RstFiles   *files,
      const RstAccount *account,
      RstSetup         *setup,
      GError          **error)
{
  g_autofree char *path = g_build_filename (profile->folder, "prefs.js", NULL);
  g_autofree char *old = NULL, *text = NULL;
  g_autoptr (RstPrefs) prefs = NULL, effective = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const RstThunderbirdEntry *own;
  RstPresent present;

  if (!rst_client_check (&rst_client_thunderbird, account, error) ||
      (old = rst_config_read (files, path, error)) == NULL)
    return FALSE;
  prefs = rst_prefs_new (old);
  effective = read_prefs (profile, files, TRUE);
  entries = rst_thunderbird_entries (effective);
  present = presence (entries, account);
  own = find_own (entries, account);
  if (present == RST_PRESENT_SAME && own == NULL)
    return TRUE;
  request_seal (profile, account, setup);
  if (present == RST_PRESENT_SAME)
    return TRUE;
  if (present == RST_PRESENT_OTHER && own == NULL)
    return rst_config_conflict (&rst_client_thunderbird, account, path, error);
  if (!check_prefs (prefs, path, error) || !check_user_js (profile, files, error))
    return FALSE;
  if (!(own != NULL ? rst_thunderbird_update (prefs, account, own->server, error)
                    : rst_thunderbird_add (prefs, account, error)))
    return FALSE;
  text = rst_prefs_render (prefs);
  if (g_str_equal (text, old))
    return TRUE;
  add_edits (places, profile, files, text, account, setup);
  add_next (account, setup);
  return TRUE;
}

static const char * const programs[] = {
  "thunderbird",
  "org.mozilla.Thunderbird",
  "org.mozilla.thunderbird",
  NULL,
};

const RstClient rst_client_thunderbird = {
  .id = "thunderbird",
  .name = "Thunderbird",
  .programs = programs,
  .flags = RST_CLIENT_IMAP | RST_CLIENT_POP | RST_CLIENT_SMTP | RST_CLIENT_POP_DAYS | RST_CLIENT_OWN_STORE |
           RST_CLIENT_OAUTH2,
  .wants = rst_thunderbird_wants,
  .profiles = rst_thunderbird_profiles,
  .accounts = accounts,
  .plan = plan,
};
