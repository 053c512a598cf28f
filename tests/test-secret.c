/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-error.h"
#include "rst-secret.h"

#include <string.h>

static void
test_keeps_exactly (void)
{
  static const char password[] = " p\"w\\{}'`$(id)#;パス ";
  g_autoptr (RstSecret) secret = rst_secret_new (password, strlen (password), NULL);
  g_autoptr (RstSecret) second = rst_secret_ref (secret);

  g_assert_cmpstr (rst_secret_peek (second), ==, password);
}

static void
test_refuse (void)
{
  g_autofree char *big = g_strnfill (RST_SECRET_MAX + 1, 'x');
  const struct {
    const char *text;
    gsize length;
  } cases[] = {
    { "", 0 },
    { "a\nb", 3 },
    { "a\0b", 3 },
    { "a\rb", 3 },
    { "\x7f", 1 },
    { big, RST_SECRET_MAX + 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rst_secret_new (cases[i].text, cases[i].length, &error));
      g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
    }
}

static void
test_token (void)
{
  g_autofree char *longest = g_strnfill (RST_TOKEN_MAX, 'x');
  g_autofree char *big = g_strnfill (RST_TOKEN_MAX + 1, 'x');
  static const char * const good[] = { "a", "ya29.a0-_~+/=", "eyJh.eyJz.c2ln", "a==" };
  const struct {
    const char *text;
    gsize length;
  } bad[] = {
    { "", 0 },   { "=", 1 },    { "a=b", 3 },       { "a b", 3 },       { "a\001", 2 },
    { "a\n", 2 }, { "a\0b", 3 }, { "a\xc3\xa9", 3 }, { "\"a\"", 3 }, { big, RST_TOKEN_MAX + 1 },
  };
  g_autoptr (RstSecret) password = rst_secret_new ("a", 1, NULL);
  g_autoptr (RstSecret) whole = rst_secret_new_token (longest, RST_TOKEN_MAX);

  g_assert_false (rst_secret_is_token (password));
  g_assert_cmpstr (rst_secret_peek (whole), ==, longest);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (RstSecret) secret = rst_secret_new_token (good[i], strlen (good[i]));

      g_assert_true (rst_secret_is_token (secret));
      g_assert_cmpstr (rst_secret_peek (secret), ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (rst_secret_new_token (bad[i].text, bad[i].length));
}

static void
test_wipe (void)
{
  char memory[] = "secret";

  rst_wipe (memory, sizeof memory);
  for (gsize i = 0; i < sizeof memory; i++)
    g_assert_cmpint (memory[i], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/keeps-exactly", test_keeps_exactly);
  g_test_add_func ("/secret/refuse", test_refuse);
  g_test_add_func ("/secret/token", test_token);
  g_test_add_func ("/secret/wipe", test_wipe);
  return g_test_run ();
}
