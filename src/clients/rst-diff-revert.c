/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking our lines out of a text that somebody edited since. Ours are the hunks from what we wrote to
 * what was there before; theirs are those from what we wrote to what is there now. A hunk of ours
 * is carried out where theirs left it alone. Where they meet, half an account would stay behind, so
 * that the whole text is left as it is: the person has made it their own.
 *
 * (For lines that stand alone in any order see rst-diff-loose.c.)
 */
#include "rst-diff.h"

#include "rst-diff-script.h"

#include <string.h>

/* What the decisions are made on. */
typedef struct {
  const GArray *before;
  const GArray *written;
  const GArray *current;
  GArray       *theirs;
} Texts;

typedef enum {
  MEETS_NOT,  /* theirs left this hunk alone */
  MEETS_GONE, /* what we wrote here is no longer there */
  MEETS_CONFLICT,
} Meeting;

/* All three texts end their last line, so that adding behind it does not count as a change of it. */
static GBytes *
ended (GBytes *text)
{
  gsize size = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &size) : NULL;
  g_autoptr (GString) out = g_string_new_len (data, size);

  if (size > 0 && data[size - 1] != '\n')
    g_string_append_c (out, '\n');
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* How far a hunk of theirs may be slid: not over its neighbours. */
static void
get_room (const Texts *self,
          guint        index,
          guint       *low,
          guint       *high)
{
  const RstHunk *hunks = (const RstHunk *) self->theirs->data;

  *low = index > 0 ? hunks[index - 1].old_end : 0;
  *high = index + 1 < self->theirs->len ? hunks[index + 1].old_start : self->written->len;
}

/* Says of an insertion of theirs that it is at line @where, if that comes to the same: inserting AB
 * before A is inserting BA after it. */
static gboolean
slide_to (const Texts *self,
          guint        index,
          guint        where)
{
  const RstLine *written = (const RstLine *) self->written->data;
  const RstLine *current = (const RstLine *) self->current->data;
  RstHunk *theirs = &g_array_index (self->theirs, RstHunk, index);
  guint at = theirs->old_start;
  guint start = theirs->new_start;
  guint end = theirs->new_end;
  guint low, high;

  get_room (self, index, &low, &high);
  if (where < low || where > high)
    return FALSE;
  for (; at > where; at--, start--, end--)
    if (!rst_line_equal (&written[at - 1], &current[end - 1]))
      return FALSE;
  for (; at < where; at++, start++, end++)
    if (!rst_line_equal (&written[at], &current[start]))
      return FALSE;
  *theirs = (RstHunk) { at, at, start, end };
  return TRUE;
}

/* Says of a removal of theirs that it is outside of ours, if that comes to the same: removing A from
 * AA is removing the first or the last. */
static gboolean
slide_out (const Texts   *self,
           const RstHunk *ours,
           guint          index)
{
  const RstLine *lines = (const RstLine *) self->written->data;
  RstHunk *theirs = &g_array_index (self->theirs, RstHunk, index);
  RstHunk up = *theirs;
  RstHunk down = *theirs;
  guint low, high;

  get_room (self, index, &low, &high);
  while (up.old_end > ours->old_start && up.old_start > low &&
         rst_line_equal (&lines[up.old_start - 1], &lines[up.old_end - 1]))
    {
      up.old_start--;
      up.old_end--;
    }
  while (down.old_start < ours->old_end && down.old_end < high &&
         rst_line_equal (&lines[down.old_start], &lines[down.old_end]))
    {
      down.old_start++;
      down.old_end++;
    }
  if (up.old_end > ours->old_start && down.old_start < ours->old_end)
    return FALSE;
  *theirs = up.old_end <= ours->old_start ? up : down;
  return TRUE;
}

/* Theirs did by hand what ours is about to do. */
static gboolean
same_change (const RstHunk *ours,
             const GArray  *before,
             const RstHunk *theirs,
             const GArray  *current)
{
  guint n = ours->new_end - ours->new_start;

  if (ours->old_start != theirs->old_start || ours->old_end != theirs->old_end ||
      n != theirs->new_end - theirs->new_start)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!rst_line_equal (&g_array_index (before, RstLine, ours->new_start + i),
                         &g_array_index (current, RstLine, theirs->new_start + i)))
      return FALSE;
  return TRUE;
}

/* Decides between one hunk of ours and one of theirs, which may be slid out of the way. */
static Meeting
meet_one (const Texts   *self,
          const RstHunk *ours,
          guint          index,
          guint         *gone)
{
  const RstHunk *theirs = &g_array_index (self->theirs, RstHunk, index);
  gboolean inserts = theirs->new_end > theirs->new_start;
  guint from = MAX (ours->old_start, theirs->old_start);
  guint to = MIN (ours->old_end, theirs->old_end);

  if (same_change (ours, self->before, theirs, self->current))
    return MEETS_GONE;
  if (from >= to)
    {
      gboolean inside = theirs->old_start > ours->old_start && theirs->old_start < ours->old_end;
      gboolean around = theirs->old_start < ours->old_start && theirs->old_end > ours->old_end;

      if (!inside)
        return around ? MEETS_CONFLICT : MEETS_NOT;
      return slide_to (self, index, ours->old_start) || slide_to (self, index, ours->old_end)
               ? MEETS_NOT : MEETS_CONFLICT;
    }
  if (!inserts && slide_out (self, ours, index))
    return MEETS_NOT;
  if (ours->new_end > ours->new_start)
    return MEETS_CONFLICT;
  if (inserts)
    return from == ours->old_start && to == ours->old_end ? MEETS_GONE : MEETS_CONFLICT;
  *gone += to - from;
  return MEETS_NOT;
}

