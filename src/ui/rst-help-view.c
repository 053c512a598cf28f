/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paragraphs become labels. This is the one place where markup is made: all text in it is escaped,
 * the tags are ours.
 */
#include "rst-help-view.h"

#include "rst-accessible.h"
#include "rst-heading.h"
#include "rst-help-library.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstHelpView
{
  AdwBin             parent_instance;

  /* Borrowed References: widgets */
  GtkScrolledWindow *scroller;
  GtkWidget         *heading;
  GtkBox            *body;
};

G_DEFINE_FINAL_TYPE (RstHelpView, rst_help_view, ADW_TYPE_BIN)

static guint open_signal;

static void append_blocks (RstHelpView   *self,
                           GtkBox        *box,
                           const RstNode *parent);

/* The title of a link without text is that of the page it leads to. */
static char *
get_link_text (const RstNode *link)
{
  g_autofree char *text = rst_node_get_text (link);
  g_autoptr(RstNode) page = NULL;

  if (*text != '\0')
    return g_steal_pointer (&text);
  page = rst_help_library_load (link->xref, NULL);
  return rst_node_get_text (rst_node_find (page, RST_NODE_TITLE, NULL));
}

static void
append_markup (const RstNode *node,
               GString       *markup)
{
  static const char *tags[RST_N_NODE_KINDS] = {
    [RST_NODE_EM] = "b",
    [RST_NODE_GUI] = "b",
    [RST_NODE_CODE] = "tt",
    [RST_NODE_KEY] = "tt",
  };
  const char *tag = tags[node->kind];
  g_autofree char *escaped = NULL;

  if (node->kind == RST_NODE_LINK)
    {
      g_autofree char *text = get_link_text (node);

      escaped = g_markup_printf_escaped ("<a href=\"help:%s\">%s</a>", node->xref, text);
      g_string_append (markup, escaped);
      return;
    }
  if (node->text != NULL)
    {
      escaped = g_markup_escape_text (node->text, -1);
      g_string_append (markup, escaped);
    }
  if (tag != NULL)
    g_string_append_printf (markup, "<%s>", tag);
  for (guint i = 0; i < node->children->len; i++)
    append_markup (g_ptr_array_index (node->children, i), markup);
  if (tag != NULL)
    g_string_append_printf (markup, "</%s>", tag);
}

static gboolean
link_cb (RstHelpView *self,
         const char  *uri)
{
  if (!g_str_has_prefix (uri, "help:"))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, open_signal, 0, uri + strlen ("help:"));
  return GDK_EVENT_STOP;
}

static GtkWidget *
paragraph_new (RstHelpView   *self,
               const RstNode *node)
{
  g_autoptr(GString) markup = g_string_new (NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0,
                                   NULL);

  append_markup (node, markup);
  g_strstrip (markup->str);
  gtk_label_set_markup (GTK_LABEL (label), markup->str);
  gtk_widget_add_css_class (label, "rst-paragraph");
  g_signal_connect_object (label, "activate-link", G_CALLBACK (link_cb), self, G_CONNECT_SWAPPED);
  return label;
}

static GtkWidget *
section_title_new (const RstNode *node)
{
  g_autofree char *text = rst_node_get_text (node);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "wrap", TRUE,
                                   "xalign", 0.0,
                                   "margin-top", 12,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   NULL);

  gtk_widget_add_css_class (label, "title-4");
  return label;
}

static GtkWidget *
item_new (RstHelpView   *self,
          const RstNode *item,
          const char    *mark)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", mark,
                                   "valign", GTK_ALIGN_START,
                                   "xalign", 1.0,
                                   "width-chars", 2,
                                   NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), content);
  append_blocks (self, GTK_BOX (content), item);
  return row;
}

static GtkWidget *
list_new (RstHelpView   *self,
          const RstNode *list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < list->children->len; i++)
    {
      g_autofree char *mark = list->kind == RST_NODE_STEPS ? g_strdup_printf ("%u.", i + 1) : g_strdup ("•");

      gtk_box_append (GTK_BOX (box), item_new (self, g_ptr_array_index (list->children, i), mark));
    }
  return box;
}

