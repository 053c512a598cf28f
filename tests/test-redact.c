/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a report may say: nothing of the address's local part, in whatever form it comes; and, after a
 * whole search, the hosts and facts.
 */
#include "discovery-world.h"

#include "rst-redact.h"
#include "rst-report.h"

#include <string.h>

#define HOME "/home/somebody"

/* In every form that a text may have it in. */
static GPtrArray *
list_forms (const RstAddress *address)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);
  const char * const names[] = { address->full, address->display, address->local };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *longer = g_strconcat ("user=", names[i], "\001auth", NULL);

      g_ptr_array_add (forms, g_strdup (names[i]));
      g_ptr_array_add (forms, g_utf8_strdown (names[i], -1));
      g_ptr_array_add (forms, g_ascii_strup (names[i], -1));
      g_ptr_array_add (forms, g_uri_escape_string (names[i], NULL, FALSE));
      g_ptr_array_add (forms, g_base64_encode ((const guchar *) names[i], strlen (names[i])));
      g_ptr_array_add (forms, g_base64_encode ((const guchar *) longer, strlen (longer)));
      g_ptr_array_add (forms, g_compute_checksum_for_string (G_CHECKSUM_MD5, names[i], -1));
      g_ptr_array_add (forms, g_compute_checksum_for_string (G_CHECKSUM_SHA256, names[i], -1));
    }
  return forms;
}

static void
assert_silent (const char *text,
               const char *local)
{
  g_autofree char *small = g_utf8_casefold (text, -1);
  g_autofree char *sought = g_utf8_casefold (local, -1);
  g_autofree char *escaped = g_uri_escape_string (local, NULL, FALSE);
  g_autofree char *encoded = g_base64_encode ((const guchar *) local, strlen (local) / 3 * 3);

  if (strstr (small, sought) != NULL)
    g_error ("%s is in %s", local, text);
  if (strstr (text, escaped) != NULL)
    g_error ("%s is in %s", escaped, text);
  if (*encoded != 0 && strstr (text, encoded) != NULL)
    g_error ("%s is in %s", encoded, text);
}

