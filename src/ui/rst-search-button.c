/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-search-button.h"

#include "rst-adaptive.h"
#include "rst-source-list.h"

#include <glib/gi18n-lib.h>

struct _RstSearchButton
{
  AdwBin         parent_instance;

  /* Template Widgets */
  GtkMenuButton *button;
  GtkBox        *content;
  GtkLabel      *label;
  GtkWidget     *arrow;
  RstSourceList *sources;

  /* Borrowed References: widgets */
  GtkWidget     *icon;

  /* Owned References */
  RstJourney    *journey;
};

G_DEFINE_FINAL_TYPE (RstSearchButton, rst_search_button, ADW_TYPE_BIN)

static gboolean
is_narrow (RstSearchButton *self)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (GTK_WIDGET (self), RST_TYPE_ADAPTIVE);

  return adaptive != NULL && rst_adaptive_get_narrow (RST_ADAPTIVE (adaptive));
}

static void
update (RstSearchButton *self)
{
  static const char *icons[] = {
    [RST_SEARCH_RUNNING] = "running",
    [RST_SEARCH_FOUND] = "found",
    [RST_SEARCH_NOTHING] = "failed",
  };
  g_autofree char *text = rst_search_describe (self->journey, is_narrow (self));
  g_autofree char *full = rst_search_describe (self->journey, FALSE);

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (self->arrow, !is_narrow (self));
  rst_search_icon_set (self->icon, icons[rst_search_get_state (self->journey)]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
}

static void
map_cb (RstSearchButton *self)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (GTK_WIDGET (self), RST_TYPE_ADAPTIVE);

  if (self->journey == NULL)
    return;
  if (adaptive != NULL)
    {
      g_signal_handlers_disconnect_by_func (adaptive, update, self);
      g_signal_connect_object (adaptive, "notify::narrow", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

/**
 * rst_search_button_set_journey:
 * @self: a search button
 * @journey: the journey whose search it shows
 */
void
rst_search_button_set_journey (RstSearchButton *self,
                               RstJourney      *journey)
{
  g_return_if_fail (RST_IS_SEARCH_BUTTON (self));
  g_return_if_fail (self->journey == NULL);

  self->journey = g_object_ref (journey);
  rst_source_list_set_journey (self->sources, journey);
  rst_source_list_set_expanded (self->sources, TRUE);
  g_signal_connect_object (journey, "notify::discovery", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
rst_search_button_dispose (GObject *object)
{
  g_clear_object (&RST_SEARCH_BUTTON (object)->journey);

  G_OBJECT_CLASS (rst_search_button_parent_class)->dispose (object);
}

static void
rst_search_button_class_init (RstSearchButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_search_button_dispose;

  g_type_ensure (RST_TYPE_SOURCE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/restante/Restante/ui/rst-search-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RstSearchButton, button);
  gtk_widget_class_bind_template_child (widget_class, RstSearchButton, content);
  gtk_widget_class_bind_template_child (widget_class, RstSearchButton, label);
  gtk_widget_class_bind_template_child (widget_class, RstSearchButton, arrow);
  gtk_widget_class_bind_template_child (widget_class, RstSearchButton, sources);
}

static void
rst_search_button_init (RstSearchButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->icon = rst_search_icon_new ();
  gtk_box_prepend (self->content, self->icon);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}
