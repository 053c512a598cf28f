/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The servers: which, how found, how safe; which of them may have the password; and entering them by
 * hand. There is no way to go on with a server that cannot prove who it is.
 */
#include "pages.h"

#include "rst-check.h"
#include "rst-found-window.h"
#include "rst-server-form.h"
#include "rst-server-notes.h"
#include "rst-server-rows.h"
#include "rst-source-list.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPageServers
{
  RstPage        parent_instance;

  /* Template Widgets */
  GtkListBox    *notes;
  GtkWidget     *found;
  GtkListBox    *incoming;
  GtkListBox    *outgoing;
  RstSourceList *sources;
  GtkWidget     *how;
  GtkWidget     *approve_group;
  GtkListBox    *approve;
  GtkWidget     *manual;
  RstServerForm *incoming_form;
  RstServerForm *outgoing_form;

  gboolean       by_hand;
};

G_DEFINE_FINAL_TYPE (RstPageServers, rst_page_servers, RST_TYPE_PAGE)

static RstProtocol
get_protocol (RstPageServers *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));

  return rst_journey_get_mode (journey) == RST_METHOD_POP ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP;
}

/* A password, or what the browser brings back. */
static gboolean
sends_secret (RstJourney *journey)
{
  return rst_journey_wants_secret (journey) || rst_journey_wants_browser (journey);
}

static void
update_complete (RstPageServers *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstCandidate *incoming = rst_journey_get_incoming (journey);

  if (self->by_hand)
    rst_page_set_complete (RST_PAGE (self), TRUE);
  else
    rst_page_set_complete (RST_PAGE (self), incoming != NULL && rst_candidate_is_usable (incoming) &&
                                              (!sends_secret (journey) ||
                                               rst_journey_is_approved (journey, incoming->endpoint->host)));
}

static void
approve_cb (GtkCheckButton *check,
            gpointer        user_data)
{
  RstPageServers *self = user_data;
  const char *host = gtk_widget_get_name (GTK_WIDGET (check));

  rst_journey_set_approved (rst_page_get_journey (RST_PAGE (self)), host,
                            gtk_check_button_get_active (check));
  update_complete (self);
}

static const char *
describe_relation (RstJourney         *journey,
                   const RstCandidate *candidate)
{
  const char *domain = rst_journey_get_address (journey)->domain;
  const char *host = candidate->endpoint->host;

  if (candidate->sources[0] == NULL)
    return _("Entered by hand");
  if (candidate->trust == RST_TRUST_INSECURE)
    return _("Named over an unprotected connection: tick it only if it is known to be the right one");
  if (g_str_has_suffix (host, domain) &&
      (strlen (host) == strlen (domain) || host[strlen (host) - strlen (domain) - 1] == '.'))
    return _("Belongs to the same domain as the address");
  if (candidate->trust >= RST_TRUST_PROVIDER)
    return _("Belongs to another domain; the provider names it over a secure connection");
  return _("Belongs to another domain: tick it only if it is known to be the right one");
}

static void
add_host (RstPageServers     *self,
          const RstCandidate *candidate)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  const char *host = candidate->endpoint->host;
  GtkWidget *row = rst_row_new (host, describe_relation (journey, candidate));
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_name (check, host);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), rst_journey_is_approved (journey, host));
  g_signal_connect_object (check, "toggled", G_CALLBACK (approve_cb), self, 0);
  rst_row_add_check (row, GTK_CHECK_BUTTON (check));
  gtk_list_box_append (self->approve, row);
}

static void
update_approval (RstPageServers *self,
                 RstCandidate   *incoming,
                 RstCandidate   *outgoing)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  gboolean two;

  rst_list_clear (self->approve);
  gtk_widget_set_visible (self->approve_group, incoming != NULL && sends_secret (journey));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->approve_group),
                                   rst_journey_wants_secret (journey) ? _("Allowed to Receive the Password")
                                                                      : _("Allowed to Receive the Sign-In"));
  if (incoming == NULL)
    return;
  add_host (self, incoming);
  two = outgoing != NULL && !g_str_equal (incoming->endpoint->host, outgoing->endpoint->host);
  if (two)
    add_host (self, outgoing);
}

