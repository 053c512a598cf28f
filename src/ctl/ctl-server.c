/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-server.h"

#include <glib/gi18n-lib.h>

#include "ctl-json.h"
#include "ctl-output.h"
#include "ctl-text.h"
#include "rst-error.h"

#define LABEL_COLUMNS 16

/**
 * ctl_print_server:
 * @candidate: a server that was found
 *
 * Prints where it is, how it was found and how its check ended.
 */
void
ctl_print_server (const RstCandidate *candidate)
{
  g_autofree char *where = ctl_describe_endpoint (candidate->endpoint);
  const RstFacts *probe = candidate->probe;

  ctl_print_row (2, _("Server"), LABEL_COLUMNS, where);
  if (candidate->username != NULL)
    ctl_print_row (2, _("User name"), LABEL_COLUMNS, candidate->username);
  ctl_print_row (2, _("Found by"), LABEL_COLUMNS, rst_trust_describe (candidate->trust));
  if (candidate->auth == RST_AUTH_OAUTH2)
    ctl_print_row (2, _("Sign-in"), LABEL_COLUMNS,
                   _("In the browser, on the provider’s page. Each mail program opens it by itself."));
  if (probe == NULL)
    return;
  if (probe->error != NULL)
    {
      ctl_print_row (2, _("Problem"), LABEL_COLUMNS, probe->error->message);
      ctl_print_row (2, _("What to try"), LABEL_COLUMNS, rst_error_get_advice (probe->error));
    }
  else if (probe->signed_in && candidate->auth == RST_AUTH_OAUTH2)
    ctl_print_row (2, _("Checked"), LABEL_COLUMNS,
                   _("It answers, its certificate is valid, and the sign-in works."));
  else if (probe->signed_in)
    ctl_print_row (2, _("Checked"), LABEL_COLUMNS,
                   _("It answers, its certificate is valid, and the password is right."));
  else
    ctl_print_row (2, _("Checked"), LABEL_COLUMNS, _("It answers, and its certificate is valid."));
  ctl_print_mailbox (probe);
}

/**
 * ctl_print_other_server:
 * @candidate: a server that was found, and not chosen
 *
 * Prints it in short.
 */
void
ctl_print_other_server (const RstCandidate *candidate)
{
  g_autofree char *where = ctl_describe_endpoint (candidate->endpoint);
  g_autofree char *title = g_strdup_printf (C_("server", "%s: %s"),
                                            rst_protocol_get_title (candidate->endpoint->protocol), where);

  ctl_print_item (2, "–", title);
  ctl_print_text (4, rst_trust_describe (candidate->trust));
  if (candidate->probe != NULL && candidate->probe->error != NULL)
    ctl_print_text (4, candidate->probe->error->message);
}

static const char *
auth_nick (RstAuth auth)
{
  static const char * const nicks[] = {
    [RST_AUTH_PASSWORD] = "password", [RST_AUTH_ENCRYPTED] = "encrypted",
    [RST_AUTH_OAUTH2] = "oauth2", [RST_AUTH_NONE] = "none",
  };

  return nicks[auth];
}

static void
add_auth (JsonBuilder        *json,
          const RstCandidate *candidate)
{
  json_builder_set_member_name (json, "auth");
  json_builder_begin_array (json);
  json_builder_add_string_value (json, auth_nick (candidate->auth));
  for (guint auth = 0; auth <= RST_AUTH_NONE; auth++)
    if (auth != candidate->auth && (candidate->auths & (1u << auth)) != 0)
      json_builder_add_string_value (json, auth_nick (auth));
  json_builder_end_array (json);
}

/**
 * ctl_json_candidate:
 * @json: a builder where a value is due
 * @candidate: (nullable): a server that was found; %NULL becomes null
 *
 * Adds the server as an object.
 */
void
ctl_json_candidate (JsonBuilder        *json,
                    const RstCandidate *candidate)
{
  if (candidate == NULL)
    {
      json_builder_add_null_value (json);
      return;
    }
  json_builder_begin_object (json);
  ctl_json_endpoint (json, candidate->endpoint);
  ctl_json_string (json, "username", candidate->username);
  add_auth (json, candidate);
  ctl_json_string (json, "issuer", candidate->issuer != NULL ? candidate->issuer->id : NULL);
  ctl_json_strv (json, "sources", (const char * const *) candidate->sources);
  ctl_json_string (json, "trust", rst_trust_get_nick (candidate->trust));
  json_builder_set_member_name (json, "probe");
  if (candidate->probe != NULL)
    {
      json_builder_begin_object (json);
      ctl_json_facts (json, candidate->probe);
      json_builder_end_object (json);
    }
  else
    json_builder_add_null_value (json);
  json_builder_end_object (json);
}
