/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-redact.h"

#include "rst-endpoint.h"
#include "rst-reading.h"

#include <string.h>

#define LEFT_OUT "***"
/* Shorter pieces occur by chance. */
#define PIECE_MIN 4
/* A word of this length or less is too likely to mean something else (bytes). */
#define WORD_MAX_COMMON 2
/* How deep escapes lie within escapes that are undone. */
#define ESCAPES_MAX 4
/* Enough for all but names that look like what is put in their place. */
#define ROUNDS_MAX 8

struct _RstRedaction {
  GPtrArray *anywhere; /* (owned) (element-type utf8) left out wherever they occur, the longest first */
  GPtrArray *words;    /* (owned) (element-type utf8) left out as words, and within the names of hosts */
  GPtrArray *pieces;   /* (owned) (element-type utf8) left out with the label of a host that encodes them */
  char      *domain;   /* (owned) A-labels: it may be told */
  char      *shown;    /* (owned) the same as people see it */
};

static void
add (GPtrArray  *list,
     const char *text,
     gsize       min)
{
  if (strlen (text) >= min && !g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_ptr_array_add (list, g_strdup (text));
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

/* As it is, as a part of a host, and each part of it by itself. */
static void
add_word (RstRedaction *self,
          const char   *word)
{
  g_autofree char *host = rst_host_normalise (word, NULL);
  g_autofree char *folded = g_utf8_casefold (word, -1);
  g_auto (GStrv) pieces = g_strsplit (folded, ".", -1);

  add (self->words, word, 1);
  if (host != NULL)
    add (self->words, host, 1);
  for (char **piece = pieces; *piece != NULL; piece++)
    add (self->pieces, *piece, WORD_MAX_COMMON + 1);
}

static void
add_forms (RstRedaction *self,
           const char   *local,
           const char   *full)
{
  add (self->anywhere, full, 0);
  add_base64 (self->anywhere, full);
  add_base64 (self->anywhere, local);
  add_digests (self->anywhere, full);
  add_digests (self->anywhere, local);
  add_word (self, local);
  if (strchr (local, '+') != NULL)
    {
      g_autofree char *mailbox = g_strndup (local, strcspn (local, "+"));

      add_word (self, mailbox);
    }
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
  g_autofree char *upper = g_utf8_strup (address->local, -1);

  self->anywhere = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->pieces = g_ptr_array_new_with_free_func (g_free);
  self->domain = g_strdup (address->domain);
  self->shown = g_strdup (strrchr (address->display, '@') + 1);
  add_forms (self, address->local, address->full);
  add_forms (self, address->local, address->display);
  add_forms (self, lower, lower_full);
  add_word (self, upper);
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
  g_ptr_array_unref (self->pieces);
  g_free (self->domain);
  g_free (self->shown);
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

/* What is said about the domain is no secret, whatever the part before the @ is. */
static gboolean
is_in_domain (const RstRedaction *self,
              const RstReading   *reading,
              gsize               at,
              gsize               length)
{
  return rst_reading_is_within (reading, at, length, self->domain) ||
         rst_reading_is_within (reading, at, length, self->shown);
}

/* In a text, a word stands by itself; in the name of a host it may be a part of anything. Short ones,
 * which mean something else most of the time, only where there is room for names of people. */
static gboolean
is_telling (const RstRedaction *self,
            const RstReading   *reading,
            gsize               at,
            gsize               length)
{
  if (is_in_domain (self, reading, at, length) || rst_reading_is_usual (reading, at, length))
    return FALSE;
  if (length <= WORD_MAX_COMMON)
    return !rst_reading_is_joined (reading, at, length) &&
           rst_reading_count_labels_after (reading, at, length) >= 2;
  return !rst_reading_is_joined (reading, at, length) || rst_reading_is_in_host (reading, at);
}

/* A label that encodes other letters than ASCII says nothing in parts. */
static gsize
match_label (const RstRedaction *self,
             const RstReading   *reading,
             gsize               at)
{
  g_autofree char *label = rst_reading_decode_label (reading, at);
  g_autofree char *folded = label != NULL ? g_utf8_casefold (label, -1) : NULL;
  gsize length = rst_reading_get_label (reading, at);

  for (guint i = 0; folded != NULL && i < self->pieces->len; i++)
    if (strstr (folded, g_ptr_array_index (self->pieces, i)) != NULL &&
        !is_in_domain (self, reading, at, length))
      return length;
  return 0;
}

static gsize
match_any (const RstRedaction *self,
           const RstReading   *reading,
           gsize               at)
{
  const char *text = reading->text->str + at;

  for (guint i = 0; i < self->anywhere->len; i++)
    {
      gsize length = match (text, g_ptr_array_index (self->anywhere, i));

      if (length > 0)
        return length;
    }
  for (guint i = 0; i < self->words->len; i++)
    {
      gsize length = match (text, g_ptr_array_index (self->words, i));

      if (length > 0 && is_telling (self, reading, at, length))
        return length;
    }
  return match_label (self, reading, at);
}

/* Once over it, if there is something to find. Returns whether there was. */
static gboolean
leave_out (const RstRedaction *self,
           char              **text,
           guint               rounds)
{
  g_autoptr (RstReading) reading = rst_reading_new (*text, rounds);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean found = FALSE;

  for (gsize at = 0; at < reading->text->len;)
    {
      gsize length = match_any (self, reading, at);
      gsize next = at + MAX (length, 1);
      gsize origin = rst_reading_get_origin (reading, at);

      if (length > 0)
        g_string_append (out, LEFT_OUT);
      else
        g_string_append_len (out, *text + origin, (gssize) (rst_reading_get_origin (reading, next) - origin));
      found |= length > 0;
      at = next;
    }
  g_free (*text);
  *text = g_strdup (out->str);
  return found;
}

/* However deep it is read; the deepest first, so that whole addresses go as one. */
static gboolean
leave_all_out (const RstRedaction *self,
               char              **text)
{
  guint deepest = strchr (*text, '%') != NULL ? ESCAPES_MAX : 0;
  gboolean found = FALSE;

  for (guint rounds = deepest + 1; rounds > 0; rounds--)
    found |= leave_out (self, text, rounds - 1);
  return found;
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
  char *left = g_utf8_make_valid (text, -1);

  /* What stood beside something that is gone may stand by itself now. */
  for (guint round = 0; round < ROUNDS_MAX && leave_all_out (self, &left); round++)
    continue;
  return left;
}

/**
 * rst_redaction_finds:
 * @self: what is to be left out
 * @text: a text
 *
 * Returns: whether there is something in @text to be left out
 */
gboolean
rst_redaction_finds (const RstRedaction *self,
                     const char         *text)
{
  g_autofree char *copy = g_utf8_make_valid (text, -1);

  return leave_all_out (self, &copy);
}
