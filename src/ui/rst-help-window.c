/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-help-window.h"

#include "rst-adaptive.h"
#include "rst-help-library.h"
#include "rst-help-view.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstHelpWindow
{
  AdwWindow      parent_instance;

  /* Template Widgets */
  RstAdaptive   *adaptive;
  GtkWidget     *sidebar;
  GtkWidget     *separator;
  GtkWidget     *content;
  AdwHeaderBar  *sidebar_header;
  AdwHeaderBar  *content_header;
  GtkListBox    *topics;
  GtkWidget     *back;
  RstHelpView   *view;

  /* Owned References */
  GPtrArray     *history;    /* (element-type utf8) pages read before this one */
  char          *current;

  gboolean       shows_page; /* narrow: the page, not the list */
};

G_DEFINE_FINAL_TYPE (RstHelpWindow, rst_help_window, ADW_TYPE_WINDOW)

static void
update_layout (RstHelpWindow *self)
{
  gboolean narrow = rst_adaptive_get_narrow (self->adaptive);

  gtk_widget_set_visible (self->sidebar, !narrow || !self->shows_page);
  gtk_widget_set_visible (self->content, !narrow || self->shows_page);
  gtk_widget_set_visible (self->separator, !narrow);
  gtk_widget_set_hexpand (self->sidebar, narrow);
  adw_header_bar_set_show_end_title_buttons (self->sidebar_header, narrow);
  adw_header_bar_set_show_start_title_buttons (self->content_header, narrow);
  gtk_widget_set_visible (self->back, narrow || self->history->len > 0);
}

static void
select_topic (RstHelpWindow *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->topics));

  gtk_list_box_unselect_all (self->topics);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (gtk_widget_get_name (row), self->current) == 0)
      gtk_list_box_select_row (self->topics, GTK_LIST_BOX_ROW (row));
}

static void
show (RstHelpWindow *self,
      const char    *topic)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RstNode) page = rst_help_library_load (topic, &error);
  char *copy;

  if (page == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }
  copy = g_strdup (topic);
  g_free (self->current);
  self->current = copy;
  rst_help_view_show (self->view, topic, page);
  select_topic (self);
  update_layout (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
open_page (RstHelpWindow *self,
           const char    *topic)
{
  if (!rst_help_library_has (topic))
    return;
  if (self->current != NULL && !g_str_equal (self->current, topic))
    g_ptr_array_add (self->history, g_strdup (self->current));
  self->shows_page = TRUE;
  show (self, topic);
}

static void
open_cb (RstHelpWindow *self,
         const char    *topic)
{
  open_page (self, topic);
}

static void
row_cb (RstHelpWindow *self,
        GtkListBoxRow *row)
{
  open_page (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
back_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  RstHelpWindow *self = RST_HELP_WINDOW (widget);

  if (self->history->len > 0)
    {
      g_autofree char *topic = g_ptr_array_steal_index (self->history, self->history->len - 1);

      show (self, topic);
      return;
    }
  self->shows_page = !rst_adaptive_get_narrow (self->adaptive);
  update_layout (self);
}

static void
add_topic (RstHelpWindow *self,
           const char    *id,
           const char    *title)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", title,
                                   "xalign", 0.0,
                                   "wrap", TRUE,
                                   "margin-top", 8,
                                   "margin-bottom", 8,
                                   NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", label, "name", id, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (self->topics, row);
}

static void
fill_topics (RstHelpWindow *self)
{
  g_autoptr(GPtrArray) topics = rst_help_library_get_topics (RST_HELP_INDEX);

  add_topic (self, RST_HELP_INDEX, _("Start Here"));
  for (guint i = 0; i < topics->len; i++)
    {
      const RstHelpEntry *entry = g_ptr_array_index (topics, i);

      add_topic (self, entry->id, entry->title);
    }
}

/**
 * rst_help_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a new help window
 */
RstHelpWindow *
rst_help_window_new (GtkApplication *application)
{
  return g_object_new (RST_TYPE_HELP_WINDOW, "application", application, NULL);
}

/**
 * rst_help_window_show_topic:
 * @self: a help window
 * @topic: (nullable): a page's id; %NULL or an unknown one: the contents
 *
 * Opens a page.
 */
void
rst_help_window_show_topic (RstHelpWindow *self,
                            const char    *topic)
{
  g_return_if_fail (RST_IS_HELP_WINDOW (self));

  open_page (self, rst_help_library_has (topic) ? topic : RST_HELP_INDEX);
}

/**
 * rst_help_window_get_topic:
 * @self: a help window
 *
 * Returns: (transfer none) (nullable): the id of the page that is open
 */
const char *
rst_help_window_get_topic (RstHelpWindow *self)
{
  g_return_val_if_fail (RST_IS_HELP_WINDOW (self), NULL);

  return self->current;
}

static void
rst_help_window_finalize (GObject *object)
{
  RstHelpWindow *self = RST_HELP_WINDOW (object);

  g_ptr_array_unref (self->history);
  g_free (self->current);

  G_OBJECT_CLASS (rst_help_window_parent_class)->finalize (object);
}

static void
rst_help_window_class_init (RstHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rst_help_window_finalize;
  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  g_type_ensure (RST_TYPE_ADAPTIVE);
  g_type_ensure (RST_TYPE_HELP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, adaptive);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, content);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, sidebar_header);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, content_header);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, RstHelpWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_layout);
}

static void
rst_help_window_init (RstHelpWindow *self)
{
  self->history = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_topics (self);
}
