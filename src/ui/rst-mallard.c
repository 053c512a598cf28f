/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-mallard.h"

#include <string.h>

/* More than this in one page is no help (bytes, elements, levels). */
#define MAX_BYTES (256 * 1024)
#define MAX_NODES 5000
#define MAX_DEPTH 16

G_DEFINE_QUARK (rst-mallard-error-quark, rst_mallard_error)

static const char *elements[RST_N_NODE_KINDS] = {
  [RST_NODE_PAGE] = "page",
  [RST_NODE_INFO] = "info",
  [RST_NODE_TITLE] = "title",
  [RST_NODE_DESC] = "desc",
  [RST_NODE_LINK] = "link",
  [RST_NODE_SECTION] = "section",
  [RST_NODE_P] = "p",
  [RST_NODE_LIST] = "list",
  [RST_NODE_STEPS] = "steps",
  [RST_NODE_ITEM] = "item",
  [RST_NODE_NOTE] = "note",
  [RST_NODE_TABLE] = "table",
  [RST_NODE_THEAD] = "thead",
  [RST_NODE_TBODY] = "tbody",
  [RST_NODE_TR] = "tr",
  [RST_NODE_TD] = "td",
  [RST_NODE_EM] = "em",
  [RST_NODE_GUI] = "gui",
  [RST_NODE_APP] = "app",
  [RST_NODE_CODE] = "code",
  [RST_NODE_KEY] = "key",
};

typedef struct
{
  GPtrArray *open;    /* (element-type RstNode) (unowned) from the page inwards */
  RstNode   *page;    /* (owned) (nullable) */
  guint      n_nodes;
} Reader;

static RstNode *
node_new (RstNodeKind kind)
{
  RstNode *self = g_new0 (RstNode, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_node_free);
  return self;
}

/**
 * rst_node_free:
 * @self: (transfer full): a node
 *
 * Frees a node and all below it.
 */
void
rst_node_free (RstNode *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self->id);
  g_free (self->type);
  g_free (self->xref);
  g_free (self->style);
  g_ptr_array_unref (self->children);
  g_free (self);
}

static gboolean
take_attribute (RstNode     *node,
                const char  *name,
                const char  *value,
                GError     **error)
{
  char **place = NULL;

  if (g_str_has_prefix (name, "xml"))
    return TRUE;
  if (g_str_equal (name, "id"))
    place = &node->id;
  else if (g_str_equal (name, "type"))
    place = &node->type;
  else if (g_str_equal (name, "xref") && node->kind == RST_NODE_LINK)
    place = &node->xref;
  else if (g_str_equal (name, "style"))
    place = &node->style;
  if (place == NULL || *place != NULL)
    {
      g_set_error (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_ATTRIBUTE,
                   "The attribute “%s” of <%s> is not known", name, elements[node->kind]);
      return FALSE;
    }
  *place = g_strdup (value);
  return TRUE;
}

static int
find_kind (const char *element)
{
  for (int i = 0; i < RST_N_NODE_KINDS; i++)
    if (g_strcmp0 (elements[i], element) == 0)
      return i;
  return -1;
}

static void
add_node (Reader  *reader,
          RstNode *node)
{
  RstNode *parent = reader->open->len > 0 ? g_ptr_array_index (reader->open, reader->open->len - 1) : NULL;

  reader->n_nodes++;
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
  else
    reader->page = node;
}

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *element,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Reader *reader = user_data;
  int kind = find_kind (element);
  RstNode *node;

  if (kind < 0 || (reader->open->len == 0) != (kind == RST_NODE_PAGE))
    {
      g_set_error (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_ELEMENT, "<%s> is not known here", element);
      return;
    }
  if (reader->open->len >= MAX_DEPTH || reader->n_nodes >= MAX_NODES)
    {
      g_set_error_literal (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_SIZE, "The page is too large");
      return;
    }
  node = node_new ((RstNodeKind) kind);
  add_node (reader, node);
  g_ptr_array_add (reader->open, node);
  for (guint i = 0; names[i] != NULL; i++)
    if (!take_attribute (node, names[i], values[i], error))
      return;
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *element,
                gpointer              user_data,
                GError              **error)
{
  Reader *reader = user_data;

  g_ptr_array_set_size (reader->open, (int) reader->open->len - 1);
}

static gboolean
holds_text (RstNodeKind kind)
{
  return kind == RST_NODE_P || kind == RST_NODE_TITLE || kind == RST_NODE_DESC || kind == RST_NODE_LINK ||
         kind >= RST_NODE_EM;
}

/* Line breaks and indentation of the file are single spaces to a reader. */
static char *
fold_space (const char *text,
            gsize       length)
{
  GString *folded = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      g_string_append_c (folded, text[i]);
    else if (i == 0 || !g_ascii_isspace (text[i - 1]))
      g_string_append_c (folded, ' ');
  return g_string_free (folded, FALSE);
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reader *reader = user_data;
  RstNode *parent, *node;
  g_autofree char *folded = fold_space (text, length);

  if (reader->open->len == 0)
    return;
  parent = g_ptr_array_index (reader->open, reader->open->len - 1);
  if (!holds_text (parent->kind))
    {
      if (*g_strstrip (folded) != '\0')
        g_set_error (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_ELEMENT, "Text stands loose in <%s>",
                     elements[parent->kind]);
      return;
    }
  node = node_new (RST_NODE_TEXT);
  node->text = g_steal_pointer (&folded);
  add_node (reader, node);
}

/**
 * rst_mallard_parse:
 * @text: a help page
 * @length: its length in bytes, or -1
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with @error set (%RST_MALLARD_ERROR or
 *   %G_MARKUP_ERROR)
 */
RstNode *
rst_mallard_parse (const char  *text,
                   gssize       length,
                   GError     **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  Reader reader = { open, NULL, 0 };
  g_autoptr(GMarkupParseContext) context = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);
  if (length > MAX_BYTES)
    {
      g_set_error_literal (error, RST_MALLARD_ERROR, RST_MALLARD_ERROR_SIZE, "The page is too large");
      return NULL;
    }
  context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  if (!g_markup_parse_context_parse (context, text, length, error) ||
      !g_markup_parse_context_end_parse (context, error))
    {
      g_clear_pointer (&reader.page, rst_node_free);
      return NULL;
    }
  return reader.page;
}

/**
 * rst_node_find:
 * @self: a node
 * @kind: what to look for among its children
 * @type: (nullable): of this type; %NULL: of none
 *
 * Returns: (transfer none) (nullable): the first such child
 */
const RstNode *
rst_node_find (const RstNode *self,
               RstNodeKind    kind,
               const char    *type)
{
  for (guint i = 0; self != NULL && i < self->children->len; i++)
    {
      const RstNode *child = g_ptr_array_index (self->children, i);

      if (child->kind == kind && g_strcmp0 (child->type, type) == 0)
        return child;
    }
  return NULL;
}

static void
append_text (const RstNode *node,
             GString       *text)
{
  if (node->text != NULL)
    g_string_append (text, node->text);
  for (guint i = 0; i < node->children->len; i++)
    append_text (g_ptr_array_index (node->children, i), text);
}

/**
 * rst_node_get_text:
 * @self: (nullable): a node
 *
 * Returns: (transfer full): all the text in it, without markup
 */
char *
rst_node_get_text (const RstNode *self)
{
  GString *text = g_string_new (NULL);

  if (self != NULL)
    append_text (self, text);
  return g_strstrip (g_string_free (text, FALSE));
}
