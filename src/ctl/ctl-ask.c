/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-ask.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "rst-error.h"

#define LINE_MAX_BYTES 4096

static volatile sig_atomic_t interrupted;

static void
interrupted_cb (int number)
{
  interrupted = 1;
}

static gboolean
cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
  return FALSE;
}

/* Reads up to a line feed, byte by byte, so that nothing behind it is taken. */
static gboolean
read_bytes (char    *buffer,
            gsize    size,
            gsize   *length,
            GError **error)
{
  *length = 0;
  while (!interrupted)
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

/* While a question is open a signal has to end read(), and the echo must come back. */
static gboolean
read_terminal (char      *buffer,
               gsize      size,
               gsize     *length,
               gboolean   hidden,
               GError   **error)
{
  struct sigaction action = { .sa_handler = interrupted_cb };
  struct sigaction before_int, before_term;
  struct termios shown, silent;
  gboolean silenced;
  gboolean done;

  interrupted = 0;
  sigaction (SIGINT, &action, &before_int);
  sigaction (SIGTERM, &action, &before_term);
  silenced = hidden && tcgetattr (STDIN_FILENO, &shown) == 0;
  if (silenced)
    {
      silent = shown;
      silent.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  done = read_bytes (buffer, size, length, error);
  if (silenced)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      fputc ('\n', stderr);
    }
  sigaction (SIGTERM, &before_term, NULL);
  sigaction (SIGINT, &before_int, NULL);
  return done;
}

static void
show (const char *question)
{
  fflush (stdout);
  fprintf (stderr, "%s ", question);
  fflush (stderr);
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

  show (question);
  if (!read_terminal (buffer, sizeof buffer, &length, FALSE, error))
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
  g_autofree char *full = g_strdup_printf ("%s [%s/%s]", question, _("yes"), _("no"));

  while (TRUE)
    {
      g_autofree char *answer = ctl_ask_line (full, error);

      if (answer == NULL)
        return FALSE;
      if (is_answer (answer, _("yes")) || is_answer (answer, "yes"))
        return TRUE;
      if (is_answer (answer, _("no")) || is_answer (answer, "no"))
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

  show (question);
  read = read_terminal (buffer, sizeof buffer, &length, TRUE, error);
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
  char buffer[RST_SECRET_MAX + 1];
  gsize length = 0;
  gboolean read;

  interrupted = 0;
  read = read_bytes (buffer, sizeof buffer, &length, error);
  return make_secret (buffer, length, read, error);
}
