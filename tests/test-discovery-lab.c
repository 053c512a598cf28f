/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Discovery in the laboratory (run by tests/lab/lab): real DNS, real https, real mail servers, for each
 * of its domains. Where the laboratory has only loopback there are no names, and its provider file is
 * what is tested.
 */
#include "rst-discovery.h"
#include "rst-error.h"
#include "rst-probe.h"

typedef struct {
  const char *domain;
  const char *imap, *pop3, *smtp; /* (nullable) what must be chosen */
  const char *username;           /* (nullable) of what is chosen */
  const char *found;              /* the sources that have something … */
  const char *failed;             /* … that fail … */
  const char *either;             /* … and that do one or the other; the rest have nothing */
  gint64      within_ms;
  const char *database;           /* (nullable) URL of the provider database */
} Case;

static const Case cases[] = {
  { "practice.test", "imaps://imap.practice.test:993", "pop3s://pop.practice.test:995",
    "submissions://smtp.practice.test:465", "taro@practice.test", "isp srv guess", "", "", 4000 },
  { "wellknown.test", "imaps://in.wellknown.test:993", "pop3s://in.wellknown.test:995",
    "submissions://out.wellknown.test:465", "taro", "wellknown", "", "guess", 4000 },
  { "srv.test", "imaps://box7.srv.test:993", "pop3s://box7.srv.test:995",
    "submissions://relay7.srv.test:465", "taro@srv.test", "srv", "", "", 4000 },
  { "guess.test", "imaps://imap.guess.test:993", "pop3s://pop.guess.test:995",
    "submissions://smtp.guess.test:465", "taro@guess.test", "guess", "", "", 4000 },
  { "pop.test", NULL, "pop3s://pop.pop.test:995", "submissions://smtp.pop.test:465", "taro@pop.test",
    "isp guess", "", "", 4000 },
  { "hosted.test", "imaps://box1.hoster.test:993", "pop3s://box1.hoster.test:995",
    "submissions://out1.hoster.test:465", "taro@hosted.test", "mx", "", "", 4000 },
  { "listed.test", "imaps://box1.hoster.test:993", "pop3s://box1.hoster.test:995",
    "submissions://out1.hoster.test:465", "taro", "database mx", "", "", 4000, "https://ispdb.test/" },
  { "pacc.test", "imaps://box.pacc.test:993", "pop3s://box.pacc.test:995",
    "submissions://out.pacc.test:465", "taro@pacc.test", "pacc", "", "", 4000 },
  { "stale.test", NULL, NULL, NULL, NULL, "", "pacc", "", 4000 },
  { "autodiscover.test", "imaps://box5.autodiscover.test:993", "pop3s://box5.autodiscover.test:995",
    "submission://out5.autodiscover.test:587", "taro", "autodiscover", "", "", 4000 },
  { "expired.test", NULL, NULL, NULL, NULL, "srv guess", "wellknown autodiscover", "", 6000 },
  { "wronghost.test", NULL, NULL, NULL, NULL, "srv guess", "wellknown autodiscover", "", 6000 },
  { "selfsigned.test", NULL, NULL, NULL, NULL, "srv guess", "wellknown autodiscover", "", 6000 },
  { "unknownca.test", NULL, NULL, NULL, NULL, "srv guess", "wellknown autodiscover", "", 6000 },
  { "domainonly.test", NULL, NULL, NULL, NULL, "srv", "", "", 6000 },
  { "refused.test", NULL, NULL, NULL, NULL, "", "isp wellknown autodiscover", "", 4000 },
  { "nothing.test", NULL, NULL, NULL, NULL, "", "", "", 4000 },
  { "other.test", NULL, NULL, NULL, NULL, "", "wellknown autodiscover", "guess", 9000 },
  { "servfail.test", NULL, NULL, NULL, NULL, "", "isp wellknown mx srv pacc autodiscover guess", "", 9000 },
  { "silent.test", NULL, NULL, NULL, NULL, "", "isp wellknown autodiscover guess", "", 9000 },
  { "no-such-domain.test", NULL, NULL, NULL, NULL, "", "", "", 4000 },
};

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *ended = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (rst_discovery_run_finish (RST_DISCOVERY (source), result, &error));
  g_assert_no_error (error);
  *ended = TRUE;
}

static RstDiscovery *
search (const char                *domain,
        const RstDiscoveryOptions *options)
{
  g_autofree char *mail = g_strconcat ("taro@", domain, NULL);
  g_autoptr (RstAddress) address = rst_address_parse (mail, NULL);
  RstDiscovery *discovery = rst_discovery_new (address, options);
  gboolean ended = FALSE;

  rst_discovery_run_async (discovery, NULL, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  return discovery;
}

static void
check_chosen (RstDiscovery *discovery,
              RstProtocol   protocol,
              const char   *url,
              const char   *username)
{
  const RstCandidate *chosen = rst_discovery_get_chosen (discovery, protocol);
  g_autofree char *got = chosen != NULL ? rst_endpoint_to_string (chosen->endpoint) : NULL;

  g_assert_cmpstr (got, ==, url);
  if (chosen == NULL)
    return;
  g_assert_cmpstr (chosen->username, ==, username);
  g_assert_true (rst_candidate_is_usable (chosen));
  g_assert_cmpint (chosen->auth, ==, RST_AUTH_PASSWORD);
}

static gboolean
is_in (const char *list,
       const char *id)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char * const *) words, id);
}

