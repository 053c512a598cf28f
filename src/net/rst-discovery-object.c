/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The discovery object: what was asked for, and what is known at any moment.
 */
#include "rst-discovery-private.h"

#include "rst-database.h"
#include "rst-part.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (RstDiscovery, rst_discovery, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
rst_discovery_finalize (GObject *object)
{
  RstDiscovery *self = RST_DISCOVERY (object);

  rst_address_free (self->address);
  g_strfreev (self->provider_dirs);
  g_free (self->database_url);
  rst_outside_free (self->outside);
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->parts);
  rst_merged_free (self->merged);

  G_OBJECT_CLASS (rst_discovery_parent_class)->finalize (object);
}

static void
rst_discovery_class_init (RstDiscoveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rst_discovery_finalize;

  /**
   * RstDiscovery::changed:
   * @self: a discovery
   *
   * There is something new to show. What the getters returned before is no longer valid.
   */
  signals[CHANGED] = g_signal_new ("changed", RST_TYPE_DISCOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
rst_discovery_init (RstDiscovery *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_part_free);
  self->reports = g_ptr_array_new ();
  self->first_usable_us = -1;
  self->probed_us = -1;
  self->elapsed_us = -1;
}

/**
 * rst_discovery_list_usual_dirs:
 *
 * Returns: (transfer full): where settings files lie: the person's own folder, then the administrator's,
 *   then what packages bring
 */
char **
rst_discovery_list_usual_dirs (void)
{
  g_autoptr (GStrvBuilder) dirs = g_strv_builder_new ();
  const char * const *lists[] = { g_get_system_config_dirs (), g_get_system_data_dirs () };
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "restante", "providers.d", NULL);

  g_strv_builder_add (dirs, own);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (gsize k = 0; lists[i][k] != NULL; k++)
      {
        g_autofree char *dir = g_build_filename (lists[i][k], "restante", "providers.d", NULL);

        g_strv_builder_add (dirs, dir);
      }
  return g_strv_builder_end (dirs);
}

static gboolean
is_wanted (const RstDiscoveryOptions *options,
           const char                *source)
{
  return options->sources == NULL || g_strv_contains (options->sources, source);
}

/**
 * rst_discovery_new:
 * @address: the address to search for
 * @options: how; everything in it is copied
 *
 * Settings files on disk are looked for as DOMAIN.xml in `restante/providers.d` under the person's
 * configuration folder, the system's configuration folders and the system's data folders (XDG Base
 * Directory Specification), unless @options names other folders. The first one found counts.
 *
 * Returns: (transfer full): a discovery that has not begun
 */
RstDiscovery *
rst_discovery_new (const RstAddress          *address,
                   const RstDiscoveryOptions *options)
{
  RstDiscovery *self = g_object_new (RST_TYPE_DISCOVERY, NULL);
  g_autoptr (GPtrArray) no_findings = g_ptr_array_new ();

  self->address = rst_address_copy (address);
  self->provider_dirs = options->provider_dirs != NULL ? g_strdupv ((char **) options->provider_dirs)
                                                       : rst_discovery_list_usual_dirs ();
  self->outside = rst_outside_new (options->trust, options->gate);
  self->patient = options->gate != NULL;
  self->allow_http = options->allow_http && options->network;
  self->probing = options->probe && options->network;
  self->search.address = self->address;
  self->search.provider_dirs = (const char * const *) self->provider_dirs;
  self->search.languages = g_get_language_names ();
  if (is_wanted (options, "database"))
    self->database_url = g_strdup (options->database_url != NULL ? options->database_url : RST_DATABASE_URL);
  self->search.database_url = self->database_url;
  for (gsize i = 0; rst_sources[i] != NULL; i++)
    {
      RstPart *part = rst_part_new (rst_sources[i]);

      if (!is_wanted (options, part->source->id) || (part->source->network && !options->network))
        rst_part_skip (part, NULL);
      else if (part->source->insecure && !options->allow_http)
        rst_part_skip (part, _("Asked only if you allow it."));
      g_ptr_array_add (self->parts, part);
      g_ptr_array_add (self->reports, part->report);
    }
  self->merged = rst_merge (no_findings, NULL, RST_MERGE_UNPROBED);
  return self;
}

/*
 * rst_discovery_set_outside:
 * @self: a discovery that has not begun
 * @outside: (transfer full): the world to search instead of the real one
 */
void
rst_discovery_set_outside (RstDiscovery *self,
                           RstOutside   *outside)
{
  rst_outside_free (self->outside);
  self->outside = outside;
}

/*
 * rst_discovery_changed:
 * @self: a discovery
 *
 * Says that there is something new.
 */
void
rst_discovery_changed (RstDiscovery *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rst_discovery_get_address:
 * @self: a discovery
 *
 * Returns: (transfer none): the address that is searched for
 */
const RstAddress *
rst_discovery_get_address (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->address;
}

/**
 * rst_discovery_is_running:
 * @self: a discovery
 *
 * Returns: whether the search goes on
 */
gboolean
rst_discovery_is_running (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), FALSE);

  return self->running;
}