static const char *
describe_absence (RstDiscovery *discovery)
{
  return discovery != NULL && rst_discovery_is_cut_off (discovery)
    ? _("Nobody answered. Check the internet connection, or enter the servers by hand.")
    : _("Check the address, or enter the servers by hand.");
}

static void
update_texts (RstPageServers *self,
              RstCandidate   *incoming,
              gboolean        faulty)
{
  RstPage *page = RST_PAGE (self);
  RstJourney *journey = rst_page_get_journey (page);
  const RstAddress *address = rst_journey_get_address (journey);
  g_autofree char *text = NULL;

  if (self->by_hand)
    rst_page_set_next (page, _("Check the Servers"), NULL);
  else if (incoming == NULL && !rst_journey_is_searching (journey))
    rst_page_set_next (page, _("Search Again"), "page.again");
  else
    rst_page_set_next (page, _("Continue"), NULL);
  rst_page_set_secondary (page, self->by_hand ? NULL : _("Enter by Hand"), "page.by-hand");
  if (self->by_hand)
    {
      rst_page_set_heading (page, _("Enter the Mail Servers"));
      rst_page_set_description (page, _("The provider’s web site or letter has these names."));
    }
  else if (incoming != NULL)
    {
      text = g_strdup_printf (_("These servers look after %s."), address->display);
      rst_page_set_heading (page, _("The Mail Server Was Found"));
      rst_page_set_description (page, text);
    }
  else if (rst_journey_is_searching (journey))
    {
      rst_page_set_heading (page, _("Looking for the Mail Server"));
      rst_page_set_description (page, _("This takes a few seconds. "
                                        "The servers can also be entered by hand."));
    }
  else if (faulty)
    {
      rst_page_set_heading (page, _("No Mail Server Can Be Used"));
      rst_page_set_description (page, _("Servers were found, but something is wrong with them."));
    }
  else
    {
      rst_page_set_heading (page, _("No Mail Server Was Found"));
      rst_page_set_description (page, describe_absence (rst_journey_get_discovery (journey)));
    }
}

static void
update (RstPageServers *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstDiscovery *discovery = rst_journey_get_discovery (journey);
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  RstCandidate *outgoing = incoming != NULL ? rst_journey_get_outgoing (journey) : NULL;
  gboolean faulty;

  if (rst_journey_get_address (journey) == NULL)
    return;
  rst_server_rows_fill (self->incoming, incoming, discovery);
  rst_server_rows_fill (self->outgoing, outgoing, discovery);
  faulty = rst_server_notes_fill (self->notes, journey);
  gtk_widget_set_visible (GTK_WIDGET (self->notes),
                          gtk_widget_get_first_child (GTK_WIDGET (self->notes)) != NULL);
  update_approval (self, incoming, outgoing);
  gtk_widget_set_visible (GTK_WIDGET (self->sources), incoming == NULL);
  gtk_widget_set_visible (self->how, discovery != NULL);
  gtk_widget_set_visible (self->found, !self->by_hand);
  gtk_widget_set_visible (self->approve_group, !self->by_hand && incoming != NULL);
  gtk_widget_set_visible (self->manual, self->by_hand);
  update_texts (self, incoming, faulty);
  update_complete (self);
}

static void
changed_cb (RstPageServers *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->by_hand)
    update (self);
}

static void
again_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  rst_journey_search_again (rst_page_get_journey (user_data));
}

static void
ask_openly_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  rst_journey_search_openly (rst_page_get_journey (user_data));
  gtk_widget_grab_focus (GTK_WIDGET (user_data));
}

static void
how_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  GtkRoot *root = gtk_widget_get_root (user_data);

  gtk_window_present (
    GTK_WINDOW (rst_found_window_new (GTK_WINDOW (root), rst_page_get_journey (user_data))));
}