static void
check_outcomes (RstDiscovery *discovery,
                const Case   *self)
{
  GPtrArray *reports = rst_discovery_get_reports (discovery);

  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = g_ptr_array_index (reports, i);
      gboolean found = report->outcome == RST_SOURCE_FOUND;
      gboolean failed = report->outcome == RST_SOURCE_FAILED;

      g_test_message ("%s: %s in %d ms: %s", report->id, rst_source_outcome_get_nick (report->outcome),
                      (int) (report->elapsed_us / 1000), report->detail != NULL ? report->detail : "");
      if (failed)
        g_assert_nonnull (report->detail);
      if (is_in (self->either, report->id))
        continue;
      g_assert_cmpint (found, ==, is_in (self->found, report->id));
      g_assert_cmpint (failed, ==, is_in (self->failed, report->id));
    }
}

/* A trap is a host that only a settings file behind a bad certificate names. */
static void
check_no_trap (RstDiscovery *discovery)
{
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);

      g_assert_false (g_str_has_prefix (candidate->endpoint->host, "trap."));
      if (candidate->probe != NULL && candidate->probe->error != NULL)
        g_assert_nonnull (rst_error_get_nick (candidate->probe->error));
    }
}

/* What goes with mail at the domain that has it. */
static void
check_extras (RstDiscovery *discovery)
{
  GPtrArray *extras = rst_discovery_get_extras (discovery);

  if (!g_str_equal (rst_discovery_get_address (discovery)->domain, "practice.test"))
    return;
  g_assert_cmpuint (extras->len, ==, 2);
  g_assert_cmpstr (((RstExtra *) g_ptr_array_index (extras, 0))->url, ==,
                   "https://dav.practice.test/.well-known/caldav");
  g_assert_cmpstr (((RstExtra *) g_ptr_array_index (extras, 1))->url, ==, "sieve://imap.practice.test");
}

static void
test_domain (gconstpointer data)
{
  const Case *self = data;
  const RstDiscoveryOptions options = { .database_url = self->database, .probe = TRUE, .network = TRUE };
  g_autoptr (RstDiscovery) discovery = search (self->domain, &options);

  check_outcomes (discovery, self);
  check_chosen (discovery, RST_PROTOCOL_IMAP, self->imap, self->username);
  check_chosen (discovery, RST_PROTOCOL_POP3, self->pop3, self->username);
  check_chosen (discovery, RST_PROTOCOL_SMTP, self->smtp, self->username);
  check_no_trap (discovery);
  check_extras (discovery);
  g_test_message ("first usable %d ms, probed %d ms, whole %d ms",
                  (int) (rst_discovery_get_first_usable_us (discovery) / 1000),
                  (int) (rst_discovery_get_probed_us (discovery) / 1000),
                  (int) (rst_discovery_get_elapsed_us (discovery) / 1000));
  g_assert_cmpint (rst_discovery_get_elapsed_us (discovery) / 1000, <=, self->within_ms);
  g_assert_true ((rst_discovery_get_probed_us (discovery) >= 0) == (self->smtp != NULL));
}

/* The laboratory's provider file, and its authority given as an option. */
static void
test_provider_file (void)
{
  const char *dirs[] = { g_getenv ("LAB_PROVIDER_DIR"), NULL };
  g_autoptr (GTlsDatabase) trust = rst_probe_load_trust (g_getenv ("LAB_CA"), NULL);
  static const char * const sources[] = { "file", NULL };
  const RstDiscoveryOptions options = { .sources = sources, .provider_dirs = dirs, .trust = trust,
                                        .probe = TRUE, .network = TRUE };
  g_autoptr (RstDiscovery) discovery = NULL;

  if (dirs[0] == NULL)
    {
      g_test_skip ("this laboratory has names, and no provider file");
      return;
    }
  discovery = search ("practice.test", &options);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      const RstCandidate *chosen = rst_discovery_get_chosen (discovery, protocol);

      g_assert_nonnull (chosen);
      g_assert_true (rst_candidate_is_usable (chosen));
      g_assert_cmpint (chosen->trust, ==, RST_TRUST_LOCAL);
    }
}

static void
test_skipped (gconstpointer data)
{
  g_test_skip ("needs the laboratory's own names");
}

int
main (int   argc,
      char *argv[])
{
  gboolean named = g_strcmp0 (g_getenv ("LAB_MODE"), "namespace") == 0;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/discovery-lab/", cases[i].domain, NULL);

      g_test_add_data_func (name, &cases[i], named ? test_domain : test_skipped);
    }
  g_test_add_func ("/discovery-lab/provider-file", test_provider_file);
  return g_test_run ();
}
