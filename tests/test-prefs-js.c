/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-ini.h"
#include "rst-prefs-js.h"

static const char text[] =
  "\xef\xbb\xbf// a comment\n"
  "# another; user_pref(\"no\", 1);\n"
  "/* and one\n over lines user_pref(\"no\", 2); */\n"
  "user_pref(\"a.string\", \"q \\\" b \\\\ \\n \\x41 \\u5c71\");\n"
  "user_pref( 'single' ,'it\\'s' ) ; user_pref(\"on.one.line\", -12);\n"
  "user_pref(\"yes\", true);\n"
  "user_pref(\"twice\", 1);\n"
  "nonsense (\"here\");\n"
  "user_pref(\"broken\", 1\n"
  "user_pref(\"twice\", 2);\n"
  "user_pref(\"raw\", \"山田\");";

static void
test_read (void)
{
  g_autoptr (RstPrefs) prefs = rst_prefs_new (text);
  g_autoptr (GPtrArray) names = rst_prefs_list_names (prefs);

  g_assert_cmpstr (rst_prefs_get_string (prefs, "a.string"), ==, "q \" b \\ \n A 山");
  g_assert_cmpstr (rst_prefs_get_string (prefs, "single"), ==, "it's");
  g_assert_cmpint (rst_prefs_get_int (prefs, "on.one.line", 0), ==, -12);
  g_assert_true (rst_prefs_get_bool (prefs, "yes", FALSE));
  g_assert_cmpint (rst_prefs_get_int (prefs, "twice", 0), ==, 2);
  g_assert_cmpstr (rst_prefs_get_string (prefs, "raw"), ==, "山田");
  g_assert_cmpint (rst_prefs_get_int (prefs, "no", 7), ==, 7);
  g_assert_cmpint (rst_prefs_get_int (prefs, "yes", 7), ==, 7);
  g_assert_true (rst_prefs_get_bool (prefs, "twice", TRUE));
  g_assert_null (rst_prefs_get_string (prefs, "yes"));
  g_assert_cmpuint (names->len, ==, 6);
}

static void
test_sound (void)
{
  static const struct {
    const char *text;
    gboolean sound;
  } cases[] = {
    { "", TRUE },
    { "\n// a\n# b\n/* c */", TRUE },
    { "user_pref(\"a\", 1);", TRUE },
    { "pref(\"a\", 1); sticky_pref(\"b\", \"x\");\n", TRUE },
    { "user_pref(\"a\", 1)\n", FALSE },
    { "user_pref(\"a\", \"x", FALSE },
    { "user_pref(\"a\", \"x\\", FALSE },
    { "user_pref(\"a\", 1); /* open", FALSE },
    { "/", FALSE },
    { "nonsense;\nuser_pref(\"a\", 1);\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstPrefs) prefs = rst_prefs_new (cases[i].text);

      g_assert_cmpint (rst_prefs_is_sound (prefs), ==, cases[i].sound);
    }
}

static void
test_unchanged (void)
{
  g_autoptr (RstPrefs) prefs = rst_prefs_new (text);
  g_autofree char *same = NULL;

  rst_prefs_set_int (prefs, "twice", 2);
  rst_prefs_set_bool (prefs, "yes", TRUE);
  g_assert_true (rst_prefs_set_string (prefs, "single", "it's", NULL));
  same = rst_prefs_render (prefs);
  g_assert_cmpstr (same, ==, text);
}

static void
test_change (void)
{
  static const char before[] = "user_pref(\"a\", \"x\"); // why\r\nuser_pref(\"b\", 1);\r\n"
                               "user_pref(\"c\", true);";
  static const char after[] = "user_pref(\"a\", \"y \\\"\\\\\"); // why\r\nuser_pref(\"b\", 23);\r\n"
                              "user_pref(\"c\", true);\r\nuser_pref(\"new\", false);\r\n";
  g_autoptr (RstPrefs) prefs = rst_prefs_new (before);
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  rst_prefs_set_int (prefs, "b", 23);
  rst_prefs_set_bool (prefs, "new", TRUE);
  rst_prefs_set_bool (prefs, "new", FALSE);
  g_assert_true (rst_prefs_set_string (prefs, "a", "y \"\\", &error));
  g_assert_false (rst_prefs_set_string (prefs, "a", "two\nlines", &error));
  g_assert_nonnull (error);
  out = rst_prefs_render (prefs);
  g_assert_cmpstr (out, ==, after);
}

static void
test_overlay (void)
{
  g_autoptr (RstPrefs) prefs = rst_prefs_new ("user_pref(\"a\", 1);\nuser_pref(\"b\", 1);\n");

  rst_prefs_overlay (prefs, "user_pref(\"b\", 2); user_pref(\"c\", 3);");
  rst_prefs_overlay (prefs, NULL);
  g_assert_cmpint (rst_prefs_get_int (prefs, "a", 0), ==, 1);
  g_assert_cmpint (rst_prefs_get_int (prefs, "b", 0), ==, 2);
  g_assert_cmpint (rst_prefs_get_int (prefs, "c", 0), ==, 3);
}

/* Whatever is cut off, nothing is read beyond the end, and what is there stays. */
static void
test_cut (void)
{
  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autofree char *cut = g_strndup (text, length);
      g_autoptr (RstPrefs) prefs = rst_prefs_new (cut);
      g_autofree char *out = NULL;

      rst_prefs_set_int (prefs, "new", 1);
      out = rst_prefs_render (prefs);
      g_assert_true (g_str_has_prefix (out, cut));
      g_assert_true (g_str_has_suffix (out, "user_pref(\"new\", 1);\n"));
    }
}

static void
test_ini (void)
{
  static const char before[] = "; c\r\n[A]\r\nx = 1 \r\n\r\n[B]\r\nPath=a=b";
  static const char after[] = "; c\r\n[A]\r\nx=2\r\ny=3\r\n\r\n[B]\r\nPath=a=b\r\nz=4\r\n\r\n[C]\r\nk=v\r\n";
  g_autoptr (RstIni) ini = rst_ini_new (before);
  g_autofree char *x = rst_ini_get (ini, "A", "x");
  g_autofree char *path = rst_ini_get (ini, "B", "Path");
  g_autofree char *out = NULL;

  g_assert_cmpstr (x, ==, "1");
  g_assert_cmpstr (path, ==, "a=b");
  g_assert_null (rst_ini_get (ini, "B", "x"));
  g_assert_null (rst_ini_get (ini, "A", "Path"));
  rst_ini_set (ini, "A", "x", "2");
  rst_ini_set (ini, "A", "y", "3");
  rst_ini_set (ini, "B", "z", "4");
  rst_ini_set (ini, "B", "Path", "a=b");
  rst_ini_set (ini, "C", "k", "v");
  out = rst_ini_render (ini);
  g_assert_cmpstr (out, ==, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prefs-js/read", test_read);
  g_test_add_func ("/prefs-js/sound", test_sound);
  g_test_add_func ("/prefs-js/unchanged", test_unchanged);
  g_test_add_func ("/prefs-js/change", test_change);
  g_test_add_func ("/prefs-js/overlay", test_overlay);
  g_test_add_func ("/prefs-js/cut", test_cut);
  g_test_add_func ("/ini", test_ini);
  return g_test_run ();
}
