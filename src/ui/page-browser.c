/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For servers that take no password. Mail programs open the provider's page by themselves; where a
 * settings file makes us a registered client, the sign-in can be tried here before anything is written.
 * What the browser brings back serves that check only, and is then forgotten.
 */
#include "pages.h"

#include "rst-check-rows.h"
#include "rst-client.h"
#include "rst-oauth.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPageBrowser
{
  RstPage      parent_instance;

  /* Template Widgets */
  GtkEditable *name;
  GtkListBox  *results;
  GtkLabel    *note;

  char        *url;       /* (nullable) of the page that is open */
  gboolean     unchecked; /* the person goes on without trying */
};

G_DEFINE_FINAL_TYPE (RstPageBrowser, rst_page_browser, RST_TYPE_PAGE)

/* The server to send through, if the same sign-in is for it and may be used there. */
static RstCandidate *
get_outgoing (RstJourney *journey)
{
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  RstCandidate *outgoing = rst_journey_get_outgoing (journey);

  if (outgoing == NULL || !rst_candidate_wants_browser (outgoing) || outgoing->issuer != incoming->issuer ||
      !rst_journey_is_approved (journey, outgoing->endpoint->host))
    return NULL;
  return outgoing;
}

static void
show_row (RstPageBrowser *self,
          GtkWidget      *row)
{
  gtk_list_box_append (self->results, row);
  gtk_widget_set_visible (GTK_WIDGET (self->results), TRUE);
}

static void
forget_results (RstPageBrowser *self)
{
  rst_list_clear (self->results);
  gtk_widget_set_visible (GTK_WIDGET (self->results), FALSE);
}

/* Nothing depends on it: the programs will sign in themselves. */
static void
offer_to_go_on (RstPageBrowser *self)
{
  rst_page_set_secondary (RST_PAGE (self), _("Continue Without Checking"), "page.unchecked");
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPageBrowser *self = g_task_get_source_object (task);
  g_autoptr(RstCheck) check = rst_check_finish (result, NULL);
  gboolean good = check != NULL && rst_check_rows_show (self->results, check);

  if (check == NULL)
    forget_results (self);
  else if (!good)
    rst_page_show_part (RST_PAGE (self), GTK_WIDGET (self->results));
  rst_journey_set_checked (rst_page_get_journey (RST_PAGE (self)), good);
  if (good)
    {
      rst_page_set_secondary (RST_PAGE (self), NULL, NULL);
      rst_check_rows_note (self->results, check, task);
      return;
    }
  offer_to_go_on (self);
  g_task_return_boolean (task, FALSE);
}

static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPageBrowser *self = g_task_get_source_object (task);
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  g_autoptr(GError) error = NULL;
  g_autoptr(RstSecret) token = rst_oauth_sign_in_finish (result, &error);

  g_clear_pointer (&self->url, g_free);
  forget_results (self);
  /* The browser lies over it. */
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  if (token != NULL)
    {
      rst_check_rows_show_busy (self->results, incoming, get_outgoing (journey));
      rst_check_async (incoming, get_outgoing (journey), rst_journey_get_trust (journey), token,
                       g_task_get_cancellable (task), checked_cb, g_object_ref (task));
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_row (self, rst_row_new_error (NULL, error));
  offer_to_go_on (self);
  g_task_return_boolean (task, FALSE);
}

static void
launched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_debug ("No browser opened: %s", error->message);
}

static void
open_cb (const char *url,
         gpointer    user_data)
{
  RstPageBrowser *self = user_data;
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autoptr(GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);
  GtkWidget *row = rst_row_new_icon ("web-browser-symbolic", _("No page opened?"),
                                     _("Copy its address, and open it in a browser."));

  g_free (self->url);
  self->url = g_strdup (url);
  forget_results (self);
  show_row (self, rst_check_row_new_busy (_("Sign in on the page that opens in the browser."),
                                          _("Then come back here.")));
  rst_row_set_action (row, "edit-copy-symbolic", "page.copy", NULL);
  show_row (self, row);
  g_app_info_launch_default_for_uri_async (url, G_APP_LAUNCH_CONTEXT (context),
                                           rst_page_get_cancellable (RST_PAGE (self)), launched_cb, NULL);
}

static gboolean
rst_page_browser_apply (RstPage *page)
{
  RstPageBrowser *self = RST_PAGE_BROWSER (page);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  rst_journey_set_name (rst_page_get_journey (page), name);
  return TRUE;
}

