/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe: asks servers what they are and, with a name and a password, signs in. All at once; the
 * result is in the order of the command line.
 */
#include <glib/gi18n-lib.h>

#include "ctl-browser.h"
#include "ctl-issuer.h"
#include "ctl-json.h"
#include "ctl-look.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-password.h"
#include "ctl-text.h"
#include "rst-probe.h"
#include "verbs.h"

#define MAX_SERVERS 64
#define MAX_TIMEOUT 600
#define MAX_AGAIN (24 * 60 * 60)

typedef struct {
  char        *ca_file;
  char        *user;
  int          timeout;
  int          again;
  CtlPassword  password;
  gboolean     browser;
  char       **provider_dirs;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->ca_file);
  g_free (self->user);
  g_strfreev (self->provider_dirs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
same_endpoint (gconstpointer a,
               gconstpointer b)
{
  return rst_endpoint_equal (a, b);
}

static GPtrArray *
parse_urls (char   **urls,
            GError **error)
{
  g_autoptr (GPtrArray) endpoints =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rst_endpoint_free);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (urls[i], error);

      if (endpoint == NULL)
        return NULL;
      if (!g_ptr_array_find_with_equal_func (endpoints, endpoint, same_endpoint, NULL))
        g_ptr_array_add (endpoints, g_steal_pointer (&endpoint));
    }
  return g_steal_pointer (&endpoints);
}

static RstFacts *
find_facts (GPtrArray         *facts,
            const RstEndpoint *endpoint)
{
  for (guint i = 0; i < facts->len; i++)
    if (rst_endpoint_equal (((RstFacts *) facts->pdata[i])->endpoint, endpoint))
      return facts->pdata[i];
  return NULL;
}

/* Probes all at once. Returns the facts in the order of @endpoints. */
static GPtrArray *
probe (CtlAwait               *await,
       GPtrArray              *endpoints,
       const RstProbeOptions  *options,
       GError                **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_facts_unref);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_facts_unref);
  GPtrArray *results;

  for (guint i = 0; i < endpoints->len; i++)
    rst_probe_async (endpoints->pdata[i], options, ctl_await_cancellable (await), ctl_await_cb, await);
  results = ctl_await_results (await, endpoints->len);
  for (guint i = 0; i < results->len; i++)
    {
      RstFacts *facts = rst_probe_finish (results->pdata[i], error);

      if (facts == NULL)
        return NULL;
      g_ptr_array_add (found, facts);
    }
  for (guint i = 0; i < endpoints->len; i++)
    g_ptr_array_add (sorted, rst_facts_ref (find_facts (found, endpoints->pdata[i])));
  return g_steal_pointer (&sorted);
}

static void
note_looks (GPtrArray  *all,
            const char *username)
{
  for (guint i = 0; i < all->len; i++)
    ctl_note_look (all->pdata[i], username);
}

/* The second look, at the mailboxes that let us in before. */
static gboolean
look_again (CtlAwait               *await,
            GPtrArray              *all,
            const RstProbeOptions  *options,
            guint                   seconds,
            GError                **error)
{
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();
  g_autoptr (GPtrArray) later = NULL;

  for (guint i = 0; i < all->len; i++)
    if (((RstFacts *) all->pdata[i])->signed_in)
      g_ptr_array_add (endpoints, ((RstFacts *) all->pdata[i])->endpoint);
  if (endpoints->len == 0)
    return TRUE;
  ctl_progress (g_dngettext (GETTEXT_PACKAGE, "Looking again in %u second…", "Looking again in %u seconds…",
                             seconds), seconds);
  if (!ctl_pause (await, seconds, error))
    return FALSE;
  later = probe (await, endpoints, options, error);
  if (later == NULL)
    return FALSE;
  note_looks (later, options->username);
  for (guint i = 0; i < all->len; i++)
    {
      RstFacts *facts = find_facts (later, ((RstFacts *) all->pdata[i])->endpoint);

      if (facts == NULL)
        continue;
      rst_facts_unref (all->pdata[i]);
      all->pdata[i] = rst_facts_ref (facts);
    }
  return TRUE;
}

static void
print_json (GPtrArray *all)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  json_builder_set_member_name (json, "probes");
  json_builder_begin_array (json);
  for (guint i = 0; i < all->len; i++)
    {
      const RstFacts *facts = all->pdata[i];

      json_builder_begin_object (json);
      ctl_json_endpoint (json, facts->endpoint);
      ctl_json_facts (json, facts);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  ctl_json_print (json);
}

static void
print_text (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      const RstFacts *facts = all->pdata[i];
      g_autofree char *url = rst_endpoint_to_string (facts->endpoint);

      ctl_print_heading (url);
      ctl_print_facts (facts);
    }
}

static CtlExit
finish (CtlOptions *options,
        GPtrArray  *all)
{
  if (options->json)
    print_json (all);
  else
    print_text (all);
  for (guint i = 0; i < all->len; i++)
    if (((RstFacts *) all->pdata[i])->error != NULL)
      return CTL_EXIT_UNREACHABLE;
  return CTL_EXIT_DONE;
}

