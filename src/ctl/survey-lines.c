/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A buffer of fixed size over a file or standard input, so that a line without end costs nothing.
 */
#include "survey.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rst-error.h"
#include "rst-lines.h"

struct _SurveyLines {
  GBufferedInputStream *stream; /* (owned) */
  char                 *path;   /* (owned) */
  gboolean              ended;
  gboolean              cut;    /* the rest of an overlong line is still to come */
};

static void
set_error (SurveyLines  *self,
           const char   *reason,
           GError      **error)
{
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("“%s” cannot be read: %s"), self->path, reason);
}

/**
 * survey_lines_open:
 * @path: a file, or “-” for standard input
 * @longest: bytes of the longest line that comes whole
 * @error: return location for an error of kind %RST_ERROR_INPUT
 *
 * Returns: (transfer full) (nullable): its lines
 */
SurveyLines *
survey_lines_open (const char  *path,
                   gsize        longest,
                   GError     **error)
{
  gboolean is_stdin = g_str_equal (path, "-");
  g_autoptr (SurveyLines) self = g_new0 (SurveyLines, 1);
  int fd = is_stdin ? STDIN_FILENO : g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  g_autoptr (GInputStream) base = NULL;

  self->path = g_strdup (path);
  if (fd < 0)
    {
      set_error (self, g_strerror (errno), error);
      return NULL;
    }
  base = g_unix_input_stream_new (fd, !is_stdin);
  self->stream = G_BUFFERED_INPUT_STREAM (g_buffered_input_stream_new_sized (base, longest + 2));
  return g_steal_pointer (&self);
}

/**
 * survey_lines_free:
 * @self: (transfer full): lines
 */
void
survey_lines_free (SurveyLines *self)
{
  g_clear_object (&self->stream);
  g_free (self->path);
  g_free (self);
}

/* All that is in the buffer, which is the last line, or the beginning of an overlong one. */
static char *
take_rest (SurveyLines *self)
{
  gsize length;
  const char *bytes = g_buffered_input_stream_peek_buffer (self->stream, &length);
  char *line = g_strndup (bytes, length);

  g_input_stream_skip (G_INPUT_STREAM (self->stream), length, NULL, NULL);
  return line;
}

/**
 * survey_lines_pop:
 * @self: lines
 *
 * Takes a line of what was read. Of a line that is too long only the beginning comes, which is as
 * long as the buffer.
 *
 * Returns: (transfer full) (nullable): the bytes of a line without its end, up to the first nul
 */
char *
survey_lines_pop (SurveyLines *self)
{
  gsize length, end_length;
  char *line;

  while (rst_lines_pop (self->stream, &line, &length, &end_length))
    {
      if (!self->cut)
        return line;
      self->cut = FALSE;
      g_free (line);
    }
  if (g_buffered_input_stream_get_available (self->stream) == 0)
    return NULL;
  if (!self->ended && g_buffered_input_stream_get_available (self->stream) <
                        g_buffered_input_stream_get_buffer_size (self->stream))
    return NULL;
  line = take_rest (self);
  if (self->cut)
    g_clear_pointer (&line, g_free);
  self->cut = !self->ended;
  return line;
}

/**
 * survey_lines_at_end:
 * @self: lines
 *
 * Returns: whether everything was read, though not all of it need be popped
 */
gboolean
survey_lines_at_end (SurveyLines *self)
{
  return self->ended;
}

static gboolean
take_filled (SurveyLines  *self,
             gssize        n,
             GError       *cause,
             GError      **error)
{
  if (n >= 0)
    {
      self->ended = n == 0;
      return TRUE;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, cause);
  else
    {
      set_error (self, cause->message, error);
      g_error_free (cause);
    }
  return FALSE;
}

/**
 * survey_lines_fill:
 * @self: lines, of which none can be popped
 * @error: return location for an error
 *
 * Reads on, and waits for it.
 *
 * Returns: whether that was possible
 */
gboolean
survey_lines_fill (SurveyLines  *self,
                   GError      **error)
{
  GError *cause = NULL;
  gssize n = g_buffered_input_stream_fill (self->stream, -1, NULL, &cause);

  return take_filled (self, n, cause, error);
}

/**
 * survey_lines_fill_async:
 * @self: lines, of which none can be popped
 * @cancellable: (nullable): to wait no longer
 * @callback: called when there is more, or the end
 * @user_data: for @callback
 *
 * Reads on.
 */
void
survey_lines_fill_async (SurveyLines         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_buffered_input_stream_fill_async (self->stream, -1, G_PRIORITY_DEFAULT, cancellable, callback,
                                      user_data);
}

/**
 * survey_lines_fill_finish:
 * @self: lines
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether that was possible
 */
gboolean
survey_lines_fill_finish (SurveyLines   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  GError *cause = NULL;
  gssize n = g_buffered_input_stream_fill_finish (self->stream, result, &cause);

  return take_filled (self, n, cause, error);
}
