/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-imap.h"

#include <stdlib.h>
#include <string.h>

/* A line that ends in “{12}” goes on with a literal of 12 bytes. Returns where that mark begins. */
static char *
find_literal (char    *line,
              guint64 *length)
{
  char *open = strrchr (line, '{');
  char *end;

  if (open == NULL || !g_ascii_isdigit (open[1]))
    return NULL;
  *length = g_ascii_strtoull (open + 1, &end, 10);
  if (*end == '+')
    end++;
  return g_str_equal (end, "}") ? open : NULL;
}

static void
append_quoted (GString    *out,
               const char *bytes,
               gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] == '"' || bytes[i] == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, bytes[i]);
    }
}

/* Takes from @line what belongs to the literal under way. Returns what is left of the line, or NULL
 * if the literal takes it all. */
static char *
eat_literal (RstTalk *talk,
             char    *line,
             gsize    end_length)
{
  gsize length = strlen (line);
  gsize part = MIN (length, talk->literal_left);
  gboolean whole = length + end_length <= talk->literal_left;

  append_quoted (talk->unfolded, line, part);
  talk->literal_left -= whole ? length + end_length : talk->literal_left;
  if (talk->literal_left > 0)
    g_string_append_c (talk->unfolded, ' ');
  else
    g_string_append_c (talk->unfolded, '"');
  return whole ? NULL : line + part;
}

/* Gathers a reply in @talk->unfolded, literals written as quoted strings. Nothing before the
 * sign-in needs a literal, so none is accepted there. */
static gboolean
unfold (RstTalk   *talk,
        char      *line,
        gsize      end_length,
        gboolean  *complete,
        GError   **error)
{
  guint64 length = 0;
  char *mark;

  *complete = FALSE;
  if (talk->literal_left > 0)
    line = eat_literal (talk, line, end_length);
  if (line == NULL)
    return TRUE;
  mark = find_literal (line, &length);
  if (mark == NULL)
    {
      g_string_append (talk->unfolded, line);
      *complete = TRUE;
      return TRUE;
    }
  if (!talk->facts->signed_in || length > RST_LITERAL_MAX)
    {
      rst_talk_fail_protocol (talk, error);
      return FALSE;
    }
  g_string_append_len (talk->unfolded, line, mark - line);
  g_string_append (talk->unfolded, length > 0 ? "\"" : "\"\"");
  talk->literal_left = length;
  return TRUE;
}

static char *
split_word (char *text)
{
  char *rest = text + strcspn (text, " ");

  if (*rest != '\0')
    *rest++ = '\0';
  return rest;
}

/* “OK [CODE arguments] text” */
static void
take_status (RstReply *reply,
             char     *text)
{
  char *rest = split_word (text);
  char *end = *rest == '[' ? strchr (rest, ']') : NULL;

  reply->status = text;
  reply->text = rest;
  if (end == NULL)
    return;
  *end = '\0';
  reply->code = rest + 1;
  reply->text = g_strchug (end + 1);
}

static gboolean
take_reply (RstTalk  *talk,
            char     *line,
            RstReply *reply)
{
  char *rest = split_word (line);
  g_autofree char *tag = g_strdup_printf ("a%u", talk->tag);

  if (g_str_equal (line, "+"))
    {
      reply->kind = RST_REPLY_PROMPT;
      reply->text = rest;
      return TRUE;
    }
  take_status (reply, rest);
  reply->ok = g_ascii_strcasecmp (reply->status, "OK") == 0;
  reply->kind = g_str_equal (line, "*") ? RST_REPLY_DATA : RST_REPLY_END;
  if (*reply->status == '\0')
    return FALSE;
  if (reply->kind == RST_REPLY_DATA)
    return TRUE;
  return g_str_equal (line, tag) && (reply->ok || g_ascii_strcasecmp (reply->status, "NO") == 0 ||
                                     g_ascii_strcasecmp (reply->status, "BAD") == 0);
}

/**
 * rst_imap_parse:
 * @talk: a conversation
 * @line: one line, altered
 * @end_length: how many bytes its end had
 * @reply: where to put its parts
 * @error: return location for an error
 *
 * Reads a line of IMAP; a #RstDialogue.parse function.
 *
 * Returns: %FALSE with %RST_ERROR_PROTO if it breaks the grammar
 */
gboolean
rst_imap_parse (RstTalk    *talk,
                char       *line,
                gsize       end_length,
                RstReply   *reply,
                GError    **error)
{
  gboolean complete;

  if (talk->unfolded_whole)
    g_string_truncate (talk->unfolded, 0);
  if (!unfold (talk, line, end_length, &complete, error))
    return FALSE;
  talk->unfolded_whole = complete;
  if (!complete)
    {
      reply->kind = RST_REPLY_PARTIAL;
      return TRUE;
    }
  if (take_reply (talk, talk->unfolded->str, reply))
    return TRUE;
  rst_talk_fail_protocol (talk, error);
  return FALSE;
}

static char *
take_quoted (const char **p)
{
  GString *word = g_string_new (NULL);

  for ((*p)++; **p != '\0' && **p != '"'; (*p)++)
    {
      if (**p == '\\' && (*p)[1] != '\0')
        (*p)++;
      g_string_append_c (word, **p);
    }
  if (**p == '"')
    (*p)++;
  return g_string_free (word, FALSE);
}

/**
 * rst_imap_words:
 * @text: part of a response
 *
 * Takes it apart into atoms, strings without their quotes, and single brackets.
 *
 * Returns: (transfer full) (array zero-terminated=1): the words
 */
char **
rst_imap_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new ();
  const char *p = text;

  while (*p != '\0')
    if (*p == ' ')
      p++;
    else if (*p == '(' || *p == ')')
      g_ptr_array_add (words, g_strndup (p++, 1));
    else if (*p == '"')
      g_ptr_array_add (words, take_quoted (&p));
    else
      {
        gsize n = strcspn (p, " ()\"");

        g_ptr_array_add (words, g_strndup (p, n));
        p += n;
      }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

/**
 * rst_imap_is_safe:
 * @text: an argument of a command
 *
 * Returns: whether it can be written as a quoted string; it needs a literal otherwise
 */
gboolean
rst_imap_is_safe (const char *text)
{
  return g_str_is_ascii (text);
}

/**
 * rst_imap_quote:
 * @text: an argument for which rst_imap_is_safe() holds
 *
 * Returns: (transfer full): the argument as a quoted string; to be freed with rst_wipe_free() if
 * secret
 */
char *
rst_imap_quote (const char *text)
{
  GString *out = g_string_sized_new (2 * strlen (text) + 3);

  g_string_append_c (out, '"');
  append_quoted (out, text, strlen (text));
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}
