/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-tag-row.h"

#include "rst-adaptive.h"

#include <glib/gi18n-lib.h>

struct _RstTagRow
{
  AdwActionRow parent_instance;

  /* Borrowed References: widgets */
  GtkWidget   *word;   /* the label in the tag */

  /* Owned References */
  char        *text;   /* the second line */
  char        *tag;
};

G_DEFINE_FINAL_TYPE (RstTagRow, rst_tag_row, ADW_TYPE_ACTION_ROW)

static void
update (RstTagRow *self)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (GTK_WIDGET (self), RST_TYPE_ADAPTIVE);
  gboolean narrow = adaptive != NULL && rst_adaptive_get_narrow (RST_ADAPTIVE (adaptive));
  g_autofree char *both = g_strdup_printf (C_("tag and text", "%s. %s"), self->tag, self->text);

  gtk_widget_set_visible (self->word, !narrow);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), narrow ? both : self->text);
}

static void
rst_tag_row_root (GtkWidget *widget)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (widget, RST_TYPE_ADAPTIVE);

  GTK_WIDGET_CLASS (rst_tag_row_parent_class)->root (widget);

  if (adaptive != NULL)
    g_signal_connect_object (adaptive, "notify::narrow", G_CALLBACK (update), widget, G_CONNECT_SWAPPED);
  update (RST_TAG_ROW (widget));
}

static void
rst_tag_row_unroot (GtkWidget *widget)
{
  GtkWidget *adaptive = gtk_widget_get_ancestor (widget, RST_TYPE_ADAPTIVE);

  if (adaptive != NULL)
    g_signal_handlers_disconnect_by_func (adaptive, update, widget);

  GTK_WIDGET_CLASS (rst_tag_row_parent_class)->unroot (widget);
}

static void
rst_tag_row_finalize (GObject *object)
{
  RstTagRow *self = RST_TAG_ROW (object);

  g_free (self->text);
  g_free (self->tag);

  G_OBJECT_CLASS (rst_tag_row_parent_class)->finalize (object);
}

static void
rst_tag_row_class_init (RstTagRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_tag_row_finalize;
  GTK_WIDGET_CLASS (klass)->root = rst_tag_row_root;
  GTK_WIDGET_CLASS (klass)->unroot = rst_tag_row_unroot;
}

static void
rst_tag_row_init (RstTagRow *self)
{
}

/**
 * rst_tag_row_new:
 * @icon: name of a symbolic icon for its beginning
 * @title: its first line
 * @subtitle: its second line
 * @tag_icon: name of a symbolic icon for the tag
 * @tag: a word or two
 * @tint: the tag's meaning
 *
 * Returns: (transfer floating): a row, shown as it is; a screen reader hears the tag with the title
 */
GtkWidget *
rst_tag_row_new (const char *icon,
                 const char *title,
                 const char *subtitle,
                 const char *tag_icon,
                 const char *tag,
                 RstTint     tint)
{
  RstTagRow *self = g_object_new (RST_TYPE_TAG_ROW, NULL);
  GtkWidget *tag_widget = rst_tag_new (tag_icon, tag, tint);
  g_autofree char *name = g_strdup_printf (C_("title, tag and text", "%s: %s. %s"), title, tag, subtitle);

  rst_row_set_texts (GTK_WIDGET (self), title, NULL);
  self->word = gtk_widget_get_last_child (tag_widget);
  self->text = g_strdup (subtitle);
  self->tag = g_strdup (tag);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), rst_disc_new (icon, RST_TINT_PLAIN));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), tag_widget);
  rst_row_set_name (GTK_WIDGET (self), name);
  update (self);
  return GTK_WIDGET (self);
}