static void
by_hand_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  RstPageServers *self = user_data;
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  const char *username = rst_journey_get_address (journey)->full;

  self->by_hand = TRUE;
  rst_server_form_set_protocol (self->incoming_form, get_protocol (self));
  rst_server_form_set_protocol (self->outgoing_form, RST_PROTOCOL_SMTP);
  rst_server_form_suggest (self->incoming_form, rst_journey_get_incoming (journey), username);
  rst_server_form_suggest (self->outgoing_form, rst_journey_get_outgoing (journey), username);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_error (RstPageServers *self,
            const GError   *error)
{
  rst_list_clear (self->notes);
  gtk_list_box_append (self->notes, rst_row_new_error (NULL, error));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), TRUE);
  rst_page_show_part (RST_PAGE (self), GTK_WIDGET (self->notes));
}

static gboolean
rst_page_servers_apply (RstPage *page)
{
  RstPageServers *self = RST_PAGE_SERVERS (page);
  g_autoptr(RstCandidate) incoming = NULL;
  g_autoptr(RstCandidate) outgoing = NULL;
  g_autoptr(GError) error = NULL;

  if (!self->by_hand)
    return TRUE;
  incoming = rst_server_form_read (self->incoming_form, &error);
  if (incoming != NULL && !rst_server_form_is_empty (self->outgoing_form))
    outgoing = rst_server_form_read (self->outgoing_form, &error);
  if (error != NULL)
    {
      show_error (self, error);
      return FALSE;
    }
  rst_journey_set_servers (rst_page_get_journey (page), incoming, outgoing);
  return TRUE;
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPageServers *self = g_task_get_source_object (task);
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  g_autoptr(GError) error = NULL;
  g_autoptr(RstCheck) check = rst_check_finish (result, &error);
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  RstCandidate *outgoing = rst_journey_get_outgoing (journey);

  if (check == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  incoming->probe = g_steal_pointer (&check->incoming);
  if (check->outgoing != NULL)
    outgoing->probe = g_steal_pointer (&check->outgoing);
  self->by_hand = FALSE;
  /* The person sees what was found there, and goes on from that. */
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_task_return_boolean (task, FALSE);
}

static void
rst_page_servers_commit_async (RstPage             *page,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  RstPageServers *self = RST_PAGE_SERVERS (page);
  RstJourney *journey = rst_page_get_journey (page);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_page_servers_commit_async);
  if (self->by_hand)
    rst_check_async (rst_journey_get_incoming (journey), rst_journey_get_outgoing (journey),
                     rst_journey_get_trust (journey), NULL, cancellable, checked_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
rst_page_servers_enter (RstPage *page)
{
  RST_PAGE_SERVERS (page)->by_hand = FALSE;
  update (RST_PAGE_SERVERS (page));
}

static void
rst_page_servers_constructed (GObject *object)
{
  static const GActionEntry actions[] = {
    { "again", again_cb, NULL, NULL, NULL, { 0 } },
    { "ask-openly", ask_openly_cb, NULL, NULL, NULL, { 0 } },
    { "how", how_cb, NULL, NULL, NULL, { 0 } },
    { "by-hand", by_hand_cb, NULL, NULL, NULL, { 0 } },
  };
  RstPageServers *self = RST_PAGE_SERVERS (object);
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));

  G_OBJECT_CLASS (rst_page_servers_parent_class)->constructed (object);

  rst_page_add_actions (RST_PAGE (self), actions, G_N_ELEMENTS (actions));
  rst_source_list_set_journey (self->sources, journey);
  rst_source_list_set_expanded (self->sources, TRUE);
  g_signal_connect_object (journey, "notify::servers", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
rst_page_servers_class_init (RstPageServersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_servers_constructed;
  RST_PAGE_CLASS (klass)->enter = rst_page_servers_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_servers_apply;
  RST_PAGE_CLASS (klass)->commit_async = rst_page_servers_commit_async;

  g_type_ensure (RST_TYPE_SOURCE_LIST);
  g_type_ensure (RST_TYPE_SERVER_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-servers.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, notes);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, found);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, incoming);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, outgoing);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, sources);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, how);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, approve_group);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, approve);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, manual);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, incoming_form);
  gtk_widget_class_bind_template_child (widget_class, RstPageServers, outgoing_form);
}

static void
rst_page_servers_init (RstPageServers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
