/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-gather.h"

#include "rst-entry.h"
#include "rst-fit.h"
#include "rst-kin.h"

/* Far more than any provider lists; what exceeds it is ignored. */
#define ENTRIES_MAX 128

typedef struct {
  GPtrArray *entries; /* (unowned) (element-type RstEntry) */
  guint      denied;  /* protocols that are published as not offered */
} Gather;

static RstEntry *
find_entry (Gather            *self,
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
add_entry (Gather             *self,
           const RstCandidate *candidate,
           guint               order)
{
  RstEntry *entry = rst_entry_new (rst_candidate_copy (candidate), order);

  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* Sources come in their order, so that the first of equally trusted ones has its say. */
static void
add_named (Gather             *self,
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
  entry->trust = named->trust;
  entry->order = order;
  entry->candidate->rank = rank;
  entry->named = named->trust != RST_TRUST_GUESS;
  entry->speculative = named->trust <= RST_TRUST_GUESS;
  entry->unproven = findings->unproven || named->trust == RST_TRUST_INSECURE;
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
add_findings (Gather            *self,
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
missing_protocols (Gather *self)
{
  guint missing = (1u << RST_N_PROTOCOLS) - 1;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->speculative)
        missing &= ~(1u << entry->candidate->endpoint->protocol);
    }
  return missing;
}

static void
add_kin_of (Gather         *self,
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
      added->unproven = entry->unproven;
      add_sources (added->candidate,
                   relative->trust == RST_TRUST_GUESS ? guess : entry->candidate->sources);
    }
}

static void
add_kin (Gather *self)
{
  guint missing = missing_protocols (self) & ~self->denied;
  guint n_named = self->entries->len;

  for (guint i = 0; i < n_named; i++)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->speculative || entry->candidate->trust == RST_TRUST_INSECURE)
        add_kin_of (self, entry, missing);
    }
}

/* Who is trusted most of those who named the host, with a way to connect that may not be the best. */
static const RstEntry *
find_voucher (Gather         *self,
              const RstEntry *entry)
{
  const RstEntry *best = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstEntry *other = g_ptr_array_index (self->entries, i);

      if (!other->speculative && other->trust > entry->trust &&
          (best == NULL || other->trust > best->trust) && rst_entry_shares_host (entry, other))
        best = other;
    }
  return best;
}

/* A guess stays one: that a name is usual says nothing about how its owner wants it to be used. */
static void
vouch (Gather *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RstEntry *entry = g_ptr_array_index (self->entries, i);
      const RstEntry *voucher = entry->speculative ? NULL : find_voucher (self, entry);

      if (voucher != NULL)
        rst_candidate_adopt (entry->candidate, voucher->candidate);
    }
}

static void
add_facts (Gather     *self,
           GHashTable *facts)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RstCandidate *candidate = ((RstEntry *) g_ptr_array_index (self->entries, i))->candidate;
      RstFacts *seen = g_hash_table_lookup (facts, candidate->endpoint);

      if (seen == NULL)
        continue;
      candidate->probe = rst_facts_ref (seen);
      rst_fit_auth (candidate);
    }
}

/* What another source names after all is not denied. */
static void
drop_denied (Gather *self)
{
  self->denied &= missing_protocols (self);
  for (guint i = self->entries->len; i > 0; i--)
    {
      const RstEntry *entry = g_ptr_array_index (self->entries, i - 1);

      if (self->denied & (1u << entry->candidate->endpoint->protocol))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
}

/**
 * rst_gather:
 * @findings: (element-type RstFindings): what each source found, in the order of the sources
 * @facts: (nullable) (element-type RstEndpoint RstFacts): what the probes saw
 * @with_kin: whether to add servers that nobody named but a probe may find
 * @denied: (out): protocols that the domain publishes as not offered, and that nobody names: bits
 *   1 << RstProtocol
 *
 * Returns: (transfer full) (element-type RstEntry): one entry for each server
 */
GPtrArray *
rst_gather (GPtrArray  *findings,
            GHashTable *facts,
            gboolean    with_kin,
            guint      *denied)
{
  Gather self = { g_ptr_array_new_with_free_func ((GDestroyNotify) rst_entry_free), 0 };

  for (guint order = 0; order < findings->len; order++)
    add_findings (&self, g_ptr_array_index (findings, order), order);
  drop_denied (&self);
  if (with_kin)
    {
      vouch (&self);
      add_kin (&self);
    }
  if (facts != NULL)
    add_facts (&self, facts);
  *denied = self.denied;
  return self.entries;
}
