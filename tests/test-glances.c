/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of looks: what it keeps, for whom, and what a spoilt file does to it. */
#include "rst-glances.h"
#include "temp-home.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define BOX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FILE_NAME "../state/restante/looks"

static void
note (const char *mailbox,
      gint64      when,
      guint64     messages,
      guint64     first,
      RstRemoval *removal)
{
  g_autoptr (GPtrArray) looks = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_glance_free);
  RstGlance *look = rst_glance_new (mailbox, when);

  look->messages = messages;
  look->first = first;
  look->next = 10;
  look->validity = 5;
  look->name = rst_glance_digest ("whqtswO00WBw418f9t5JxYwZ");
  g_ptr_array_add (looks, look);
  rst_glances_note (looks);
  *removal = look->removal;
}

static void
test_remembered (void)
{
  g_autofree char *text = NULL;
  RstRemoval removal, found;

  note (BOX, 1000, 5, 1, &removal);
  g_assert_cmpuint (removal.at_least, ==, 0);
  g_assert_false (rst_glances_find (BOX, 1500, &found));
  note (BOX, 2000, 3, 3, &removal);
  g_assert_cmpuint (removal.at_least, ==, 2);
  g_assert_cmpint (removal.since, ==, 1000);
  g_assert_true (rst_glances_find (BOX, 3000, &found));
  g_assert_cmpuint (found.at_least, ==, 2);
  g_assert_false (rst_glances_find (BOX, 2000 + 31 * 24 * 60 * 60, &found));
  g_assert_cmpuint (home_mode (FILE_NAME), ==, 0600);
  text = home_read (FILE_NAME);
  g_assert_null (strstr (text, "whq"));
  g_assert_true (rst_glances_forget (NULL));
  g_assert_false (home_exists (FILE_NAME));
  g_assert_false (rst_glances_find (BOX, 3000, &found));
  g_assert_true (rst_glances_forget (NULL));
}

/* However many mailboxes, the file stays small, and those of today are in it. */
static void
test_many (void)
{
  g_autofree char *text = NULL;
  RstRemoval removal;

  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *mailbox = rst_glance_digest (number);

      note (mailbox, 1000 + i, 5, 1, &removal);
    }
  note (BOX, 500, 5, 1, &removal);
  text = home_read (FILE_NAME);
  g_assert_cmpuint (strlen (text), <, 20000);
  for (guint i = 0; i < 70; i += 69)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *mailbox = rst_glance_digest (number);

      g_assert_cmpint (strstr (text, mailbox) != NULL, ==, i > 0);
    }
}

/* A file that somebody spoilt is worth nothing, and does no harm. */
static void
test_spoilt (void)
{
  g_autofree char *long_text = g_strnfill (100 * 1024, 'x');
  const char *texts[] = {
    "", "no key file", "[" BOX "]\n", "[" BOX "]\nwhen=-1\nmessages=99999999999999999999\nfirst=x\n",
    "[" BOX "]\nmessages=5\nfirst=1\nvalidity=5\nwhen=9223372036854775807\n",
    "[../../etc/passwd]\nmessages=5\n", "[" BOX "]\nname=%s%n\nremoved=3\nsince=\nuntil=\n", long_text,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RstRemoval removal;

      home_write (FILE_NAME, texts[i], 0600);
      note (BOX, 2000, 2, 4, &removal);
      g_assert_cmpuint (removal.at_least, ==, 0);
      note (BOX, 2001, 1, 5, &removal);
      g_assert_cmpuint (removal.at_least, ==, 1);
    }
}

/* What is no file is left alone, and nobody waits for it. */
static void
test_no_file (void)
{
  g_autofree char *path = home_path (FILE_NAME);
  g_autofree char *folder = g_path_get_dirname (path);
  RstRemoval removal;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  note (BOX, 1000, 5, 1, &removal);
  note (BOX, 2000, 3, 3, &removal);
  g_assert_cmpuint (removal.at_least, ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (rst_glances_forget (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  home_init ();
  home_add_test ("/glances/remembered", test_remembered);
  home_add_test ("/glances/many", test_many);
  home_add_test ("/glances/spoilt", test_spoilt);
  home_add_test ("/glances/no-file", test_no_file);
  return home_run ();
}