/**
 * rst_discovery_is_cut_off:
 * @self: a discovery that has ended
 *
 * Returns: whether nobody in the network replied, not even that there is nothing: this computer is
 *   probably not connected
 */
gboolean
rst_discovery_is_cut_off (RstDiscovery *self)
{
  gboolean asked = FALSE;

  g_return_val_if_fail (RST_IS_DISCOVERY (self), FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const RstPart *part = g_ptr_array_index (self->parts, i);

      if (part->source->network && part->heard)
        return FALSE;
      asked |= part->source->network && part->sent > 0;
    }
  return asked;
}

/**
 * rst_discovery_get_reports:
 * @self: a discovery
 *
 * Returns: (transfer none) (element-type RstSourceReport): all sources, also those not asked
 */
GPtrArray *
rst_discovery_get_reports (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->reports;
}

/**
 * rst_discovery_get_candidates:
 * @self: a discovery
 *
 * Returns: (transfer none) (element-type RstCandidate): the servers found so far, best first
 */
GPtrArray *
rst_discovery_get_candidates (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->merged->candidates;
}

/**
 * rst_discovery_get_chosen:
 * @self: a discovery
 * @protocol: a protocol
 *
 * The best server for a protocol. While the search goes on this may be one that a source named and
 * that is not probed yet; at the end it has been found good, unless probing was not wanted.
 *
 * Returns: (transfer none) (nullable): one of the candidates, or %NULL
 */
RstCandidate *
rst_discovery_get_chosen (RstDiscovery *self,
                          RstProtocol   protocol)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);
  g_return_val_if_fail (protocol < RST_N_PROTOCOLS, NULL);

  return self->merged->chosen[protocol];
}

/**
 * rst_discovery_explain_choice:
 * @self: a discovery
 * @protocol: one for which there is a chosen server
 * @over: (out) (nullable) (transfer none): the server that would have been chosen else
 *
 * Returns: what decided for the one chosen
 */
RstChoiceReason
rst_discovery_explain_choice (RstDiscovery        *self,
                              RstProtocol          protocol,
                              const RstCandidate **over)
{
  RstCandidate *imap = rst_discovery_get_chosen (self, RST_PROTOCOL_IMAP);
  const RstCandidate *partner = imap != NULL ? imap : rst_discovery_get_chosen (self, RST_PROTOCOL_POP3);

  return rst_choice_explain (rst_discovery_get_candidates (self), rst_discovery_get_chosen (self, protocol),
                             protocol == RST_PROTOCOL_SMTP ? partner : NULL, over);
}

/**
 * rst_discovery_get_extras:
 * @self: a discovery
 *
 * Returns: (transfer none) (element-type RstExtra): what the provider offers beside mail, as far as it
 *   came along
 */
GPtrArray *
rst_discovery_get_extras (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->merged->extras;
}

/**
 * rst_discovery_get_instructions:
 * @self: a discovery
 *
 * Returns: (transfer none) (element-type utf8): what the provider tells its customers, such as to
 *   switch on IMAP first; plain text
 */
GPtrArray *
rst_discovery_get_instructions (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->merged->instructions;
}

/**
 * rst_discovery_get_stated:
 * @self: a discovery
 *
 * Returns: (transfer none) (element-type RstProviderFact): what the list of providers knows of the provider
 *   beside its servers, a kind of fact once
 */
GPtrArray *
rst_discovery_get_stated (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return self->merged->stated;
}

/**
 * rst_discovery_get_hints:
 * @self: a discovery
 *
 * Returns: (transfer none): what the provider wishes
 */
const RstHints *
rst_discovery_get_hints (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), NULL);

  return &self->merged->hints;
}

/**
 * rst_discovery_get_first_usable_us:
 * @self: a discovery
 *
 * Returns: microseconds from the start until servers for reading and sending were known, or -1
 */
gint64
rst_discovery_get_first_usable_us (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), -1);

  return self->first_usable_us;
}

/**
 * rst_discovery_get_probed_us:
 * @self: a discovery
 *
 * Returns: microseconds from the start until it was certain whether there is IMAP and POP, and that
 *   mail can be sent, or -1
 */
gint64
rst_discovery_get_probed_us (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), -1);

  return self->probed_us;
}

/**
 * rst_discovery_get_elapsed_us:
 * @self: a discovery
 *
 * Returns: microseconds that the search took, or -1 if it has not ended
 */
gint64
rst_discovery_get_elapsed_us (RstDiscovery *self)
{
  g_return_val_if_fail (RST_IS_DISCOVERY (self), -1);

  return self->elapsed_us;
}

/**
 * rst_source_outcome_get_nick:
 * @outcome: how asking a source ended
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_source_outcome_get_nick (RstSourceOutcome outcome)
{
  static const char * const nicks[] = { "waiting", "found", "nothing", "failed", "skipped" };

  g_return_val_if_fail (outcome < G_N_ELEMENTS (nicks), NULL);
  return nicks[outcome];
}
