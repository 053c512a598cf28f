/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "rst-error.h"

#define MAX_BYTES (256 * 1024)
#define MAX_DEPTH 16

static gboolean
fail (GError     **error,
      const char  *path,
      const char  *reason)
{
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("“%s” cannot be read: %s"), path, reason);
  return FALSE;
}

static gboolean
read_all (int          fd,
          const char  *path,
          GByteArray  *bytes,
          GError     **error)
{
  while (bytes->len <= MAX_BYTES)
    {
      guint8 block[4096];
      gssize n = read (fd, block, sizeof block);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, path, g_strerror (errno));
      if (n == 0)
        return TRUE;
      g_byte_array_append (bytes, block, n);
    }
  return fail (error, path, _("it is too large."));
}

/**
 * ctl_input_read:
 * @path: a file, or “-” for standard input
 * @error: return location for an error of kind %RST_ERROR_INPUT
 *
 * Returns: (transfer full) (nullable): the text, which is UTF-8
 */
char *
ctl_input_read (const char  *path,
                GError     **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd = is_stdin ? STDIN_FILENO : g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  gboolean done;

  if (fd < 0)
    {
      fail (error, path, g_strerror (errno));
      return NULL;
    }
  done = read_all (fd, path, bytes, error);
  if (!is_stdin)
    close (fd);
  if (!done)
    return NULL;
  if (!g_utf8_validate_len ((const char *) bytes->data, bytes->len, NULL))
    {
      fail (error, path, _("it is not text in UTF-8."));
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

static gboolean
set_member (RstAnswers  *answers,
            const char  *key,
            JsonNode    *node,
            GError     **error)
{
  g_autofree char *number = NULL;

  if (json_node_is_null (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return rst_answers_set_nick (answers, key, json_node_get_string (node), error);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      return rst_answers_set_nick (answers, key, number, error);
    }
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
               _("The answer for “%s” is neither text nor a number."), key);
  return FALSE;
}

/* json-glib calls itself for each level, as deep as the text goes. */
static gboolean
is_flat (const char *text)
{
  gboolean quoted = FALSE;
  guint depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (quoted && *p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        quoted = !quoted;
      else if (!quoted && (*p == '{' || *p == '['))
        depth++;
      else if (!quoted && (*p == '}' || *p == ']') && depth > 0)
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

/* An object of answers, or the output of “advise”, which holds one. */
static gboolean
parse_json (RstAnswers  *answers,
            const char  *text,
            GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (!is_flat (text) || !json_parser_load_from_data (parser, text, -1, &local))
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           local != NULL ? local->message : _("This is not a JSON object of answers."));
      return FALSE;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  if (json_object_has_member (object, "answers") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "answers")))
    object = json_object_get_object_member (object, "answers");

  members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "version") &&
        !set_member (answers, l->data, json_object_get_member (object, l->data), error))
      return FALSE;
  return TRUE;
}

/**
 * ctl_input_read_answers:
 * @path: a file, or “-” for standard input: lines of KEY=VALUE, or a JSON object
 * @answers: filled
 * @error: return location for an error
 *
 * Returns: whether the file could be read and every answer is one
 */
gboolean
ctl_input_read_answers (const char  *path,
                        RstAnswers  *answers,
                        GError     **error)
{
  g_autofree char *text = ctl_input_read (path, error);

  if (text == NULL)
    return FALSE;
  if (text[strspn (text, " \t\r\n")] == '{' ? parse_json (answers, text, error)
                                           : rst_answers_parse_lines (answers, text, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}
