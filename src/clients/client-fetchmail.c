/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fetchmail 6.4: fetches mail by POP or IMAP and hands it on. ~/.fetchmailrc is free-form, see
 * fetchmail(1); it knows no include, and what an entry does not say comes from an earlier `defaults`
 * or from fetchmail itself, which removes mail from the server. So ours says everything.
 *
 * A file with other entries gets ours as `skip`, which is polled only if named: without its password
 * in the file, it would keep an unattended fetchmail from polling at all.
 */
#include "rst-config.h"
#include "rst-error.h"
#include "rst-fetch-script.h"
#include "rst-fetchmailrc.h"
#include "rst-quote.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

extern const RstClient rst_client_fetchmail;

static char *
rc_path (const RstPlaces *places)
{
  return g_build_filename (places->home, ".fetchmailrc", NULL);
}

static char *
script_path (const RstPlaces *places)
{
  return g_build_filename (places->config, "restante", "fetchmail", NULL);
}

static char *
maildir_path (const RstPlaces *places,
              const char      *name)
{
  g_autofree char *folder = g_strconcat (name, "-fetchmail", NULL);

  return g_build_filename (places->home, "Mail", folder, NULL);
}

static void
wants (const RstPlaces *places,
       const RstFiles  *files,
       GPtrArray       *paths)
{
  g_ptr_array_add (paths, rc_path (places));
  g_ptr_array_add (paths, script_path (places));
}

static void
profiles (const RstPlaces *places,
          const RstFiles  *files,
          GPtrArray       *found)
{
  g_autofree char *rc = rc_path (places);
  RstProfile *profile = rst_profile_new ("default", "fetchmail", places->home);

  profile->exists = rst_files_get (files, rc) != NULL;
  g_ptr_array_add (found, profile);
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  g_autofree char *rc = rc_path (places);
  g_autofree char *text = rst_files_dup_text (files, rc);

  if (text != NULL)
    rst_fetchmailrc_read (text, found, NULL);
}

/* fetchmail puts addresses in place of %T, %F and %s of this command. */
static char *
delivery (const RstPlaces  *places,
          const char       *name,
          GError          **error)
{
  g_autofree char *script = script_path (places);
  g_autofree char *maildir = maildir_path (places, name);
  g_autofree char *script_arg = rst_text_shell_quote (script);
  g_autofree char *maildir_arg = rst_text_shell_quote (maildir);
  g_autofree char *command = g_strdup_printf ("%s --deliver %s", script_arg, maildir_arg);

  if (strchr (command, '%') == NULL)
    return rst_quote_fetchmail (command, error);
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("fetchmail cannot deliver to “%s”."), maildir);
  return NULL;
}

