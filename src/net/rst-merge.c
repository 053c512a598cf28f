/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-merge.h"

#include "rst-entry.h"
#include "rst-fit.h"
#include "rst-kin.h"

#include <glib/gi18n-lib.h>

/* Far more than any provider lists; what exceeds it is ignored. */
#define ENTRIES_MAX 128

typedef struct {
  GPtrArray    *findings; /* (unowned) in the order of the sources */
  GHashTable   *facts;    /* (unowned) */
  RstMergePhase phase;
  GPtrArray    *entries;  /* (owned) (element-type RstEntry) */
  guint         denied;   /* protocols that are published as not offered */
} Merge;

static RstEntry *
find_entry (Merge             *self,
            const RstEndpoint *endpoint)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (rst_endpoint_equal (entry->candidate->endpoint, endpoint))
        return entry;
    }
  return NULL;
}

static void
add_sources (RstCandidate *candidate,
             char * const *ids)
{
  for (; *ids != NULL; ids++)
    rst_candidate_add_source (candidate, *ids);
}

static RstEntry *
add_entry (Merge              *self,
           const RstCandidate *candidate,
           guint               order)
{
  RstEntry *entry = rst_entry_new (rst_candidate_copy (candidate), order);

  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* Sources come in their order, so that the first of equally trusted ones has its say. */
static void
add_named (Merge              *self,
           const RstFindings  *findings,
           const RstCandidate *named,
           guint               rank,
           guint               order)
{
  RstEntry *entry = find_entry (self, named->endpoint);

  if (entry == NULL && self->entries->len >= ENTRIES_MAX)
    return;
  if (entry == NULL)
    entry = add_entry (self, named, order);
  else if (entry->candidate->trust >= named->trust)
    {
      add_sources (entry->candidate, named->sources);
      return;
    }
  else
    {
      g_autoptr (RstCandidate) before = entry->candidate;

      entry->candidate = rst_candidate_copy (named);
      add_sources (entry->candidate, before->sources);
    }
  entry->order = order;
  entry->candidate->rank = rank;
  entry->speculative = named->trust <= RST_TRUST_GUESS;
  entry->unproven = findings->unproven;
}

static gint
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* Ranks of one source without gaps, ties kept: 0, 0, 1, … whatever numbers it used. */
static guint
dense_rank (GPtrArray *candidates,
            guint      rank)
{
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (guint));
  guint dense = 0;

  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (ranks, ((RstCandidate *) g_ptr_array_index (candidates, i))->rank);
  g_array_sort (ranks, compare_numbers);
  for (guint i = 0; i < ranks->len && g_array_index (ranks, guint, i) < rank; i++)
    if (i == 0 || g_array_index (ranks, guint, i) != g_array_index (ranks, guint, i - 1))
      dense++;
  return dense;
}

static gboolean
names_protocol (const RstFindings *findings,
                RstProtocol        protocol)
{
  for (guint i = 0; i < findings->candidates->len; i++)
    if (((RstCandidate *) g_ptr_array_index (findings->candidates, i))->endpoint->protocol == protocol)
      return TRUE;
  return FALSE;
}

static void
add_findings (Merge             *self,
              const RstFindings *findings,
              guint              order)
{
  for (guint i = 0; i < findings->candidates->len; i++)
    {
      const RstCandidate *named = g_ptr_array_index (findings->candidates, i);

      add_named (self, findings, named, dense_rank (findings->candidates, named->rank), order);
    }
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    if ((findings->denied & (1u << protocol)) && !names_protocol (findings, protocol))
      self->denied |= 1u << protocol;
}

static guint
missing_protocols (Merge *self)
{
  guint missing = (1u << RST_N_PROTOCOLS) - 1;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->speculative)
        missing &= ~(1u << entry->candidate->endpoint->protocol);
    }
  return missing & ~self->denied;
}

