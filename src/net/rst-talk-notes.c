/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a conversation notes in the facts: capabilities, ways to sign in, and the rest. */
#include "rst-talk.h"

#include "rst-text.h"

/* Most words of a capability list that are kept; real servers list up to 60. */
#define WORDS_MAX 256

static void
append_word (char       ***words,
             const char   *word)
{
  gsize n = g_strv_length (*words);

  if (n >= WORDS_MAX || *word == '\0')
    return;
  *words = g_renew (char *, *words, n + 2);
  (*words)[n] = g_ascii_strup (word, -1);
  (*words)[n + 1] = NULL;
}

static gboolean
is_printable (const char *word)
{
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

static char ***
find_list (RstTalk *self)
{
  if (!self->secured)
    return &self->facts->told[RST_STAGE_CLEAR];
  return self->phase == RST_PHASE_SIGN_IN || self->facts->signed_in
           ? &self->facts->told[RST_STAGE_SIGNED_IN]
           : &self->facts->told[RST_STAGE_ENCRYPTED];
}

static gboolean
has_word (char       **words,
          const char  *word)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (*words, word) == 0)
      return TRUE;
  return FALSE;
}

/**
 * rst_talk_add_capability:
 * @self: a conversation
 * @word: one word of a capability list
 *
 * Notes a capability once, in upper case, and when it was told. Words that cannot be one are dropped.
 */
void
rst_talk_add_capability (RstTalk    *self,
                         const char *word)
{
  char ***told = find_list (self);

  if (!is_printable (word))
    return;
  if (!rst_facts_has_capability (self->facts, word))
    append_word (&self->facts->capabilities, word);
  if (!has_word (*told, word))
    append_word (told, word);
}

/**
 * rst_talk_add_auth:
 * @self: a conversation
 * @mechanism: the name of a SASL mechanism
 *
 * Notes a way to sign in once, in upper case.
 */
void
rst_talk_add_auth (RstTalk    *self,
                   const char *mechanism)
{
  if (is_printable (mechanism) && !rst_facts_has_auth (self->facts, mechanism))
    append_word (&self->facts->auth, mechanism);
}

/**
 * rst_talk_forget:
 * @self: a conversation
 *
 * Forgets what the server said it can do, before it says so anew.
 */
void
rst_talk_forget (RstTalk *self)
{
  char ***told = find_list (self);

  g_strfreev (*told);
  *told = g_new0 (char *, 1);
  g_strfreev (self->facts->capabilities);
  g_strfreev (self->facts->auth);
  self->facts->capabilities = g_new0 (char *, 1);
  self->facts->auth = g_new0 (char *, 1);
}

/**
 * rst_talk_note:
 * @self: a conversation
 * @name: the fact's name in #RstFacts.more
 * @text: the server's text; it is cleaned
 *
 * Notes a fact that was told inside TLS; before, nothing is noted.
 */
void
rst_talk_note (RstTalk    *self,
               const char *name,
               const char *text)
{
  g_autofree char *clean = rst_text_clean (text, -1, RST_TEXT_MAX);

  if (self->secured && *clean != '\0' &&
      !rst_sasl_gives_away (text, self->username, self->password) &&
      !rst_sasl_gives_away (clean, self->username, self->password))
    g_hash_table_replace (self->facts->more, g_strdup (name), g_steal_pointer (&clean));
}

/**
 * rst_talk_note_number:
 * @self: a conversation
 * @name: the fact's name in #RstFacts.more
 * @digits: (nullable): a number as the server wrote it; anything else is not noted
 */
void
rst_talk_note_number (RstTalk    *self,
                      const char *name,
                      const char *digits)
{
  guint64 value;

  if (self->secured && digits != NULL &&
      g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, &value, NULL))
    g_hash_table_replace (self->facts->more, g_strdup (name),
                          g_strdup_printf ("%" G_GUINT64_FORMAT, value));
}
