/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-redact.h"

#include <string.h>

#define LEFT_OUT "***"
/* Shorter pieces occur by chance. */
#define PIECE_MIN 4
/* A word of this length or less is too likely to mean something else. */
#define WORD_MAX_COMMON 2

struct _RstRedaction {
  GPtrArray *anywhere; /* (owned) (element-type utf8) left out wherever they occur, the longest first */
  GPtrArray *words;    /* (owned) (element-type utf8) left out where they are not part of a word or name */
  char      *domain;   /* (owned) A-labels */
};

static void
add (GPtrArray  *list,
     const char *text,
     gsize       min)
{
  if (strlen (text) >= min && !g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_ptr_array_add (list, g_strdup (text));
}

/* Every byte, and only those that need it, as %XX. */
static void
add_escaped (GPtrArray  *list,
             const char *text)
{
  g_autofree char *usual = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *dots = g_uri_escape_string (text, "@+!$&'()*,;=:", TRUE);
  g_autoptr (GString) all = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    g_string_append_printf (all, "%%%02X", (guchar) *p);
  add (list, usual, PIECE_MIN);
  add (list, dots, PIECE_MIN);
  add (list, all->str, PIECE_MIN);
}

/* The characters that stand for @text alone, wherever it begins within a longer text. */
static void
add_base64 (GPtrArray  *list,
            const char *text)
{
  for (guint before = 0; before < 3; before++)
    {
      g_autofree char *padded = g_strdup_printf ("%.*s%s", (int) before, "xx", text);
      g_autofree char *encoded = g_base64_encode ((const guchar *) padded, strlen (padded));
      gsize length = strlen (padded) * 8 / 6;
      gsize skip = before == 0 ? 0 : before + 1;

      if (length <= skip)
        continue;
      encoded[length] = '\0';
      add (list, encoded + skip, PIECE_MIN);
      g_strdelimit (encoded, "+", '-');
      g_strdelimit (encoded, "/", '_');
      add (list, encoded + skip, PIECE_MIN);
    }
}

static void
add_digests (GPtrArray  *list,
             const char *text)
{
  const GChecksumType types[] = { G_CHECKSUM_MD5, G_CHECKSUM_SHA1, G_CHECKSUM_SHA256, G_CHECKSUM_SHA512 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *digest = g_compute_checksum_for_string (types[i], text, -1);

      add (list, digest, PIECE_MIN);
    }
}

static void
add_forms (RstRedaction *self,
           const char   *local,
           const char   *full)
{
  add (self->anywhere, full, 0);
  add_escaped (self->anywhere, full);
  add_base64 (self->anywhere, full);
  add_base64 (self->anywhere, local);
  add_digests (self->anywhere, full);
  add_digests (self->anywhere, local);
  add (self->words, local, WORD_MAX_COMMON + 1);
  if (strchr (local, '+') != NULL)
    {
      g_autofree char *mailbox = g_strndup (local, strcspn (local, "+"));

      add (self->words, mailbox, WORD_MAX_COMMON + 1);
    }
  add_escaped (self->words, local);
}

static gint
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize first = strlen (*(const char * const *) a);
  gsize second = strlen (*(const char * const *) b);

  return (first < second) - (first > second);
}

/**
 * rst_redaction_new:
 * @address: whose texts they are
 * @home: (nullable): the person's home folder
 *
 * Returns: (transfer full): what is to be left out
 */
RstRedaction *
rst_redaction_new (const RstAddress *address,
                   const char       *home)
{
  RstRedaction *self = g_new0 (RstRedaction, 1);
  g_autofree char *lower = g_utf8_strdown (address->local, -1);
  g_autofree char *lower_full = g_strconcat (lower, "@", address->domain, NULL);

  self->anywhere = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->domain = g_strdup (address->domain);
  add_forms (self, address->local, address->full);
  add_forms (self, address->local, address->display);
  add_forms (self, lower, lower_full);
  if (home != NULL && strlen (home) > 1)
    add (self->anywhere, home, 0);
  g_ptr_array_sort (self->anywhere, compare_lengths);
  g_ptr_array_sort (self->words, compare_lengths);
  return self;
}

/**
 * rst_redaction_free:
 * @self: (transfer full): what is to be left out
 */
void
rst_redaction_free (RstRedaction *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->anywhere);
  g_ptr_array_unref (self->words);
  g_free (self->domain);
  g_free (self);
}

/* ASCII letters in either case, all else as it is. Returns the bytes, or 0. */
static gsize
match (const char *at,
       const char *piece)
{
  gsize length = strlen (piece);

  return g_ascii_strncasecmp (at, piece, length) == 0 ? length : 0;
}

/* Letters, digits, and what holds the labels of a host together: “mail” is a word, but not in
 * “mail.example.org”. */
static gboolean
joins_before (const char *text,
              const char *at)
{
  const char *before = at > text ? g_utf8_find_prev_char (text, at) : NULL;
  gunichar c = before != NULL ? g_utf8_get_char (before) : ' ';

  return g_unichar_isalnum (c) || ((c == '.' || c == '-') && before > text && g_ascii_isalnum (before[-1]));
}

static gboolean
joins_after (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  return g_unichar_isalnum (c) || ((c == '.' || c == '-') && g_ascii_isalnum (at[1]));
}

static gsize
match_any (const RstRedaction *self,
           const char         *text,
           const char         *at)
{
  for (guint i = 0; i < self->anywhere->len; i++)
    {
      gsize length = match (at, g_ptr_array_index (self->anywhere, i));

      if (length > 0)
        return length;
    }
  for (guint i = 0; i < self->words->len; i++)
    {
      gsize length = match (at, g_ptr_array_index (self->words, i));

      if (length > 0 && !joins_before (text, at) && !joins_after (at + length))
        return length;
    }
  return 0;
}

/**
 * rst_redaction_apply:
 * @self: what is to be left out
 * @text: a text
 *
 * Returns: (transfer full): @text without it
 */
char *
rst_redaction_apply (const RstRedaction *self,
                     const char         *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  const char *at = valid;

  while (*at != '\0')
    {
      gsize length = match_any (self, valid, at);
      const char *next = length > 0 ? at + length : g_utf8_next_char (at);

      if (length > 0)
        g_string_append (out, LEFT_OUT);
      else
        g_string_append_len (out, at, next - at);
      at = next;
    }
  return g_string_free (out, FALSE);
}
