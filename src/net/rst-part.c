/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-part.h"

#include "rst-error.h"

#include <glib/gi18n-lib.h>

#define FAILURES_SHOWN 2

static void
report_free (RstSourceReport *report)
{
  g_ptr_array_unref (report->asked);
  g_ptr_array_unref (report->told);
  g_free (report->detail);
  g_free (report);
}

/**
 * rst_part_new:
 * @source: a source
 *
 * Returns: (transfer full): its part, nothing asked yet
 */
RstPart *
rst_part_new (const RstSource *source)
{
  RstPart *self = g_new0 (RstPart, 1);

  self->source = source;
  self->findings = rst_findings_new (source->id);
  self->pending = g_ptr_array_new ();
  self->probed = g_hash_table_new_full ((GHashFunc) rst_endpoint_hash, (GEqualFunc) rst_endpoint_equal,
                                        (GDestroyNotify) rst_endpoint_free, NULL);
  self->nothings = g_ptr_array_new_with_free_func (g_free);
  self->failures = g_ptr_array_new_with_free_func (g_free);
  self->report = g_new0 (RstSourceReport, 1);
  self->report->id = source->id;
  self->report->title = _(source->title);
  self->report->asked = g_ptr_array_new_with_free_func (g_free);
  self->report->told = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_told_free);
  self->report->elapsed_us = -1;
  return self;
}

/**
 * rst_part_free:
 * @self: (transfer full): a part
 */
void
rst_part_free (RstPart *self)
{
  g_return_if_fail (self != NULL);

  rst_findings_free (self->findings);
  report_free (self->report);
  g_clear_pointer (&self->redaction, rst_redaction_free);
  g_ptr_array_unref (self->pending);
  g_hash_table_unref (self->probed);
  g_ptr_array_unref (self->nothings);
  g_ptr_array_unref (self->failures);
  g_free (self);
}

static void
set_outcome (RstPart          *self,
             RstSourceOutcome  outcome,
             gint64            elapsed_us)
{
  self->report->outcome = outcome;
  if (self->report->elapsed_us < 0)
    self->report->elapsed_us = elapsed_us;
}

/**
 * rst_part_begin:
 * @self: a part
 * @search: what is searched
 *
 * Lets the source say what to fetch first. A source in the network that has nothing to ask is skipped,
 * and its note says why.
 */
void
rst_part_begin (RstPart         *self,
                const RstSearch *search)
{
  self->search = search;
  self->redaction = rst_redaction_new (search->address, NULL);
  self->source->ask (search, self->findings);
  if (self->findings->asks->len == 0 && self->source->network)
    rst_part_skip (self, NULL);
}

/**
 * rst_part_skip:
 * @self: a part
 * @reason: (nullable): why
 *
 * Leaves the source out.
 */
void
rst_part_skip (RstPart    *self,
               const char *reason)
{
  GPtrArray *notes = self->findings->notes;

  if (reason != NULL)
    rst_findings_note (self->findings, reason);
  set_outcome (self, RST_SOURCE_SKIPPED, 0);
  if (notes->len > 0)
    self->report->detail = g_strdup (g_ptr_array_index (notes, 0));
}

static void
note_lookup (RstPart    *self,
             const char *name)
{
  rst_told_add (self->report->told, rst_told_new_lookup (name, self->search->address, self->redaction));
}

static void
note_visit (RstPart    *self,
            const char *url,
            const char *body)
{
  RstTold *told = rst_told_new_visit (url, body, self->search->address, self->redaction);

  if (told == NULL)
    return;
  note_lookup (self, told->who);
  rst_told_add (self->report->told, told);
}

/**
 * rst_part_next_ask:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): an ask that is to be sent now; it counts as pending from here
 *   on
 */
const RstAsk *
rst_part_next_ask (RstPart *self)
{
  const RstAsk *ask;

  if (self->sent >= self->findings->asks->len)
    return NULL;
  ask = g_ptr_array_index (self->findings->asks, self->sent++);
  g_ptr_array_add (self->pending, (gpointer) ask);
  g_ptr_array_add (self->report->asked, rst_ask_describe (ask));
  if (rst_ask_is_web (ask))
    {
      g_autoptr (GUri) uri = g_uri_parse (ask->name, G_URI_FLAGS_ENCODED, NULL);

      note_lookup (self, g_uri_get_host (uri));
    }
  else if (ask->kind != RST_ASK_FILE)
    note_lookup (self, ask->name);
  return ask;
}

/**
 * rst_part_take:
 * @self: a part
 * @search: what is searched
 * @reply: the reply to one of its asks
 *
 * Lets the source read a reply, unless it has been cut. Who was told something is noted in any case.
 */
void
rst_part_take (RstPart         *self,
               const RstSearch *search,
               const RstReply  *reply)
{
  guint at = 0;

  for (guint i = 0; i < reply->visited->len; i++)
    note_visit (self, g_ptr_array_index (reply->visited, i), reply->ask->body);
  if (self->cut)
    return;
  if (g_ptr_array_find_with_equal_func (self->pending, reply->ask, (GEqualFunc) rst_ask_equal, &at))
    g_ptr_array_remove_index (self->pending, at);
  self->heard |= reply->status != RST_REPLY_FAILED;
  if (reply->status == RST_REPLY_FAILED)
    g_ptr_array_add (self->failures, g_strdup (reply->detail));
  else if (reply->status == RST_REPLY_NOTHING && reply->detail != NULL)
    g_ptr_array_add (self->nothings, g_strdup (reply->detail));
  self->source->read (search, reply, self->findings);
}

