/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The result of discover as JSON.
 */
#include "ctl-json.h"
#include "ctl-server.h"
#include "discover.h"
#include "rst-hints.h"
#include "rst-typo.h"

static void
add_chosen (JsonBuilder  *json,
            RstDiscovery *discovery)
{
  json_builder_set_member_name (json, "chosen");
  json_builder_begin_object (json);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      json_builder_set_member_name (json, rst_protocol_get_nick (protocol));
      ctl_json_candidate (json, rst_discovery_get_chosen (discovery, protocol));
    }
  json_builder_end_object (json);
}

/* What decided for each that was chosen, and over which other one. */
static void
add_won (JsonBuilder  *json,
         RstDiscovery *discovery)
{
  json_builder_set_member_name (json, "won");
  json_builder_begin_object (json);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      const RstCandidate *next;
      g_autofree char *over = NULL;
      RstChoiceReason reason;

      if (rst_discovery_get_chosen (discovery, protocol) == NULL)
        continue;
      reason = rst_discovery_explain_choice (discovery, protocol, &next);
      over = next != NULL ? rst_endpoint_to_string (next->endpoint) : NULL;
      json_builder_set_member_name (json, rst_protocol_get_nick (protocol));
      json_builder_begin_object (json);
      ctl_json_string (json, "by", rst_choice_get_nick (reason));
      ctl_json_string (json, "over", over);
      ctl_json_string (json, "text", rst_choice_describe (reason));
      json_builder_end_object (json);
    }
  json_builder_end_object (json);
}

static void
add_told (JsonBuilder *json,
          GPtrArray   *list)
{
  json_builder_set_member_name (json, "told");
  json_builder_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    {
      const RstTold *told = list->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "who", told->who != NULL ? told->who : "dns");
      ctl_json_string (json, "what", rst_told_get_nick (told->what));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_extras (JsonBuilder *json,
            GPtrArray   *extras)
{
  json_builder_set_member_name (json, "extras");
  json_builder_begin_array (json);
  for (guint i = 0; i < extras->len; i++)
    {
      const RstExtra *extra = extras->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "kind", rst_extra_get_nick (extra->kind));
      ctl_json_string (json, "url", extra->url);
      ctl_json_string (json, "source", extra->source);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_sources (JsonBuilder *json,
             GPtrArray   *reports)
{
  json_builder_set_member_name (json, "sources");
  json_builder_begin_array (json);
  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = reports->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "id", report->id);
      ctl_json_string (json, "title", report->title);
      ctl_json_list (json, "asked", report->asked);
      add_told (json, report->told);
      ctl_json_string (json, "outcome", rst_source_outcome_get_nick (report->outcome));
      ctl_json_string (json, "detail", report->detail);
      ctl_json_ms (json, "ms", report->elapsed_us);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_stated (JsonBuilder *json,
            GPtrArray   *facts)
{
  json_builder_set_member_name (json, "provider_facts");
  json_builder_begin_array (json);
  for (guint i = 0; i < facts->len; i++)
    {
      const RstProviderFact *fact = facts->pdata[i];
      g_autofree char *text = rst_provider_fact_describe (fact);

      json_builder_begin_object (json);
      ctl_json_string (json, "kind", rst_provider_fact_get_nick (fact->kind));
      ctl_json_int (json, "value", (gint64) fact->value);
      ctl_json_string (json, "text", text);
      ctl_json_string (json, "source", fact->source);
      ctl_json_string (json, "checked", fact->checked);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static JsonBuilder *
build (RstDiscovery *discovery,
       gint64        signed_in_us,
       gint64        elapsed_us,
       const GError *error)
{
  const RstAddress *address = rst_discovery_get_address (discovery);
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);
  g_autoptr (GPtrArray) hints = rst_hints_list (rst_discovery_get_hints (discovery), address, NULL);
  g_autofree char *suggestion = rst_typo_suggest (address);
  JsonBuilder *json = ctl_json_new ();

  ctl_json_string (json, "address", address->full);
  ctl_json_string (json, "domain", address->domain);
  ctl_json_string (json, "suggestion", suggestion);
  json_builder_set_member_name (json, "candidates");
  json_builder_begin_array (json);
  for (guint i = 0; i < candidates->len; i++)
    ctl_json_candidate (json, candidates->pdata[i]);
  json_builder_end_array (json);
  add_chosen (json, discovery);
  add_won (json, discovery);
  add_sources (json, rst_discovery_get_reports (discovery));
  add_extras (json, rst_discovery_get_extras (discovery));
  ctl_json_list (json, "instructions", rst_discovery_get_instructions (discovery));
  ctl_json_list (json, "hints", hints);
  add_stated (json, rst_discovery_get_stated (discovery));
  ctl_json_ms (json, "first_usable_ms", rst_discovery_get_first_usable_us (discovery));
  ctl_json_ms (json, "probed_ms", rst_discovery_get_probed_us (discovery));
  ctl_json_ms (json, "signed_in_ms", signed_in_us);
  ctl_json_ms (json, "elapsed_ms", elapsed_us);
  ctl_json_error (json, error);
  return json;
}

/**
 * discover_print_json:
 * @discovery: a finished search
 * @times: when what was reached
 * @error: (nullable): what went wrong
 */
void
discover_print_json (RstDiscovery        *discovery,
                     const DiscoverTimes *times,
                     const GError        *error)
{
  g_autoptr (JsonBuilder) json =
    build (discovery, times->signed_in_us, g_get_monotonic_time () - times->start, error);

  ctl_json_print (json);
}

/**
 * discover_print_line:
 * @discovery: a finished search without a sign-in
 * @error: (nullable): what went wrong
 *
 * Prints the same members as discover_print_json() on one line.
 */
void
discover_print_line (RstDiscovery *discovery,
                     const GError *error)
{
  g_autoptr (JsonBuilder) json = build (discovery, -1, rst_discovery_get_elapsed_us (discovery), error);

  ctl_json_print_line (json);
}
