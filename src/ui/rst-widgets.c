/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-widgets.h"

#include "rst-accessible.h"
#include "rst-error.h"

#include <glib/gi18n-lib.h>

static const char *tints[] = {
  [RST_TINT_PLAIN] = "rst-plain",
  [RST_TINT_ACCENT] = "rst-accent",
  [RST_TINT_GOOD] = "rst-good",
  [RST_TINT_WARNING] = "rst-warning",
  [RST_TINT_BAD] = "rst-bad",
};

/**
 * rst_icon_new:
 * @icon: name of a symbolic icon
 *
 * Returns: (transfer floating): an icon that only repeats what a text says
 */
GtkWidget *
rst_icon_new (const char *icon)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "icon-name", icon,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       NULL);
}

/**
 * rst_disc_new:
 * @icon: name of a symbolic icon
 * @tint: its meaning
 *
 * Returns: (transfer floating): an icon on a small disc, decoration only
 */
GtkWidget *
rst_disc_new (const char *icon,
              RstTint     tint)
{
  GtkWidget *disc = rst_icon_new (icon);

  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (disc, "rst-disc");
  gtk_widget_add_css_class (disc, tints[tint]);
  return disc;
}

/**
 * rst_tag_new:
 * @icon: (nullable): name of a symbolic icon
 * @text: a word or two
 * @tint: its meaning
 *
 * Returns: (transfer floating): a small coloured label
 */
GtkWidget *
rst_tag_new (const char *icon,
             const char *text,
             RstTint     tint)
{
  GtkWidget *tag = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (tag, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (tag, "rst-tag");
  gtk_widget_add_css_class (tag, tints[tint]);
  if (icon != NULL)
    gtk_box_append (GTK_BOX (tag), rst_icon_new (icon));
  gtk_box_append (GTK_BOX (tag), gtk_label_new (text));
  return tag;
}

/**
 * rst_row_set_texts:
 * @row: an action row or expander row
 * @title: its first line
 * @subtitle: (nullable): its second line
 *
 * Sets texts that are shown as they are. Markup has to be switched off before the texts come, by a
 * call of its own: properties that are set together reach the labels in an order of their own.
 */
void
rst_row_set_texts (GtkWidget  *row,
                   const char *title,
                   const char *subtitle)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set (row, "subtitle", subtitle != NULL ? subtitle : "", NULL);
}

/**
 * rst_row_set_name:
 * @row: an action row
 * @name: what a screen reader says instead of title and subtitle
 */
void
rst_row_set_name (GtkWidget  *row,
                  const char *name)
{
  rst_accessible_set_whole (row, name);
}

/**
 * rst_row_new:
 * @title: its first line
 * @subtitle: (nullable): its second line
 *
 * Returns: (transfer floating): a row of a list, shown as it is
 */
GtkWidget *
rst_row_new (const char *title,
             const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  rst_row_set_texts (row, title, subtitle);
  rst_accessible_follow_subtitle (row);
  return row;
}

/**
 * rst_row_new_disc:
 * @icon: name of a symbolic icon
 * @tint: its meaning
 * @title: its first line
 * @subtitle: (nullable): its second line
 *
 * Returns: (transfer floating): a row with an icon on a disc
 */
GtkWidget *
rst_row_new_disc (const char *icon,
                  RstTint     tint,
                  const char *title,
                  const char *subtitle)
{
  GtkWidget *row = rst_row_new (title, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), rst_disc_new (icon, tint));
  return row;
}

/**
 * rst_row_new_icon:
 * @icon: name of a symbolic icon
 * @title: its first line
 * @subtitle: (nullable): its second line
 *
 * Returns: (transfer floating): a row with a plain icon
 */
GtkWidget *
rst_row_new_icon (const char *icon,
                  const char *title,
                  const char *subtitle)
{
  GtkWidget *row = rst_row_new (title, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), rst_icon_new (icon));
  return row;
}

/**
 * rst_row_new_error:
 * @about: (nullable): what it is about, such as a server's name
 * @error: what went wrong
 *
 * Returns: (transfer floating): a row that says what happened and what to try
 */
GtkWidget *
rst_row_new_error (const char   *about,
                   const GError *error)
{
  g_autofree char *title = about != NULL && strstr (error->message, about) == NULL
    ? g_strdup_printf (C_("problem", "%s: %s"), about, error->message)
    : g_strdup (error->message);
  GtkWidget *row = rst_row_new_disc ("dialog-warning-symbolic", RST_TINT_WARNING, title,
                                     rst_error_get_advice (error));

  gtk_widget_add_css_class (row, "rst-emphasis");
  return row;
}

/**
 * rst_expander_new:
 * @title: its first line
 * @subtitle: (nullable): its second line
 *
 * Returns: (transfer floating): a row that opens
 */
GtkWidget *
rst_expander_new (const char *title,
                  const char *subtitle)
{
  GtkWidget *row = adw_expander_row_new ();

  rst_row_set_texts (row, title, subtitle);
  rst_accessible_follow_expander (ADW_EXPANDER_ROW (row));
  return row;
}

/**
 * rst_text_row_new:
 * @text: a sentence or more
 *
 * Returns: (transfer floating): a row of running text, which is only read
 */
GtkWidget *
rst_text_row_new (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0,
                                   "selectable", FALSE,
                                   NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW,
                                 "activatable", FALSE,
                                 "selectable", FALSE,
                                 "focusable", FALSE,
                                 "child", label,
                                 NULL);

  gtk_widget_add_css_class (row, "rst-text-row");
  return row;
}

/**
 * rst_row_add_check:
 * @row: an action row
 * @check: a box for its beginning
 *
 * Makes the whole row tick the box.
 */
void
rst_row_add_check (GtkWidget      *row,
                   GtkCheckButton *check)
{
  gtk_widget_set_valign (GTK_WIDGET (check), GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (check));
  rst_accessible_follow_check (row, check);
}

/**
 * rst_row_set_action:
 * @row: a row
 * @icon: a symbolic icon at its end that shows what activating it does
 * @action: a detailed action's name
 * @target: (nullable): its parameter, a string
 *
 * Makes the whole row do something.
 */
void
rst_row_set_action (GtkWidget  *row,
                    const char *icon,
                    const char *action,
                    const char *target)
{
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rst_icon_new (icon));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
}

/**
 * rst_list_clear:
 * @list: a list
 *
 * Removes all its rows.
 */
void
rst_list_clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}
