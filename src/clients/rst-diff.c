/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-diff.h"

#include "rst-diff-script.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
diff_line_free (RstDiffLine *self)
{
  g_free (self->text);
  g_free (self);
}

static void
add_line (GPtrArray     *lines,
          char           mark,
          const RstLine *line)
{
  RstDiffLine *shown = g_new0 (RstDiffLine, 1);
  gsize length = line->length;

  if (length > 0 && line->text[length - 1] == '\n')
    length--;
  if (length > 0 && line->text[length - 1] == '\r')
    length--;
  shown->mark = mark;
  shown->text = rst_text_reveal (line->text, length);
  g_ptr_array_add (lines, shown);
}

/**
 * rst_diff_lines:
 * @before: (nullable): a text; %NULL if there is no such file yet
 * @after: (nullable): a text
 *
 * Returns: (transfer full) (element-type RstDiffLine): all lines of both, in order, fit to be shown
 */
GPtrArray *
rst_diff_lines (GBytes *before,
                GBytes *after)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) diff_line_free);
  g_autoptr (GArray) a = rst_lines_split (before);
  g_autoptr (GArray) b = rst_lines_split (after);
  g_autoptr (GArray) script = rst_diff_script (a, b);
  guint i = 0;

  for (guint h = 0; h < script->len; h++)
    {
      const RstHunk *hunk = &g_array_index (script, RstHunk, h);

      for (; i < hunk->old_start; i++)
        add_line (lines, ' ', &g_array_index (a, RstLine, i));
      for (; i < hunk->old_end; i++)
        add_line (lines, '-', &g_array_index (a, RstLine, i));
      for (guint j = hunk->new_start; j < hunk->new_end; j++)
        add_line (lines, '+', &g_array_index (b, RstLine, j));
    }
  for (; i < a->len; i++)
    add_line (lines, ' ', &g_array_index (a, RstLine, i));
  return lines;
}

/* A file name as in GNU diff: quoted if it has characters that would end it; a tab ends one with blanks. */
static void
append_name (GString    *out,
             const char *mark,
             const char *path)
{
  g_autofree char *escaped = g_strescape (path, NULL);
  gboolean has_control = strpbrk (path, "\n\t\r\"\\") != NULL;

  g_string_append_printf (out, "%s ", mark);
  if (has_control)
    g_string_append_printf (out, "\"%s\"\n", escaped);
  else
    g_string_append_printf (out, "%s%s\n", path, strchr (path, ' ') != NULL ? "\t" : "");
}

/* A last line without an end stands in the diff only because an end is put to it. It is another
 * account's, and may hold its password. */
static const RstLine *
find_hidden (const GArray *a)
{
  const RstLine *last = a->len > 0 ? &g_array_index (a, RstLine, a->len - 1) : NULL;
  g_autofree char *lower = NULL;

  if (last == NULL || rst_line_ends (last))
    return NULL;
  lower = g_ascii_strdown (last->text, (gssize) last->length);
  return strstr (lower, "pass") != NULL ? last : NULL;
}

static gboolean
is_hidden (const RstLine *hidden,
           const RstLine *line)
{
  return hidden != NULL && line->length >= hidden->length && line->length <= hidden->length + 2 &&
         memcmp (line->text, hidden->text, hidden->length) == 0;
}

static void
append_lines (GString       *out,
              char           mark,
              const GArray  *lines,
              guint          start,
              guint          end,
              const RstLine *hidden)
{
  for (guint i = start; i < end; i++)
    {
      const RstLine *line = &g_array_index (lines, RstLine, i);

      g_string_append_c (out, mark);
      if (is_hidden (hidden, line))
        {
          g_string_append_printf (out, "%s\n",
                                  _("(not shown: it may hold a password; only its end changes)"));
          continue;
        }
      g_string_append_len (out, line->text, line->length);
      if (!rst_line_ends (line))
        g_string_append (out, "\n\\ No newline at end of file\n");
    }
}

/* A range is first line and number of lines; an empty one names the line before it. */
static void
append_range (GString *out,
              char     mark,
              guint    start,
              guint    end)
{
  guint length = end - start;

  g_string_append_printf (out, " %c%u", mark, length == 0 ? start : start + 1);
  if (length != 1)
    g_string_append_printf (out, ",%u", length);
}

/* Writes hunks first to before last, whose contexts touch, as one. */
static void
append_group (GString      *out,
              const GArray *a,
              const GArray *b,
              const GArray *script,
              guint         first,
              guint         last,
              guint         context)
{
  const RstHunk *head = &g_array_index (script, RstHunk, first);
  const RstHunk *tail = &g_array_index (script, RstHunk, last - 1);
  guint lead = MIN (context, head->old_start);
  guint trail = MIN (context, a->len - tail->old_end);
  guint i = head->old_start - lead;
  const RstLine *hidden = find_hidden (a);

  g_string_append (out, "@@");
  append_range (out, '-', i, tail->old_end + trail);
  append_range (out, '+', head->new_start - lead, tail->new_end + trail);
  g_string_append (out, " @@\n");
  for (guint h = first; h < last; h++)
    {
      const RstHunk *hunk = &g_array_index (script, RstHunk, h);

      append_lines (out, ' ', a, i, hunk->old_start, hidden);
      append_lines (out, '-', a, hunk->old_start, hunk->old_end, hidden);
      append_lines (out, '+', b, hunk->new_start, hunk->new_end, hidden);
      i = hunk->old_end;
    }
  append_lines (out, ' ', a, i, tail->old_end + trail, hidden);
}

/**
 * rst_diff_unified:
 * @edit: a planned change
 * @context: how many unchanged lines to show around changes
 *
 * The change as `diff -u` prints it and `patch` reads it: the bytes of the file as they are, whatever
 * its encoding. Alone a last line without an end that may hold a password is not shown; `patch` then
 * refuses. What has no lines, a folder or a key store, is one sentence.
 *
 * Returns: (transfer full): the text; empty if @edit changes nothing
 */
char *
rst_diff_unified (const RstEdit *edit,
                  guint          context)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) a = rst_lines_split (edit->before);
  g_autoptr (GArray) b = rst_lines_split (edit->after);
  g_autoptr (GArray) script = NULL;
  guint first = 0;

  if (edit->kind == RST_EDIT_DIRECTORY)
    return g_strdup_printf (_("Folder %s\n"), edit->path);
  if (edit->kind == RST_EDIT_BINARY)
    return rst_edit_changes (edit)
             ? g_strdup_printf (_("File %s changes: it is not for reading\n"), edit->path)
             : g_strdup ("");
  script = rst_diff_script (a, b);
  if (script->len == 0)
    return g_strdup ("");

  append_name (out, "---", edit->before != NULL ? edit->path : "/dev/null");
  append_name (out, "+++", edit->after != NULL ? edit->path : "/dev/null");
  for (guint h = 1; h <= script->len; h++)
    {
      const RstHunk *hunk = &g_array_index (script, RstHunk, h - 1);

      if (h < script->len &&
          g_array_index (script, RstHunk, h).old_start - hunk->old_end <= 2 * context)
        continue;
      append_group (out, a, b, script, first, h, context);
      first = h;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
