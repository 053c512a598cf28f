/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-diff-script.h"

#include <string.h>

/* Lines that may differ before the rest counts as replaced: bounds time and memory (about 8 MB). */
#define MAX_CHANGES 1000

/* The part of both texts between what they have in common at the start and at the end. */
typedef struct {
  const RstLine *a;
  const RstLine *b;
  int            n;
  int            m;
  gboolean      *gone;  /* (array length=n) lines of a that are not in b */
  gboolean      *fresh; /* (array length=m) lines of b that are not in a */
} Middle;

static guint
hash_line (const char *text,
           gsize       length)
{
  guint hash = 5381;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) text[i];
  return hash;
}

/**
 * rst_lines_split:
 * @bytes: (nullable): a text; %NULL is an empty one
 *
 * Returns: (transfer full) (element-type RstLine): its lines, which borrow from @bytes
 */
GArray *
rst_lines_split (GBytes *bytes)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (RstLine));
  gsize size = 0;
  const char *p = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  while (size > 0)
    {
      const char *end = memchr (p, '\n', size);
      gsize length = end != NULL ? (gsize) (end - p) + 1 : size;
      RstLine line = { p, length, hash_line (p, length) };

      g_array_append_val (lines, line);
      p += length;
      size -= length;
    }
  return lines;
}

/**
 * rst_line_equal:
 * @a: a line
 * @b: a line
 *
 * Returns: whether they are the same bytes, line end included
 */
gboolean
rst_line_equal (const RstLine *a,
                const RstLine *b)
{
  return a->hash == b->hash && a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

/**
 * rst_line_ends:
 * @self: a line
 *
 * Returns: whether it has a line end
 */
gboolean
rst_line_ends (const RstLine *self)
{
  return self->length > 0 && self->text[self->length - 1] == '\n';
}

/* Walks the recorded furthest points back from the end and marks what was left out or put in. */
static void
mark_path (const Middle *self,
           GPtrArray    *trace,
           int           d)
{
  int x = self->n;
  int y = self->m;

  for (; d > 0; d--)
    {
      const int *v = (const int *) g_ptr_array_index (trace, d - 1) + d; /* diagonals -d … d */
      int k = x - y;
      gboolean down = k == -d || (k != d && v[k - 1] < v[k + 1]);
      int from = down ? k + 1 : k - 1;

      x = v[from];
      y = x - from;
      if (down)
        self->fresh[y] = TRUE;
      else
        self->gone[x] = TRUE;
    }
}

/* One round of Myers' greedy search: the furthest point of each diagonal with d changes. */
static gboolean
extend (const Middle *self,
        int          *v,
        int           d)
{
  for (int k = -d; k <= d; k += 2)
    {
      int x = (k == -d || (k != d && v[k - 1] < v[k + 1])) ? v[k + 1] : v[k - 1] + 1;

      /* Points outside of the texts stay where they are: they lead nowhere. */
      while (x >= 0 && x < self->n && x - k >= 0 && x - k < self->m &&
             rst_line_equal (&self->a[x], &self->b[x - k]))
        x++;
      v[k] = x;
      if (x >= self->n && x - k >= self->m)
        return TRUE;
    }
  return FALSE;
}

static gboolean
search (const Middle *self)
{
  g_autoptr (GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  int bound = MIN (self->n + self->m, MAX_CHANGES);
  g_autofree int *all = g_new0 (int, 2 * bound + 3);
  int *v = all + bound + 1;

  for (int d = 0; d <= bound; d++)
    {
      /* What round d starts from: mark_path() asks for diagonals -d … d of it. */
      if (d > 0)
        g_ptr_array_add (trace, g_memdup2 (v - d, (2 * d + 1) * sizeof (int)));
      if (!extend (self, v, d))
        continue;
      mark_path (self, trace, d);
      return TRUE;
    }
  return FALSE;
}

static GArray *
collect (const Middle *self,
         guint         offset)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (RstHunk));
  int i = 0;
  int j = 0;

  while (i < self->n || j < self->m)
    {
      int old_start = i;
      int new_start = j;

      while (i < self->n && self->gone[i])
        i++;
      while (j < self->m && self->fresh[j])
        j++;
      if (i > old_start || j > new_start)
        {
          RstHunk hunk = { old_start + offset, i + offset, new_start + offset, j + offset };

          g_array_append_val (hunks, hunk);
          continue;
        }
      i++;
      j++;
    }
  return hunks;
}

/**
 * rst_diff_script:
 * @old_lines: (element-type RstLine): lines
 * @new_lines: (element-type RstLine): lines
 *
 * Returns: (transfer full) (element-type RstHunk): what to replace in @old_lines to get @new_lines, in
 *   order; hunks neither overlap nor touch
 */
GArray *
rst_diff_script (const GArray *old_lines,
                 const GArray *new_lines)
{
  const RstLine *a = (const RstLine *) old_lines->data;
  const RstLine *b = (const RstLine *) new_lines->data;
  guint n = old_lines->len;
  guint m = new_lines->len;
  guint start = 0;
  g_autofree gboolean *gone = NULL;
  g_autofree gboolean *fresh = NULL;
  Middle middle;

  while (start < n && start < m && rst_line_equal (&a[start], &b[start]))
    start++;
  while (n > start && m > start && rst_line_equal (&a[n - 1], &b[m - 1]))
    {
      n--;
      m--;
    }
  gone = g_new0 (gboolean, n - start + 1);
  fresh = g_new0 (gboolean, m - start + 1);
  /* A file that is not there yet has no array: not even nothing may be added to its address. */
  middle = (Middle) {
    start > 0 ? a + start : a, start > 0 ? b + start : b,
    (int) (n - start), (int) (m - start), gone, fresh,
  };
  if (!search (&middle))
    {
      for (int i = 0; i < middle.n; i++)
        gone[i] = TRUE;
      for (int j = 0; j < middle.m; j++)
        fresh[j] = TRUE;
    }
  return collect (&middle, start);
}
