/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-reading.h"

#include <string.h>

/* The first letter that is no longer Latin: from there on, words are not set apart. */
#define LATIN_END 0x250
/* What the names of hosts and files hold together (ASCII). */
#define NAME_MARKS "./:_-"

/* What we ask for, and what all the world calls its hosts: to leave it out would only show that it is
 * somebody's name, too. */
static const char * const usual[] = {
  "autoconfig", "autodiscover", "caldav", "caldavs", "carddav", "carddavs", "com", "config-v1", "dav",
  "http", "https", "imap", "imaps", "ispdb", "jmap", "json", "mail", "mx", "net", "org", "pop", "pop3",
  "pop3s", "sieve", "smtp", "smtps", "submission", "submissions", "tcp", "ua-auto-config",
  "user-agent-configuration", "well-known", "www", "xml",
};

static gboolean
is_label_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '-' || (guchar) byte >= 0x80;
}

static gboolean
is_host_byte (char byte)
{
  return is_label_byte (byte) || byte == '.' || byte == '_';
}

/* One round: escapes become their byte, and that of no byte a space. Returns whether there was one. */
static gboolean
undo_escapes (RstReading *self)
{
  GString *text = g_string_sized_new (self->text->len);
  GArray *origins = g_array_sized_new (FALSE, FALSE, sizeof (gsize), self->origins->len);
  gboolean changed = FALSE;

  for (gsize i = 0; i < self->text->len;)
    {
      const char *at = self->text->str + i;
      gboolean escape = at[0] == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]);
      int byte = escape ? g_ascii_xdigit_value (at[1]) * 16 + g_ascii_xdigit_value (at[2]) : *at;

      g_string_append_c (text, byte != 0 ? (char) byte : ' ');
      g_array_append_val (origins, g_array_index (self->origins, gsize, i));
      changed |= escape;
      i += escape ? 3 : 1;
    }
  g_array_append_val (origins, g_array_index (self->origins, gsize, self->text->len));
  g_string_free (self->text, TRUE);
  g_array_unref (self->origins);
  self->text = text;
  self->origins = origins;
  return changed;
}

/**
 * rst_reading_new:
 * @text: a text
 * @rounds: how often escapes are undone, 0 to take them as they are
 *
 * Returns: (transfer full): how it is read
 */
RstReading *
rst_reading_new (const char *text,
                 guint       rounds)
{
  RstReading *self = g_new0 (RstReading, 1);
  gsize length = strlen (text);

  self->text = g_string_new (text);
  self->origins = g_array_sized_new (FALSE, FALSE, sizeof (gsize), (guint) length + 1);
  for (gsize i = 0; i <= length; i++)
    g_array_append_val (self->origins, i);
  for (guint round = 0; round < rounds && undo_escapes (self); round++)
    continue;
  return self;
}

/**
 * rst_reading_free:
 * @self: (transfer full): a reading
 */
void
rst_reading_free (RstReading *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->text, TRUE);
  g_array_unref (self->origins);
  g_free (self);
}

/**
 * rst_reading_get_origin:
 * @self: a reading
 * @at: a place, or the end
 *
 * Returns: where in the text itself it is
 */
gsize
rst_reading_get_origin (const RstReading *self,
                        gsize             at)
{
  g_return_val_if_fail (at < self->origins->len, 0);

  return g_array_index (self->origins, gsize, at);
}

static gboolean
is_part_of_word (gunichar c)
{
  return c < LATIN_END && g_unichar_isalnum (c);
}

/**
 * rst_reading_is_joined:
 * @self: a reading
 * @at: where something begins
 * @length: its bytes
 *
 * Returns: whether it is a part of a longer word
 */
gboolean
rst_reading_is_joined (const RstReading *self,
                       gsize             at,
                       gsize             length)
{
  const char *text = self->text->str;
  const char *before = g_utf8_find_prev_char (text, text + at);
  gsize after = at + length;

  if (before != NULL && is_part_of_word (g_utf8_get_char_validated (before, text + at - before)))
    return TRUE;
  return is_part_of_word (g_utf8_get_char_validated (text + after, (gssize) (self->text->len - after)));
}