/* A password, or what a sign-in in the browser brings back. */
static RstSecret *
get_secret (Options       *self,
            CtlAwait      *await,
            GPtrArray     *endpoints,
            GTlsDatabase  *trust,
            GError       **error)
{
  g_autoptr (GPtrArray) servers = NULL;

  if (!self->browser)
    return ctl_password_get (&self->password, await, endpoints->pdata[0], self->user, error);
  servers = ctl_issuer_find (await, (const char * const *) self->provider_dirs, endpoints, self->user, error);
  if (servers == NULL || !ctl_browser_check (servers->pdata[0], TRUE, error))
    return NULL;
  return ctl_browser_sign_in (await, servers->pdata[0], self->user, trust, error);
}

static CtlExit
probe_and_print (const CtlVerb *verb,
                 CtlOptions    *options,
                 Options       *self)
{
  g_autoptr (CtlAwait) await = ctl_await_new ();
  g_autoptr (GPtrArray) endpoints = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (RstSecret) password = NULL;
  g_autoptr (GError) error = NULL;
  RstProbeOptions probe_options = { 0 };

  endpoints = parse_urls (options->arguments, &error);
  if (endpoints == NULL)
    return ctl_usage (verb, "%s", error->message);
  if (self->ca_file != NULL && (trust = rst_probe_load_trust (self->ca_file, &error)) == NULL)
    return ctl_usage (verb, "%s", error->message);
  if (self->user != NULL)
    password = get_secret (self, await, endpoints, trust, &error);
  if (error == NULL)
    {
      probe_options = (RstProbeOptions) { .trust = trust, .timeout_ms = self->timeout * 1000,
                                          .username = self->user, .password = password };
      all = probe (await, endpoints, &probe_options, &error);
    }
  if (all != NULL)
    note_looks (all, self->user);
  if (all != NULL && self->again > 0)
    look_again (await, all, &probe_options, self->again, &error);
  if (all != NULL)
    ctl_compare_inboxes (all);
  if (error != NULL)
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  return finish (options, all);
}

static CtlExit
check_options (const CtlVerb    *verb,
               const CtlOptions *options,
               const Options    *self)
{
  if (options->arguments[0] == NULL)
    return ctl_usage (verb, _("Name a server, such as imaps://imap.example.org:993."));
  if (g_strv_length (options->arguments) > MAX_SERVERS)
    return ctl_usage (verb, _("At most %d servers at once."), MAX_SERVERS);
  if (self->timeout < 0 || self->timeout > MAX_TIMEOUT)
    return ctl_usage (verb, _("The time must be from 1 to %d seconds."), MAX_TIMEOUT);
  if (self->user == NULL && (self->password.from_stdin || self->password.from_service))
    return ctl_usage (verb, _("A password needs a name: --user=NAME."));
  if (self->again < 0 || self->again > MAX_AGAIN)
    return ctl_usage (verb, _("The time must be from 1 to %d seconds."), MAX_AGAIN);
  if (self->user == NULL && self->again > 0)
    return ctl_usage (verb, _("A second look needs a sign-in: --user=NAME."));
  if (self->browser && self->user == NULL)
    return ctl_usage (verb, _("A sign-in in the browser needs a name: --user=NAME."));
  if (self->browser && (self->password.from_stdin || self->password.from_service))
    return ctl_usage (verb, _("Either a password or --browser."));
  if (self->user != NULL && !self->browser && !ctl_password_is_possible (&self->password))
    return ctl_usage (verb, _("A name needs a password: --password-stdin or --password-secret."));
  return CTL_EXIT_DONE;
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (Options) self = { 0 };
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self.ca_file,
      N_("Trust the authorities in this file (PEM) too"), N_("FILE") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self.timeout, N_("Give up after this time"), N_("SECONDS") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self.user, N_("Sign in with this name"), N_("NAME") },
    { "again", 0, 0, G_OPTION_ARG_INT, &self.again,
      N_("Look again after this time: does something take mail away?"), N_("SECONDS") },
    CTL_PASSWORD_ENTRIES (self.password),
    CTL_BROWSER_ENTRY (self.browser),
    { "provider-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self.provider_dirs,
      N_("Look for DOMAIN.xml in this folder (may be repeated)"), N_("DIR") },
    { NULL },
  };
  g_auto (CtlOptions) options = { 0 };
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, entries, NULL, &status))
    return status;
  status = check_options (verb, &options, &self);
  return status == CTL_EXIT_DONE ? probe_and_print (verb, &options, &self) : status;
}

const CtlVerb ctl_verb_probe = {
  .name = "probe",
  .arguments = N_("URL…"),
  .summary = N_("Check servers: reachable, encrypted, what they can do"),
  .details = N_("URLs are such as imaps://HOST:993, imap://HOST (STARTTLS), pop3s:, pop3:, submissions:, "
                "submission:. Nothing on the server is changed. With --user it also signs in, only over "
                "a connection whose certificate is good."),
  .secrets = TRUE,
  .run = run,
};
