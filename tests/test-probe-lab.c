/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The probe against the laboratory's Dovecot and its broken hosts: run by tests/lab/lab. What needs
 * names or several addresses is skipped where the laboratory has to make do with loopback.
 */
#include "lib-probe.h"
#include "rst-attempts.h"
#include "rst-error.h"

#include <string.h>

#define TARO "taro", "tegami"

typedef struct {
  const char *name;
  const char *url;      /* a port such as LAB_IMAPS stands for the variable's value */
  const char *user;     /* (nullable) */
  const char *password; /* (nullable) */
  const char *error;    /* "none" or a kind */
  const char *says;     /* (nullable) part of the error's message */
} Case;

/* The usual servers, by whatever names and ports they have here. */
static const Case cases[] = {
  { "imap/tls", "imaps://LAB_HOST:LAB_IMAPS", NULL, NULL, "none" },
  { "imap/starttls", "imap://LAB_HOST:LAB_IMAP", NULL, NULL, "none" },
  { "pop3/tls", "pop3s://LAB_HOST:LAB_POP3S", NULL, NULL, "none" },
  { "pop3/starttls", "pop3://LAB_HOST:LAB_POP3", NULL, NULL, "none" },
  { "smtp/tls", "submissions://LAB_HOST:LAB_SUBMISSIONS", NULL, NULL, "none" },
  { "smtp/starttls", "submission://LAB_HOST:LAB_SUBMISSION", NULL, NULL, "none" },
  { "imap/tls/taro", "imaps://LAB_HOST:LAB_IMAPS", TARO, "none" },
  { "imap/starttls/taro", "imap://LAB_HOST:LAB_IMAP", TARO, "none" },
  { "pop3/tls/taro", "pop3s://LAB_HOST:LAB_POP3S", TARO, "none" },
  { "pop3/starttls/taro", "pop3://LAB_HOST:LAB_POP3", TARO, "none" },
  { "smtp/tls/taro", "submissions://LAB_HOST:LAB_SUBMISSIONS", TARO, "none" },
  { "smtp/starttls/taro", "submission://LAB_HOST:LAB_SUBMISSION", TARO, "none" },
  { "imap/quoting", "imaps://LAB_HOST:LAB_IMAPS", "hanako", "sa kura \"#$%'\\`&!", "none" },
  { "pop3/quoting", "pop3s://LAB_HOST:LAB_POP3S", "hanako", "sa kura \"#$%'\\`&!", "none" },
  { "smtp/quoting", "submissions://LAB_HOST:LAB_SUBMISSIONS", "hanako", "sa kura \"#$%'\\`&!",
    "none" },
  { "imap/wrong", "imaps://LAB_HOST:LAB_IMAPS", "taro", "wrong", "auth", "refused" },
  { "pop3/wrong", "pop3://LAB_HOST:LAB_POP3", "taro", "wrong", "auth", "refused" },
  { "smtp/wrong", "submission://LAB_HOST:LAB_SUBMISSION", "taro", "wrong", "auth", "refused" },
  { "imap/suspended", "imaps://LAB_HOST:LAB_IMAPS", "suspended", "suspended", "auth", "blocked" },
  { "imap/plain-port", "imaps://LAB_HOST:LAB_IMAP", TARO, "proto", "does not speak TLS" },
  { "pop3/plain-port", "pop3s://LAB_HOST:LAB_POP3", TARO, "proto", "does not speak TLS" },
  { "smtp/plain-port", "submissions://LAB_HOST:LAB_SUBMISSION", TARO, "proto",
    "does not speak TLS" },
};

