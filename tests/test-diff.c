/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line differences: what `patch` makes of them, and what undo takes out of a text that was edited. */
#include "rst-diff.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static GBytes *
bytes (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static char *
unified (const char *path,
         const char *before,
         const char *after,
         guint       context)
{
  g_autoptr (GBytes) b = bytes (before);
  g_autoptr (GBytes) a = bytes (after);
  g_autoptr (RstEdit) edit = rst_edit_new (RST_EDIT_TEXT, path, 0600, b, a, "");

  return rst_diff_unified (edit, context);
}

static void
test_unified (void)
{
  g_autofree char *changed = unified ("/h/a b", "1\n2\n3\n4\n5\n", "1\n2\nx\n4\n5\ny", 1);
  g_autofree char *created = unified ("/h/new", NULL, "a\n", 3);
  g_autofree char *same = unified ("/h/x", "a\n", "a\n", 3);
  g_autofree char *odd = unified ("/h/q\"\n", "a\n", "b\n", 3);

  g_assert_cmpstr (changed, ==, "--- /h/a b\t\n+++ /h/a b\t\n@@ -2,4 +2,5 @@\n 2\n-3\n+x\n 4\n 5\n+y\n"
                                "\\ No newline at end of file\n");
  g_assert_cmpstr (created, ==, "--- /dev/null\n+++ /h/new\n@@ -0,0 +1 @@\n+a\n");
  g_assert_cmpstr (same, ==, "");
  g_assert_true (g_str_has_prefix (odd, "--- \"/h/q\\\"\\n\"\n+++ \"/h/q\\\"\\n\"\n@@"));
}

static void
test_lines (void)
{
  g_autoptr (GBytes) before = bytes ("a\r\nb\xff\n");
  g_autoptr (GBytes) after = bytes ("a\r\nc");
  g_autoptr (GPtrArray) lines = rst_diff_lines (before, after);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const RstDiffLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (shown, "%c%s|", line->mark, line->text);
    }
  g_assert_cmpstr (shown->str, ==, " a|-b\357\277\275|+c|");
}

/* A text of few different lines, so that many of them are alike; with or without a last line end. */
static char *
random_text (GRand *rand)
{
  static const char * const words[] = { "a\n", "b\n", "c\n", "\n", "  d\n", "\\ e\n", "-- f\n", "+g\r\n" };
  g_autoptr (GString) text = g_string_new (NULL);
  gint n = g_rand_int_range (rand, 0, 40);

  for (gint i = 0; i < n; i++)
    g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  if (text->len > 0 && g_rand_boolean (rand))
    g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Keeps most lines of @text. */
static char *
random_edit (GRand      *rand,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) edited = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gint dice = g_rand_int_range (rand, 0, 10);

      if (dice == 0)
        continue;
      if (dice == 1)
        g_string_append (edited, "new\n");
      g_string_append (edited, lines[i]);
      if (lines[i + 1] != NULL)
        g_string_append_c (edited, '\n');
    }
  return g_string_free (g_steal_pointer (&edited), FALSE);
}

static char *
run (const char * const *argv,
     const char         *input)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) > 1)
    g_error ("%s failed: %s", argv[0], out);
  return out;
}

static guint
count_changes (const char *diff)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);
  gboolean inside = FALSE;
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      inside |= g_str_has_prefix (*line, "@@");
      n += inside && (**line == '-' || **line == '+');
    }
  return n;
}

