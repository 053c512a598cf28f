/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-text.h"

#include <string.h>

#define UNSEEN "\xef\xbf\xbd"
#define MARK "\xcc\x88" /* a diaeresis to be set above the character before it */

static void
test_clean (void)
{
  static const struct {
    const char *in, *out;
    guint max;
  } cases[] = {
    { "plain", "plain", 10 },
    { "a\r\nb\tc", "a  b c", 10 },
    { "a\x1b[31mb", "a[31mb", 10 },
    { "evil\xe2\x80\xaegnp.exe", "evilgnp.exe", 20 },
    { "zero\xe2\x80\x8bwidth", "zerowidth", 20 },
    { "日本語です", "日本…", 2 },
    { "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd", 10 },
    { "<b>&amp;</b>", "<b>&amp;</b>", 20 },
    { "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c", "a b c", 10 },
    { "pass\xc2\xadword\xe3\x85\xa4", "password", 20 },
    { "สวัสดี हिन्दी e\xcc\x81", "สวัสดี हिन्दी e\xcc\x81", 40 },
    { "z" MARK MARK MARK MARK MARK MARK "!", "z" MARK MARK MARK MARK "!", 20 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = rst_text_clean (cases[i].in, -1, cases[i].max);

      g_assert_cmpstr (out, ==, cases[i].out);
    }
}

/* As many characters as before, and none that hides. */
static void
test_reveal (void)
{
  static const char in[] = "  a\tb\x1b[2J\r\n\xe2\x80\xae" "c\xff \n";
  static const char out[] = "  a\tb" UNSEEN "[2J" UNSEEN "\n" UNSEEN "c" UNSEEN " \n";
  g_autofree char *shown = rst_text_reveal (in, -1);

  g_assert_cmpstr (shown, ==, out);
}

static void
test_shell_quote (void)
{
  static const char text[] = "a'b\"c`id`$HOME\\ #;|日本";
  g_autofree char *quoted = rst_text_shell_quote (text);
  g_autofree char *command = g_strconcat ("printf %s ", quoted, NULL);
  g_autofree char *output = NULL;
  const char *argv[] = { "/bin/sh", "-c", command, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                               NULL, NULL));
  g_assert_cmpstr (output, ==, text);
}

static void
test_control (void)
{
  g_assert_false (rst_text_has_control (NULL));
  g_assert_false (rst_text_has_control ("日本 語"));
  g_assert_true (rst_text_has_control ("a\nb"));
  g_assert_true (rst_text_has_control ("a\xc2\x85" "b"));
  g_assert_true (rst_text_has_control ("\xff"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/reveal", test_reveal);
  g_test_add_func ("/text/shell-quote", test_shell_quote);
  g_test_add_func ("/text/control", test_control);
  return g_test_run ();
}
