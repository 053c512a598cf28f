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
  g_test_add_func ("/secret/wipe", test_wipe);
  return g_test_run ();
}