static gsize
find_host_start (const RstReading *self,
                 gsize             at)
{
  while (at > 0 && is_host_byte (self->text->str[at - 1]))
    at--;
  return at;
}

/* Without a dot that ends a sentence. */
static gsize
find_host_end (const RstReading *self,
               gsize             at)
{
  while (is_host_byte (self->text->str[at]))
    at++;
  while (at > 0 && self->text->str[at - 1] == '.')
    at--;
  return at;
}

/**
 * rst_reading_is_in_host:
 * @self: a reading
 * @at: a place
 *
 * Returns: whether it is within what may be the name of a host or a file
 */
gboolean
rst_reading_is_in_host (const RstReading *self,
                        gsize             at)
{
  gsize start = find_host_start (self, at);
  gsize end = find_host_end (self, at);

  return end > start && memchr (self->text->str + start, '.', end - start) != NULL;
}

/**
 * rst_reading_is_within:
 * @self: a reading
 * @at: where something begins
 * @length: its bytes
 * @domain: the name of a domain
 *
 * Returns: whether it is a part of @domain there, which may be the end of a longer name
 */
gboolean
rst_reading_is_within (const RstReading *self,
                       gsize             at,
                       gsize             length,
                       const char       *domain)
{
  const char *text = self->text->str;
  gsize size = strlen (domain);
  gsize start = at + length > size ? at + length - size : 0;

  for (gsize i = start; i <= at && i + size <= self->text->len; i++)
    if (g_ascii_strncasecmp (text + i, domain, size) == 0 && (i == 0 || !is_label_byte (text[i - 1])) &&
        !is_label_byte (text[i + size]))
      return TRUE;
  return FALSE;
}

/**
 * rst_reading_is_usual:
 * @self: a reading
 * @at: where something begins
 * @length: its bytes
 *
 * Returns: whether it belongs to what hosts and files are called everywhere
 */
gboolean
rst_reading_is_usual (const RstReading *self,
                      gsize             at,
                      gsize             length)
{
  const char *text = self->text->str;
  gsize start = at;
  gsize size;

  while (start > 0 && is_label_byte (text[start - 1]))
    start--;
  size = rst_reading_get_label (self, start);
  if (start + size < at + length)
    return FALSE;
  if ((start == 0 || strchr (NAME_MARKS, text[start - 1]) == NULL) &&
      (text[start + size] == '\0' || strchr (NAME_MARKS, text[start + size]) == NULL ||
       !g_ascii_isgraph (text[start + size + 1])))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strlen (usual[i]) == size && g_ascii_strncasecmp (text + start, usual[i], size) == 0)
      return TRUE;
  return FALSE;
}

/**
 * rst_reading_count_labels_after:
 * @self: a reading
 * @at: where something begins
 * @length: its bytes
 *
 * Returns: how many labels of the same host come after the one it is in
 */
guint
rst_reading_count_labels_after (const RstReading *self,
                                gsize             at,
                                gsize             length)
{
  gsize end = find_host_end (self, at);
  guint labels = 0;

  for (gsize i = at + length; i < end; i++)
    labels += self->text->str[i] == '.';
  return labels;
}

/**
 * rst_reading_get_label:
 * @self: a reading
 * @at: where a label of a host begins
 *
 * Returns: its bytes
 */
gsize
rst_reading_get_label (const RstReading *self,
                       gsize             at)
{
  gsize end = at;

  while (is_label_byte (self->text->str[end]))
    end++;
  return end - at;
}

/**
 * rst_reading_decode_label:
 * @self: a reading
 * @at: a place
 *
 * Returns: (transfer full) (nullable): the letters for which the label that begins there stands, or %NULL
 *   if there is none that stands for others (RFC 5891)
 */
char *
rst_reading_decode_label (const RstReading *self,
                          gsize             at)
{
  const char *text = self->text->str;
  g_autofree char *label = NULL;

  if ((at > 0 && is_label_byte (text[at - 1])) || g_ascii_strncasecmp (text + at, "xn--", 4) != 0)
    return NULL;
  label = g_strndup (text + at, rst_reading_get_label (self, at));
  return g_utf8_validate (label, -1, NULL) ? g_hostname_to_unicode (label) : NULL;
}