static Meeting
meet (const Texts   *self,
      const RstHunk *ours)
{
  guint gone = 0;

  for (guint i = 0; i < self->theirs->len; i++)
    {
      Meeting meeting = meet_one (self, ours, i, &gone);

      if (meeting != MEETS_NOT)
        return meeting;
    }
  return gone > 0 && gone == ours->old_end - ours->old_start ? MEETS_GONE : MEETS_NOT;
}

static void
append_lines (GString      *out,
              const GArray *lines,
              guint         start,
              guint         end)
{
  for (guint i = start; i < end; i++)
    {
      const RstLine *line = &g_array_index (lines, RstLine, i);

      g_string_append_len (out, line->text, line->length);
    }
}

/* Carries out both lists of changes on what we wrote; they do not overlap any more, except where
 * theirs removed lines that ours removes as well. */
static GBytes *
merge (const Texts  *self,
       const GArray *ours)
{
  const GArray *written = self->written;
  const GArray *theirs = self->theirs;
  g_autoptr (GString) out = g_string_new (NULL);
  guint kept = 0; /* lines before this one are removed or have been written */
  guint o = 0;
  guint t = 0;

  for (guint at = 0; at <= written->len; at++)
    {
      for (; t < theirs->len && g_array_index (theirs, RstHunk, t).old_start == at; t++)
        {
          const RstHunk *hunk = &g_array_index (theirs, RstHunk, t);

          append_lines (out, self->current, hunk->new_start, hunk->new_end);
          kept = MAX (kept, hunk->old_end);
        }
      for (; o < ours->len && g_array_index (ours, RstHunk, o).old_start == at; o++)
        {
          const RstHunk *hunk = &g_array_index (ours, RstHunk, o);

          append_lines (out, self->before, hunk->new_start, hunk->new_end);
          kept = MAX (kept, hunk->old_end);
        }
      if (at < written->len && at >= kept)
        append_lines (out, written, at, at + 1);
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* Gives the last line back the missing line end it had in @current, if it is still the last one. */
static GBytes *
as_ended (GBytes *result,
          GBytes *current)
{
  gsize size;
  gsize current_size;
  const char *data = g_bytes_get_data (result, &size);
  const char *current_data = g_bytes_get_data (current, &current_size);
  const char *last = NULL;
  gsize length;

  if (current_size == 0 || size < 2 || current_data[current_size - 1] == '\n')
    return g_bytes_ref (result);
  last = memrchr (data, '\n', size - 1);
  last = last != NULL ? last + 1 : data;
  length = size - 1 - (gsize) (last - data);
  if (length > current_size || memcmp (last, current_data + current_size - length, length) != 0)
    return g_bytes_ref (result);
  return g_bytes_new_from_bytes (result, 0, size - 1);
}

/**
 * rst_diff_revert:
 * @before: (nullable): what was there before us
 * @after: what we wrote
 * @current: what is there now
 *
 * Takes our lines out of a text that was edited since.
 *
 * Returns: (transfer full) (nullable): the text without our lines and with all that was added since;
 *   %NULL if it has none of our lines any more, or if they were edited themselves, so that taking
 *   out the rest would leave something broken
 */
GBytes *
rst_diff_revert (GBytes *before,
                 GBytes *after,
                 GBytes *current)
{
  g_autoptr (GBytes) b_text = ended (before);
  g_autoptr (GBytes) w_text = ended (after);
  g_autoptr (GBytes) c_text = ended (current);
  g_autoptr (GArray) b = rst_lines_split (b_text);
  g_autoptr (GArray) w = rst_lines_split (w_text);
  g_autoptr (GArray) c = rst_lines_split (c_text);
  g_autoptr (GArray) ours = rst_diff_script (w, b);
  g_autoptr (GArray) theirs = rst_diff_script (w, c);
  g_autoptr (GBytes) merged = NULL;
  const Texts texts = { b, w, c, theirs };

  for (guint i = 0; i < ours->len;)
    switch (meet (&texts, &g_array_index (ours, RstHunk, i)))
      {
      case MEETS_CONFLICT:
        return NULL;
      case MEETS_GONE:
        g_array_remove_index (ours, i);
        break;
      case MEETS_NOT:
      default:
        i++;
        break;
      }
  if (ours->len == 0)
    return NULL;
  merged = merge (&texts, ours);
  return as_ended (merged, current);
}