static void
rst_page_browser_commit_async (RstPage             *page,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  RstPageBrowser *self = RST_PAGE_BROWSER (page);
  RstJourney *journey = rst_page_get_journey (page);
  RstCandidate *incoming = rst_journey_get_incoming (journey);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_page_browser_commit_async);
  if (self->unchecked || !rst_journey_wants_browser (journey) || rst_journey_is_checked (journey))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  forget_results (self);
  rst_oauth_sign_in_async (incoming->issuer, incoming->username, rst_journey_get_trust (journey), open_cb,
                           self, cancellable, signed_in_cb, g_object_ref (task));
}

static void
activated_cb (RstPageBrowser *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

static void
unchecked_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RST_PAGE_BROWSER (user_data)->unchecked = TRUE;
  gtk_widget_activate_action (user_data, "wizard.next", NULL);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  RstPageBrowser *self = user_data;

  if (self->url != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->url);
}

static void
update_texts (RstPageBrowser *self,
              RstCandidate   *incoming)
{
  g_autofree char *page = incoming->issuer != NULL ? rst_issuer_get_host (incoming->issuer) : NULL;
  g_autofree char *programs = rst_client_list_oauth ();
  g_autofree char *description = NULL;
  g_autofree char *note = NULL;

  if (page != NULL)
    description = g_strdup_printf (_("%s takes no password: you sign in on a page of %s."),
                                   incoming->endpoint->host, page);
  else
    description = g_strdup_printf (_("%s takes no password: you sign in on a page of the provider, which "
                                     "the mail program opens. There is nothing to do here."),
                                   incoming->endpoint->host);
  rst_page_set_description (RST_PAGE (self), description);
  if (page != NULL)
    note = g_strdup_printf (_("This only tries whether the sign-in works, and nothing of it is kept. Each "
                              "mail program signs in by itself, once; of those that Restante sets up, these "
                              "can: %s."), programs);
  else
    note = g_strdup_printf (_("Of the programs that Restante sets up, these can sign in like that: %s."),
                            programs);
  gtk_label_set_text (self->note, note);
}

static gboolean
rst_page_browser_skip (RstPage *page)
{
  return rst_journey_wants_secret (rst_page_get_journey (page));
}

static void
rst_page_browser_enter (RstPage *page)
{
  RstPageBrowser *self = RST_PAGE_BROWSER (page);
  RstJourney *journey = rst_page_get_journey (page);
  gboolean tries = rst_journey_wants_browser (journey) && !rst_journey_is_checked (journey);

  self->unchecked = FALSE;
  gtk_editable_set_text (self->name, rst_journey_get_name (journey));
  update_texts (self, rst_journey_get_incoming (journey));
  rst_page_set_next (page, tries ? _("Open the Browser") : NULL, NULL);
  if (tries)
    offer_to_go_on (self);
  else
    rst_page_set_secondary (page, NULL, NULL);
  forget_results (self);
  rst_page_set_complete (page, TRUE);
}

static void
rst_page_browser_constructed (GObject *object)
{
  static const GActionEntry actions[] = {
    { "unchecked", unchecked_cb, NULL, NULL, NULL, { 0 } },
    { "copy", copy_cb, NULL, NULL, NULL, { 0 } },
  };

  G_OBJECT_CLASS (rst_page_browser_parent_class)->constructed (object);

  rst_page_add_actions (RST_PAGE (object), actions, G_N_ELEMENTS (actions));
}

static void
rst_page_browser_finalize (GObject *object)
{
  g_free (RST_PAGE_BROWSER (object)->url);

  G_OBJECT_CLASS (rst_page_browser_parent_class)->finalize (object);
}

static void
rst_page_browser_class_init (RstPageBrowserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_browser_constructed;
  G_OBJECT_CLASS (klass)->finalize = rst_page_browser_finalize;
  RST_PAGE_CLASS (klass)->skip = rst_page_browser_skip;
  RST_PAGE_CLASS (klass)->enter = rst_page_browser_enter;
  RST_PAGE_CLASS (klass)->apply = rst_page_browser_apply;
  RST_PAGE_CLASS (klass)->commit_async = rst_page_browser_commit_async;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageBrowser, name);
  gtk_widget_class_bind_template_child (widget_class, RstPageBrowser, results);
  gtk_widget_class_bind_template_child (widget_class, RstPageBrowser, note);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rst_page_browser_init (RstPageBrowser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
