/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-wizard-private.h"

#include "pages.h"
#include "rst-dialogs.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (RstWizard, rst_wizard, ADW_TYPE_APPLICATION_WINDOW)

static RstPage *
get_page (RstWizard *self,
          int        index)
{
  if (self->pages[index] == NULL)
    {
      self->pages[index] = g_object_new (rst_pages[index].get_type (),
                                         "id", rst_pages[index].id,
                                         "journey", self->journey,
                                         NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->pages[index]), rst_pages[index].id);
    }
  return self->pages[index];
}

/* The next page in a direction that has something to say, or -1. */
static int
find_page (RstWizard *self,
           int        from,
           int        step)
{
  for (int i = from + step; i >= 0 && i < (int) rst_n_pages; i += step)
    if (!rst_page_skip (get_page (self, i)))
      return i;
  return -1;
}

static void
show_page (RstWizard *self,
           int        index)
{
  RstPage *page = get_page (self, index);
  GtkStackTransitionType transition = index < self->current ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT
                                                            : GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT;

  if (self->current >= 0)
    rst_page_leave (self->pages[self->current]);
  else
    transition = GTK_STACK_TRANSITION_TYPE_NONE;
  self->current = index;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", rst_page_get_actions (page));
  g_signal_group_set_target (self->page_signals, page);
  rst_page_enter (page);
  gtk_stack_set_visible_child_full (self->stack, rst_pages[index].id, transition);
  rst_wizard_update_frame (self);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* After an earlier page was changed: pages that the change made necessary come first, then the page
 * from which it was changed. */
static void
go_on (RstWizard *self)
{
  int next = find_page (self, self->current, 1);

  if (self->return_to >= 0)
    {
      while (next >= 0 && next < self->return_to && rst_page_is_settled (get_page (self, next)))
        next = find_page (self, next, 1);
      if (next < 0 || next >= self->return_to)
        {
          next = self->return_to;
          self->return_to = -1;
        }
    }
  if (next >= 0)
    show_page (self, next);
}

static void
committed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RstWizard) self = user_data;
  gboolean go = rst_page_commit_finish (RST_PAGE (object), result);

  g_clear_object (&self->committing);
  /* The window may have been closed meanwhile. */
  if (self->current < 0)
    return;
  if (go && RST_PAGE (object) == self->pages[self->current])
    go_on (self);
  else
    rst_wizard_update_frame (self);
}

static void
next_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  RstWizard *self = RST_WIZARD (widget);
  RstPage *page = get_page (self, self->current);

  if (self->committing != NULL || !rst_page_apply (page))
    return;
  self->committing = g_cancellable_new ();
  rst_page_commit_async (page, self->committing, committed_cb, g_object_ref (self));
  if (self->committing != NULL)
    rst_wizard_update_frame (self);
}

static void
back_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  RstWizard *self = RST_WIZARD (widget);
  int previous = self->return_to >= 0 ? self->return_to : find_page (self, self->current, -1);

  self->return_to = -1;
  if (previous >= 0)
    show_page (self, previous);
}

static void
change_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  RstWizard *self = RST_WIZARD (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  for (int i = 0; i < self->current; i++)
    if (g_str_equal (rst_pages[i].id, id))
      {
        self->return_to = self->current;
        show_page (self, i);
        return;
      }
}

static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  RstWizard *self = RST_WIZARD (widget);

  if (self->committing != NULL)
    g_cancellable_cancel (self->committing);
}

/* A row that leads somewhere or opens; one with a box in it is for Space. */
static gboolean
is_way (GtkWidget *focus)
{
  if (!GTK_IS_LIST_BOX_ROW (focus) || !gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (focus)))
    return FALSE;
  return !ADW_IS_ACTION_ROW (focus) ||
         !GTK_IS_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (focus)));
}

/* Enter, where the focused widget has no use for it. */
static void
rst_wizard_activate_default (GtkWindow *window)
{
  RstWizard *self = RST_WIZARD (window);
  GtkWidget *focus = gtk_window_get_focus (window);

  if (is_way (focus))
    gtk_widget_activate (focus);
  else if (gtk_action_bar_get_revealed (self->action_bar))
    gtk_widget_activate (GTK_WIDGET (self->next_button));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

static void
help_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  RstWizard *self = RST_WIZARD (widget);
  g_autofree char *topic = NULL;

  g_object_get (get_page (self, self->current), "help-topic", &topic, NULL);
  gtk_widget_activate_action (widget, "app.help", "s", topic != NULL ? topic : "");
}

