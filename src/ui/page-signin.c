/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The password, and whether the servers accept it. It goes to the hosts that were approved, over
 * verified TLS, once each time the person asks for it.
 */
#include "pages.h"

#include "rst-check-rows.h"
#include "rst-error.h"
#include "rst-vault.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPageSignin
{
  RstPage      parent_instance;

  /* Template Widgets */
  GtkEditable *password;
  GtkEditable *name;
  GtkListBox  *results;
  GtkLabel    *promise;

  gboolean     unchecked; /* the person goes on although a server could not be asked */
};

G_DEFINE_FINAL_TYPE (RstPageSignin, rst_page_signin, RST_TYPE_PAGE)

/* The server to send through, if it may have the password. */
static RstCandidate *
get_outgoing (RstJourney *journey)
{
  RstCandidate *outgoing = rst_journey_get_outgoing (journey);

  if (outgoing == NULL || !rst_journey_is_approved (journey, outgoing->endpoint->host))
    return NULL;
  return outgoing;
}

static void
set_results_visible (RstPageSignin *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->results),
                          gtk_widget_get_first_child (GTK_WIDGET (self->results)) != NULL);
}

static void
forget_results (RstPageSignin *self)
{
  self->unchecked = FALSE;
  rst_list_clear (self->results);
  set_results_visible (self);
  rst_page_set_secondary (RST_PAGE (self), NULL, NULL);
  rst_page_set_next (RST_PAGE (self), _("Sign In"), NULL);
}

static void
changed_cb (RstPageSignin *self)
{
  forget_results (self);
  rst_page_set_complete (RST_PAGE (self), *gtk_editable_get_text (self->password) != '\0');
}

static void
activated_cb (RstPageSignin *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

static gboolean
rst_page_signin_apply (RstPage *page)
{
  RstPageSignin *self = RST_PAGE_SIGNIN (page);
  RstJourney *journey = rst_page_get_journey (page);
  const char *text = gtk_editable_get_text (self->password);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr(GError) error = NULL;
  g_autoptr(RstSecret) secret = rst_secret_new (text, strlen (text), &error);

  rst_journey_set_name (journey, name);
  if (secret != NULL)
    {
      rst_journey_set_secret (journey, secret);
      return TRUE;
    }
  forget_results (self);
  gtk_list_box_append (self->results, rst_row_new_error (NULL, error));
  set_results_visible (self);
  return FALSE;
}

/* A server that refuses the password has answered; one that cannot be reached has not. */
static gboolean
may_go_on (const RstCheck *check)
{
  const GError *error = check->incoming->error;

  return error == NULL || g_error_matches (error, RST_ERROR, RST_ERROR_NET) ||
         g_error_matches (error, RST_ERROR, RST_ERROR_BUSY) ||
         g_error_matches (error, RST_ERROR, RST_ERROR_NOMECH);
}

static gboolean
show_check (RstPageSignin  *self,
            const RstCheck *check)
{
  if (rst_check_rows_show (self->results, check))
    return TRUE;
  if (may_go_on (check))
    rst_page_set_secondary (RST_PAGE (self), _("Continue Without Checking"), "page.unchecked");
  rst_page_show_part (RST_PAGE (self), GTK_WIDGET (self->results));
  return FALSE;
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPageSignin *self = g_task_get_source_object (task);
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  g_autoptr(GError) error = NULL;
  g_autoptr(RstCheck) check = rst_check_finish (result, &error);
  gboolean good = check != NULL && show_check (self, check);

  if (check == NULL)
    forget_results (self);
  rst_journey_set_checked (journey, good);
  if (good)
    rst_check_rows_note (self->results, check, task);
  else
    g_task_return_boolean (task, FALSE);
}

static void
rst_page_signin_commit_async (RstPage             *page,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RstPageSignin *self = RST_PAGE_SIGNIN (page);
  RstJourney *journey = rst_page_get_journey (page);
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  RstCandidate *outgoing = get_outgoing (journey);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_page_signin_commit_async);
  if (self->unchecked || rst_journey_is_checked (journey))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  forget_results (self);
  rst_check_rows_show_busy (self->results, incoming, outgoing);
  rst_check_async (incoming, outgoing, rst_journey_get_trust (journey), rst_journey_get_secret (journey),
                   cancellable, checked_cb, g_object_ref (task));
}

static void
unchecked_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RST_PAGE_SIGNIN (user_data)->unchecked = TRUE;
  gtk_widget_activate_action (user_data, "wizard.next", NULL);
}

static void
update_promise (RstPageSignin *self,
                RstVaultState  state)
{
  const char *text = state == RST_VAULT_ABSENT
    ? _("It is sent only to the servers approved on the page before, over a verified connection. This "
        "computer has no password store (keyring): most mail programs will ask for it.")
    : _("It is sent only to the servers approved on the page before, over a verified connection, and kept "
        "in a password store. The review shows where.");

  gtk_label_set_text (self->promise, text);
}

static void
vault_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RstPageSignin) self = user_data;
  RstVaultState state = rst_vault_check_finish (result, NULL);

  rst_journey_set_vault (rst_page_get_journey (RST_PAGE (self)), state);
  update_promise (self, state);
}

static gboolean
rst_page_signin_skip (RstPage *page)
{
  return !rst_journey_wants_secret (rst_page_get_journey (page));
}

static void
rst_page_signin_enter (RstPage *page)
{
  RstPageSignin *self = RST_PAGE_SIGNIN (page);
  RstJourney *journey = rst_page_get_journey (page);
  const RstAddress *address = rst_journey_get_address (journey);
  g_autofree char *text = g_strdup_printf (_("The provider has given it for %s."), address->display);

  if (rst_journey_get_secret (journey) == NULL)
    gtk_editable_set_text (self->password, "");
  gtk_editable_set_text (self->name, rst_journey_get_name (journey));
  rst_page_set_description (page, text);
  changed_cb (self);
  update_promise (self, RST_VAULT_READY);
  rst_vault_check_async (rst_page_get_cancellable (page), vault_cb, g_object_ref (self));
}

static void
rst_page_signin_constructed (GObject *object)
{
  static const GActionEntry actions[] = { { "unchecked", unchecked_cb, NULL, NULL, NULL, { 0 } } };

  G_OBJECT_CLASS (rst_page_signin_parent_class)->constructed (object);

  rst_page_add_actions (RST_PAGE (object), actions, G_N_ELEMENTS (actions));
}

static void
rst_page_signin_class_init (RstPageSigninClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_signin_constructed;
  RST_PAGE_CLASS (klass)->skip = rst_page_signin_skip;
  RST_PAGE_CLASS (klass)->enter = rst_page_signin_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_signin_apply;
  RST_PAGE_CLASS (klass)->commit_async = rst_page_signin_commit_async;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-signin.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageSignin, password);
  gtk_widget_class_bind_template_child (widget_class, RstPageSignin, name);
  gtk_widget_class_bind_template_child (widget_class, RstPageSignin, results);
  gtk_widget_class_bind_template_child (widget_class, RstPageSignin, promise);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rst_page_signin_init (RstPageSignin *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
