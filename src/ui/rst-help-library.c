/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-help-library.h"

#include <gio/gio.h>

#define FOLDER "/org/restante/Restante/help"

static char *
find_page (const char *id)
{
  const char * const *languages = g_get_language_names ();

  /* An id is a file's name, and comes from a link. */
  if (id == NULL || strchr (id, '/') != NULL)
    return NULL;
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf (FOLDER "/%s/%s.page", languages[i], id);

      if (g_resources_get_info (path, 0, NULL, NULL, NULL))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/**
 * rst_help_library_has:
 * @id: (nullable): a page's id
 *
 * Returns: whether there is such a page
 */
gboolean
rst_help_library_has (const char *id)
{
  g_autofree char *path = find_page (id);

  return path != NULL;
}

/**
 * rst_help_library_load:
 * @id: a page's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the page in the person's language
 */
RstNode *
rst_help_library_load (const char  *id,
                       GError     **error)
{
  g_autofree char *path = find_page (id);
  g_autoptr(GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (path == NULL)
    {
      g_set_error (error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND, "There is no help page “%s”", id);
      return NULL;
    }
  bytes = g_resources_lookup_data (path, 0, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return rst_mallard_parse (text, (gssize) length, error);
}

/**
 * rst_help_library_list:
 *
 * Returns: (transfer full): the ids of all pages
 */
char **
rst_help_library_list (void)
{
  char **names = g_resources_enumerate_children (FOLDER "/C", 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      char *end = g_strrstr (names[i], ".page");

      if (end != NULL)
        *end = '\0';
    }
  return names != NULL ? names : g_new0 (char *, 1);
}

void
rst_help_entry_free (RstHelpEntry *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->desc);
  g_free (self->sort);
  g_free (self);
}

/* Topics say themselves which guides they belong to, so that new ones need no change elsewhere. */
static gboolean
belongs_to (const RstNode *info,
            const char    *guide)
{
  for (guint i = 0; info != NULL && i < info->children->len; i++)
    {
      const RstNode *link = g_ptr_array_index (info->children, i);

      if (link->kind == RST_NODE_LINK && g_strcmp0 (link->type, "guide") == 0 &&
          g_strcmp0 (link->xref, guide) == 0)
        return TRUE;
    }
  return FALSE;
}

static RstHelpEntry *
entry_new (const char    *id,
           const RstNode *page)
{
  const RstNode *info = rst_node_find (page, RST_NODE_INFO, NULL);
  const RstNode *sort = rst_node_find (info, RST_NODE_TITLE, "sort");
  RstHelpEntry *self = g_new0 (RstHelpEntry, 1);

  self->id = g_strdup (id);
  self->title = rst_node_get_text (rst_node_find (page, RST_NODE_TITLE, NULL));
  self->desc = rst_node_get_text (rst_node_find (info, RST_NODE_DESC, NULL));
  self->sort = sort != NULL ? rst_node_get_text (sort) : g_strdup (self->title);
  return self;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const RstHelpEntry *one = *(const RstHelpEntry * const *) a;
  const RstHelpEntry *other = *(const RstHelpEntry * const *) b;

  return g_utf8_collate (one->sort, other->sort);
}

/**
 * rst_help_library_get_topics:
 * @guide: a page's id
 *
 * Returns: (transfer full) (element-type RstHelpEntry): the pages that belong to it, in order
 */
GPtrArray *
rst_help_library_get_topics (const char *guide)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_help_entry_free);
  g_auto(GStrv) ids = rst_help_library_list ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RstNode) page = rst_help_library_load (ids[i], &error);

      if (page == NULL)
        g_warning ("Help page %s: %s", ids[i], error->message);
      else if (belongs_to (rst_node_find (page, RST_NODE_INFO, NULL), guide))
        g_ptr_array_add (topics, entry_new (ids[i], page));
    }
  g_ptr_array_sort (topics, compare);
  return topics;
}
