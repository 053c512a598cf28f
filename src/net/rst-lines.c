/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-lines.h"

#include "rst-talk.h"

#include <string.h>

/**
 * rst_lines_new:
 * @base: (transfer none): where the bytes come from; it is not closed with the result
 *
 * Returns: (transfer full): a reader of lines up to %RST_LINE_MAX bytes, to be filled with
 *   g_buffered_input_stream_fill_async()
 */
GBufferedInputStream *
rst_lines_new (GInputStream *base)
{
  GInputStream *stream = g_buffered_input_stream_new_sized (base, RST_LINE_MAX);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  return G_BUFFERED_INPUT_STREAM (stream);
}

/**
 * rst_lines_pop:
 * @self: a reader
 * @line: (out) (transfer full): a line without its end, terminated but possibly with nul bytes
 * inside
 * @length: (out): its length in bytes
 * @end_length: (out): the length of its end: a line feed and the carriage returns before it
 *
 * Takes one line out of the buffer.
 *
 * Returns: whether there was a whole one
 */
gboolean
rst_lines_pop (GBufferedInputStream  *self,
               char                 **line,
               gsize                 *length,
               gsize                 *end_length)
{
  gsize available;
  const char *bytes = g_buffered_input_stream_peek_buffer (self, &available);
  const char *feed = available > 0 ? memchr (bytes, '\n', available) : NULL;
  gsize n;

  if (feed == NULL)
    return FALSE;
  n = (gsize) (feed - bytes);
  while (n > 0 && bytes[n - 1] == '\r')
    n--;
  *length = n;
  *end_length = (gsize) (feed - bytes) + 1 - n;
  *line = g_malloc (n + 1);
  memcpy (*line, bytes, n);
  (*line)[n] = '\0';
  /* Never waits: all of it lies in the buffer. */
  g_input_stream_skip (G_INPUT_STREAM (self), *length + *end_length, NULL, NULL);
  return TRUE;
}

/**
 * rst_lines_is_full:
 * @self: a reader without a whole line
 *
 * Returns: whether the line under way is too long
 */
gboolean
rst_lines_is_full (GBufferedInputStream *self)
{
  return rst_lines_get_pending (self) >= RST_LINE_MAX;
}

/**
 * rst_lines_get_pending:
 * @self: a reader
 *
 * Returns: how many bytes have arrived that nobody has read
 */
gsize
rst_lines_get_pending (GBufferedInputStream *self)
{
  return g_buffered_input_stream_get_available (self);
}

/**
 * rst_lines_all_begin:
 * @self: a reader that has given out whole lines
 * @letter: a letter
 *
 * Returns: whether each line that nobody has read yet, an unfinished one too, begins with @letter
 */
gboolean
rst_lines_all_begin (GBufferedInputStream *self,
                     char                  letter)
{
  gsize available;
  const char *bytes = g_buffered_input_stream_peek_buffer (self, &available);

  for (gsize i = 0; i < available; i++)
    if ((i == 0 || bytes[i - 1] == '\n') && bytes[i] != letter)
      return FALSE;
  return TRUE;
}