/* `patch` turns the one into the other, and the way is as short as that of `diff -u`. */
static void
test_patch (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261125);
  g_autofree char *folder = g_dir_make_tmp ("restante-diff-XXXXXX", NULL);
  g_autofree char *old_path = g_build_filename (folder, "old", NULL);
  g_autofree char *new_path = g_build_filename (folder, "new", NULL);
  g_autofree char *program = g_find_program_in_path ("patch");

  if (program == NULL)
    {
      g_test_skip ("patch is not installed");
      return;
    }
  for (guint round = 0; round < 60; round++)
    {
      g_autofree char *before = random_text (rand);
      g_autofree char *after = round % 3 == 0 ? random_text (rand) : random_edit (rand, before);
      g_autofree char *ours = unified (old_path, before, after, round % 4);
      const char * const diff_argv[] = { "diff", "-d", "-u", old_path, new_path, NULL };
      const char * const patch_argv[] = { "patch", "-s", "-f", "-o", "-", old_path, NULL };
      g_autofree char *theirs = NULL;
      g_autofree char *patched = NULL;

      g_assert_true (g_file_set_contents (old_path, before, -1, NULL));
      g_assert_true (g_file_set_contents (new_path, after, -1, NULL));
      theirs = run (diff_argv, "");
      g_assert_cmpuint (count_changes (ours), ==, count_changes (theirs));
      if (*ours == '\0')
        {
          g_assert_cmpstr (before, ==, after);
          continue;
        }
      patched = run (patch_argv, ours);
      g_assert_cmpstr (patched, ==, after);
    }
  g_remove (old_path);
  g_remove (new_path);
  g_rmdir (folder);
}

/* Texts that have nothing in common, long enough that only a bounded search ends within the time of
 * a test. */
static void
test_bound (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autofree char *diff = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (before, "old %u\n", i);
      g_string_append_printf (after, "new %u\n", i);
    }
  diff = unified ("/h/x", before->str, after->str, 3);
  g_assert_cmpuint (count_changes (diff), ==, 40000);
}

typedef struct {
  const char *name;
  const char *before;
  const char *after;
  const char *current;
  const char *result; /* NULL: left alone */
} Case;

#define BLOCK "\n# begin\nHost a\nPort 1\n# end\n"

static const Case revert_cases[] = {
  { "untouched", "x\n", "x\n" BLOCK, "x\n" BLOCK, "x\n" },
  { "line before", "x\n", "x\n" BLOCK, "w\nx\n" BLOCK, "w\nx\n" },
  { "line changed before", "x\n", "x\n" BLOCK, "y\n" BLOCK, "y\n" },
  { "line after", "x\n", "x\n" BLOCK, "x\n" BLOCK "z\n", "x\nz\n" },
  { "section after", "x\n", "x\n" BLOCK, "x\n" BLOCK "\n# z\n", "x\n\n# z\n" },
  { "section between", "x\n", "x\n" BLOCK, "x\n\n# z\n" BLOCK, "x\n\n# z\n" },
  { "last line end missing before", "x", "x\n" BLOCK, "x\n" BLOCK "z", "x\nz" },
  { "last line end missing now", "x\n", "x\n" BLOCK, "w\nx\n\n# begin\nHost a\nPort 1\n# end", "w\nx\n" },
  { "new file", NULL, "a\nb\n", "a\nb\nc\n", "c\n" },
  { "new file, spoiled", NULL, "a\nb\n", "a\nc\nb\n", NULL },
  { "already gone", "x\n", "x\n" BLOCK, "x\ny\n", NULL },
  { "line of ours removed", "x\n", "x\n" BLOCK, "x\n\n# begin\nHost a\n# end\n", "x\n" },
  { "line of ours changed", "x\n", "x\n" BLOCK, "x\n\n# begin\nHost a\nPort 2\n# end\n", NULL },
  { "line put into ours", "x\n", "x\n" BLOCK, "x\n\n# begin\nHost a\nTimeout 9\nPort 1\n# end\n", NULL },
  { "value replaced", "a\nlist 1\nb\n", "a\nlist 1 2\nb\n", "a\nlist 1 2\nb\nc\n", "a\nlist 1\nb\nc\n" },
  { "value replaced twice", "a\nlist 1\nb\n", "a\nlist 1 2\nb\n", "a\nlist 1 2 3\nb\n", NULL },
  { "value put back by hand", "a\nlist 1\nb\n", "a\nlist 1 2\nb\n" BLOCK, "a\nlist 1\nb\nc\n" BLOCK,
    "a\nlist 1\nb\nc\n" },
  { "line removed by us", "a\nb\nc\n", "a\nc\n", "a\nc\nd\n", "a\nb\nc\nd\n" },
};

