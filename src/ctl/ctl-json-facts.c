/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a probe learnt about a server, as JSON.
 */
#include "ctl-json.h"
#include "rst-facts-mailbox.h"

static void
add_problems (JsonBuilder          *json,
              GTlsCertificateFlags  problems)
{
  g_autoptr (GFlagsClass) flags = g_type_class_ref (G_TYPE_TLS_CERTIFICATE_FLAGS);

  json_builder_set_member_name (json, "problems");
  json_builder_begin_array (json);
  for (guint i = 0; i < flags->n_values; i++)
    {
      guint value = flags->values[i].value;

      if (value != 0 && (value & (value - 1)) == 0 && (problems & value) != 0)
        json_builder_add_string_value (json, flags->values[i].value_nick);
    }
  json_builder_end_array (json);
}

static void
add_tls (JsonBuilder    *json,
         const RstFacts *facts)
{
  g_autofree char *not_before = NULL;
  g_autofree char *not_after = NULL;

  if (!facts->secured && facts->tls.problems == 0)
    {
      ctl_json_string (json, "tls", NULL);
      return;
    }
  if (facts->tls.not_before != NULL)
    not_before = g_date_time_format_iso8601 (facts->tls.not_before);
  if (facts->tls.not_after != NULL)
    not_after = g_date_time_format_iso8601 (facts->tls.not_after);

  json_builder_set_member_name (json, "tls");
  json_builder_begin_object (json);
  ctl_json_string (json, "version", facts->tls.version);
  ctl_json_string (json, "cipher", facts->tls.cipher);
  ctl_json_bool (json, "verified", facts->tls.verified);
  add_problems (json, facts->tls.problems);
  ctl_json_string (json, "issuer", *facts->tls.chain);
  ctl_json_strv (json, "chain", (const char * const *) facts->tls.chain);
  ctl_json_string (json, "not_before", not_before);
  ctl_json_string (json, "not_after", not_after);
  ctl_json_strv (json, "names", (const char * const *) facts->tls.names);
  json_builder_end_object (json);
}

static void
add_more (JsonBuilder    *json,
          const RstFacts *facts)
{
  g_autoptr (GList) names = facts->more != NULL ? g_hash_table_get_keys (facts->more) : NULL;

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  json_builder_set_member_name (json, "facts");
  json_builder_begin_object (json);
  for (GList *l = names; l != NULL; l = l->next)
    ctl_json_string (json, l->data, g_hash_table_lookup (facts->more, l->data));
  json_builder_end_object (json);
}

/**
 * ctl_json_facts:
 * @self: a builder within an object
 * @facts: what a probe learnt
 *
 * Adds the members of a probe's result.
 */
void
ctl_json_facts (JsonBuilder    *self,
                const RstFacts *facts)
{
  ctl_json_bool (self, "reachable", facts->reachable);
  add_tls (self, facts);
  ctl_json_strv (self, "capabilities", (const char * const *) facts->capabilities);
  ctl_json_strv (self, "capabilities_clear", (const char * const *) facts->told[RST_STAGE_CLEAR]);
  ctl_json_strv (self, "capabilities_encrypted", (const char * const *) facts->told[RST_STAGE_ENCRYPTED]);
  ctl_json_strv (self, "capabilities_signed_in", (const char * const *) facts->told[RST_STAGE_SIGNED_IN]);
  ctl_json_strv (self, "auth", (const char * const *) facts->auth);
  ctl_json_string (self, "greeting", facts->greeting != NULL ? facts->greeting : facts->clear_greeting);
  ctl_json_bool (self, "greeting_encrypted", facts->greeting != NULL);
  ctl_json_bool (self, "utf8", rst_facts_takes_utf8 (facts));
  add_more (self, facts);
  ctl_json_bool (self, "signed_in", facts->signed_in);
  ctl_json_string (self, "mechanism", facts->mechanism);
  ctl_json_error (self, facts->error);
  ctl_json_ms (self, "ms", facts->elapsed_us);
}
