/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-address.h"
#include "rst-error.h"

#include <string.h>

static void
test_parse (void)
{
  static const struct {
    const char *text, *full, *domain, *display;
  } cases[] = {
    { "taro@example.org", "taro@example.org", "example.org", "taro@example.org" },
    { "  Taro.Y+x@Example.ORG. ", "Taro.Y+x@example.org", "example.org", "Taro.Y+x@example.org" },
    { "taro@bücher.example", "taro@xn--bcher-kva.example", "xn--bcher-kva.example", "taro@bücher.example" },
    { "太郎@例え.テスト", "太郎@xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah", "太郎@例え.テスト" },
    { "a@straße.example", "a@xn--strae-oqa.example", "xn--strae-oqa.example", "a@straße.example" },
    /* Scripts that are not written together are shown as what is looked up */
    { "a@раypal.example", "a@xn--ypal-43d9g.example", "xn--ypal-43d9g.example", "a@xn--ypal-43d9g.example" },
    { "a@xn--ypal-43d9g.example", "a@xn--ypal-43d9g.example", "xn--ypal-43d9g.example",
      "a@xn--ypal-43d9g.example" },
    { "a@пример.example", "a@xn--e1afmkfd.example", "xn--e1afmkfd.example", "a@пример.example" },
    { "a@日本ごカナx.example", NULL, NULL, "a@日本ごカナx.example" },
    { "a@한글漢x.example", NULL, NULL, "a@한글漢x.example" },
    { "a@한글ごx.example", NULL, NULL, NULL },
    { "o'neil{}|~@a.b", "o'neil{}|~@a.b", "a.b", "o'neil{}|~@a.b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RstAddress) address = rst_address_parse (cases[i].text, &error);

      g_assert_no_error (error);
      if (cases[i].full != NULL)
        g_assert_cmpstr (address->full, ==, cases[i].full);
      if (cases[i].domain != NULL)
        g_assert_cmpstr (address->domain, ==, cases[i].domain);
      g_assert_cmpstr (address->display, ==, cases[i].display != NULL ? cases[i].display : address->full);
    }
}

static void
test_refuse (void)
{
  static const char * const cases[] = {
    "", "taro", "@example.org", "taro@", "taro@localhost", "taro@[192.0.2.1]", "taro@192.0.2.1",
    "ta ro@example.org", "\"ta ro\"@example.org", ".taro@example.org", "taro.@example.org",
    "ta..ro@example.org", "taro@exa mple.org", "taro@-example.org", "taro@exam_ple.org",
    "taro@example..org", "ta\nro@example.org", "taro@example.org\n@x.y\n", "taro\\@example.org",
    "taro@example.org/path", "ta\xffro@example.org", "taro`id`;@example.org", "<taro@example.org>",
    "taro@exam\xe2\x80\x8d" "ple.org", "taro@exam\xc2\xadple.org", "taro@\xe2\x80\xae" "example.org",
    "taro@example.org%00.example.net", "taro@exam\"ple.org", "taro@$(id).org",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RstAddress) address = rst_address_parse (cases[i], &error);

      if (address != NULL)
        g_test_message ("accepted: %s", cases[i]);
      g_assert_null (address);
      g_assert_error (error, RST_ERROR, RST_ERROR_INPUT);
      g_assert_nonnull (rst_error_get_advice (error));
      g_assert_null (strstr (error->message, "“”"));
    }
}

static void
test_expand (void)
{
  g_autoptr (RstAddress) address = rst_address_parse ("%EMAILDOMAIN%@example.org", NULL);
  g_autofree char *out = NULL;

  g_assert_nonnull (address);
  out = rst_address_expand (address, "a%EMAILLOCALPART%b%EMAILADDRESS%%EMAILDOMAIN%%EMAILADDRESS");
  /* One pass: what a placeholder brings in is not expanded again. */
  g_assert_cmpstr (out, ==, "a%EMAILDOMAIN%b%EMAILDOMAIN%@example.orgexample.org%EMAILADDRESS");
}

static void
test_equal (void)
{
  g_autoptr (RstAddress) a = rst_address_parse ("Taro@Example.org", NULL);
  g_autoptr (RstAddress) b = rst_address_parse ("taro@example.ORG", NULL);
  g_autoptr (RstAddress) c = rst_address_parse ("太郎@example.org", NULL);

  g_assert_true (rst_address_equal (a, b));
  g_assert_false (rst_address_equal (a, c));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/refuse", test_refuse);
  g_test_add_func ("/address/expand", test_expand);
  g_test_add_func ("/address/equal", test_equal);
  return g_test_run ();
}
