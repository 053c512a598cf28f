/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which lines are meant: those of one shard, without those that an earlier run has done. Both rest on
 * SHA-256, so that every machine chooses alike; of a done line only half of its fingerprint is kept.
 */
#include "survey.h"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#define SHARDS_MAX 100000
#define RESULT_MAX (1024 * 1024)

typedef struct {
  guint8 bytes[16];
} Fingerprint;

static Fingerprint
take_fingerprint (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  Fingerprint result;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (result.bytes, digest, sizeof result.bytes);
  return result;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return memcmp (a, b, sizeof (Fingerprint));
}

/**
 * survey_choice_parse_shard:
 * @self: a choice
 * @text: I/N, with I from 1 to N
 *
 * Returns: whether @text makes sense
 */
gboolean
survey_choice_parse_shard (SurveyChoice *self,
                           const char   *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  guint64 shard, shards;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, SHARDS_MAX, &shards, NULL) ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, shards, &shard, NULL))
    return FALSE;
  self->shard = (guint) shard;
  self->shards = (guint) shards;
  return TRUE;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* A line that was not written to its end is none. */
static void
learn (SurveyChoice *self,
       const char   *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *text = NULL;
  JsonNode *root;

  if (!json_parser_load_from_data (parser, line, -1, NULL))
    return;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    text = get_text (json_node_get_object (root), "address");
  if (text == NULL && root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    text = get_text (json_node_get_object (root), "input");
  if (text != NULL)
    {
      Fingerprint fingerprint = take_fingerprint (text);

      g_array_append_val (self->known, fingerprint);
    }
}

/**
 * survey_choice_resume:
 * @self: a choice
 * @path: the output of an earlier run
 * @error: return location for an error of kind %RST_ERROR_INPUT
 *
 * From now on what that run has done is known.
 *
 * Returns: whether the file could be read
 */
gboolean
survey_choice_resume (SurveyChoice  *self,
                      const char    *path,
                      GError       **error)
{
  g_autoptr (SurveyLines) lines = survey_lines_open (path, RESULT_MAX, error);

  if (lines == NULL)
    return FALSE;
  if (self->known == NULL)
    self->known = g_array_new (FALSE, FALSE, sizeof (Fingerprint));
  while (!survey_lines_at_end (lines))
    {
      char *line;

      if (!survey_lines_fill (lines, error))
        return FALSE;
      while ((line = survey_lines_pop (lines)) != NULL)
        {
          learn (self, line);
          g_free (line);
        }
    }
  g_array_sort (self->known, compare);
  return TRUE;
}

/**
 * survey_choice_clear:
 * @self: a choice
 */
void
survey_choice_clear (SurveyChoice *self)
{
  g_clear_pointer (&self->known, g_array_unref);
}

/**
 * survey_choice_has_domain:
 * @self: a choice
 * @domain: a domain, or another text that decides
 *
 * All addresses of a domain are in one shard, so that its hosts are spared by whoever runs it.
 *
 * Returns: whether it is in the shard
 */
gboolean
survey_choice_has_domain (SurveyChoice *self,
                          const char   *domain)
{
  Fingerprint fingerprint = take_fingerprint (domain);
  guint64 number = 0;

  for (guint i = 0; i < sizeof number; i++)
    number = number << 8 | fingerprint.bytes[i];
  return number % self->shards == self->shard - 1;
}

/**
 * survey_choice_is_known:
 * @self: a choice
 * @text: an address as it is looked up, or a line that is none
 *
 * Returns: whether an earlier run has done it
 */
gboolean
survey_choice_is_known (SurveyChoice *self,
                        const char   *text)
{
  Fingerprint fingerprint = take_fingerprint (text);

  return self->known != NULL && g_array_binary_search (self->known, &fingerprint, compare, NULL);
}
