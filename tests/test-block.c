/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-block.h"

#define BEGIN "# >>> Restante a@b.test >>>"
#define END "# <<< Restante a@b.test <<<"

/* What a text becomes when a block is added to it. */
static const struct {
  const char *before, *after;
} additions[] = {
  { "", BEGIN "\nx\n" END "\n" },
  { "one\n", "one\n\n" BEGIN "\nx\n" END "\n" },
  { "one\n\n", "one\n\n" BEGIN "\nx\n" END "\n" },
  { "one", "one\n\n" BEGIN "\nx\n" END "\n" },
  { "# comment", "# comment\n\n" BEGIN "\nx\n" END "\n" },
  { "joined \\", "joined \\\n\n" BEGIN "\nx\n" END "\n" },
  { "joined \\\n", "joined \\\n\n" BEGIN "\nx\n" END "\n" },
  { "a\r\nb", "a\r\nb\r\n\r\n" BEGIN "\r\nx\r\n" END "\r\n" },
  { "a\r\n\r\n", "a\r\n\r\n" BEGIN "\r\nx\r\n" END "\r\n" },
  { "a\r", "a\r\n\n" BEGIN "\nx\n" END "\n" },
  { "\xef\xbb\xbf" "a\n", "\xef\xbb\xbf" "a\n\n" BEGIN "\nx\n" END "\n" },
  { BEGIN "\ncut off\n", BEGIN "\ncut off\n\n" BEGIN "\nx\n" END "\n" },
  { "# >>> Restante a@b.tes >>>\ny\n# <<< Restante a@b.tes <<<\n",
    "# >>> Restante a@b.tes >>>\ny\n# <<< Restante a@b.tes <<<\n\n" BEGIN "\nx\n" END "\n" },
};

static void
test_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (additions); i++)
    {
      g_autoptr (RstBlock) block = rst_block_find (additions[i].before, "a@b.test");
      g_autofree char *after = rst_block_set (block, "a@b.test", "x\n");
      g_autoptr (RstBlock) again = rst_block_find (after, "a@b.test");
      g_autofree char *same = NULL;

      g_assert_null (block->body);
      g_assert_cmpstr (after, ==, additions[i].after);
      g_assert_nonnull (again->body);
      same = rst_block_set (again, "a@b.test", "x\n");
      g_assert_cmpstr (same, ==, after);
    }
}

static void
test_replace (void)
{
  static const char before[] = "head\r\n" BEGIN "\r\nold\r\nlines\r\n" END "\r\ntail";
  static const char after[] = "head\r\n" BEGIN "\r\nnew\r\n" END "\r\ntail";
  g_autoptr (RstBlock) block = rst_block_find (before, "a@b.test");
  g_autofree char *out = rst_block_set (block, "a@b.test", "new\n");
  g_autofree char *rest = rst_block_rest (block);

  g_assert_cmpstr (block->body, ==, "old\r\nlines\r\n");
  g_assert_cmpstr (out, ==, after);
  g_assert_cmpstr (rest, ==, "head\r\ntail");
}

static void
test_name (void)
{
  gboolean begins;
  g_autofree char *begin = rst_block_name (BEGIN "\r\nmore", &begins);
  g_autofree char *end = NULL;

  g_assert_cmpstr (begin, ==, "a@b.test");
  g_assert_true (begins);
  end = rst_block_name (END, &begins);
  g_assert_cmpstr (end, ==, "a@b.test");
  g_assert_false (begins);
  g_assert_null (rst_block_name ("# >>> Restante  >>>x", &begins));
  g_assert_null (rst_block_name ("# >>> Restante >>>", &begins));
  g_assert_null (rst_block_name (" " BEGIN, &begins));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block/add", test_add);
  g_test_add_func ("/block/replace", test_replace);
  g_test_add_func ("/block/name", test_name);
  return g_test_run ();
}
