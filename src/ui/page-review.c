/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that would be written, before it is. A program that runs would overwrite its files, so it
 * has to be closed first; that is watched.
 */
#include "pages.h"

#include "rst-planning.h"
#include "rst-setup-view.h"
#include "rst-vault.h"
#include "rst-widgets.h"
#include "rst-writer.h"

#include <glib/gi18n-lib.h>

/* How often a running program is looked for again (seconds). */
#define WATCH_SECONDS 2

struct _RstPageReview
{
  RstPage       parent_instance;

  /* Template Widgets */
  GtkListBox   *blocking;
  GtkSpinner   *spinner;
  GtkBox       *setups;
  GtkListBox   *password;

  /* Owned References */
  RstPlanning  *planning;     /* (nullable) */
  GPtrArray    *changing;     /* (element-type RstSetup) (unowned contents) those that change something */
  GCancellable *cancellable;  /* (nullable) of the planning that runs */
  char         *shown;        /* what the page shows, to leave it alone while nothing changes */
  guint         watch;
};

G_DEFINE_FINAL_TYPE (RstPageReview, rst_page_review, RST_TYPE_PAGE)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
show_blocking (RstPageReview *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->blocking),
                          gtk_widget_get_first_child (GTK_WIDGET (self->blocking)) != NULL);
}

static void
add_running (RstPageReview *self,
             const char    *program)
{
  g_autofree char *title = g_strdup_printf (_("Close %s first"), program);
  GtkWidget *row = rst_row_new_disc ("dialog-warning-symbolic", RST_TINT_WARNING, title,
                                     _("It is running and would overwrite the changes."));
  GtkWidget *again = g_object_new (GTK_TYPE_BUTTON,
                                   "label", _("Check Again"),
                                   "action-name", "page.again",
                                   "valign", GTK_ALIGN_CENTER,
                                   NULL);

  gtk_widget_add_css_class (row, "rst-emphasis");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), again);
  gtk_list_box_append (self->blocking, row);
}

static gboolean
is_running (RstFoundClient *found)
{
  RstFoundProfile *profile = rst_found_client_default (found);

  return profile != NULL && profile->running;
}

static const char *
describe_password (RstPageReview *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  gboolean own = self->planning->sealed;
  gboolean shared = FALSE;

  for (guint i = 0; i < self->planning->setups->len; i++)
    shared |= ((RstSetup *) g_ptr_array_index (self->planning->setups, i))->secrets->len > 0;
  if (!rst_journey_wants_secret (journey))
    return _("Not needed: the mail program opens the provider’s sign-in page.");
  if (self->changing->len == 0)
    return _("Stays as it is.");
  if (own && shared)
    return _("Kept in this computer’s password store, and in the mail program’s own, encrypted.");
  if (own)
    return _("Kept in the mail program’s own password store, encrypted.");
  return shared ? _("Kept in this computer’s password store. It is not written to any file of the programs.")
                : _("Not kept: the mail program will ask for it.");
}

static void
update_password (RstPageReview *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->password), TRUE);
  rst_list_clear (self->password);
  gtk_list_box_append (self->password, rst_row_new_disc ("dialog-password-symbolic", RST_TINT_PLAIN,
                                                         _("Password"), describe_password (self)));
}

static void
update_buttons (RstPageReview *self)
{
  RstPage *page = RST_PAGE (self);
  guint n = self->planning->setups->len;
  g_autofree char *status = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u program",
                                                          "%u programs", n), n);
  gboolean good = n > 0 && self->planning->running->len == 0 && self->planning->errors->len == 0;

  rst_page_set_status (page, status);
  rst_page_set_next (page, good && self->changing->len == 0 ? _("Continue") : _("Apply Changes"), NULL);
  rst_page_set_complete (page, good);
}

/* What the scan says about the chosen programs, in a form that can be compared. */
static char *
take_fingerprint (RstJourney *journey)
{
  GPtrArray *clients = rst_scan_get_clients (rst_journey_get_scan (journey));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);

      if (rst_journey_has_program (journey, found->client->id))
        g_string_append_printf (text, "%s %d\n", found->client->id, is_running (found));
    }
  return g_string_free (text, FALSE);
}

static void
show_waiting (RstPageReview *self,
              gboolean       waiting)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
}

static void
add_todo (RstPageReview *self)
{
  GPtrArray *todo = rst_journey_get_todo (rst_page_get_journey (RST_PAGE (self)));

  for (guint i = 0; i < todo->len; i++)
    gtk_list_box_append (self->blocking, rst_row_new_disc ("help-about-symbolic", RST_TINT_PLAIN,
                                                           g_ptr_array_index (todo, i),
                                                           _("To be done by hand afterwards")));
}