static GtkWidget *
card_new (const char *icon,
          RstTint     tint,
          GtkBox    **content)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *disc = rst_disc_new (icon, tint);

  *content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_hexpand (GTK_WIDGET (*content), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (*content), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (disc, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (card), disc);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (*content));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "rst-card");
  return card;
}

static GtkWidget *
note_new (RstHelpView   *self,
          const RstNode *note)
{
  gboolean warning = g_strcmp0 (note->style, "warning") == 0 || g_strcmp0 (note->style, "important") == 0;
  GtkBox *content;
  GtkWidget *card = card_new (warning ? "dialog-warning-symbolic" : "help-about-symbolic",
                              warning ? RST_TINT_WARNING : RST_TINT_PLAIN, &content);

  append_blocks (self, content, note);
  return card;
}

static void
append_rows (RstHelpView   *self,
             GtkGrid       *grid,
             const RstNode *part,
             int           *row)
{
  for (guint i = 0; i < part->children->len; i++)
    {
      const RstNode *child = g_ptr_array_index (part->children, i);

      if (child->kind == RST_NODE_THEAD || child->kind == RST_NODE_TBODY)
        append_rows (self, grid, child, row);
      if (child->kind != RST_NODE_TR)
        continue;
      for (guint column = 0; column < child->children->len; column++)
        {
          GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

          append_blocks (self, GTK_BOX (cell), g_ptr_array_index (child->children, column));
          gtk_widget_set_hexpand (cell, TRUE);
          if (part->kind == RST_NODE_THEAD)
            gtk_widget_add_css_class (cell, "heading");
          gtk_grid_attach (grid, cell, (int) column, *row, 1, 1);
        }
      (*row)++;
    }
}

static GtkWidget *
table_new (RstHelpView   *self,
           const RstNode *table)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "row-spacing", 10, "column-spacing", 18, NULL);
  int row = 0;

  append_rows (self, GTK_GRID (grid), table, &row);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "rst-card");
  return grid;
}

static void
append_block (RstHelpView   *self,
              GtkBox        *box,
              const RstNode *node)
{
  if (node->kind == RST_NODE_TITLE)
    gtk_box_append (box, section_title_new (node));
  else if (node->kind == RST_NODE_P)
    gtk_box_append (box, paragraph_new (self, node));
  else if (node->kind == RST_NODE_LIST || node->kind == RST_NODE_STEPS)
    gtk_box_append (box, list_new (self, node));
  else if (node->kind == RST_NODE_NOTE)
    gtk_box_append (box, note_new (self, node));
  else if (node->kind == RST_NODE_TABLE)
    gtk_box_append (box, table_new (self, node));
  else if (node->kind == RST_NODE_SECTION)
    append_blocks (self, box, node);
}

static void
append_blocks (RstHelpView   *self,
               GtkBox        *box,
               const RstNode *parent)
{
  for (guint i = 0; i < parent->children->len; i++)
    append_block (self, box, g_ptr_array_index (parent->children, i));
}

static void
row_cb (GtkListBox    *list,
        GtkListBoxRow *row,
        gpointer       user_data)
{
  g_signal_emit (user_data, open_signal, 0, gtk_widget_get_name (GTK_WIDGET (row)));
}

static GtkListBox *
append_topic_list (RstHelpView *self,
                   const char  *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_set_margin_top (group, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->body, group);
  rst_accessible_name_lists (group, _("Help topics"));
  return GTK_LIST_BOX (list);
}

static void
append_topic (GtkListBox *list,
              const char *id,
              const char *title,
              const char *desc)
{
  GtkWidget *row = rst_row_new (title, desc);

  gtk_widget_set_name (row, id);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rst_icon_new ("go-next-symbolic"));
  gtk_list_box_append (list, row);
}

