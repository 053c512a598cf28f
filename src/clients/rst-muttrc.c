/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-muttrc.h"

#include "rst-config.h"

#include <string.h>

/* Files may source each other in a circle, and variables double themselves. */
#define MAX_DEPTH 8
#define MAX_SOURCES 100
#define MAX_WORD 8192

typedef struct {
  const RstPlaces *places;
  const RstFiles *files;
  RstMuttrc *rc;
  GHashTable *variables; /* my_… and all others, for $NAME */
} Reader;

static void
mailbox_free (RstMuttMailbox *self)
{
  g_free (self->url);
  g_free (self->owner);
  g_free (self);
}

static const char *
append_variable (Reader     *reader,
                 const char *p,
                 GString    *out)
{
  gboolean braces = p[1] == '{';
  const char *name = p + (braces ? 2 : 1);
  const char *end = name;
  g_autofree char *key = NULL;
  const char *value;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  key = g_strndup (name, (gsize) (end - name));
  value = g_hash_table_lookup (reader->variables, key);
  if (value == NULL && g_str_equal (key, "HOME"))
    value = reader->places->home;
  if (value != NULL && out->len + strlen (value) <= MAX_WORD)
    g_string_append (out, value);
  return braces && *end == '}' ? end + 1 : end;
}

static const char *
append_escape (const char *p,
               GString    *out)
{
  static const char from[] = "tnr", to[] = "\t\n\r";
  const char *known = p[1] != '\0' ? strchr (from, p[1]) : NULL;

  if (p[1] == '\0')
    return p + 1;
  g_string_append_c (out, known != NULL ? to[known - from] : p[1]);
  return p + 2;
}

static const char *
skip_command (const char *p)
{
  const char *end = strchr (p + 1, '`');

  return end != NULL ? end + 1 : p + strlen (p);
}

/* The next word; %NULL at the end of the command. With @equals, a word ends at `=` too. */
static char *
next_word (Reader      *reader,
           const char **line,
           gboolean     equals)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = *line + strspn (*line, " \t");
  char quote = '\0';

  *line = p;
  if (*p == '\0' || *p == '#' || *p == ';')
    return NULL;
  while (*p != '\0' && (quote != '\0' || strchr (equals ? " \t;#=" : " \t;#", *p) == NULL))
    if (quote == '\0' && (*p == '"' || *p == '\''))
      quote = *p++;
    else if (*p == quote)
      quote = '\0', p++;
    else if (*p == '\\' && quote != '\'')
      p = append_escape (p, out);
    else if (*p == '`' && quote != '\'')
      p = skip_command (p);
    else if (*p == '$' && quote != '\'')
      p = append_variable (reader, p, out);
    else
      g_string_append_c (out, *p++);
  *line = p;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
take_set (Reader      *reader,
          const char **line,
          const char  *owner)
{
  g_autofree char *name = NULL;

  for (name = next_word (reader, line, TRUE); name != NULL; name = next_word (reader, line, TRUE))
    {
      const char *p = *line + strspn (*line, " \t");
      g_autofree char *key = g_steal_pointer (&name);
      g_autofree char *value = NULL;

      if (*p == '=')
        {
          *line = p + 1;
          value = next_word (reader, line, FALSE);
        }
      else if (g_str_has_prefix (key, "no"))
        {
          memmove (key, key + 2, strlen (key) - 1);
          value = g_strdup ("no");
        }
      if (value == NULL)
        value = g_strdup ("yes");
      g_hash_table_insert (reader->variables, g_strdup (key), g_strdup (value));
      if (g_str_has_prefix (key, "my_"))
        continue;
      g_hash_table_insert (reader->rc->owners, g_strdup (key), g_strdup (owner));
      g_hash_table_insert (reader->rc->values, g_steal_pointer (&key), g_steal_pointer (&value));
    }
}

static void
take_unset (Reader      *reader,
            const char **line)
{
  g_autofree char *name = NULL;

  for (name = next_word (reader, line, FALSE); name != NULL; name = next_word (reader, line, FALSE))
    {
      g_autofree char *key = g_steal_pointer (&name);

      g_hash_table_remove (reader->rc->values, key);
      g_hash_table_remove (reader->variables, key);
    }
}

static void
take_mailboxes (Reader      *reader,
                const char **line,
                const char  *owner)
{
  char *word;

  while ((word = next_word (reader, line, FALSE)) != NULL)
    {
      RstMuttMailbox *mailbox = g_new0 (RstMuttMailbox, 1);

      mailbox->url = word;
      mailbox->owner = g_strdup (owner);
      g_ptr_array_add (reader->rc->mailboxes, mailbox);
    }
}

