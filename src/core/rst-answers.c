/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers and their vocabulary.
 */
#include "rst-answers.h"

#include <string.h>

#define MAX_VALUES 5

typedef struct {
  const char *nick;
  const char *values[MAX_VALUES + 1]; /* in the order of the value enumerations, from 1 */
} Word;

/* The whole vocabulary. A key without values holds a number of days. */
static const Word vocabulary[RST_N_KEYS] = {
  [RST_KEY_DEVICES] = { "devices", { "one", "several" } },
  [RST_KEY_PEOPLE] = { "people", { "me", "others", "service" } },
  [RST_KEY_PLACES] = { "places", { "one", "several", "browser" } },
  [RST_KEY_SWITCHING] = { "switching", { "often", "sometimes", "rarely" } },
  [RST_KEY_SPACE] = { "space", { "little", "plenty" } },
  [RST_KEY_OLDMAIL] = { "oldmail", { "everything", "year", "none" } },
  [RST_KEY_OUTAGE] = { "outage", { "must", "nice", "no" } },
  [RST_KEY_SERVERLOSS] = { "serverloss", { "disaster", "sorry", "fine" } },
  [RST_KEY_CONNECTION] = { "connection", { "always", "limited" } },
  [RST_KEY_PRIVACY] = { "privacy", { "empty-server" } },
  [RST_KEY_OFFERS] = { "offers", { "both", "imap", "pop" } },
  [RST_KEY_QUOTA] = { "quota", { "small", "large" } },
  [RST_KEY_EXPIRES] = { "expires", { NULL } },
  [RST_KEY_EXISTING] = { "existing", { "none", "imap", "pop-remove", "pop-days", "pop-keep" } },
};

G_DEFINE_BOXED_TYPE (RstAnswers, rst_answers, rst_answers_copy, rst_answers_free)

/**
 * rst_answers_new:
 *
 * Returns: (transfer full): answers that say nothing: everything is "not sure"
 */
RstAnswers *
rst_answers_new (void)
{
  return g_new0 (RstAnswers, 1);
}

/**
 * rst_answers_copy:
 * @self: answers
 *
 * Returns: (transfer full): the same answers
 */
RstAnswers *
rst_answers_copy (const RstAnswers *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * rst_answers_free:
 * @self: (transfer full): answers
 */
void
rst_answers_free (RstAnswers *self)
{
  g_free (self);
}

/**
 * rst_answers_equal:
 * @self: answers
 * @other: other answers
 *
 * Returns: whether both say the same; where facts were found does not matter
 */
gboolean
rst_answers_equal (const RstAnswers *self,
                   const RstAnswers *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return memcmp (self->values, other->values, sizeof self->values) == 0;
}

/**
 * rst_answers_get:
 * @self: answers
 * @key: a key
 *
 * Returns: the value of @key: %RST_NOT_SURE, one of the key's values, or days for
 *   %RST_KEY_EXPIRES
 */
guint
rst_answers_get (const RstAnswers *self,
                 RstKey            key)
{
  g_return_val_if_fail (self != NULL, RST_NOT_SURE);
  g_return_val_if_fail (key < RST_N_KEYS, RST_NOT_SURE);

  return self->values[key];
}

/**
 * rst_answers_set:
 * @self: answers
 * @key: a key
 * @value: %RST_NOT_SURE, one of the key's values, or days for %RST_KEY_EXPIRES
 *
 * Sets what the person said.
 */
void
rst_answers_set (RstAnswers *self,
                 RstKey      key,
                 guint       value)
{
  rst_answers_set_fact (self, key, value, RST_EVIDENCE_PERSON);
}

/**
 * rst_answers_set_fact:
 * @self: answers
 * @key: a key
 * @value: as for rst_answers_set()
 * @evidence: where it was found
 *
 * Sets what was found out rather than said. Any key can be a fact: the free space of this computer
 * answers a question too.
 */
void
rst_answers_set_fact (RstAnswers  *self,
                      RstKey       key,
                      guint        value,
                      RstEvidence  evidence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (key < RST_N_KEYS);
  g_return_if_fail (value <= (key == RST_KEY_EXPIRES ? RST_MAX_DAYS : rst_key_get_n_values (key)));

  self->values[key] = value;
  self->evidence[key] = evidence;
}

/**
 * rst_answers_get_evidence:
 * @self: answers
 * @key: a key
 *
 * Returns: where the value of @key comes from
 */
RstEvidence
rst_answers_get_evidence (const RstAnswers *self,
                          RstKey            key)
{
  g_return_val_if_fail (self != NULL, RST_EVIDENCE_PERSON);
  g_return_val_if_fail (key < RST_N_KEYS, RST_EVIDENCE_PERSON);

  return self->evidence[key];
}

/**
 * rst_answers_get_nick:
 * @self: answers
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value of @key in the vocabulary; %NULL for "not sure" and for days
 */
const char *
rst_answers_get_nick (const RstAnswers *self,
                      RstKey            key)
{
  return rst_key_get_value_nick (key, rst_answers_get (self, key));
}

/**
 * rst_answers_to_string:
 * @self: answers
 *
 * Returns: (transfer full): what is said, as "key=value" separated by spaces
 */
char *
rst_answers_to_string (const RstAnswers *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  for (guint key = 0; key < RST_N_KEYS; key++)
    {
      if (self->values[key] == RST_NOT_SURE)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      if (key == RST_KEY_EXPIRES)
        g_string_append_printf (text, "%s=%u", vocabulary[key].nick, self->values[key]);
      else
        g_string_append_printf (text, "%s=%s", vocabulary[key].nick,
                                rst_answers_get_nick (self, key));
    }

  return g_string_free (text, FALSE);
}

/**
 * rst_key_get_nick:
 * @key: a key
 *
 * Returns: (transfer none): its name in the vocabulary
 */
const char *
rst_key_get_nick (RstKey key)
{
  g_return_val_if_fail (key < RST_N_KEYS, NULL);

  return vocabulary[key].nick;
}

/**
 * rst_key_from_nick:
 * @nick: a name
 * @key: (out): the key of that name
 *
 * Returns: whether the vocabulary has @nick
 */
gboolean
rst_key_from_nick (const char *nick,
                   RstKey     *key)
{
  g_return_val_if_fail (nick != NULL && key != NULL, FALSE);

  for (guint i = 0; i < RST_N_KEYS; i++)
    if (g_str_equal (nick, vocabulary[i].nick))
      {
        *key = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * rst_key_get_n_values:
 * @key: a key
 *
 * Returns: how many values the key has besides "not sure"; 0 if it holds days
 */
guint
rst_key_get_n_values (RstKey key)
{
  g_return_val_if_fail (key < RST_N_KEYS, 0);

  return g_strv_length ((char **) vocabulary[key].values);
}

/**
 * rst_key_get_value_nick:
 * @key: a key
 * @value: a value of it
 *
 * Returns: (transfer none) (nullable): the value's name in the vocabulary; %NULL for "not sure" and for days
 */
const char *
rst_key_get_value_nick (RstKey key,
                        guint  value)
{
  g_return_val_if_fail (key < RST_N_KEYS, NULL);

  if (value == RST_NOT_SURE || value > rst_key_get_n_values (key))
    return NULL;

  return vocabulary[key].values[value - 1];
}