static void
show_planning (RstPageReview *self)
{
  const RstPlanning *planning = self->planning;

  rst_list_clear (self->blocking);
  clear_box (self->setups);
  g_ptr_array_set_size (self->changing, 0);
  for (guint i = 0; i < planning->errors->len; i++)
    gtk_list_box_append (self->blocking, rst_row_new_error (NULL, g_ptr_array_index (planning->errors, i)));
  for (guint i = 0; i < planning->running->len; i++)
    add_running (self, g_ptr_array_index (planning->running, i));
  add_todo (self);
  for (guint i = 0; i < planning->setups->len; i++)
    {
      RstSetup *setup = g_ptr_array_index (planning->setups, i);

      gtk_box_append (self->setups, rst_setup_view_new (rst_client_find (setup->client)->name, setup));
      if (rst_setup_changes (setup))
        g_ptr_array_add (self->changing, setup);
    }
  show_blocking (self);
  show_waiting (self, FALSE);
  update_password (self);
  update_buttons (self);
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RstPageReview) self = user_data;
  RstPlanning *planning = rst_planning_finish (result, NULL);

  /* A later one is on its way, or the page was left. */
  if (planning == NULL)
    return;
  g_clear_pointer (&self->planning, rst_planning_free);
  self->planning = planning;
  show_planning (self);
}

static void
cancel_planning (RstPageReview *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
scan_cb (RstPageReview *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  g_autofree char *fingerprint = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  fingerprint = take_fingerprint (journey);
  if (g_strcmp0 (fingerprint, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&fingerprint);
  cancel_planning (self);
  self->cancellable = g_cancellable_new ();
  rst_planning_async (journey, self->cancellable, planned_cb, g_object_ref (self));
}

static gboolean
watch_cb (gpointer user_data)
{
  RstPageReview *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->watch = 0;
      return G_SOURCE_REMOVE;
    }
  if (self->planning != NULL && self->planning->running->len > 0)
    rst_journey_scan (rst_page_get_journey (RST_PAGE (self)));
  return G_SOURCE_CONTINUE;
}

static void
again_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  RstPageReview *self = user_data;

  g_clear_pointer (&self->shown, g_free);
  rst_journey_scan (rst_page_get_journey (RST_PAGE (self)));
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPageReview *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *id = rst_writer_apply_finish (result, &error);

  if (id != NULL)
    {
      rst_journey_set_result (rst_page_get_journey (RST_PAGE (self)), id, self->planning->setups);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      rst_list_clear (self->blocking);
      gtk_list_box_append (self->blocking, rst_row_new_error (NULL, error));
      show_blocking (self);
      rst_page_show_part (RST_PAGE (self), GTK_WIDGET (self->blocking));
    }
  g_task_return_boolean (task, FALSE);
}

static void
rst_page_review_commit_async (RstPage             *page,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RstPageReview *self = RST_PAGE_REVIEW (page);
  RstJourney *journey = rst_page_get_journey (page);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_page_review_commit_async);
  if (self->changing->len == 0)
    {
      rst_journey_set_result (journey, NULL, self->planning->setups);
      g_task_return_boolean (task, TRUE);
      return;
    }
  rst_writer_apply_async (self->changing, rst_journey_get_address (journey)->full,
                          rst_journey_get_secret (journey), &rst_secret_service, cancellable, applied_cb,
                          g_object_ref (task));
}

static void
rst_page_review_enter (RstPage *page)
{
  RstPageReview *self = RST_PAGE_REVIEW (page);

  g_clear_pointer (&self->shown, g_free);
  rst_list_clear (self->blocking);
  show_blocking (self);
  clear_box (self->setups);
  rst_list_clear (self->password);
  rst_page_set_complete (page, FALSE);
  show_waiting (self, TRUE);
  rst_journey_scan (rst_page_get_journey (page));
  if (self->watch == 0)
    self->watch = g_timeout_add_seconds (WATCH_SECONDS, watch_cb, self);
}

static void
rst_page_review_constructed (GObject *object)
{
  static const GActionEntry actions[] = { { "again", again_cb, NULL, NULL, NULL, { 0 } } };
  RstPage *page = RST_PAGE (object);

  G_OBJECT_CLASS (rst_page_review_parent_class)->constructed (object);

  rst_page_add_actions (page, actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (rst_page_get_journey (page), "notify::scan", G_CALLBACK (scan_cb), page,
                           G_CONNECT_SWAPPED);
}

static void
rst_page_review_dispose (GObject *object)
{
  RstPageReview *self = RST_PAGE_REVIEW (object);

  g_clear_handle_id (&self->watch, g_source_remove);
  cancel_planning (self);
  g_clear_pointer (&self->changing, g_ptr_array_unref);
  g_clear_pointer (&self->planning, rst_planning_free);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (rst_page_review_parent_class)->dispose (object);
}

static void
rst_page_review_class_init (RstPageReviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_review_constructed;
  G_OBJECT_CLASS (klass)->dispose = rst_page_review_dispose;
  RST_PAGE_CLASS (klass)->enter = rst_page_review_enter;
  RST_PAGE_CLASS (klass)->commit_async = rst_page_review_commit_async;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-review.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPageReview, blocking);
  gtk_widget_class_bind_template_child (widget_class, RstPageReview, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstPageReview, setups);
  gtk_widget_class_bind_template_child (widget_class, RstPageReview, password);
}

static void
rst_page_review_init (RstPageReview *self)
{
  self->changing = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