static void
add_kin_of (Merge          *self,
            const RstEntry *entry,
            guint           missing)
{
  static char * const guess[] = { (char *) "guess", NULL };
  g_autoptr (GPtrArray) kin = rst_kin_of (entry->candidate, missing);

  for (guint i = 0; i < kin->len && self->entries->len < ENTRIES_MAX; i++)
    {
      const RstCandidate *relative = g_ptr_array_index (kin, i);
      RstEntry *added;

      if (find_entry (self, relative->endpoint) != NULL)
        continue;
      added = add_entry (self, relative, entry->order);
      added->speculative = TRUE;
      add_sources (added->candidate,
                   relative->trust == RST_TRUST_GUESS ? guess : entry->candidate->sources);
    }
}

static void
add_kin (Merge *self)
{
  guint missing = missing_protocols (self);
  guint n_named = self->entries->len;

  for (guint i = 0; i < n_named; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->speculative)
        add_kin_of (self, entry, missing);
    }
}

static void
add_facts (Merge *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RstCandidate *candidate = ((RstEntry *) g_ptr_array_index (self->entries, i))->candidate;
      RstFacts *facts = g_hash_table_lookup (self->facts, candidate->endpoint);

      if (facts == NULL)
        continue;
      candidate->probe = rst_facts_ref (facts);
      rst_fit_auth (candidate);
    }
}

static gboolean
is_beaten (Merge          *self,
           const RstEntry *entry)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (rst_entry_beats (g_ptr_array_index (self->entries, i), entry))
      return TRUE;
  return FALSE;
}

static gboolean
is_protocol_named (Merge       *self,
                   RstProtocol  protocol)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->speculative && entry->candidate->endpoint->protocol == protocol)
        return TRUE;
    }
  return FALSE;
}

/* What nobody named has to prove itself, and is noise where something better has been found. One that
 * answers but is no good tells something only where there is no other. */
static gboolean
is_listed (Merge          *self,
           const RstEntry *entry)
{
  const RstFacts *probe = entry->candidate->probe;

  if (!entry->speculative)
    return TRUE;
  if (self->phase == RST_MERGE_UNPROBED)
    return !entry->unproven;
  if (probe == NULL || !probe->reachable || is_beaten (self, entry))
    return FALSE;
  return rst_facts_is_usable (probe) || !is_protocol_named (self, entry->candidate->endpoint->protocol);
}

static gboolean
is_wished (Merge          *self,
           const RstEntry *entry)
{
  return rst_entry_get_class (entry) == RST_CLASS_UNPROBED &&
         !(entry->speculative && is_beaten (self, entry));
}

static gboolean
is_choosable (Merge          *self,
              const RstEntry *entry)
{
  RstClass class = rst_entry_get_class (entry);

  switch (self->phase)
    {
    case RST_MERGE_DONE:
      return class == RST_CLASS_VERIFIED;
    case RST_MERGE_RUNNING:
      return class == RST_CLASS_VERIFIED || (class == RST_CLASS_UNPROBED && !entry->speculative);
    case RST_MERGE_UNPROBED:
      return class == RST_CLASS_UNPROBED && !entry->unproven;
    }
  g_return_val_if_reached (FALSE);
}

static gint
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const RstEntry *first = *(const RstEntry * const *) a;
  const RstEntry *second = *(const RstEntry * const *) b;
  const Merge *self = user_data;

  return self->phase == RST_MERGE_UNPROBED ? rst_entry_compare_unprobed (first, second, NULL)
                                           : rst_entry_compare (first, second, NULL);
}

/* What was named comes before what may be there. */
static gint
compare_wishes_cb (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const RstEntry *first = *(const RstEntry * const *) a;
  const RstEntry *second = *(const RstEntry * const *) b;

  if (first->speculative != second->speculative)
    return first->speculative ? 1 : -1;
  return rst_entry_compare (first, second, NULL);
}