static const Case loose_cases[] = {
  { "sorted, extended", "p1\n", "p1\nq2\nr3\n", "a0\np1\nq2\nq2b\nr3\n", "a0\np1\nq2b\n" },
  { "reversed", "p1\n", "p1\nq2\nr3\n", "r3\nq2\np1\n", "p1\n" },
  { "value replaced", "list(1)\n", "list(1,2)\nq2\n", "q2\na\nlist(1,2)\n", "a\nlist(1)\n" },
  { "value replaced twice", "list(1)\n", "list(1,2)\nq2\n", "q2\nlist(1,2,3)\n", NULL },
  { "removed by the program", "list(1)\n", "list(1,2)\nq2\n", "a\nlist(1)\n", NULL },
  { "half removed by the program", "list(1)\n", "list(1,2)\nq2\n", "a\nlist(1)\nq2\n", "a\nlist(1)\n" },
};

static void
check_cases (const Case *cases,
             gsize       n,
             GBytes   *(*revert) (GBytes *, GBytes *, GBytes *))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GBytes) before = bytes (cases[i].before);
      g_autoptr (GBytes) after = bytes (cases[i].after);
      g_autoptr (GBytes) current = bytes (cases[i].current);
      g_autoptr (GBytes) result = revert (before, after, current);
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].name);
      if (result != NULL)
        text = g_strndup (g_bytes_get_data (result, NULL) != NULL ? g_bytes_get_data (result, NULL) : "",
                          g_bytes_get_size (result));
      g_assert_cmpstr (text, ==, cases[i].result);
    }
}

static void
test_revert (void)
{
  check_cases (revert_cases, G_N_ELEMENTS (revert_cases), rst_diff_revert);
}

static void
test_revert_loose (void)
{
  check_cases (loose_cases, G_N_ELEMENTS (loose_cases), rst_diff_revert_loose);
}

/* Whatever was edited outside of our block, all of it and nothing of the block is left. */
static void
test_revert_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint reverted = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autofree char *text = random_text (rand);
      g_autofree char *edited = random_edit (rand, text);
      g_autofree char *after = NULL;
      g_autofree char *current = NULL;
      g_autoptr (GBytes) b = bytes (text);
      g_autoptr (GBytes) a = NULL;
      g_autoptr (GBytes) c = NULL;
      g_autoptr (GBytes) result = NULL;

      if (text[0] == '\0' || !g_str_has_suffix (text, "\n") || !g_str_has_suffix (edited, "\n"))
        continue;
      after = g_strconcat (text, BLOCK, NULL);
      current = g_strconcat (edited, BLOCK, round % 2 == 0 ? "tail\n" : "", NULL);
      g_free (edited);
      edited = g_strndup (current, strlen (current) - strlen (BLOCK) - (round % 2 == 0 ? 5 : 0));
      a = bytes (after);
      c = bytes (current);
      result = rst_diff_revert (b, a, c);
      if (result == NULL)
        continue;
      reverted++;
      g_assert_null (memmem (g_bytes_get_data (result, NULL), g_bytes_get_size (result), "Host a", 6));
      g_assert_cmpuint (g_bytes_get_size (result), ==, strlen (edited) + (round % 2 == 0 ? 5 : 0));
      g_assert_cmpmem (g_bytes_get_data (result, NULL), strlen (edited), edited, strlen (edited));
    }
  g_assert_cmpuint (reverted, >, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff/unified", test_unified);
  g_test_add_func ("/diff/lines", test_lines);
  g_test_add_func ("/diff/patch", test_patch);
  g_test_add_func ("/diff/bound", test_bound);
  g_test_add_func ("/diff/revert", test_revert);
  g_test_add_func ("/diff/revert-loose", test_revert_loose);
  g_test_add_func ("/diff/revert-random", test_revert_random);
  return g_test_run ();
}
