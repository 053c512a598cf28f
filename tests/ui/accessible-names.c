/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a screen reader would say: whatever takes the focus has a name of its own, since GTK 4.8 says
 * the name of the type where there is none, and does not look into a button for its label.
 */
#include "accessible-names.h"

/* Whether there are words in @widget to be seen. */
gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Parts of the toolkit's own widgets, which are named as a whole, and what only scrolls. */
static gboolean
is_part (GtkWidget *widget)
{
  static GType (* const wholes[]) (void) = {
    adw_entry_row_get_type, adw_combo_row_get_type, gtk_menu_button_get_type, gtk_drop_down_get_type,
    gtk_spin_button_get_type,
  };

  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      GtkWidget *whole = gtk_widget_get_ancestor (widget, wholes[i] ());

      if (whole != NULL && whole != widget)
        return has_text (whole) || has_name (whole);
    }
  return GTK_IS_SCROLLED_WINDOW (widget);
}

/* Goes through all that is shown of @widget, which is named @place in the messages. */
void
check_names (GtkWidget  *widget,
             const char *place)
{
  /* The window's own buttons are the toolkit's. */
  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return;
  if ((gtk_widget_get_focusable (widget) || GTK_IS_LIST_BOX (widget)) && !has_name (widget) &&
      !is_part (widget))
    {
      g_test_message ("%s: a %s (%s) has no name", place, G_OBJECT_TYPE_NAME (widget),
                      gtk_widget_get_name (widget));
      g_test_fail ();
    }
  if (GTK_IS_BUTTON (widget) && !has_text (widget) && gtk_widget_get_tooltip_text (widget) == NULL &&
      !is_part (widget))
    {
      g_test_message ("%s: a button with an icon only has no tooltip", place);
      g_test_fail ();
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child, place);
}
