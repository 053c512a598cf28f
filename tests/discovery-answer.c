/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discovery-answer.h"

#include "rst-report.h"

#include <string.h>

static gint
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* What was asked and who was told, in the order of the alphabet: it is shown in that of time. Which
 * guesses were tried before something better came is a matter of time, too. */
static void
add_asked (GString               *out,
           const RstSourceReport *report)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->asked->len; i++)
    g_ptr_array_add (texts, g_strdup (g_ptr_array_index (report->asked, i)));
  for (guint i = 0; i < report->told->len; i++)
    {
      const RstTold *told = g_ptr_array_index (report->told, i);

      if (told->who == NULL || !g_str_equal (report->id, "guess"))
        g_ptr_array_add (texts, rst_told_describe (told));
    }
  g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "  %s\n", (char *) g_ptr_array_index (texts, i));
}

static void
add_reports (GString      *out,
             RstDiscovery *discovery)
{
  GPtrArray *reports = rst_discovery_get_reports (discovery);

  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = g_ptr_array_index (reports, i);

      g_string_append_printf (out, "%s %s %s\n", report->id, rst_source_outcome_get_nick (report->outcome),
                              report->detail);
      add_asked (out, report);
      g_assert_cmpint (report->outcome, !=, RST_SOURCE_WAITING);
      g_assert_cmpint (report->elapsed_us, >=, 0);
    }
}

static void
add_candidates (GString      *out,
                RstDiscovery *discovery)
{
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *url = rst_endpoint_to_string (candidate->endpoint);
      g_autofree char *ids = g_strjoinv (",", candidate->sources);

      g_string_append_printf (out, "%s %s %s %s %u %d\n", url, ids, candidate->username,
                              rst_trust_get_nick (candidate->trust), candidate->rank,
                              rst_candidate_is_usable (candidate));
    }
}

/* All that a person or a program is shown at the end, the report to copy too, but for the times. */
char *
discovery_describe (RstDiscovery *self)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) hints =
    rst_hints_list (rst_discovery_get_hints (self), rst_discovery_get_address (self),
                    rst_discovery_get_instructions (self));
  GPtrArray *extras = rst_discovery_get_extras (self);

  add_candidates (out, self);
  add_reports (out, self);
  for (guint i = 0; i < hints->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (hints, i));
  for (guint i = 0; i < extras->len; i++)
    {
      const RstExtra *extra = g_ptr_array_index (extras, i);

      g_string_append_printf (out, "%s %s\n", extra->url, extra->source);
    }
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      const RstCandidate *chosen = rst_discovery_get_chosen (self, protocol);
      g_autofree char *url = chosen != NULL ? rst_endpoint_to_string (chosen->endpoint) : NULL;
      g_autofree char *why = chosen != NULL ? rst_report_explain_choice (self, protocol) : NULL;

      g_string_append_printf (out, "%s %s %s\n", rst_protocol_get_nick (protocol), url, why);
    }
  return g_string_free (out, FALSE);
}
