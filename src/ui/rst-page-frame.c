/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page wants the frame around it to show: all of it is properties, which the wizard reads. */
#include "rst-page.h"

/**
 * rst_page_set_heading:
 * @self: a page
 * @heading: its heading
 */
void
rst_page_set_heading (RstPage    *self,
                      const char *heading)
{
  g_object_set (self, "heading", heading, NULL);
}

/**
 * rst_page_set_description:
 * @self: a page
 * @description: (nullable): a sentence or two below the heading
 */
void
rst_page_set_description (RstPage    *self,
                          const char *description)
{
  g_object_set (self, "description", description, NULL);
}

/**
 * rst_page_set_help_topic:
 * @self: a page
 * @topic: (nullable): the help topic that belongs to it
 */
void
rst_page_set_help_topic (RstPage    *self,
                         const char *topic)
{
  g_object_set (self, "help-topic", topic, NULL);
}

/**
 * rst_page_set_complete:
 * @self: a page
 * @complete: whether the next page may come
 */
void
rst_page_set_complete (RstPage  *self,
                       gboolean  complete)
{
  g_object_set (self, "complete", complete, NULL);
}

/**
 * rst_page_set_next:
 * @self: a page
 * @label: (nullable): what the primary button says; %NULL: “Next”
 * @action: (nullable): what it does; %NULL: goes to the next page
 */
void
rst_page_set_next (RstPage    *self,
                   const char *label,
                   const char *action)
{
  g_object_set (self, "next-label", label, "next-action", action, NULL);
}

/**
 * rst_page_set_secondary:
 * @self: a page
 * @label: (nullable): what the button beside the primary one says; %NULL: there is none
 * @action: (nullable): what it does
 */
void
rst_page_set_secondary (RstPage    *self,
                        const char *label,
                        const char *action)
{
  g_object_set (self, "secondary-label", label, "secondary-action", action, NULL);
}

/**
 * rst_page_set_start:
 * @self: a page
 * @label: (nullable): what the button at the start says; %NULL: “Back”
 * @action: (nullable): what it does; %NULL: goes back
 */
void
rst_page_set_start (RstPage    *self,
                    const char *label,
                    const char *action)
{
  g_object_set (self, "start-label", label, "start-action", action, NULL);
}

/**
 * rst_page_set_status:
 * @self: a page
 * @status: (nullable): a few words in the middle of the action bar
 */
void
rst_page_set_status (RstPage    *self,
                     const char *status)
{
  g_object_set (self, "status", status, NULL);
}

static gboolean
scroll_to_cb (GtkWidget     *part,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (part, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *content = gtk_widget_get_ancestor (part, ADW_TYPE_CLAMP);
  GtkAdjustment *adjustment;
  double x, y;

  if (scroller == NULL || content == NULL ||
      !gtk_widget_translate_coordinates (part, content, 0, 0, &x, &y))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_clamp_page (adjustment, y - 12, y + gtk_widget_get_height (part) + 12);
  return G_SOURCE_REMOVE;
}

/**
 * rst_page_show_part:
 * @self: a page
 * @part: a widget on it
 *
 * Scrolls so that @part is seen, once it has got its size.
 */
void
rst_page_show_part (RstPage   *self,
                    GtkWidget *part)
{
  g_return_if_fail (gtk_widget_is_ancestor (part, GTK_WIDGET (self)));

  gtk_widget_add_tick_callback (part, scroll_to_cb, NULL, NULL);
}
