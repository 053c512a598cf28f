/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking our lines out of a file of loose lines, each of which stands for itself wherever it is:
 * Thunderbird sorts prefs.js and puts lines of its own between ours. So they are looked up one by one. A
 * line whose value we changed (a list of accounts) gets its old value back; if somebody changed
 * it again since, we cannot tell what it should be, and the whole file is left alone.
 */
#include "rst-diff.h"

#include "rst-diff-script.h"

/* More changed lines than this are not looked up one by one. */
#define MAX_LINES 2000

/* The current text with what becomes of each line: NULL takes it out. */
typedef struct {
  GArray         *lines;
  const RstLine **fate; /* (array) */
  gboolean       *used; /* (array) */
} Loose;

static gboolean
find_line (const Loose   *self,
           const RstLine *line,
           guint         *index)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (!self->used[i] && rst_line_equal (&g_array_index (self->lines, RstLine, i), line))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gsize
common_start (const RstLine *a,
              const RstLine *b)
{
  gsize n = 0;

  while (n < a->length && n < b->length && a->text[n] == b->text[n])
    n++;
  return n;
}

/* The line of ours that took the place of @old: the one that begins most like it. */
static const RstLine *
successor (const GArray  *written,
           const RstHunk *hunk,
           const RstLine *old)
{
  const RstLine *best = NULL;
  gsize best_length = 0;

  for (guint i = hunk->old_start; i < hunk->old_end; i++)
    {
      const RstLine *line = &g_array_index (written, RstLine, i);
      gsize length = common_start (line, old);

      if (length > best_length)
        {
          best = line;
          best_length = length;
        }
    }
  return best;
}

/* Gives the lines that we changed their old values back. */
static gboolean
restore_lines (const Loose   *self,
               const GArray  *before,
               const GArray  *written,
               const RstHunk *hunk,
               guint         *found)
{
  for (guint i = hunk->new_start; i < hunk->new_end; i++)
    {
      const RstLine *old = &g_array_index (before, RstLine, i);
      const RstLine *ours = successor (written, hunk, old);
      guint at;

      if (ours != NULL && find_line (self, ours, &at))
        {
          self->fate[at] = old;
          self->used[at] = TRUE;
          (*found)++;
        }
      else if (!find_line (self, old, &at))
        return FALSE;
    }
  return TRUE;
}

static void
remove_lines (const Loose   *self,
              const GArray  *written,
              const RstHunk *hunk,
              guint         *found)
{
  for (guint i = hunk->old_start; i < hunk->old_end; i++)
    {
      guint at;

      if (!find_line (self, &g_array_index (written, RstLine, i), &at))
        continue;
      self->fate[at] = NULL;
      self->used[at] = TRUE;
      (*found)++;
    }
}

static gboolean
is_small (const GArray *script)
{
  guint n = 0;

  for (guint i = 0; i < script->len; i++)
    {
      const RstHunk *hunk = &g_array_index (script, RstHunk, i);

      n += hunk->old_end - hunk->old_start + hunk->new_end - hunk->new_start;
    }
  return n <= MAX_LINES;
}

static GBytes *
join (const Loose *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    if (self->fate[i] != NULL)
      g_string_append_len (out, self->fate[i]->text, self->fate[i]->length);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/**
 * rst_diff_revert_loose:
 * @before: (nullable): what was there before us
 * @after: what we wrote
 * @current: what is there now
 *
 * Like rst_diff_revert() for a file whose lines stand alone in any order.
 *
 * Returns: (transfer full) (nullable): the text without our lines, or %NULL if it has none any more,
 *   or if a line that we changed was changed again
 */
GBytes *
rst_diff_revert_loose (GBytes *before,
                       GBytes *after,
                       GBytes *current)
{
  g_autoptr (GArray) b = rst_lines_split (before);
  g_autoptr (GArray) w = rst_lines_split (after);
  g_autoptr (GArray) c = rst_lines_split (current);
  g_autoptr (GArray) ours = rst_diff_script (w, b);
  g_autofree const RstLine **fate = g_new0 (const RstLine *, c->len + 1);
  g_autofree gboolean *used = g_new0 (gboolean, c->len + 1);
  Loose loose = { c, fate, used };
  guint found = 0;

  if (!is_small (ours))
    return NULL;
  for (guint i = 0; i < c->len; i++)
    fate[i] = &g_array_index (c, RstLine, i);
  for (guint i = 0; i < ours->len; i++)
    {
      const RstHunk *hunk = &g_array_index (ours, RstHunk, i);

      if (!restore_lines (&loose, b, w, hunk, &found))
        return NULL;
      remove_lines (&loose, w, hunk, &found);
    }
  return found > 0 ? join (&loose) : NULL;
}
