/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-server-rows.h"

#include "rst-facts-mailbox.h"
#include "rst-tag-row.h"
#include "rst-text.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

static char *
describe_endpoint (const RstEndpoint *endpoint)
{
  return g_strdup_printf (C_("server", "%s · %s · port %u"), endpoint->host,
                          rst_protocol_get_title (endpoint->protocol), endpoint->port);
}

static GtkWidget *
server_row_new (const RstCandidate *candidate)
{
  gboolean sends = candidate->endpoint->protocol == RST_PROTOCOL_SMTP;
  const char *icon = sends ? "document-send-symbolic" : "mail-unread-symbolic";
  const char *title = sends ? _("Sending mail") : _("Receiving mail");
  g_autofree char *where = describe_endpoint (candidate->endpoint);

  if (rst_candidate_is_usable (candidate))
    return rst_tag_row_new (icon, title, where, "object-select-symbolic", _("Encrypted and verified"),
                            RST_TINT_GOOD);
  if (candidate->probe == NULL)
    return rst_tag_row_new (icon, title, where, "content-loading-symbolic", _("Being checked"),
                            RST_TINT_PLAIN);
  return rst_tag_row_new (icon, title, where, "action-unavailable-symbolic", _("Not used"),
                          RST_TINT_WARNING);
}

static char *
list_sources (const RstCandidate *candidate,
              RstDiscovery       *discovery)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  GPtrArray *reports = discovery != NULL ? rst_discovery_get_reports (discovery) : NULL;

  for (guint i = 0; reports != NULL && i < reports->len; i++)
    {
      const RstSourceReport *report = g_ptr_array_index (reports, i);

      if (g_strv_contains ((const char * const *) candidate->sources, report->id))
        g_ptr_array_add (titles, (gpointer) report->title);
    }
  g_ptr_array_add (titles, NULL);
  return rst_text_join_list ((const char * const *) titles->pdata);
}

static GtkWidget *
provenance_row_new (const RstCandidate *candidate,
                    RstDiscovery       *discovery)
{
  g_autofree char *sources = list_sources (candidate, discovery);
  g_autofree char *text = NULL;

  if (candidate->sources[0] == NULL)
    text = g_strdup (_("Entered by hand."));
  else if (*sources == '\0')
    text = g_strdup (rst_trust_describe (candidate->trust));
  else
    text = g_strdup_printf (_("%s Found in: %s."), rst_trust_describe (candidate->trust), sources);
  return rst_row_new_disc ("system-search-symbolic", RST_TINT_PLAIN, _("How it was found"), text);
}

static void
add_detail (GtkWidget  *expander,
            const char *title,
            const char *text)
{
  if (text != NULL && *text != '\0')
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), rst_row_new (title, text));
}

static GtkWidget *
safety_row_new (const RstCandidate *candidate)
{
  const RstTlsFacts *tls = &candidate->probe->tls;
  g_autofree char *names = rst_text_join_list ((const char * const *) tls->names);
  g_autofree char *chain = rst_text_join_list ((const char * const *) tls->chain);
  g_autofree char *until = tls->not_after != NULL ? rst_text_format_day (tls->not_after) : NULL;
  const char *version = tls->version != NULL ? tls->version : "TLS";
  g_autofree char *text = until != NULL
    ? g_strdup_printf (_("Proves its identity until %s · %s"), until, version)
    : g_strdup (version);
  g_autofree char *expiry = rst_facts_describe_keeping (candidate->probe);
  g_autofree char *delay = rst_facts_describe_delay (candidate->probe);
  GtkWidget *row = rst_expander_new (_("How safe it is"), text);

  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row),
                               rst_disc_new ("system-lock-screen-symbolic", RST_TINT_PLAIN));
  add_detail (row, _("Certificate for"), names);
  add_detail (row, _("Certificate from"), chain);
  add_detail (row, _("Encryption"), tls->cipher);
  add_detail (row, _("User name"), candidate->username);
  add_detail (row, _("Mail is kept"), expiry);
  add_detail (row, _("Sign-in every"), delay);
  return row;
}

/**
 * rst_server_rows_fill:
 * @list: a list
 * @candidate: (nullable): a server; %NULL empties the list
 * @discovery: (nullable): the search that found it
 *
 * Shows one server.
 */
void
rst_server_rows_fill (GtkListBox   *list,
                      RstCandidate *candidate,
                      RstDiscovery *discovery)
{
  rst_list_clear (list);
  gtk_widget_set_visible (GTK_WIDGET (list), candidate != NULL);
  if (candidate == NULL)
    return;
  gtk_list_box_append (list, server_row_new (candidate));
  gtk_list_box_append (list, provenance_row_new (candidate, discovery));
  if (rst_candidate_is_usable (candidate))
    gtk_list_box_append (list, safety_row_new (candidate));
  else if (candidate->probe != NULL)
    rst_server_rows_add_problems (list, candidate);
}

/**
 * rst_server_rows_add_problems:
 * @list: a list
 * @candidate: a server
 *
 * Says what is wrong with a server, and what can be tried; nothing if it is not probed yet.
 */
void
rst_server_rows_add_problems (GtkListBox   *list,
                              RstCandidate *candidate)
{
  g_autoptr(GPtrArray) problems = NULL;
  GtkWidget *row;

  if (candidate->probe == NULL || candidate->probe->error == NULL)
    return;
  row = rst_row_new_error (candidate->endpoint->host, candidate->probe->error);
  gtk_list_box_append (list, row);
  problems = rst_facts_describe_problems (candidate->probe);
  for (guint i = 0; i < problems->len; i++)
    if (strstr (candidate->probe->error->message, g_ptr_array_index (problems, i)) == NULL)
      gtk_list_box_append (list, rst_text_row_new (g_ptr_array_index (problems, i)));
}