static const RstEntry *
choose (Merge              *self,
        guint               protocols,
        const RstCandidate *partner)
{
  const RstEntry *best = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!(protocols & (1u << entry->candidate->endpoint->protocol)) || !is_choosable (self, entry))
        continue;
      if (best == NULL ||
          (self->phase == RST_MERGE_UNPROBED ? rst_entry_compare_unprobed (entry, best, partner)
                                             : rst_entry_compare (entry, best, partner)) < 0)
        best = entry;
    }
  return best;
}

/* The best way to read mail settles whom to believe about the rest. */
static void
fill_chosen (Merge     *self,
             RstMerged *merged)
{
  const RstEntry *lead = choose (self, 1u << RST_PROTOCOL_IMAP | 1u << RST_PROTOCOL_POP3, NULL);

  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      const RstEntry *entry = choose (self, 1u << protocol, lead != NULL ? lead->candidate : NULL);

      if (entry != NULL)
        merged->chosen[protocol] = rst_candidate_ref (entry->candidate);
    }
}

static void
fill_lists (Merge     *self,
            RstMerged *merged)
{
  g_ptr_array_sort_with_data (self->entries, compare_cb, self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (is_listed (self, entry))
        g_ptr_array_add (merged->candidates, rst_candidate_ref (entry->candidate));
    }
  if (self->phase != RST_MERGE_RUNNING)
    return;
  g_ptr_array_sort_with_data (self->entries, compare_wishes_cb, self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!is_wished (self, entry))
        continue;
      g_ptr_array_add (merged->wishes, rst_endpoint_copy (entry->candidate->endpoint));
      merged->open |= 1u << entry->candidate->endpoint->protocol;
    }
}

static void
add_instruction (RstMerged  *merged,
                 const char *text)
{
  if (!g_ptr_array_find_with_equal_func (merged->instructions, text, g_str_equal, NULL))
    g_ptr_array_add (merged->instructions, g_strdup (text));
}

static void
fill_instructions (Merge     *self,
                   RstMerged *merged)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RstFindings *findings = g_ptr_array_index (self->findings, i);

      for (guint k = 0; k < findings->instructions->len; k++)
        add_instruction (merged, g_ptr_array_index (findings->instructions, k));
    }
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    if (self->denied & (1u << protocol))
      {
        g_autofree char *text = g_strdup_printf (_("Your provider says that it does not offer %s."),
                                                 rst_protocol_get_title (protocol));

        add_instruction (merged, text);
      }
}

static void
drop_denied (Merge *self)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (entry->speculative && (self->denied & (1u << entry->candidate->endpoint->protocol)))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
}

/**
 * rst_merge:
 * @findings: (element-type RstFindings): what each source found so far, in the order of the sources
 * @facts: (element-type RstEndpoint RstFacts): what the probes saw so far
 * @phase: what the absence of facts means
 *
 * Returns: (transfer full): what follows from it
 */
RstMerged *
rst_merge (GPtrArray     *findings,
           GHashTable    *facts,
           RstMergePhase  phase)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_entry_free);
  Merge self = { .findings = findings, .facts = facts, .phase = phase, .entries = entries };
  RstMerged *merged = g_new0 (RstMerged, 1);

  merged->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  merged->instructions = g_ptr_array_new_with_free_func (g_free);
  merged->wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_endpoint_free);
  for (guint order = 0; order < findings->len; order++)
    add_findings (&self, g_ptr_array_index (findings, order), order);
  drop_denied (&self);
  if (phase != RST_MERGE_UNPROBED)
    add_kin (&self);
  add_facts (&self);
  fill_chosen (&self, merged);
  fill_lists (&self, merged);
  fill_instructions (&self, merged);
  return merged;
}

/**
 * rst_merged_free:
 * @self: (transfer full): a merge's result
 */
void
rst_merged_free (RstMerged *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->candidates);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    g_clear_pointer (&self->chosen[protocol], rst_candidate_unref);
  g_ptr_array_unref (self->instructions);
  g_ptr_array_unref (self->wishes);
  g_free (self);
}
