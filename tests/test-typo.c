/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mistyped domains are noticed, and nobody is bothered about honest ones: the lists are in cases/typo. */
#include "rst-providers.h"
#include "rst-typo.h"

static GPtrArray *
read_lines (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "typo", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && **line != '#')
      g_ptr_array_add (wanted, g_strdup (*line));
  g_assert_cmpuint (wanted->len, >, 10);
  return wanted;
}

static char *
suggest (const char *domain)
{
  g_autofree char *text = g_strconcat ("Taro.S@", domain, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAddress) address = rst_address_parse (text, &error);

  g_assert_no_error (error);
  return rst_typo_suggest (address);
}

/* “-” is a slip that is too far from the keys to be sure of. */
static void
test_slips (void)
{
  g_autoptr (GPtrArray) lines = read_lines ("slips.txt");

  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_ptr_array_index (lines, i), " ", -1);
      g_autofree char *suggestion = suggest (words[0]);
      g_autofree char *wanted = g_strconcat ("Taro.S@", words[1], NULL);

      g_test_message ("%s", words[0]);
      g_assert_cmpuint (g_strv_length (words), ==, 2);
      g_assert_cmpstr (suggestion, ==, g_str_equal (words[1], "-") ? NULL : wanted);
    }
}

static void
test_honest (void)
{
  g_autoptr (GPtrArray) lines = read_lines ("honest.txt");

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *suggestion = suggest (g_ptr_array_index (lines, i));

      g_test_message ("%s", (char *) g_ptr_array_index (lines, i));
      g_assert_cmpstr (suggestion, ==, NULL);
    }
}

/* What the list has is never a slip, whatever else it has. */
static void
test_listed (void)
{
  static const RstProvider * const tables[] = { rst_providers_world, rst_providers_japan };

  for (gsize table = 0; table < G_N_ELEMENTS (tables); table++)
    for (const RstProvider *provider = tables[table]; provider->name != NULL; provider++)
      {
        g_auto (GStrv) domains = g_strsplit (provider->domains != NULL ? provider->domains : "", " ", -1);

        for (char **domain = domains; *domain != NULL && **domain != '\0'; domain++)
          {
            g_autofree char *below = g_strconcat ("aa1", *domain, NULL);
            g_autofree char *suggestion = suggest (**domain == '.' ? below : *domain);

            g_assert_cmpstr (suggestion, ==, NULL);
          }
      }
}

static void
test_words (void)
{
  g_autofree char *text = rst_typo_describe ("taro@gmail.com");

  g_assert_true (g_str_has_prefix (text, "Did you mean taro@gmail.com? "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typo/slips", test_slips);
  g_test_add_func ("/typo/honest", test_honest);
  g_test_add_func ("/typo/listed", test_listed);
  g_test_add_func ("/typo/words", test_words);

  return g_test_run ();
}
