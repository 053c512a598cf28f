/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib-recording.h"

#include "lib-await.h"

#include <string.h>

/* One command and what the server said to it. */
typedef struct {
  char      *key;     /* (owned) such as "CAPABILITY", "SIGN-IN" */
  gboolean   secured; /* inside TLS */
  GPtrArray *lines;   /* (owned) (element-type utf8) */
} Exchange;

struct _TestRecording {
  RstProtocol protocol;
  GPtrArray  *greeting;  /* (owned) (element-type utf8) */
  GPtrArray  *exchanges; /* (owned) (element-type Exchange) */
};

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_free (self->key);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

TestRecording *
test_recording_new (RstProtocol protocol)
{
  TestRecording *self = g_new0 (TestRecording, 1);

  self->protocol = protocol;
  self->greeting = g_ptr_array_new_with_free_func (g_free);
  self->exchanges = g_ptr_array_new_with_free_func (exchange_free);
  return self;
}

void
test_recording_free (TestRecording *self)
{
  g_ptr_array_unref (self->greeting);
  g_ptr_array_unref (self->exchanges);
  g_free (self);
}

/* What a command is about: its verb, except that all ways to sign in are one. */
static char *
make_key (RstProtocol  protocol,
          const char  *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  guint n = g_strv_length (words);
  guint at = protocol == RST_PROTOCOL_IMAP ? 1 : 0;
  g_autofree char *verb = NULL;

  if (n <= at)
    return g_strdup ("");
  verb = g_ascii_strup (words[at], -1);
  if (g_str_equal (verb, "LOGIN") || g_str_equal (verb, "PASS") ||
      (n > at + 1 && (g_str_equal (verb, "AUTHENTICATE") || g_str_equal (verb, "AUTH"))))
    return g_strdup ("SIGN-IN");
  if (g_str_equal (verb, "STATUS"))
    return g_strstr_len (command, -1, "STATUS INBOX (MESSAGES UNSEEN") != NULL
               ? g_steal_pointer (&verb)
               : g_strdup ("");
  return g_steal_pointer (&verb);
}

static Exchange *
start_exchange (TestRecording *self,
                const char    *command,
                gboolean       secured)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->key = make_key (self->protocol, command);
  exchange->secured = secured;
  exchange->lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->exchanges, exchange);
  return exchange;
}

/* @secured tells whether the file begins inside TLS. */
void
test_recording_add (TestRecording *self,
                    const char    *path,
                    gboolean       secured)
{
  g_autofree char *text = test_read_file (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Exchange *exchange = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      gsize n = strlen (*line);

      if (n > 0 && (*line)[n - 1] == '\r')
        (*line)[n - 1] = '\0';
      if (g_str_has_prefix (*line, "# TLS established"))
        secured = TRUE;
      else if (g_str_has_prefix (*line, "C: "))
        exchange = start_exchange (self, *line + 3, secured);
      else if (g_str_has_prefix (*line, "S: "))
        g_ptr_array_add (exchange != NULL ? exchange->lines : self->greeting, g_strdup (*line + 3));
    }
}

GPtrArray *
test_recording_get_greeting (TestRecording *self)
{
  return self->greeting;
}

static Exchange *
find (TestRecording *self,
      const char    *key,
      gboolean       secured)
{
  for (guint i = 0; i < self->exchanges->len; i++)
    {
      Exchange *exchange = g_ptr_array_index (self->exchanges, i);

      if (exchange->secured == secured && exchange->lines->len > 0 &&
          g_str_equal (exchange->key, key))
        return exchange;
    }
  return NULL;
}

gboolean
test_recording_knows (TestRecording *self,
                      const char    *key,
                      gboolean       secured)
{
  return find (self, key, secured) != NULL;
}

/* Mechanisms that compute something cannot be played back. */
static char *
drop_mechanisms (const char *line)
{
  g_autoptr (GRegex) computed = g_regex_new (" (AUTH=)?(SCRAM|CRAM|DIGEST)-[A-Z0-9-]+", 0, 0, NULL);

  return g_regex_replace_literal (computed, line, -1, 0, "", 0, NULL);
}

static char *
adopt_tag (const char *line,
           const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);
  const char *rest = strchr (line, ' ');

  if (*line == '*' || *line == '+' || rest == NULL)
    return g_strdup (line);
  return g_strconcat (words[0], rest, NULL);
}

/* What a server would have said to a command that was not recorded. */
static char *
make_up (TestRecording *self,
         const char    *command)
{
  if (g_str_has_prefix (command, "USER "))
    return g_strdup ("+OK");
  if (self->protocol == RST_PROTOCOL_IMAP)
    return adopt_tag ("x BAD not recorded", command);
  return g_strdup (self->protocol == RST_PROTOCOL_POP3 ? "-ERR not recorded" : "502 not recorded");
}

/* What the server says to @command: as recorded, or that it does not know it. */
GPtrArray *
test_recording_answer (TestRecording *self,
                       const char    *command,
                       gboolean       secured)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *key = make_key (self->protocol, command);
  Exchange *exchange = find (self, key, secured);

  if (exchange == NULL)
    g_ptr_array_add (lines, make_up (self, command));
  for (guint i = 0; exchange != NULL && i < exchange->lines->len; i++)
    {
      g_autofree char *line = drop_mechanisms (g_ptr_array_index (exchange->lines, i));

      if (self->protocol == RST_PROTOCOL_IMAP)
        g_ptr_array_add (lines, adopt_tag (line, command));
      else
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  return lines;
}
