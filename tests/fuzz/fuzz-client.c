/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds any text to the reader of a mail program's files, built once for each program (FUZZ_CLIENT):
 * every file that the program would read holds it. What a setup then plans is planned once only: with
 * it done, a second one changes nothing.
 */
#include "fuzz.h"

#include "rst-client.h"
#include "rst-text.h"

#define ROUNDS 4
#define PATHS_MAX 32

static const RstPlaces places = { "/home/taro", "/home/taro/.config", "/home/taro/.local/share" };

/* What has been changed is in @changed, everything else is @text. */
static RstFiles *
read_files (const RstClient *client,
            GBytes          *text,
            GHashTable      *changed)
{
  RstFiles *files = rst_files_new ();

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

      client->wants (&places, files, paths);
      for (guint i = 0; i < MIN (paths->len, PATHS_MAX); i++)
        {
          const char *path = g_ptr_array_index (paths, i);
          GBytes *contents = g_hash_table_lookup (changed, path);

          if (!rst_files_knows (files, path))
            rst_files_add (files, path, contents != NULL ? contents : text);
        }
    }
  return files;
}

static void
check_accounts (const RstClient  *client,
                const RstProfile *profile,
                const RstFiles   *files)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_account_free);

  client->accounts (&places, profile, files, found);
  for (guint i = 0; i < found->len; i++)
    {
      const RstAccount *account = g_ptr_array_index (found, i);

      g_assert_nonnull (account->address);
      g_assert_true (account->incoming.endpoint != NULL || account->outgoing.endpoint != NULL);
    }
}

static RstAccount *
make_account (const RstClient *client)
{
  RstAccount *account = rst_account_new ("taro@example.org");
  g_autoptr (RstEndpoint) outgoing = rst_endpoint_parse ("submissions://smtp.example.org", NULL);
  g_autoptr (RstEndpoint) incoming =
    rst_endpoint_parse (client->flags & RST_CLIENT_IMAP ? "imaps://imap.example.org"
                                                        : "pop3s://pop.example.org",
                        NULL);

  rst_login_set (&account->incoming, incoming, "taro", RST_AUTH_PASSWORD);
  rst_login_set (&account->outgoing, outgoing, "taro", RST_AUTH_PASSWORD);
  account->leave = RST_LEAVE_KEEP;
  return account;
}

/* Returns how many texts a setup changes, and puts them into @changed. */
static guint
plan (const RstClient *client,
      GBytes          *text,
      GHashTable      *changed)
{
  g_autoptr (RstFiles) files = read_files (client, text, changed);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_profile_free);
  g_autoptr (RstAccount) account = make_account (client);
  g_autoptr (RstSetup) setup = rst_setup_new (client->id);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  client->profiles (&places, files, profiles);
  g_assert_cmpuint (profiles->len, >, 0);
  check_accounts (client, g_ptr_array_index (profiles, 0), files);
  if (!client->plan (&places, g_ptr_array_index (profiles, 0), files, account, setup, &error))
    {
      g_assert_false (rst_text_has_control (error->message));
      return 0;
    }
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      if (edit->after == NULL || !rst_edit_changes (edit))
        continue;
      g_hash_table_replace (changed, g_strdup (edit->path), g_bytes_ref (edit->after));
      n++;
    }
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const RstClient *client = rst_client_find (FUZZ_CLIENT);
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (GHashTable) changed =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  if (plan (client, text, changed) > 0)
    g_assert_cmpuint (plan (client, text, changed), ==, 0);
  return 0;
}
