/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "rst-error.h"
#include "rst-text.h"

#define LINE_MAX_BYTES 4096

/* What a signal writes to while input is waited for, and where read_bytes() notices it. */
static int wake[2] = { -1, -1 };

static const int caught[] = { SIGINT, SIGTERM };

static void
interrupted_cb (int number)
{
  int before = errno;

  if (write (wake[1], "", 1) < 0)
    errno = before;
}

/* From now on a signal ends read_bytes(); @before has to be given back. */
static gboolean
catch_signals (struct sigaction  *before,
               GError           **error)
{
  struct sigaction action = { .sa_handler = interrupted_cb };

  if (!g_unix_open_pipe (wake, FD_CLOEXEC, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
    sigaction (caught[i], &action, &before[i]);
  return TRUE;
}

static void
release_signals (const struct sigaction *before)
{
  for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
    sigaction (caught[i], &before[i], NULL);
  close (wake[0]);
  close (wake[1]);
  wake[0] = wake[1] = -1;
}

static gboolean
cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
  return FALSE;
}

/* Returns whether there is something to read; %FALSE after a signal. */
static gboolean
wait_for_input (void)
{
  struct pollfd files[] = {
    { .fd = STDIN_FILENO, .events = POLLIN },
    { .fd = wake[0], .events = POLLIN },
  };

  while (poll (files, G_N_ELEMENTS (files), -1) < 0 && errno == EINTR)
    ;
  return files[1].revents == 0;
}

/* Reads up to a line feed, byte by byte, so that nothing behind it is taken. */
static gboolean
read_bytes (char    *buffer,
            gsize    size,
            gsize   *length,
            GError **error)
{
  *length = 0;
  while (wait_for_input ())
    {
      char byte;
      gssize n = read (STDIN_FILENO, &byte, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0 && *length == 0)
        return cancelled (error);
      if (n <= 0 || byte == '\n')
        return TRUE;
      if (*length == size)
        {
          g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("The input is too long."));
          return FALSE;
        }
      buffer[(*length)++] = byte;
    }
  return cancelled (error);
}

/* A question may name what a server or a file said. */
static void
show (const char *question)
{
  g_autofree char *cleaned = rst_text_clean (question, -1, LINE_MAX_BYTES);

  fflush (stdout);
  fprintf (stderr, "%s ", cleaned);
  fflush (stderr);
}

static gboolean
set_echo (struct termios *shown)
{
  struct termios silent;

  if (tcgetattr (STDIN_FILENO, shown) != 0)
    return FALSE;
  silent = *shown;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL);
  return tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent) == 0;
}

/* Signals are caught before the question is seen, and the echo comes back whatever happens. */
static gboolean
ask (const char *question,
     gboolean    hidden,
     char       *buffer,
     gsize       size,
     gsize      *length,
     GError    **error)
{
  struct sigaction before[G_N_ELEMENTS (caught)];
  struct termios shown;
  gboolean silenced;
  gboolean done;

  if (!catch_signals (before, error))
    return FALSE;
  silenced = hidden && set_echo (&shown);
  show (question);
  done = read_bytes (buffer, size, length, error);
  if (silenced)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      fputc ('\n', stderr);
    }
  release_signals (before);
  return done;
}

/**
 * ctl_ask_is_possible:
 *
 * Returns: whether somebody sits at a terminal
 */
gboolean
ctl_ask_is_possible (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/**
 * ctl_ask_line:
 * @question: what to ask
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the answer without blanks around it
 */
char *
ctl_ask_line (const char  *question,
              GError     **error)
{
  char buffer[LINE_MAX_BYTES];
  gsize length;

  if (!ask (question, FALSE, buffer, sizeof buffer, &length, error))
    return NULL;
  return g_strstrip (g_utf8_make_valid (buffer, length));
}

static gboolean
is_answer (const char *answer,
           const char *word)
{
  g_autofree char *folded = g_utf8_casefold (answer, -1);
  g_autofree char *folded_word = g_utf8_casefold (word, -1);

  return *folded != '\0' && g_str_has_prefix (folded_word, folded);
}

/**
 * ctl_ask_yes:
 * @question: what to ask
 * @error: return location for an error
 *
 * Asks until the answer is yes or no.
 *
 * Returns: whether it is yes
 */
gboolean
ctl_ask_yes (const char  *question,
             GError     **error)
{
  /* Translators: what can be typed as the answer; their beginnings, such as “y”, count too. */
  g_autofree char *full = g_strdup_printf ("%s [%s/%s]", question, C_("answer", "yes"), C_("answer", "no"));

  while (TRUE)
    {
      g_autofree char *answer = ctl_ask_line (full, error);

      if (answer == NULL)
        return FALSE;
      if (is_answer (answer, C_("answer", "yes")) || is_answer (answer, "yes"))
        return TRUE;
      if (is_answer (answer, C_("answer", "no")) || is_answer (answer, "no"))
        return FALSE;
    }
}

static RstSecret *
make_secret (char      *buffer,
             gsize      length,
             gboolean   read,
             GError   **error)
{
  RstSecret *secret = NULL;

  if (read && length > 0 && buffer[length - 1] == '\r')
    length--;
  if (read && length == 0)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("The password is empty."));
  else if (read)
    secret = rst_secret_new (buffer, length, error);
  rst_wipe (buffer, RST_SECRET_MAX + 1);
  return secret;
}

/**
 * ctl_ask_secret:
 * @question: what to ask
 * @error: return location for an error
 *
 * Asks for a password; what is typed is not shown.
 *
 * Returns: (transfer full) (nullable): the password
 */
RstSecret *
ctl_ask_secret (const char  *question,
                GError     **error)
{
  char buffer[RST_SECRET_MAX + 1];
  gsize length = 0;
  gboolean read;

  read = ask (question, TRUE, buffer, sizeof buffer, &length, error);
  return make_secret (buffer, length, read, error);
}

/**
 * ctl_read_secret:
 * @error: return location for an error
 *
 * Reads a password from standard input, up to the first line break.
 *
 * Returns: (transfer full) (nullable): the password
 */
RstSecret *
ctl_read_secret (GError **error)
{
  struct sigaction before[G_N_ELEMENTS (caught)];
  char buffer[RST_SECRET_MAX + 1];
  gsize length = 0;
  gboolean read;

  if (!catch_signals (before, error))
    return NULL;
  read = read_bytes (buffer, sizeof buffer, &length, error);
  release_signals (before);
  return make_secret (buffer, length, read, error);
}