static void
append_topics (RstHelpView *self,
               const char  *guide)
{
  g_autoptr(GPtrArray) topics = rst_help_library_get_topics (guide);
  GtkListBox *list = topics->len > 0 ? append_topic_list (self, NULL) : NULL;

  for (guint i = 0; i < topics->len; i++)
    {
      const RstHelpEntry *entry = g_ptr_array_index (topics, i);

      append_topic (list, entry->id, entry->title, entry->desc);
    }
}

static void
append_related (RstHelpView   *self,
                const RstNode *info)
{
  GtkListBox *list = NULL;

  for (guint i = 0; info != NULL && i < info->children->len; i++)
    {
      const RstNode *link = g_ptr_array_index (info->children, i);
      g_autofree char *title = NULL;

      if (link->kind != RST_NODE_LINK || g_strcmp0 (link->type, "seealso") != 0)
        continue;
      if (list == NULL)
        list = append_topic_list (self, _("Related"));
      title = get_link_text (link);
      append_topic (list, link->xref, title, NULL);
    }
}

static void
append_answer (RstHelpView   *self,
               const RstNode *desc)
{
  GtkBox *content;
  GtkWidget *card, *caption;

  if (desc == NULL)
    return;
  card = card_new ("object-select-symbolic", RST_TINT_ACCENT, &content);
  caption = g_object_new (GTK_TYPE_LABEL, "label", _("In short"), "xalign", 0.0, NULL);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_box_append (content, caption);
  gtk_box_append (content, paragraph_new (self, desc));
  gtk_box_append (self->body, card);
}

/**
 * rst_help_view_show:
 * @self: a help view
 * @id: the page's id
 * @page: a page
 *
 * Shows a page from its beginning. A guide also lists its topics.
 */
void
rst_help_view_show (RstHelpView   *self,
                    const char    *id,
                    const RstNode *page)
{
  const RstNode *info = rst_node_find (page, RST_NODE_INFO, NULL);
  g_autofree char *title = rst_node_get_text (rst_node_find (page, RST_NODE_TITLE, NULL));
  gboolean guide = g_strcmp0 (page->type, "guide") == 0;
  GtkWidget *child;

  g_return_if_fail (RST_IS_HELP_VIEW (self));

  while ((child = gtk_widget_get_next_sibling (self->heading)) != NULL)
    gtk_box_remove (self->body, child);
  g_object_set (self->heading, "label", title, NULL);
  if (!guide)
    append_answer (self, rst_node_find (info, RST_NODE_DESC, NULL));
  for (guint i = 0; i < page->children->len; i++)
    {
      const RstNode *node = g_ptr_array_index (page->children, i);

      if (node->kind != RST_NODE_TITLE && node->kind != RST_NODE_INFO)
        append_block (self, self->body, node);
    }
  if (guide)
    append_topics (self, id);
  append_related (self, info);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
rst_help_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RST_HELP_VIEW (widget)->heading);
}

static void
rst_help_view_class_init (RstHelpViewClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = rst_help_view_grab_focus;
  open_signal = g_signal_new ("open", RST_TYPE_HELP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rst_help_view_init (RstHelpView *self)
{
  GtkWidget *clamp;

  self->body = g_object_new (GTK_TYPE_BOX,
                             "orientation", GTK_ORIENTATION_VERTICAL,
                             "spacing", 12,
                             "margin-top", 24,
                             "margin-bottom", 28,
                             "margin-start", 12,
                             "margin-end", 12,
                             NULL);
  self->heading = g_object_new (RST_TYPE_HEADING, "xalign", 0.0, "halign", GTK_ALIGN_START, NULL);
  gtk_box_append (self->body, self->heading);
  clamp = g_object_new (ADW_TYPE_CLAMP,
                        "maximum-size", 600,
                        "tightening-threshold", 400,
                        "child", self->body,
                        NULL);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                 "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "vexpand", TRUE,
                                 "hexpand", TRUE,
                                 "child", clamp,
                                 NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
}