static void
leave_cb (gboolean leave,
          gpointer user_data)
{
  RstWizard *self = user_data;

  self->leaving = leave;
  if (leave)
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
rst_wizard_close_request (GtkWindow *window)
{
  RstWizard *self = RST_WIZARD (window);

  if (!self->leaving && rst_journey_would_lose (self->journey))
    {
      rst_dialog_leave (window, leave_cb, self);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (rst_wizard_parent_class)->close_request (window);
}

/**
 * rst_wizard_new:
 * @application: the application
 * @journey: a journey
 *
 * Returns: (transfer none): a new window; rst_wizard_start() shows its first page
 */
RstWizard *
rst_wizard_new (GtkApplication *application,
                RstJourney     *journey)
{
  RstWizard *self = g_object_new (RST_TYPE_WIZARD, "application", application, NULL);

  self->journey = g_object_ref (journey);
  rst_search_button_set_journey (self->search_button, journey);
  g_signal_connect_object (journey, "notify::address", G_CALLBACK (rst_wizard_update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (journey, "notify::discovery", G_CALLBACK (rst_wizard_update_frame), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * rst_wizard_start:
 * @self: a wizard
 *
 * Shows the first page, and looks for mail programs meanwhile.
 */
void
rst_wizard_start (RstWizard *self)
{
  g_return_if_fail (RST_IS_WIZARD (self));

  rst_wizard_update_title (self);
  rst_journey_scan (self->journey);
  show_page (self, 0);
}

/**
 * rst_wizard_get_page:
 * @self: a wizard
 *
 * Returns: (transfer none): the page that is shown
 */
RstPage *
rst_wizard_get_page (RstWizard *self)
{
  g_return_val_if_fail (RST_IS_WIZARD (self), NULL);

  return get_page (self, self->current);
}

static void
rst_wizard_dispose (GObject *object)
{
  RstWizard *self = RST_WIZARD (object);

  if (self->committing != NULL)
    g_cancellable_cancel (self->committing);
  if (self->current >= 0)
    rst_page_leave (self->pages[self->current]);
  self->current = -1;
  if (self->journey != NULL)
    rst_journey_stop (self->journey);
  g_clear_object (&self->page_signals);
  g_clear_object (&self->journey);

  G_OBJECT_CLASS (rst_wizard_parent_class)->dispose (object);
}

static void
rst_wizard_finalize (GObject *object)
{
  g_free (RST_WIZARD (object)->pages);

  G_OBJECT_CLASS (rst_wizard_parent_class)->finalize (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "wizard.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "wizard.change", "s", change_cb);
  gtk_widget_class_install_action (widget_class, "wizard.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "wizard.help", NULL, help_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "page.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "wizard.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rst_wizard_class_init (RstWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_wizard_dispose;
  object_class->finalize = rst_wizard_finalize;
  GTK_WINDOW_CLASS (klass)->activate_default = rst_wizard_activate_default;
  GTK_WINDOW_CLASS (klass)->close_request = rst_wizard_close_request;
  add_actions (widget_class);

  g_type_ensure (RST_TYPE_ADAPTIVE);
  g_type_ensure (RST_TYPE_SEARCH_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, RstWizard, adaptive);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, window_title);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, action_bar);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, start_button);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, search_button);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, status);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, secondary_button);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, more_button);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, more_menu);
  gtk_widget_class_bind_template_child (widget_class, RstWizard, next_button);
  gtk_widget_class_bind_template_callback_full (widget_class, "update_frame",
                                                G_CALLBACK (rst_wizard_update_frame));
}

static void
rst_wizard_init (RstWizard *self)
{
  self->current = -1;
  self->return_to = -1;
  self->pages = g_new0 (RstPage *, rst_n_pages);
  self->page_signals = g_signal_group_new (RST_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify", G_CALLBACK (rst_wizard_update_frame), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
