/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-findings.h"

#include "rst-endpoint.h"

/**
 * rst_findings_new:
 * @source: (transfer none): the id of the source whose findings they are
 *
 * Returns: (transfer full): empty findings
 */
RstFindings *
rst_findings_new (const char *source)
{
  RstFindings *self = g_new0 (RstFindings, 1);

  self->source = source;
  self->asks = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_ask_free);
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_reply_free);
  self->extras = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_extra_free);
  self->instructions = g_ptr_array_new_with_free_func (g_free);
  self->stated = g_ptr_array_new ();
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * rst_findings_free:
 * @self: (transfer full): findings
 */
void
rst_findings_free (RstFindings *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->asks);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->extras);
  g_ptr_array_unref (self->instructions);
  g_ptr_array_unref (self->stated);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* With a label in front, the longest name of a domain makes one that is too long (RFC 1035 section 2.3.4). */
static gboolean
can_be_asked (const RstAsk *ask)
{
  g_autoptr (GUri) uri = rst_ask_is_web (ask) ? g_uri_parse (ask->name, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *host = NULL;

  if (!rst_ask_is_web (ask))
    return TRUE;
  if (uri != NULL && g_uri_get_host (uri) != NULL)
    host = rst_host_normalise (g_uri_get_host (uri), NULL);
  return host != NULL;
}

/**
 * rst_findings_ask:
 * @self: findings
 * @kind: what kind of thing to fetch
 * @format: printf format of the path, URL or DNS name
 * @...: its arguments
 *
 * Asks for one more thing, unless it was asked already, its host can have no such name, or there are
 * %RST_ASKS_MAX: no source asks for ever.
 *
 * Returns: (transfer none) (nullable): the new ask
 */
RstAsk *
rst_findings_ask (RstFindings *self,
                  RstAskKind   kind,
                  const char  *format,
                  ...)
{
  g_autofree char *name = NULL;
  g_autoptr (RstAsk) ask = NULL;
  va_list args;

  va_start (args, format);
  name = g_strdup_vprintf (format, args);
  va_end (args);
  ask = rst_ask_new (kind, name);
  if (self->asks->len >= RST_ASKS_MAX || !can_be_asked (ask) ||
      g_ptr_array_find_with_equal_func (self->asks, ask, (GEqualFunc) rst_ask_equal, NULL))
    return NULL;
  g_ptr_array_add (self->asks, ask);
  return g_steal_pointer (&ask);
}

/**
 * rst_findings_post:
 * @self: findings
 * @url: an https URL
 * @body: XML to post there
 *
 * Asks for one more thing, as rst_findings_ask() does. What is posted stays with the owner of the host.
 */
void
rst_findings_post (RstFindings *self,
                   const char  *url,
                   const char  *body)
{
  RstAsk *ask = rst_findings_ask (self, RST_ASK_POST, "%s", url);

  if (ask == NULL)
    return;
  ask->body = g_strdup (body);
  ask->stay = TRUE;
}

/**
 * rst_findings_take:
 * @self: findings
 * @candidate: (transfer full): a server
 * @trust: how far this source can be trusted about it
 * @rank: its place in the source's preference, 0 first; gaps and ties are allowed
 */
void
rst_findings_take (RstFindings  *self,
                   RstCandidate *candidate,
                   RstTrust      trust,
                   guint         rank)
{
  if (self->candidates->len >= RST_CANDIDATES_MAX)
    {
      rst_candidate_unref (candidate);
      return;
    }
  candidate->trust = trust;
  candidate->rank = rank;
  rst_candidate_add_source (candidate, self->source);
  g_ptr_array_add (self->candidates, candidate);
}

/**
 * rst_findings_keep:
 * @self: findings
 * @reply: a reply that makes sense only with another one
 *
 * Keeps a copy of the reply, for a source that needs several.
 */
void
rst_findings_keep (RstFindings    *self,
                   const RstReply *reply)
{
  if (self->kept->len < RST_ASKS_MAX)
    g_ptr_array_add (self->kept, rst_reply_copy (reply));
}

/**
 * rst_findings_add_extra:
 * @self: findings
 * @extra: (transfer full): something beside mail
 */
void
rst_findings_add_extra (RstFindings *self,
                        RstExtra    *extra)
{
  if (self->extras->len < RST_CANDIDATES_MAX)
    g_ptr_array_add (self->extras, extra);
  else
    rst_extra_free (extra);
}

static gint
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const RstCandidate *first = *(const RstCandidate * const *) a;
  const RstCandidate *second = *(const RstCandidate * const *) b;

  return (first->rank > second->rank) - (first->rank < second->rank);
}

/**
 * rst_findings_sort:
 * @self: findings
 *
 * Puts candidates in the order of their ranks.
 */
void
rst_findings_sort (RstFindings *self)
{
  g_ptr_array_sort (self->candidates, compare_ranks);
}

static void
add_text (GPtrArray  *texts,
          const char *text)
{
  if (texts->len < RST_ASKS_MAX && !g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/**
 * rst_findings_instruct:
 * @self: findings
 * @text: what the provider wants its customers to do, already clean
 */
void
rst_findings_instruct (RstFindings *self,
                       const char  *text)
{
  add_text (self->instructions, text);
}

/**
 * rst_findings_note:
 * @self: findings
 * @text: something worth knowing about how the source answered, already clean
 */
void
rst_findings_note (RstFindings *self,
                   const char  *text)
{
  add_text (self->notes, text);
}

/**
 * rst_findings_fail:
 * @self: findings
 * @text: what could not be asked or understood
 */
void
rst_findings_fail (RstFindings *self,
                   const char  *text)
{
  self->failed = TRUE;
  rst_findings_note (self, text);
}

/**
 * rst_findings_merge:
 * @self: findings
 * @other: more of the same source
 *
 * Adds the candidates, instructions, notes, extras and the preference of @other.
 */
void
rst_findings_merge (RstFindings       *self,
                    const RstFindings *other)
{
  for (guint i = 0; i < other->candidates->len && self->candidates->len < RST_CANDIDATES_MAX; i++)
    g_ptr_array_add (self->candidates, rst_candidate_ref (g_ptr_array_index (other->candidates, i)));
  for (guint i = 0; i < other->instructions->len; i++)
    rst_findings_instruct (self, g_ptr_array_index (other->instructions, i));
  for (guint i = 0; i < other->notes->len; i++)
    rst_findings_note (self, g_ptr_array_index (other->notes, i));
  for (guint i = 0; i < other->extras->len; i++)
    rst_findings_add_extra (self, rst_extra_copy (g_ptr_array_index (other->extras, i)));
  self->failed |= other->failed;
  if (self->preferred == 0)
    self->preferred = other->preferred;
}