/**
 * rst_part_cut:
 * @self: a part
 *
 * Waits no longer for what is pending. What has been sent may have arrived.
 */
void
rst_part_cut (RstPart *self)
{
  if (self->pending->len == 0)
    return;
  for (guint i = 0; i < self->pending->len; i++)
    {
      const RstAsk *ask = g_ptr_array_index (self->pending, i);

      if (rst_ask_is_web (ask))
        note_visit (self, ask->name, ask->body);
    }
  g_ptr_array_set_size (self->pending, 0);
  self->cut = TRUE;
  g_ptr_array_add (self->failures, g_strdup (_("No answer in time.")));
}

static gboolean
is_listed (RstPart   *self,
           GPtrArray *listed)
{
  for (guint i = 0; i < listed->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (listed, i);

      if (g_strv_contains ((const char * const *) candidate->sources, self->source->id))
        return TRUE;
    }
  return FALSE;
}

/* A guess counts once it is listed: it has answered, and nothing better makes it pointless. */
static gboolean
has_found (RstPart   *self,
           GPtrArray *listed)
{
  for (guint i = 0; i < self->findings->candidates->len; i++)
    if (((RstCandidate *) g_ptr_array_index (self->findings->candidates, i))->trust != RST_TRUST_GUESS)
      return TRUE;
  return is_listed (self, listed);
}

/* A server that was probed was visited, if it could be reached. */
static void
note_probes (RstPart    *self,
             GHashTable *facts)
{
  GPtrArray *candidates = self->findings->candidates;

  for (guint i = 0; facts != NULL && i < candidates->len; i++)
    {
      const RstEndpoint *endpoint = ((RstCandidate *) g_ptr_array_index (candidates, i))->endpoint;
      const RstFacts *probe = g_hash_table_lookup (facts, endpoint);
      g_autofree char *url = NULL;

      if (probe == NULL || !g_hash_table_add (self->probed, rst_endpoint_copy (endpoint)))
        continue;
      url = rst_endpoint_to_string (endpoint);
      if (probe->reachable)
        note_visit (self, url, NULL);
      else
        note_lookup (self, endpoint->host);
    }
}

/* What was guessed, is there, and kept silent: it may be the right one at another time or from elsewhere. */
static void
add_silent (RstPart    *self,
            GHashTable *facts,
            GPtrArray  *texts)
{
  GPtrArray *candidates = self->findings->candidates;

  for (guint i = 0; facts != NULL && i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);
      const RstFacts *probe = g_hash_table_lookup (facts, candidate->endpoint);

      if (probe != NULL && rst_error_get_cause (probe->error) == RST_TROUBLE_SILENT)
        g_ptr_array_add (texts, probe->error->message);
    }
}

static gint
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* The first failures; of “there is nothing” only a lone one, for the list of what was asked says the
 * rest. Sorted, so that the order of replies does not show. */
static char *
describe (RstPart   *self,
          GPtrArray *failures)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  gboolean found = self->report->outcome == RST_SOURCE_FOUND;

  g_ptr_array_extend (texts, self->findings->notes, NULL, NULL);
  g_ptr_array_sort (failures, compare_texts);
  for (guint i = 0; i < failures->len && i < FAILURES_SHOWN; i++)
    g_ptr_array_add (texts, g_ptr_array_index (failures, i));
  if (!found && texts->len == 0 && self->nothings->len == 1)
    g_ptr_array_add (texts, g_ptr_array_index (self->nothings, 0));
  if (texts->len == 0)
    return NULL;
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

/**
 * rst_part_judge:
 * @self: a part
 * @listed: (element-type RstCandidate): all candidates so far
 * @facts: (nullable) (element-type RstEndpoint RstFacts): what the probes saw so far
 * @open: whether probes are to come, on which a guess depends
 * @elapsed_us: since the start
 *
 * Notes which servers learnt something, and says how asking the source ended, if it has.
 */
void
rst_part_judge (RstPart    *self,
                GPtrArray  *listed,
                GHashTable *facts,
                gboolean    open,
                gint64      elapsed_us)
{
  g_autoptr (GPtrArray) failures = g_ptr_array_new ();

  if (self->search == NULL || self->report->outcome == RST_SOURCE_SKIPPED)
    return;
  note_probes (self, facts);
  if (self->pending->len > 0)
    return;
  g_ptr_array_extend (failures, self->failures, NULL, NULL);
  if (!is_listed (self, listed))
    add_silent (self, facts, failures);
  if (has_found (self, listed))
    set_outcome (self, RST_SOURCE_FOUND, elapsed_us);
  else if (open && self->findings->candidates->len > 0)
    return;
  else if (self->findings->failed || failures->len > 0)
    set_outcome (self, RST_SOURCE_FAILED, elapsed_us);
  else
    set_outcome (self, RST_SOURCE_NOTHING, elapsed_us);
  g_free (self->report->detail);
  self->report->detail = describe (self, failures);
}