static void
test_forms (gconstpointer data)
{
  static const char * const texts[] = {
    "%s", "<%s>", "https://autoconfig.example.org/mail/config-v1.1.xml?emailaddress=%s&x=1",
    "POST https://autodiscover.example.org/%s/autodiscover.xml", "The name “%s” is not known.",
    "/home/somebody/%s/providers.d", "AUTHENTICATE PLAIN %s", "%s,%s;%s",
  };
  g_autoptr (RstAddress) address = rst_address_parse (data, NULL);
  g_autoptr (RstRedaction) redaction = rst_redaction_new (address, HOME);
  g_autoptr (GPtrArray) forms = list_forms (address);

  for (guint i = 0; i < forms->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
      {
        g_autoptr (GString) text = g_string_new (texts[k]);
        g_autofree char *redacted = NULL;

        g_string_replace (text, "%s", g_ptr_array_index (forms, i), 0);
        redacted = rst_redaction_apply (redaction, text->str);
        assert_silent (redacted, address->local);
        g_assert_null (strstr (redacted, HOME));
        g_assert_null (strstr (redacted, g_ptr_array_index (forms, i)));
      }
}

/* What must not be taken for the name. */
static void
test_kept (void)
{
  static const struct {
    const char *address, *text, *wanted;
  } cases[] = {
    { "mail@example.org", "mail.example.org named imap.mail.example.org", NULL },
    { "mail@example.org", "asked mail@example.org, mail and MAIL.", "asked ***, *** and ***." },
    { "taro@taro.example", "imaps://imap.taro.example for taro", "imaps://imap.taro.example for ***" },
    { "info@example.org", "more information", NULL },
    { "taro@example.org", "kentaro and tarot", NULL },
    { "a@example.org", "a server, not a@example.org", "a server, not ***" },
    { "taro+lists@example.org", "box taro, tag lists", "box ***, tag lists" },
    { "taro@example.org", "\xff taro", "\xef\xbf\xbd ***" },
    { "taro@example.org", "taro@example.orgtaro", "******" },
    { "a@example.org", "imap.example%8a@example.org", "imap.example%8***" },
    { "***@example.org", "*** and ***@example.org", "*** and ***" },
    { "com@example.com", "imap.example.com and SRV _imaps._tcp.example.com", NULL },
    { "jane@jane.example.org", "jane.example.org, mx1.JANE.example.org:25", NULL },
    { "taro@xn--r8jz45g.jp", "imap.xn--r8jz45g.jp", NULL },
    { "e@example.org", "EXPIRE, e.g. imap.e.example", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstAddress) address = rst_address_parse (cases[i].address, NULL);
      g_autoptr (RstRedaction) redaction = rst_redaction_new (address, HOME);
      g_autofree char *got = rst_redaction_apply (redaction, cases[i].text);

      g_assert_cmpstr (got, ==, cases[i].wanted != NULL ? cases[i].wanted : cases[i].text);
    }
}

/* A provider may build the name of a server from that of the person; then the name says who it is, too. */
static void
test_hosts (void)
{
  static const struct {
    const char *address, *text, *wanted;
  } cases[] = {
    { "jane.doe@example.org", "imaps://jane.doe.mail.example.org:993", "imaps://***.mail.example.org:993" },
    { "jane.doe@example.org", "JANE.DOE.Mail.Example.Org", "***.Mail.Example.Org" },
    { "jane.doe@example.org", "mail-jane.doe.example.org", "mail-***.example.org" },
    { "taro@example.org", "taro.example.net and taro-mail.example.net",
      "***.example.net and ***-mail.example.net" },
    { "taro@example.org", "box4taro.example.net", "box4***.example.net" },
    { "taro@example.org", "taro.mail.example.org named in taro.example.org.xml",
      "***.mail.example.org named in ***.example.org.xml" },
    { "taro+lists@example.org", "taro.example.net", "***.example.net" },
    { "a@example.org", "imap.a.mail.example.net", "imap.***.mail.example.net" },
    { "taro@taro.example", "taro.mail.taro.example", "***.mail.taro.example" },
    { "mail@example.org", "mail@example.org at mail.example.org", "*** at mail.example.org" },
    /* “jürg”, as it is in the DNS, and within a longer label */
    { "j\u00fcrg@example.org", "xn--jrg-hoa.mail.example.org", "***.mail.example.org" },
    { "j\u00fcrg@example.org", "XN--JRG-HOA.mail.example.org", "***.mail.example.org" },
    { "J\u00dcRG@example.org", "box of j\u00fcrg.mail.example.org", "box of ***.mail.example.org" },
    { "taro@example.org", "https://h/?u=%74%61%72%6F&x=taro%40example.org", "https://h/?u=***&x=***" },
    { "taro@example.org", "https://h/?u=%2574%2561ro", "https://h/?u=***" },
    { "taro@example.org", "https://%74aro.mail.example.net/", "https://***.mail.example.net/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstAddress) address = rst_address_parse (cases[i].address, NULL);
      g_autoptr (RstRedaction) redaction = rst_redaction_new (address, HOME);
      g_autofree char *got = rst_redaction_apply (redaction, cases[i].text);

      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

/* Half an escape, escapes of nothing and of what is not UTF-8, and a name where it touches them. */
static void
test_odd_escapes (void)
{
  static const char * const texts[] = {
    "%", "%4", "%zz", "%00taro%00", "%C3taro", "taro%C3%", "%ff%fe", "%25252525252574aro", "\xc3%a9",
    "xn--", "xn--.example", "xn--%C3", "....", "%2e%2e%2f", "taro%", "%C3%A9taro",
  };
  g_autoptr (RstAddress) address = rst_address_parse ("taro@example.org", NULL);
  g_autoptr (RstRedaction) redaction = rst_redaction_new (address, HOME);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *got = rst_redaction_apply (redaction, texts[i]);

      g_assert_true (g_utf8_validate (got, -1, NULL));
      if (strstr (texts[i], "%C3%A9taro") == NULL)
        g_assert_null (strstr (got, "taro"));
    }
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(gboolean *) user_data = rst_discovery_run_finish (RST_DISCOVERY (source), result, NULL);
}

static char *
report (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "discovery", name, NULL);
  const char *folders[] = { "/home/taro/providers", "/etc/restante/providers.d", NULL };
  const RstDiscoveryOptions options = { .probe = TRUE, .network = TRUE, .provider_dirs = folders };
  g_autoptr (World) world = world_load (path);
  g_autoptr (RstDiscovery) discovery = rst_discovery_new (world->address, &options);
  WorldRun *run = world_run_new (world, 1);
  gboolean done = FALSE;

  rst_discovery_set_outside (discovery, world_run_get_outside (run));
  rst_discovery_run_async (discovery, NULL, ended_cb, &done);
  while (!done)
    if (!world_run_step (run))
      g_main_context_iteration (NULL, TRUE);
    else
      while (g_main_context_iteration (NULL, FALSE))
        ;
  while (world_run_step (run))
    while (g_main_context_iteration (NULL, FALSE))
      ;
  return rst_report_new (discovery);
}

static void
test_report (void)
{
  static const char * const wanted[] = {
    "imaps://imap.example.org:993 [isp,", "mail servers of example.org", "emailaddress=***\n",
    "POST https://autodiscover.example.org/autodiscover/autodiscover.xml", "SRV _imaps._tcp.example.org",
    "…/example.org.xml", "/etc/restante/providers.d/example.org.xml", "v1.ispdb.net learnt the domain",
    "autoconfig.example.org learnt your address.", "Named by your provider over a secure connection.",
    "✓ Chosen", " ms",
  };
  g_autofree char *text = report ("everything-agrees.search");

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (text, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], text);
  assert_silent (text, "taro");
}

/* A provider that gives everybody a server of their own names them with it. */
static void
test_own_hosts (void)
{
  g_autofree char *text = report ("own-hosts.search");

  assert_silent (text, "taro");
  g_assert_nonnull (strstr (text, "imaps://***.mail.example.org:993 [isp]"));
  g_assert_nonnull (strstr (text, "Chosen before imaps://***-2.mail.example.org:993."));
}

/* The reason that decided is told, and against what. */
static void
test_choice (void)
{
  g_autofree char *trust = report ("database-loses.search");
  g_autofree char *works = report ("broken-certificates.search");

  g_assert_nonnull (strstr (trust, "Chosen before imaps://in.example.org:993. Who named it can be trusted"));
  g_assert_null (strstr (works, "✓"));
  g_assert_nonnull (strstr (works, "! It failed."));
}

int
main (int   argc,
      char *argv[])
{
  static const char * const addresses[] = {
    "taro@example.org", "Taro.Yamada+lists@example.org", "taro@例え.jp", "たろう@例え.jp", "o'neil&co@example.co.jp",
    "yamada_taro-1974@example.org", "ÄPFEL@example.org",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *name = g_strconcat ("/redact/forms/", addresses[i], NULL);

      g_test_add_data_func (name, addresses[i], test_forms);
    }
  g_test_add_func ("/redact/kept", test_kept);
  g_test_add_func ("/redact/hosts", test_hosts);
  g_test_add_func ("/redact/odd-escapes", test_odd_escapes);
  g_test_add_func ("/redact/report", test_report);
  g_test_add_func ("/redact/own-hosts", test_own_hosts);
  g_test_add_func ("/redact/choice", test_choice);
  return g_test_run ();
}
