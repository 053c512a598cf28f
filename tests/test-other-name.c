/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which name of a certificate is told to somebody who asked for another one. */
#include "rst-other-name.h"

static const struct {
  RstProtocol protocol;
  const char *host;
  const char *names;
  const char *expected; /* (nullable) */
  gboolean    certain;
} cases[] = {
  { RST_PROTOCOL_IMAP, "imap.example.org", "mail.example.org", "mail.example.org", TRUE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "server7.hoster.net", "server7.hoster.net", FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "hoster.net www.hoster.net", "hoster.net", FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "hoster.net mail.hoster.net www.hoster.net", "mail.hoster.net",
    FALSE },
  { RST_PROTOCOL_POP3, "mail.example.org", "imap.hoster.net pop.hoster.net smtp.hoster.net",
    "pop.hoster.net", FALSE },
  { RST_PROTOCOL_SMTP, "mail.example.org", "imap.hoster.net pop.hoster.net smtp.hoster.net",
    "smtp.hoster.net", FALSE },
  /* The owner's name goes before a stranger's. */
  { RST_PROTOCOL_IMAP, "imap.example.org", "mail.stranger.net server.example.org", "server.example.org",
    TRUE },
  /* None, or more than one. */
  { RST_PROTOCOL_IMAP, "mail.example.org", "", NULL, FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "*.hoster.net", NULL, FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "a.hoster.net b.hoster.net", NULL, FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "www.hoster.net autodiscover.hoster.net", NULL, FALSE },
  { RST_PROTOCOL_IMAP, "mail.example.org", "localhost", NULL, FALSE },
  /* What is below a public suffix together has nothing in common. */
  { RST_PROTOCOL_IMAP, "mail.one.co.uk", "mail.two.co.uk", "mail.two.co.uk", FALSE },
  /* The same name twice is one. */
  { RST_PROTOCOL_IMAP, "imap.example.org", "mail.example.org mail.example.org", "mail.example.org", TRUE },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RstEndpoint) endpoint =
        rst_endpoint_new (cases[i].protocol, RST_SECURITY_TLS, cases[i].host, 0, NULL);
      g_autoptr (RstFacts) facts = rst_facts_new (endpoint);
      gboolean certain = TRUE;

      g_test_message ("%s: %s", cases[i].host, cases[i].names);
      g_strfreev (facts->tls.names);
      facts->tls.names = g_strsplit (cases[i].names, " ", -1);
      g_assert_cmpstr (rst_other_name_find (facts, &certain), ==, cases[i].expected);
      g_assert_cmpint (certain, ==, cases[i].certain);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/other-name/table", test_names);
  return g_test_run ();
}
