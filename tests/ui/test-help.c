/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every help page can be read and shown in every language, every link leads somewhere, and what is no
 * help page is refused. */
#include "accessible-names.h"

#include "rst-help-library.h"
#include "rst-help-view.h"
#include "rst-help-window.h"

static void
check_links (const RstNode *node,
             const char    *page)
{
  if (node->kind == RST_NODE_LINK)
    {
      g_test_message ("%s → %s", page, node->xref);
      g_assert_true (rst_help_library_has (node->xref));
    }
  for (guint i = 0; i < node->children->len; i++)
    check_links (g_ptr_array_index (node->children, i), page);
}

static void
check_page (RstHelpView *view,
            const char  *path,
            const char  *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, 0, &error);
  g_autoptr(RstNode) page = NULL;
  gsize length;
  const char *text;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &length);
  page = rst_mallard_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->id, ==, id);
  g_assert_nonnull (rst_node_find (page, RST_NODE_TITLE, NULL));
  g_assert_nonnull (rst_node_find (rst_node_find (page, RST_NODE_INFO, NULL), RST_NODE_DESC, NULL));
  check_links (page, path);
  rst_help_view_show (view, id, page);
}

static void
test_pages (void)
{
  g_autoptr(RstHelpView) view = g_object_ref_sink (g_object_new (RST_TYPE_HELP_VIEW, NULL));
  g_auto(GStrv) languages = g_resources_enumerate_children ("/org/restante/Restante/help", 0, NULL);
  g_auto(GStrv) ids = rst_help_library_list ();

  g_assert_cmpuint (g_strv_length (languages), >=, 2);
  g_assert_cmpuint (g_strv_length (ids), >=, 4);
  for (guint i = 0; languages[i] != NULL; i++)
    for (guint k = 0; ids[k] != NULL; k++)
      {
        g_autofree char *path = g_strdup_printf ("/org/restante/Restante/help/%s%s.page", languages[i],
                                                 ids[k]);

        check_page (view, path, ids[k]);
      }
}

/* Each page is reached from the contents. */
static void
test_contents (void)
{
  g_autoptr(GPtrArray) topics = rst_help_library_get_topics (RST_HELP_INDEX);
  g_auto(GStrv) ids = rst_help_library_list ();

  g_assert_cmpuint (topics->len + 1, ==, g_strv_length (ids));
  g_assert_cmpstr (((RstHelpEntry *) g_ptr_array_index (topics, 0))->id, ==, "what-are-pop-and-imap");
}

static void
test_refused (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RstNode) page = rst_mallard_parse (data, -1, &error);

  g_assert_null (page);
  g_assert_nonnull (error);
}

static void
test_too_large (void)
{
  g_autoptr(GString) text = g_string_new ("<page>");
  g_autoptr(GError) error = NULL;
  g_autoptr(RstNode) page = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append (text, "<section>");
  page = rst_mallard_parse (text->str, -1, &error);
  g_assert_error (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_SIZE);
  g_clear_error (&error);
  g_string_assign (text, "<page>");
  for (guint i = 0; i < 6000; i++)
    g_string_append (text, "<p/>");
  g_string_append (text, "</page>");
  page = rst_mallard_parse (text->str, -1, &error);
  g_assert_error (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_SIZE);
}

static void
test_text (void)
{
  static const char *source = "<page id='a'><title>One\n   two &amp; <em>three</em></title></page>";
  g_autoptr(RstNode) page = rst_mallard_parse (source, -1, NULL);
  g_autofree char *text = rst_node_get_text (rst_node_find (page, RST_NODE_TITLE, NULL));

  g_assert_cmpstr (text, ==, "One two & three");
}

/* An unknown topic shows the contents, not an empty window. */
static void
test_window (void)
{
  RstHelpWindow *window = rst_help_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  rst_help_window_show_topic (window, "mixing");
  g_assert_cmpstr (rst_help_window_get_topic (window), ==, "mixing");
  check_names (GTK_WIDGET (window), "mixing");
  rst_help_window_show_topic (window, "../mixing");
  g_assert_cmpstr (rst_help_window_get_topic (window), ==, RST_HELP_INDEX);
  gtk_widget_activate_action (GTK_WIDGET (window), "help.back", NULL);
  g_assert_cmpstr (rst_help_window_get_topic (window), ==, "mixing");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/help/pages", test_pages);
  g_test_add_func ("/help/contents", test_contents);
  g_test_add_data_func ("/help/refused/element", "<page><marquee/></page>", test_refused);
  g_test_add_data_func ("/help/refused/attribute", "<page><p onclick='x'>y</p></page>", test_refused);
  g_test_add_data_func ("/help/refused/loose-text", "<page>text</page>", test_refused);
  g_test_add_data_func ("/help/refused/root", "<p>text</p>", test_refused);
  g_test_add_data_func ("/help/refused/nested-page", "<page><page/></page>", test_refused);
  g_test_add_data_func ("/help/refused/unfinished", "<page><p>text", test_refused);
  g_test_add_data_func ("/help/refused/empty", "", test_refused);
  g_test_add_func ("/help/too-large", test_too_large);
  g_test_add_func ("/help/text", test_text);
  g_test_add_func ("/help/window", test_window);
  return g_test_run ();
}
