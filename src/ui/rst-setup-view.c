/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-setup-view.h"

#include "rst-accessible.h"
#include "rst-diff.h"
#include "rst-text.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

/* The lines of a diff that name the files. */
#define DIFF_HEADER_LINES 2

/* Added and removed lines keep their sign, so the colours are only a help. */
static const struct {
  char    sign;
  GdkRGBA colour;
} line_colours[] = {
  { '+', { 0.18f, 0.76f, 0.49f, 0.17f } },
  { '-', { 0.88f, 0.11f, 0.14f, 0.13f } },
};

/**
 * rst_path_shorten:
 * @path: an absolute path
 *
 * Returns: (transfer full): @path as people write it, with ~ for their home folder
 */
char *
rst_path_shorten (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (g_str_has_prefix (path, home) && path[length] == '/')
    return g_strdup_printf ("~%s", path + length);
  return g_strdup (path);
}

static void
append_line (GtkTextBuffer *buffer,
             const char    *line)
{
  GtkTextIter from, end;
  int start;

  gtk_text_buffer_get_end_iter (buffer, &end);
  start = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_insert (buffer, &end, line, -1);
  gtk_text_buffer_insert (buffer, &end, "\n", 1);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  for (guint i = 0; i < G_N_ELEMENTS (line_colours); i++)
    if (line[0] == line_colours[i].sign)
      gtk_text_buffer_apply_tag_by_name (buffer, line[0] == '+' ? "added" : "removed", &from, &end);
}

/* The two lines that name the files are left out: the heading has the path. */
static GtkTextBuffer *
make_buffer (const char *diff)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);
  g_auto(GStrv) lines = g_strsplit (diff, "\n", -1);

  gtk_text_buffer_create_tag (buffer, "added", "paragraph-background-rgba", &line_colours[0].colour, NULL);
  gtk_text_buffer_create_tag (buffer, "removed", "paragraph-background-rgba", &line_colours[1].colour, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *shown = rst_text_reveal (lines[i], -1);

      if (i < DIFF_HEADER_LINES || (*shown == '\0' && lines[i + 1] == NULL))
        continue;
      append_line (buffer, shown);
    }
  return buffer;
}

static void
copy_cb (GtkButton *button,
         gpointer   user_data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), user_data);
}

static void
free_text (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

#define MAX_LINES 16

/* A text view knows its height only after it was drawn, so the lines are counted. */
static void
map_cb (GtkWidget *view)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (view, "+");
  int n_lines = MIN (gtk_text_buffer_get_line_count (buffer), MAX_LINES);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), n_lines * height + 16);
}

static GtkWidget *
lines_view_new (const char *path,
                const char *diff)
{
  g_autoptr(GtkTextBuffer) buffer = make_buffer (diff);
  g_autofree char *name = g_strdup_printf (_("Exact lines of %s"), path);
  GtkWidget *view = g_object_new (GTK_TYPE_TEXT_VIEW,
                                  "buffer", buffer,
                                  "editable", FALSE,
                                  "cursor-visible", FALSE,
                                  "accepts-tab", FALSE,
                                  "monospace", TRUE,
                                  "left-margin", 12,
                                  "right-margin", 12,
                                  "top-margin", 8,
                                  "bottom-margin", 8,
                                  NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                      "child", view,
                                      NULL);

  g_signal_connect (view, "map", G_CALLBACK (map_cb), NULL);
  gtk_widget_add_css_class (view, "rst-diff");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return scroller;
}

static GtkWidget *
lines_row_new (const RstEdit *edit)
{
  g_autofree char *path = rst_path_shorten (edit->path);
  g_autofree char *diff = rst_diff_unified (edit, RST_DIFF_CONTEXT);
  GtkWidget *row = rst_expander_new (_("Exact Lines"), NULL);
  GtkWidget *icon = rst_icon_new ("format-justify-left-symbolic");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *copy = g_object_new (GTK_TYPE_BUTTON,
                                  "child", g_object_new (ADW_TYPE_BUTTON_CONTENT,
                                                         "icon-name", "edit-copy-symbolic",
                                                         "label", _("Copy"),
                                                         NULL),
                                  "halign", GTK_ALIGN_END,
                                  NULL);

  gtk_widget_set_size_request (icon, 32, -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), icon);
  gtk_widget_add_css_class (copy, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Copy these lines"), -1);
  gtk_box_append (GTK_BOX (box), lines_view_new (path, diff));
  gtk_box_append (GTK_BOX (box), copy);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (copy_cb), g_steal_pointer (&diff), free_text, 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), g_object_new (GTK_TYPE_LIST_BOX_ROW,
                                                                  "activatable", FALSE,
                                                                  "focusable", FALSE,
                                                                  "child", box,
                                                                  NULL));
  return row;
}

static GtkWidget *
summary_row_new (const RstEdit *edit)
{
  g_autofree char *path = rst_path_shorten (edit->path);
  gboolean adds = edit->before == NULL;
  GtkWidget *row = rst_row_new_icon (adds ? "list-add-symbolic" : "document-edit-symbolic", edit->summary,
                                     path);

  gtk_widget_add_css_class (row, "rst-change");
  gtk_widget_add_css_class (row, adds ? "rst-adds" : "rst-edits");
  return row;
}

static void
count_lines (const RstEdit *edit,
             guint         *added,
             guint         *removed)
{
  g_autoptr(GPtrArray) lines = rst_diff_lines (edit->before, edit->after);

  for (guint i = 0; i < lines->len; i++)
    {
      const RstDiffLine *line = g_ptr_array_index (lines, i);

      *added += line->mark == '+';
      *removed += line->mark == '-';
    }
}

static char *
describe (const RstSetup *setup)
{
  guint files = 0, added = 0, removed = 0;
  g_autofree char *what = NULL;
  g_autofree char *plus = NULL;
  g_autofree char *minus = NULL;

  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      if (!rst_edit_changes (edit) || edit->kind == RST_EDIT_DIRECTORY)
        continue;
      files++;
      if (edit->kind == RST_EDIT_TEXT)
        count_lines (edit, &added, &removed);
    }
  if (files == 0)
    return g_strdup (setup->secrets->len > 0 ? _("Set up like this already; only the password is new")
                                             : _("Set up like this already; nothing to change"));
  what = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file", "%u files", files), files);
  plus = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u line added", "%u lines added", added), added);
  minus = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u line removed", "%u lines removed", removed),
                           removed);
  return removed > 0 ? g_strdup_printf (_("%s: %s, %s"), what, plus, minus)
                     : g_strdup_printf (_("%s: %s"), what, plus);
}

/**
 * rst_setup_view_new:
 * @program: the program's name
 * @setup: what setting it up changes
 *
 * Returns: (transfer floating): a list: the program, each change in words, and rows that open to the
 *   exact lines
 */
GtkWidget *
rst_setup_view_new (const char     *program,
                    const RstSetup *setup)
{
  g_autofree char *text = describe (setup);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list),
                       rst_row_new_disc ("mail-unread-symbolic", RST_TINT_PLAIN, program, text));
  for (guint i = 0; i < setup->edits->len; i++)
    {
      const RstEdit *edit = g_ptr_array_index (setup->edits, i);

      if (!rst_edit_changes (edit))
        continue;
      gtk_list_box_append (GTK_LIST_BOX (list), summary_row_new (edit));
      if (edit->kind == RST_EDIT_TEXT)
        gtk_list_box_append (GTK_LIST_BOX (list), lines_row_new (edit));
    }
  rst_accessible_name_lists (list, program);
  return list;
}