static char *
render (const RstAccount  *account,
        const char        *name,
        const char        *mda,
        gboolean           alone,
        GError           **error)
{
  const RstLogin *login = &account->incoming;
  gboolean pop = rst_account_is_pop (account);
  const char *protocol = rst_protocol_get_nick (login->endpoint->protocol);
  g_autofree char *user = rst_quote_fetchmail (login->username, error);
  g_autofree char *ca = NULL;
  g_autofree char *lookup = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (user == NULL ||
      (account->ca_file != NULL && (ca = rst_quote_fetchmail (account->ca_file, error)) == NULL))
    return NULL;
  lookup = rst_quote_lookup (protocol, login->endpoint->host, login->username);
  if (account->store_secret)
    g_string_append_printf (out, RST_FETCH_SCRIPT_PASSWORD "%s\n", lookup);
  g_string_append_printf (out, "%s %s via %s with proto %s service %u%s\n", alone ? "poll" : "skip", name,
                          login->endpoint->host, protocol, login->endpoint->port, pop ? " uidl" : "");
  g_string_append_printf (out, "  user %s there\n", user);
  g_string_append_printf (out, "  %s sslproto \"TLS1.2+\" sslcertck\n",
                          login->endpoint->security == RST_SECURITY_TLS ? "ssl" : "no ssl");
  if (ca != NULL)
    g_string_append_printf (out, "  sslcertfile %s sslcertpath \"/etc/ssl/certs\"\n", ca);
  g_string_append_printf (out, "  %s no flush no fetchall no rewrite\n  mda %s\n",
                          pop && account->leave == RST_LEAVE_REMOVE ? "no keep" : "keep", mda);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_next (const RstPlaces  *places,
          const RstAccount *account,
          const char       *name,
          RstSetup         *setup)
{
  gboolean pop = rst_account_is_pop (account);
  g_autofree char *maildir = maildir_path (places, name);
  g_autofree char *script = script_path (places);
  g_autofree char *command = g_strdup_printf ("%s %s", script, account->address);

  if (account->store_secret)
    g_ptr_array_add (setup->next, g_strdup_printf (_("Run “%s” to fetch the mail into “%s”."), command,
                                                   maildir));
  else
    g_ptr_array_add (setup->next,
                     g_strdup_printf (_("Run “fetchmail %s” to fetch the mail into “%s”. It asks for the "
                                        "password."), name, maildir));
  if (pop && account->leave == RST_LEAVE_DAYS)
    g_ptr_array_add (setup->next,
                     g_strdup (_("fetchmail cannot remove mail from the server after some days, so it "
                                 "leaves everything there. Look after the space on the server.")));
  if (!pop)
    g_ptr_array_add (setup->next,
                     g_strdup (_("fetchmail marks what it has fetched as read on the server.")));
}

/* The script comes first: the entry must not be there without it. */
static void
add_edits (const RstPlaces  *places,
           const RstFiles   *files,
           const RstAccount *account,
           const char       *name,
           const char       *after,
           RstSetup         *setup)
{
  g_autofree char *rc = rc_path (places);
  g_autofree char *path = script_path (places);
  g_autofree char *maildir = maildir_path (places, name);
  g_autofree char *script = rst_fetch_script ();
  g_autofree char *summary = g_strdup_printf (_("Add %s to fetchmail."), account->address);

  rst_config_add_text (setup, files, path, 0700, script, _("Write the script that runs fetchmail."));
  rst_config_add_folder (setup, maildir);
  rst_config_add_text (setup, files, rc, 0600, after, summary);
}

/* The script may be of an older version of this program, or gone. */
static gboolean
script_is_current (const RstPlaces *places,
                   const RstFiles  *files)
{
  g_autofree char *path = script_path (places);
  g_autofree char *found = rst_files_dup_text (files, path);
  g_autofree char *wanted = rst_fetch_script ();

  return g_strcmp0 (found, wanted) == 0;
}

/* Whether somebody else's entries come before the block. What comes behind does not count, so that
 * the answer stays the same when the file grows. */
static gboolean
is_first (const RstBlock *block)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  rst_fetchmailrc_read (block->head, accounts, names);
  return names->len == 0;
}

static gboolean
plan (const RstPlaces  *places,
      const RstProfile *profile,
      const RstFiles   *files,
      const RstAccount *account,
      RstSetup         *setup,
      GError          **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rc = rc_path (places);
  g_autofree char *slug = rst_account_slug (account);
  g_autofree char *name = NULL, *text = NULL, *rest = NULL, *mda = NULL, *body = NULL, *after = NULL;
  g_autoptr (RstBlock) block = NULL;
  RstPresent present;

  if (!rst_client_check (&rst_client_fetchmail, account, error) ||
      (text = rst_config_read (files, rc, error)) == NULL)
    return FALSE;
  block = rst_block_find (text, account->address);
  rest = rst_block_rest (block);
  rst_fetchmailrc_read (rest, others, names);
  present = rst_config_present (&rst_client_fetchmail, others, account);
  if (present == RST_PRESENT_OTHER)
    return rst_config_conflict (&rst_client_fetchmail, account, rc, error);
  name = rst_config_free_name (names, slug);
  mda = delivery (places, name, error);
  body = mda != NULL ? render (account, name, mda, is_first (block), error) : NULL;
  if (body == NULL)
    return FALSE;
  after = rst_block_set (block, account->address, body);
  if (present == RST_PRESENT_SAME)
    return TRUE;
  rst_config_add_secret (setup, account, &account->incoming);
  if (g_str_equal (after, text) && script_is_current (places, files))
    return TRUE;
  add_edits (places, files, account, name, after, setup);
  add_next (places, account, name, setup);
  return TRUE;
}

static const char * const programs[] = { "fetchmail", NULL };

const RstClient rst_client_fetchmail = {
  .id = "fetchmail",
  .name = "fetchmail",
  .programs = programs,
  .flags = RST_CLIENT_IMAP | RST_CLIENT_POP | RST_CLIENT_TERMINAL,
  .wants = wants,
  .profiles = profiles,
  .accounts = accounts,
  .plan = plan,
};