static void read_text (Reader     *reader,
                       const char *text,
                       const char *owner,
                       guint       depth);

static void
take_source (Reader     *reader,
             const char *name,
             const char *owner,
             guint       depth)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (g_str_has_prefix (name, "~/"))
    path = g_build_filename (reader->places->home, name + 2, NULL);
  else if (g_path_is_absolute (name))
    path = g_strdup (name);
  if (path == NULL || g_str_has_suffix (path, "|") || depth >= MAX_DEPTH ||
      reader->rc->sources->len >= MAX_SOURCES)
    return;
  g_ptr_array_add (reader->rc->sources, g_strdup (path));
  text = rst_files_dup_text (reader->files, path);
  if (text != NULL)
    read_text (reader, text, owner, depth + 1);
}

static void
take_hook (Reader      *reader,
           const char **line)
{
  g_autofree char *pattern = next_word (reader, line, FALSE);
  char *command = pattern != NULL ? next_word (reader, line, FALSE) : NULL;

  if (command != NULL)
    g_ptr_array_add (reader->rc->hooks, command);
}

static void
read_command (Reader      *reader,
              const char **line,
              const char  *owner,
              guint        depth)
{
  g_autofree char *command = next_word (reader, line, FALSE);
  g_autofree char *argument = NULL;

  if (command == NULL)
    return;
  if (g_str_equal (command, "set"))
    take_set (reader, line, owner);
  else if (g_str_equal (command, "unset") || g_str_equal (command, "reset"))
    take_unset (reader, line);
  else if (g_str_equal (command, "mailboxes") || g_str_equal (command, "named-mailboxes"))
    take_mailboxes (reader, line, owner);
  else if (g_str_equal (command, "account-hook"))
    take_hook (reader, line);
  else if (g_str_equal (command, "source") && (argument = next_word (reader, line, FALSE)) != NULL)
    take_source (reader, argument, owner, depth);
}

/* All commands of one line that is whole again. */
static void
read_line (Reader     *reader,
           const char *line,
           const char *owner,
           guint       depth)
{
  while (*line != '\0' && *line != '#')
    {
      g_autofree char *rest = NULL;

      read_command (reader, &line, owner, depth);
      while ((rest = next_word (reader, &line, FALSE)) != NULL)
        g_clear_pointer (&rest, g_free);
      if (*line == ';')
        line++;
      line += strspn (line, " \t");
    }
}

static void
read_text (Reader     *reader,
           const char *text,
           const char *owner,
           guint       depth)
{
  g_auto (RstLines) lines;
  g_autoptr (GString) whole = g_string_new (NULL);
  const char *line;

  rst_lines_init (&lines, text);
  while ((line = rst_lines_next (&lines)) != NULL)
    {
      gsize length = strlen (line);
      gboolean continued = length > 0 && line[length - 1] == '\\';

      g_string_append_len (whole, line, (gssize) (length - (continued ? 1 : 0)));
      if (continued && lines.lines[lines.next] != NULL)
        continue;
      read_line (reader, whole->str, lines.owner != NULL ? lines.owner : owner, depth);
      g_string_truncate (whole, 0);
    }
}

/**
 * rst_muttrc_read:
 * @places: the person's folders
 * @files: the files read, for those that are sourced
 * @text: a muttrc
 *
 * Returns: (transfer full): what @text and all that it sources set
 */
RstMuttrc *
rst_muttrc_read (const RstPlaces *places,
                 const RstFiles  *files,
                 const char      *text)
{
  RstMuttrc *self = g_new0 (RstMuttrc, 1);
  g_autoptr (GHashTable) variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reader reader = { .places = places, .files = files, .rc = self, .variables = variables };

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) mailbox_free);
  self->hooks = g_ptr_array_new_with_free_func (g_free);
  self->sources = g_ptr_array_new_with_free_func (g_free);
  read_text (&reader, text, NULL, 0);
  return self;
}

/**
 * rst_muttrc_free:
 * @self: (transfer full): what a muttrc sets
 */
void
rst_muttrc_free (RstMuttrc *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->values);
  g_hash_table_unref (self->owners);
  g_ptr_array_unref (self->mailboxes);
  g_ptr_array_unref (self->hooks);
  g_ptr_array_unref (self->sources);
  g_free (self);
}
