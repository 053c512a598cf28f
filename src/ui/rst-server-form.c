/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-server-form.h"

#include "rst-accessible.h"
#include "rst-error.h"

#include <glib/gi18n-lib.h>

struct _RstServerForm
{
  AdwBin               parent_instance;

  /* Template Widgets */
  AdwPreferencesGroup *group;
  GtkEditable         *host;
  AdwComboRow         *security;
  GtkEditable         *port;
  GtkEditable         *username;

  RstProtocol          protocol;
};

G_DEFINE_FINAL_TYPE (RstServerForm, rst_server_form, ADW_TYPE_BIN)

static RstSecurity
get_security (RstServerForm *self)
{
  return adw_combo_row_get_selected (self->security) == 1 ? RST_SECURITY_STARTTLS : RST_SECURITY_TLS;
}

/* Another security has another usual port. */
static void
security_cb (RstServerForm *self)
{
  guint16 usual = rst_protocol_default_port (self->protocol, get_security (self));
  g_autofree char *port = g_strdup_printf ("%u", usual);

  gtk_editable_set_text (self->port, port);
}

static void
activated_cb (RstServerForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

/**
 * rst_server_form_set_protocol:
 * @self: a form
 * @protocol: what the server speaks
 */
void
rst_server_form_set_protocol (RstServerForm *self,
                              RstProtocol    protocol)
{
  g_autofree char *title = NULL;

  g_return_if_fail (RST_IS_SERVER_FORM (self));

  title = protocol == RST_PROTOCOL_SMTP
    ? g_strdup (_("Sending Mail (SMTP)"))
    : g_strdup_printf (_("Receiving Mail (%s)"), rst_protocol_get_title (protocol));
  adw_preferences_group_set_title (self->group, title);
  if (self->protocol == protocol && *gtk_editable_get_text (self->port) != '\0')
    return;
  self->protocol = protocol;
  security_cb (self);
}

/**
 * rst_server_form_suggest:
 * @self: a form
 * @candidate: (nullable): a server to start from
 * @username: (nullable): the usual user name
 *
 * Fills fields that are still empty.
 */
void
rst_server_form_suggest (RstServerForm      *self,
                         const RstCandidate *candidate,
                         const char         *username)
{
  g_return_if_fail (RST_IS_SERVER_FORM (self));

  if (*gtk_editable_get_text (self->username) == '\0')
    gtk_editable_set_text (self->username, candidate != NULL && candidate->username != NULL
                                             ? candidate->username
                                             : username != NULL ? username : "");
  if (candidate == NULL || !rst_server_form_is_empty (self) ||
      candidate->endpoint->protocol != self->protocol)
    return;
  gtk_editable_set_text (self->host, candidate->endpoint->host);
  adw_combo_row_set_selected (self->security, candidate->endpoint->security == RST_SECURITY_STARTTLS);
  gtk_editable_set_text (self->port, "");
  security_cb (self);
}

/**
 * rst_server_form_is_empty:
 * @self: a form
 *
 * Returns: whether no server was entered
 */
gboolean
rst_server_form_is_empty (RstServerForm *self)
{
  g_return_val_if_fail (RST_IS_SERVER_FORM (self), TRUE);

  return *gtk_editable_get_text (self->host) == '\0';
}

static RstEndpoint *
read_endpoint (RstServerForm  *self,
               GError        **error)
{
  g_autofree char *host = g_strstrip (g_strdup (gtk_editable_get_text (self->host)));
  guint64 port;

  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (self->port), 10, 1, G_MAXUINT16, &port, NULL))
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("The port of %s must be a number from 1 to %d."),
                   host, G_MAXUINT16);
      return NULL;
    }
  return rst_endpoint_new (self->protocol, get_security (self), host, (guint16) port, error);
}

/**
 * rst_server_form_read:
 * @self: a form
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the server, not probed yet
 */
RstCandidate *
rst_server_form_read (RstServerForm  *self,
                      GError        **error)
{
  g_autoptr(RstEndpoint) endpoint = NULL;
  RstCandidate *candidate;

  g_return_val_if_fail (RST_IS_SERVER_FORM (self), NULL);

  endpoint = read_endpoint (self, error);
  if (endpoint == NULL)
    return NULL;
  if (*gtk_editable_get_text (self->username) == '\0')
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("The user name for %s is missing."), endpoint->host);
      return NULL;
    }
  candidate = rst_candidate_new (endpoint, gtk_editable_get_text (self->username), RST_AUTH_PASSWORD);
  candidate->trust = RST_TRUST_LOCAL;
  return candidate;
}

static void
rst_server_form_class_init (RstServerFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-server-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RstServerForm, group);
  gtk_widget_class_bind_template_child (widget_class, RstServerForm, host);
  gtk_widget_class_bind_template_child (widget_class, RstServerForm, security);
  gtk_widget_class_bind_template_child (widget_class, RstServerForm, port);
  gtk_widget_class_bind_template_child (widget_class, RstServerForm, username);
  gtk_widget_class_bind_template_callback (widget_class, security_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rst_server_form_init (RstServerForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rst_accessible_follow_combo (self->security);
}
