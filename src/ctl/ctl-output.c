/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ctl-wrap.h"
#include "rst-text.h"

/* Longer lines are hard to read, however wide the window. */
#define MAX_COLUMNS 100
#define DEFAULT_COLUMNS 80
#define MIN_COLUMNS 30
#define MAX_LINE 4000

static gboolean quiet;

static guint
terminal_columns (FILE *file)
{
  struct winsize size;

  if (isatty (fileno (file)) && ioctl (fileno (file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return CLAMP (size.ws_col, MIN_COLUMNS, MAX_COLUMNS);
  return DEFAULT_COLUMNS;
}

static char *
clean (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = lines[i];
      g_autofree char *cleaned = rst_text_clean (line, -1, MAX_LINE);

      lines[i] = g_strdup_printf ("%*s%s", (int) strspn (line, " "), "", cleaned);
    }
  return g_strjoinv ("\n", lines);
}

static void
put (FILE       *file,
     const char *text,
     const char *first,
     const char *next)
{
  g_autofree char *cleaned = clean (text);
  g_autofree char *wrapped = ctl_wrap (cleaned, terminal_columns (file), first, next);

  fputs (wrapped, file);
}

/**
 * ctl_print_heading:
 * @text: a title
 *
 * Starts a section: an empty line, and @text in bold on a terminal.
 */
void
ctl_print_heading (const char *text)
{
  const char *term = g_getenv ("TERM");
  gboolean bold = isatty (STDOUT_FILENO) && term != NULL && !g_str_equal (term, "dumb");
  g_autofree char *cleaned = clean (text);

  ctl_print_gap ();
  printf ("%s%s%s\n", bold ? "\033[1m" : "", cleaned, bold ? "\033[0m" : "");
}

/**
 * ctl_print_gap:
 *
 * An empty line between two parts; the first one of a run is left out.
 */
void
ctl_print_gap (void)
{
  static gboolean started;

  if (started)
    putchar ('\n');
  started = TRUE;
}

/**
 * ctl_print_text:
 * @indent: columns in front of each line
 * @text: a paragraph
 */
void
ctl_print_text (guint       indent,
                const char *text)
{
  g_autofree char *blanks = g_strnfill (indent, ' ');

  put (stdout, text, blanks, blanks);
}

/**
 * ctl_print_item:
 * @indent: columns in front of the bullet
 * @bullet: what marks the item
 * @text: the item, whose further lines are aligned with the first
 */
void
ctl_print_item (guint       indent,
                const char *bullet,
                const char *text)
{
  ctl_print_row (indent, bullet, ctl_columns (bullet) + 1, text);
}

/**
 * ctl_print_row:
 * @indent: columns in front of the label
 * @label: what stands on the left
 * @columns: how many columns the label is given
 * @text: what stands on the right
 */
void
ctl_print_row (guint       indent,
               const char *label,
               guint       columns,
               const char *text)
{
  g_autofree char *cleaned = clean (label);
  g_autofree char *padded = ctl_pad (cleaned, columns);
  g_autofree char *first = g_strdup_printf ("%*s%s", (int) indent, "", padded);
  g_autofree char *next = g_strnfill (indent + columns, ' ');

  put (stdout, text, first, next);
}

static void G_GNUC_PRINTF (1, 0)
message (const char *format,
         va_list     arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  fflush (stdout);
  put (stderr, text, "", "");
}

/**
 * ctl_message:
 * @format: (not nullable): like printf()
 *
 * Says something to the person, on standard error.
 */
void
ctl_message (const char *format,
             ...)
{
  va_list arguments;

  va_start (arguments, format);
  message (format, arguments);
  va_end (arguments);
}

/**
 * ctl_progress:
 * @format: (not nullable): like printf()
 *
 * Says what is going on, if somebody is watching: standard error is a terminal, and the result is
 * not for a program.
 */
void
ctl_progress (const char *format,
              ...)
{
  va_list arguments;

  if (quiet || !isatty (STDERR_FILENO))
    return;
  va_start (arguments, format);
  message (format, arguments);
  va_end (arguments);
}

/**
 * ctl_quiet:
 *
 * From now on ctl_progress() says nothing.
 */
void
ctl_quiet (void)
{
  quiet = TRUE;
}

/**
 * ctl_output_finish:
 *
 * To be called last: a result that could not be written completely is not a result.
 *
 * Returns: whether all of standard output was written
 */
gboolean
ctl_output_finish (void)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  if (errno != EPIPE)
    ctl_message (_("The output could not be written: %s"), g_strerror (errno));
  return FALSE;
}
