/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GTK 4.8 calls a list without a name “GtkListBox”, and takes the description of a row from the
 * description of its subtitle, which has none, instead of from its text. libadwaita 1.2 says neither
 * whether a row is open nor what is chosen in it. Later versions may say the same twice as properties,
 * but not aloud: what is set here replaces what they compute.
 */
#include "rst-accessible.h"

static const char *
get_list_name (GtkWidget  *list,
               const char *name)
{
  GtkWidget *row = gtk_widget_get_ancestor (list, ADW_TYPE_EXPANDER_ROW);
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  const char *title;

  if (row != NULL)
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  title = group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) : NULL;
  return title != NULL && *title != '\0' ? title : name;
}

/**
 * rst_accessible_name_lists:
 * @part: a page or a part of one
 * @name: its heading
 *
 * Gives every list in @part the name of what is around it: a row that opens, a titled group, or @name.
 */
void
rst_accessible_name_lists (GtkWidget  *part,
                           const char *name)
{
  if (GTK_IS_LIST_BOX (part))
    gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    get_list_name (part, name), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (part); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    rst_accessible_name_lists (child, name);
}

/**
 * rst_accessible_name:
 * @widget: a widget with no words in it, or the part of one that takes the focus
 * @name: what it is called
 */
void
rst_accessible_name (GtkWidget  *widget,
                     const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rst_accessible_describe:
 * @widget: a widget
 * @description: (nullable): what is said after its name
 */
void
rst_accessible_describe (GtkWidget  *widget,
                         const char *description)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (description != NULL && *description != '\0')
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
subtitle_cb (AdwActionRow *row)
{
  rst_accessible_describe (GTK_WIDGET (row), adw_action_row_get_subtitle (row));
}

/**
 * rst_accessible_follow_subtitle:
 * @row: an action row
 *
 * Describes @row by its subtitle, now and whenever that changes.
 */
void
rst_accessible_follow_subtitle (GtkWidget *row)
{
  g_signal_connect (row, "notify::subtitle", G_CALLBACK (subtitle_cb), NULL);
  subtitle_cb (ADW_ACTION_ROW (row));
}

/**
 * rst_accessible_set_whole:
 * @row: an action row
 * @name: all that there is to say of it: title, subtitle, and what activating it does
 */
void
rst_accessible_set_whole (GtkWidget  *row,
                          const char *name)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (row);

  g_signal_handlers_disconnect_by_func (row, subtitle_cb, NULL);
  /* Rows are labelled by their title and described by their subtitle, which would come on top. */
  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The row in the row, which takes the focus. */
static GtkWidget *
find_header (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *header = ADW_IS_ACTION_ROW (child) ? child : find_header (child);

      if (header != NULL)
        return header;
    }
  return NULL;
}

static void
expander_cb (AdwExpanderRow *row)
{
  GtkWidget *header = find_header (GTK_WIDGET (row));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  rst_accessible_describe (header, adw_expander_row_get_subtitle (row));
  gtk_accessible_update_state (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_STATE_EXPANDED,
                               adw_expander_row_get_expanded (row), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  rst_accessible_name_lists (GTK_WIDGET (row), title);
}

/**
 * rst_accessible_follow_expander:
 * @row: a row that opens
 *
 * Tells its title and subtitle and whether it is open, now and whenever that changes.
 */
void
rst_accessible_follow_expander (AdwExpanderRow *row)
{
  g_signal_connect (row, "notify::title", G_CALLBACK (expander_cb), NULL);
  g_signal_connect (row, "notify::subtitle", G_CALLBACK (expander_cb), NULL);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expander_cb), NULL);
  expander_cb (row);
}

static void
combo_cb (AdwComboRow *row)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (row);

  rst_accessible_describe (GTK_WIDGET (row), chosen != NULL ? gtk_string_object_get_string (chosen) : NULL);
}

/**
 * rst_accessible_follow_combo:
 * @row: a row with a choice of strings
 *
 * Describes @row by what is chosen, now and whenever that changes.
 */
void
rst_accessible_follow_combo (AdwComboRow *row)
{
  g_signal_connect (row, "notify::selected-item", G_CALLBACK (combo_cb), NULL);
  combo_cb (row);
}

static void
check_cb (GtkCheckButton *check,
          GParamSpec     *pspec,
          GtkWidget      *row)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (check) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/**
 * rst_accessible_follow_check:
 * @row: a row that takes the focus
 * @check: the box in it
 *
 * Tells on @row whether @check is ticked, now and whenever that changes.
 */
void
rst_accessible_follow_check (GtkWidget      *row,
                             GtkCheckButton *check)
{
  g_signal_connect_object (check, "notify::active", G_CALLBACK (check_cb), row, 0);
  check_cb (check, NULL, row);
}
