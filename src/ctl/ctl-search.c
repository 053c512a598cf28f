/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-search.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "ctl-text.h"
#include "rst-database.h"
#include "rst-error.h"
#include "rst-probe.h"
#include "rst-source.h"
#include "rst-typo.h"

/**
 * ctl_search_clear:
 * @self: options
 */
void
ctl_search_clear (CtlSearch *self)
{
  g_clear_pointer (&self->sources, g_free);
  g_clear_pointer (&self->provider_dirs, g_strfreev);
  g_clear_pointer (&self->database_url, g_free);
  g_clear_pointer (&self->ca_file, g_free);
}

/**
 * ctl_search_trust:
 * @self: options
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the authorities to trust; %NULL without @error: the system's
 */
GTlsDatabase *
ctl_search_trust (const CtlSearch  *self,
                  GError          **error)
{
  return self->ca_file != NULL ? rst_probe_load_trust (self->ca_file, error) : NULL;
}

static gboolean
is_source (const char *id)
{
  for (guint i = 0; rst_sources[i] != NULL; i++)
    if (g_str_equal (rst_sources[i]->id, id))
      return TRUE;
  return FALSE;
}

static char **
parse_sources (const char  *list,
               GError     **error)
{
  g_auto (GStrv) ids = g_strsplit_set (list != NULL ? list : "", ", ", -1);
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; rst_sources[i] != NULL; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", rst_sources[i]->id);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!is_source (ids[i]))
      {
        g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("“%s” is not a source. Sources: %s."),
                     ids[i], known->str);
        return NULL;
      }
  return g_steal_pointer (&ids);
}

static gboolean
check_database (const char  *url,
                GError     **error)
{
  if (url == NULL || rst_database_is_url (url))
    return TRUE;
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("“%s” is not the https address of a provider database."),
               url);
  return FALSE;
}

/* Says of each source once how it ended. @user_data holds a bit for each that was told. */
static void
changed_cb (RstDiscovery *discovery,
            gpointer      user_data)
{
  guint64 *told = user_data;
  GPtrArray *reports = rst_discovery_get_reports (discovery);

  for (guint i = 0; i < MIN (reports->len, 64); i++)
    {
      const RstSourceReport *report = reports->pdata[i];
      guint64 bit = G_GUINT64_CONSTANT (1) << i;

      if ((*told & bit) != 0 || report->outcome == RST_SOURCE_WAITING ||
          report->outcome == RST_SOURCE_SKIPPED)
        continue;
      *told |= bit;
      ctl_progress (C_("source", "%s: %s"), report->title, ctl_describe_outcome (report->outcome));
    }
}

/**
 * ctl_search_choose:
 * @self: options
 * @trust: (nullable): the authorities to trust
 * @options: (out): how to search; valid as long as @self, @trust and the result
 * @error: return location for an error: bad options
 *
 * Returns: (transfer full) (nullable): what @options points into
 */
char **
ctl_search_choose (const CtlSearch      *self,
                   GTlsDatabase         *trust,
                   RstDiscoveryOptions  *options,
                   GError              **error)
{
  g_auto (GStrv) sources = parse_sources (self->sources, error);

  if (sources == NULL || !check_database (self->database_url, error))
    return NULL;
  *options = (RstDiscoveryOptions) {
    .sources = self->sources != NULL ? (const char * const *) sources : NULL,
    .provider_dirs = (const char * const *) self->provider_dirs,
    .database_url = self->database_url,
    .trust = trust,
    .probe = !self->no_probe && !self->no_network,
    .network = !self->no_network,
    .allow_http = self->allow_http,
  };
  return g_steal_pointer (&sources);
}

static void
warn_of_typo (const RstAddress *address)
{
  g_autofree char *suggestion = rst_typo_suggest (address);
  g_autofree char *text = suggestion != NULL ? rst_typo_describe (suggestion) : NULL;

  if (text != NULL)
    ctl_message ("%s", text);
}

/**
 * ctl_search_run:
 * @self: options
 * @await: who waits
 * @address: the address
 * @trust: (nullable): the authorities to trust
 * @error: return location for an error: bad options, or cancelled
 *
 * Says if the address looks mistyped, searches, and says on a terminal what comes in.
 *
 * Returns: (transfer full) (nullable): the finished search, which may have found nothing
 */
RstDiscovery *
ctl_search_run (const CtlSearch   *self,
                CtlAwait          *await,
                const RstAddress  *address,
                GTlsDatabase      *trust,
                GError           **error)
{
  g_auto (GStrv) sources = NULL;
  g_autoptr (RstDiscovery) discovery = NULL;
  RstDiscoveryOptions options;
  gboolean done;
  guint64 told = 0;

  sources = ctl_search_choose (self, trust, &options, error);
  if (sources == NULL)
    return NULL;
  warn_of_typo (address);
  discovery = rst_discovery_new (address, &options);
  ctl_progress (_("Looking for the servers of %s…"), address->display);
  g_signal_connect (discovery, "changed", G_CALLBACK (changed_cb), &told);
  rst_discovery_run_async (discovery, ctl_await_cancellable (await), ctl_await_cb, await);
  done = rst_discovery_run_finish (discovery, ctl_await_result (await), error);
  g_signal_handlers_disconnect_by_func (discovery, changed_cb, &told);
  return done ? g_steal_pointer (&discovery) : NULL;
}

static GError *
explain_absence (const RstAddress *address,
                 guint             protocols)
{
  GError *error = NULL;

  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    if (protocols == 1u << protocol)
      g_set_error (&error, RST_ERROR, RST_ERROR_NET, _("No usable %s server was found for %s."),
                   rst_protocol_get_title (protocol), address->display);
  if (error == NULL)
    g_set_error (&error, RST_ERROR, RST_ERROR_NET, _("No usable mail server was found for %s."),
                 address->display);
  rst_error_set_cause (error, RST_TROUBLE_NOT_FOUND);
  return error;
}

/**
 * ctl_search_explain:
 * @discovery: (nullable): the search, if there was one
 * @candidates: (element-type RstCandidate): the servers that were found, best first
 * @address: the address
 * @protocols: bits 1 << RstProtocol: what was wanted
 *
 * Why there is no usable server: what is wrong with the best one that was found.
 *
 * Returns: (transfer full): the reason
 */
GError *
ctl_search_explain (RstDiscovery     *discovery,
                    GPtrArray        *candidates,
                    const RstAddress *address,
                    guint             protocols)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = candidates->pdata[i];

      if ((protocols & (1u << candidate->endpoint->protocol)) != 0 && candidate->probe != NULL &&
          candidate->probe->error != NULL)
        return g_error_copy (candidate->probe->error);
    }
  if (discovery != NULL && rst_discovery_is_cut_off (discovery))
    return g_error_new (RST_ERROR, RST_ERROR_NET, _("Nobody answered who could know the servers of %s."),
                        address->domain);
  return explain_absence (address, protocols);
}
