/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds any bytes to the reader of what a setup wrote down to be undone: what it takes has whole paths, and
 * is taken again from what is written of it. */
#include "fuzz.h"

#include "rst-journal-text.h"
#include "rst-journal.h"

static void
check_journal (const RstJournal *journal)
{
  g_autoptr (GBytes) written = rst_journal_to_text (journal);
  RstJournal *again = rst_journal_new (NULL);

  g_assert_nonnull (journal->address);
  g_assert_nonnull (journal->when);
  for (guint i = 0; i < journal->files->len; i++)
    {
      const RstJournalFile *file = g_ptr_array_index (journal->files, i);

      g_assert_true (g_path_is_absolute (file->path));
      g_assert_cmpuint (file->mode, <=, 0777);
    }
  g_assert_true (rst_journal_from_text (again, written));
  g_assert_cmpuint (again->files->len, ==, journal->files->len);
  g_assert_cmpuint (again->secrets->len, ==, journal->secrets->len);
  g_assert_cmpuint (again->programs->len, ==, journal->programs->len);
  rst_journal_free (again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  RstJournal *journal = rst_journal_new (NULL);

  if (rst_journal_from_text (journal, text))
    {
      rst_journal_read_held (journal, text);
      check_journal (journal);
    }
  rst_journal_free (journal);
  return 0;
}
