/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One small setup of three files: crash-driver apply | undo | history, done in one thread so that
 * system calls come in a fixed order, and apply-secrets | undo-secrets, which stores a password in
 * three entries of a file vault as well. The files are .rc1, .rc2 (a link) and conf/rc3 (new) in
 * $HOME; a line is added to each that does not have it yet. Prints what happened; exit status 1 on
 * failure.
 */
#include "file-vault.h"
#include "rst-file.h"
#include "rst-transaction.h"

#include <locale.h>
#include <string.h>

#define OURS "ours\n"

/* Plans our line for a file, unless it has it. */
static gboolean
plan (RstSetup    *setup,
      const char  *name,
      GError     **error)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), name, NULL);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!rst_file_read (path, &before, error))
    return FALSE;
  if (before != NULL)
    g_string_append_len (text, g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  if (strstr (text->str, OURS) != NULL)
    return TRUE;
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  g_string_append (text, OURS);
  after = g_string_free_to_bytes (g_steal_pointer (&text));
  g_ptr_array_add (setup->edits, rst_edit_new (RST_EDIT_TEXT, path, 0600, before, after, ""));
  return TRUE;
}

static GPtrArray *
plan_all (GError **error)
{
  static const char * const names[] = { ".rc1", ".rc2", "conf/rc3" };
  g_autoptr (GPtrArray) setups = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_setup_free);
  RstSetup *setup = rst_setup_new ("test");

  g_ptr_array_add (setups, setup);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!plan (setup, names[i], error))
      return NULL;
  return g_steal_pointer (&setups);
}

static gboolean
apply (GError **error)
{
  g_autoptr (GPtrArray) setups = plan_all (error);
  g_autoptr (RstTransaction) transaction = NULL;

  if (setups == NULL)
    return FALSE;
  transaction = rst_transaction_prepare (setups, "taro@example.test", FALSE, error);
  if (transaction == NULL)
    return FALSE;
  if (transaction->journal->folder == NULL)
    return TRUE;
  if (rst_transaction_write (transaction, NULL, error))
    return TRUE;
  rst_transaction_abandon (transaction);
  return FALSE;
}

static gboolean
undo (GError **error)
{
  g_autoptr (RstTransaction) transaction = rst_transaction_open (NULL, error);
  g_autoptr (RstUndoReport) report = NULL;

  if (transaction == NULL)
    return FALSE;
  report = rst_transaction_undo (transaction, NULL, error);
  if (report == NULL)
    return FALSE;
  g_print ("restored %u kept %u left %u\n", report->restored->len, report->kept->len, report->left->len);
  return rst_journal_set_state (transaction->journal, RST_JOURNAL_UNDONE, error);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
apply_secrets (GError **error)
{
  static const char * const names[] = { "none", "other", "same" };
  g_autoptr (GPtrArray) setups = plan_all (error);
  g_autoptr (RstSecret) password = rst_secret_new ("pw", 2, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  if (setups == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      RstSetup *setup = g_ptr_array_index (setups, 0);

      g_ptr_array_add (setup->secrets, rst_secret_item_new (NULL, names[i], "host", names[i], NULL));
    }
  rst_writer_apply_async (setups, "taro@example.test", password, &file_vault, NULL, done_cb, &result);
  id = rst_writer_apply_finish (wait_for (&result), error);
  return id != NULL;
}

static gboolean
undo_secrets (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstUndoReport) report = NULL;

  rst_writer_undo_async (NULL, &file_vault, NULL, done_cb, &result);
  report = rst_writer_undo_finish (wait_for (&result), error);
  return report != NULL && report->store_error == NULL;
}

static void
history (void)
{
  static const char * const names[] = { "unfinished", "done", "unfinished", "undone" };
  g_autoptr (GPtrArray) all = rst_journal_list ();

  for (guint i = 0; i < all->len; i++)
    {
      const RstJournal *journal = g_ptr_array_index (all, i);

      g_print ("%s\n", names[journal->state]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *verb = argc == 2 ? argv[1] : "";
  gboolean done = TRUE;

  setlocale (LC_ALL, "");
  if (g_str_equal (verb, "apply"))
    done = apply (&error);
  else if (g_str_equal (verb, "undo"))
    done = undo (&error);
  else if (g_str_equal (verb, "apply-secrets"))
    done = apply_secrets (&error);
  else if (g_str_equal (verb, "undo-secrets"))
    done = undo_secrets (&error);
  else if (g_str_equal (verb, "history"))
    history ();
  else
    return 2;
  if (!done)
    g_print ("%s\n", error->message);
  return done ? 0 : 1;
}