/* Hosts that only the closed internet has. */
static const Case named_cases[] = {
  { "expired/imap", "imaps://mail.expired.test", TARO, "cert", "expired" },
  { "expired/pop3", "pop3://mail.expired.test", TARO, "cert", "expired" },
  { "expired/smtp", "submission://mail.expired.test", TARO, "cert", "expired" },
  { "wronghost/imap", "imap://mail.wronghost.test", TARO, "cert", "mail.somebody-else.test" },
  { "wronghost/pop3", "pop3s://mail.wronghost.test", TARO, "cert", "mail.somebody-else.test" },
  { "wronghost/smtp", "submissions://mail.wronghost.test", TARO, "cert",
    "mail.somebody-else.test" },
  { "selfsigned", "imaps://mail.selfsigned.test", TARO, "cert", "itself" },
  { "unknownca", "submission://mail.unknownca.test", TARO, "cert", "does not know" },
  { "refused", "imaps://mail.refused.test", TARO, "net", "refuses" },
  { "no-name", "imaps://mail.no-such-name.test", TARO, "net", "no server named" },
  { "ssh", "imap://mail.other.test", TARO, "proto", "not a server for IMAP" },
  { "ftp", "pop3://mail.other.test", TARO, "proto", "not a server for POP" },
};

static char *
expand (const char *text)
{
  static const char * const names[] = {
    "LAB_SUBMISSIONS", "LAB_SUBMISSION", "LAB_IMAPS", "LAB_IMAP",
    "LAB_POP3S",       "LAB_POP3",       "LAB_HOST",
  };
  GString *out = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_replace (out, names[i], g_getenv (names[i]), 0);
  return g_string_free (out, FALSE);
}

static gboolean
is_loopback (void)
{
  return g_str_equal (g_getenv ("LAB_MODE"), "loopback");
}

static RstFacts *
probe (const Case *one)
{
  g_autoptr (GError) error = NULL;
  /* The closed internet's own authority is among the system's. */
  g_autoptr (GTlsDatabase)
      trust = rst_probe_load_trust (is_loopback () ? g_getenv ("LAB_CA") : NULL, &error);
  g_autofree char *url = expand (one->url);
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, &error);
  g_autoptr (RstSecret) secret = NULL;
  RstProbeOptions options = { .trust = trust, .username = one->user };

  g_assert_no_error (error);
  if (one->password != NULL)
    secret = rst_secret_new (one->password, strlen (one->password), NULL);
  options.password = secret;
  rst_attempts_reset ();
  return test_probe (endpoint, &options);
}

static void
check_good (const Case     *one,
            const RstFacts *facts)
{
  g_assert_true (rst_facts_is_usable (facts));
  g_assert_true (rst_facts_has_auth (facts, "PLAIN"));
  g_assert_cmpint (facts->signed_in, ==, one->user != NULL);
  g_assert_true (g_str_has_prefix (facts->tls.version, "TLS 1."));
  if (facts->signed_in && facts->endpoint->protocol != RST_PROTOCOL_SMTP)
    g_assert_cmpstr (g_hash_table_lookup (facts->more, "messages"), ==, "5");
  if (facts->signed_in && facts->endpoint->protocol == RST_PROTOCOL_IMAP)
    {
      /* Whatever was probed before, nothing has been read. */
      g_assert_cmpstr (g_hash_table_lookup (facts->more, "unseen"), ==, "5");
      g_assert_cmpstr (g_hash_table_lookup (facts->more, "quota-limit"), ==, "51200");
    }
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (RstFacts) facts = probe (one);

  if (facts->error != NULL)
    g_test_message ("%s", facts->error->message);
  if (g_str_equal (one->error, "none"))
    {
      g_assert_no_error (facts->error);
      check_good (one, facts);
      return;
    }
  g_assert_cmpstr (rst_error_get_nick (facts->error), ==, one->error);
  g_assert_nonnull (strstr (facts->error->message, one->says));
  g_assert_false (facts->signed_in);
  g_assert_false (rst_facts_is_usable (facts));
}

static void
test_named_case (gconstpointer data)
{
  if (is_loopback ())
    g_test_skip ("needs namespaces");
  else
    test_case (data);
}

static void
add_cases (const Case   *list,
           gsize         n,
           GTestDataFunc function)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat ("/probe-lab/", list[i].name, NULL);

      g_test_add_data_func (name, &list[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("LAB_MODE") == NULL)
    g_error ("run me by tests/lab/lab");
  add_cases (cases, G_N_ELEMENTS (cases), test_case);
  add_cases (named_cases, G_N_ELEMENTS (named_cases), test_named_case);
  return g_test_run ();
}
