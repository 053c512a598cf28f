/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Breaking text into lines for a terminal.
 */
#include <glib.h>

#include "ctl-wrap.h"

typedef struct {
  const char *text;
  guint       columns;
  const char *first;
  const char *next;
  const char *wrapped;
} Case;

static const Case cases[] = {
  { "one two three", 80, "", "", "one two three\n" },
  { "one two three", 7, "", "", "one two\nthree\n" },
  { "one two three", 9, "- ", "  ", "- one two\n  three\n" },
  /* A word stays whole: it may be a host or a path. */
  { "see mail.example.org now", 8, "", "", "see\nmail.example.org\nnow\n" },
  { "", 8, "> ", "> ", "> \n" },
  { "one\ntwo", 80, "", "  ", "one\n  two\n" },
  { "  in front", 80, "", "", "  in front\n" },
  { "a   b", 80, "", "", "a b\n" },
  /* Wide characters take two columns, and break anywhere … */
  { "日本語の文章", 6, "", "", "日本語\nの文章\n" },
  /* … but not before a full stop or a closing bracket, nor after an opening one. */
  { "日本語。文章", 6, "", "", "日本\n語。文\n章\n" },
  { "日本「語」文", 6, "", "", "日本\n「語」\n文\n" },
  { "IMAPは便利", 6, "", "", "IMAPは\n便利\n" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wrapped = ctl_wrap (cases[i].text, cases[i].columns, cases[i].first, cases[i].next);

      g_assert_cmpstr (wrapped, ==, cases[i].wrapped);
    }
}

static void
test_columns (void)
{
  g_autofree char *padded = ctl_pad ("サーバー", 10);
  g_autofree char *full = ctl_pad ("server", 3);

  g_assert_cmpuint (ctl_columns ("server"), ==, 6);
  g_assert_cmpuint (ctl_columns ("サーバー"), ==, 8);
  /* A combining accent takes no column of its own. */
  g_assert_cmpuint (ctl_columns ("e\xcc\x81"), ==, 1);
  g_assert_cmpstr (padded, ==, "サーバー  ");
  g_assert_cmpstr (full, ==, "server");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wrap/cases", test_cases);
  g_test_add_func ("/wrap/columns", test_columns);
  return g_test_run ();
}
