/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-merge.h"

#include "rst-domain.h"
#include "rst-entry.h"
#include "rst-gather.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GPtrArray    *findings; /* (unowned) in the order of the sources */
  RstMergePhase phase;
  GPtrArray    *entries;  /* (unowned) (element-type RstEntry) */
  guint         denied;   /* protocols that are published as not offered */
} Merge;

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

/* By the answer itself, and not only because of it. */
static gboolean
is_named_insecurely (const RstEntry *entry)
{
  return entry->candidate->trust == RST_TRUST_INSECURE && entry->named;
}

/* What nobody named has to prove itself, and is noise where something better has been found. One that
 * answers but is no good tells something only where there is no other. */
static gboolean
is_listed (Merge          *self,
           const RstEntry *entry)
{
  const RstFacts *probe = entry->candidate->probe;

  if (!entry->speculative || is_named_insecurely (entry))
    return TRUE;
  if (self->phase == RST_MERGE_UNPROBED)
    return !entry->unproven;
  if (probe == NULL || !probe->reachable || is_beaten (self, entry))
    return FALSE;
  return rst_facts_is_usable (probe) || !is_protocol_named (self, entry->candidate->endpoint->protocol);
}

/* What is listed is looked at in any case: what is known of it would else depend on what was quicker. */
static gboolean
is_wished (Merge          *self,
           const RstEntry *entry)
{
  if (rst_entry_get_class (entry) != RST_CLASS_UNPROBED)
    return FALSE;
  return !entry->speculative || is_named_insecurely (entry) || !is_beaten (self, entry);
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

/* Each place once, whoever named it first. */
static void
fill_extras (Merge     *self,
             RstMerged *merged)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RstFindings *findings = g_ptr_array_index (self->findings, i);

      for (guint k = 0; k < findings->extras->len; k++)
        {
          const RstExtra *extra = g_ptr_array_index (findings->extras, k);
          gboolean known = FALSE;

          for (guint n = 0; n < merged->extras->len; n++)
            known |= rst_extra_compare (&g_ptr_array_index (merged->extras, n), &extra) == 0;
          if (!known)
            g_ptr_array_add (merged->extras, rst_extra_copy (extra));
        }
    }
  g_ptr_array_sort (merged->extras, rst_extra_compare);
}

static void
add_instruction (RstMerged  *merged,
                 const char *text)
{
  if (!g_ptr_array_find_with_equal_func (merged->instructions, text, g_str_equal, NULL))
    g_ptr_array_add (merged->instructions, g_strdup (text));
}

/* Somebody’s name server may lead a provider’s name into the network where the person is. */
static void
add_private_address (RstMerged          *merged,
                     const RstCandidate *candidate)
{
  const char *host = candidate->endpoint->host;
  const char *address =
    candidate->probe != NULL ? g_hash_table_lookup (candidate->probe->more, "private-address") : NULL;
  g_autofree char *text = NULL;

  if (address == NULL || candidate->trust == RST_TRUST_LOCAL || rst_domain_is_reserved (host))
    return;
  text = g_strdup_printf (_("%s leads to %s, an address inside a private network. Continue only if you "
                            "know that this is right."),
                          host, address);
  add_instruction (merged, text);
}

/* Whether the domain itself says so, and not only what this program knows of its provider. */
static gboolean
is_published (Merge       *self,
              RstProtocol  protocol)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RstFindings *findings = g_ptr_array_index (self->findings, i);

      if ((findings->denied & (1u << protocol)) && g_strcmp0 (findings->source, "srv") == 0)
        return TRUE;
    }
  return FALSE;
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
        const char *title = rst_protocol_get_title (protocol);
        g_autofree char *text =
          is_published (self, protocol)
            ? g_strdup_printf (_("Your provider says that it does not offer %s."), title)
            : g_strdup_printf (_("As far as this program knows, your provider does not offer %s."), title);

        add_instruction (merged, text);
      }
  for (guint i = 0; i < merged->candidates->len; i++)
    add_private_address (merged, g_ptr_array_index (merged->candidates, i));
}

/* Of a kind, what the first source says. */
static void
fill_stated (Merge     *self,
             RstMerged *merged)
{
  guint seen = 0;

  for (guint i = 0; i < self->findings->len; i++)
    {
      const RstFindings *findings = g_ptr_array_index (self->findings, i);

      for (guint k = 0; k < findings->stated->len; k++)
        {
          const RstProviderFact *fact = g_ptr_array_index (findings->stated, k);

          if ((seen & (1u << fact->kind)) == 0)
            g_ptr_array_add (merged->stated, (gpointer) fact);
          seen |= 1u << fact->kind;
        }
    }
}

/**
 * rst_merge:
 * @findings: (element-type RstFindings): what each source found so far, in the order of the sources
 * @facts: (nullable) (element-type RstEndpoint RstFacts): what the probes saw so far
 * @phase: what the absence of facts means
 *
 * Returns: (transfer full): what follows from it
 */
RstMerged *
rst_merge (GPtrArray     *findings,
           GHashTable    *facts,
           RstMergePhase  phase)
{
  Merge self = { .findings = findings, .phase = phase };
  RstMerged *merged = g_new0 (RstMerged, 1);
  g_autoptr (GPtrArray) entries =
    rst_gather (findings, facts, phase != RST_MERGE_UNPROBED, &self.denied);

  self.entries = entries;
  merged->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);
  merged->extras = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_extra_free);
  merged->instructions = g_ptr_array_new_with_free_func (g_free);
  merged->stated = g_ptr_array_new ();
  merged->wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_endpoint_free);
  fill_chosen (&self, merged);
  fill_lists (&self, merged);
  fill_extras (&self, merged);
  fill_instructions (&self, merged);
  fill_stated (&self, merged);
  rst_hints_gather (&merged->hints, findings, merged->chosen);
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
  g_ptr_array_unref (self->extras);
  g_ptr_array_unref (self->instructions);
  g_ptr_array_unref (self->stated);
  g_ptr_array_unref (self->wishes);
  g_free (self);
}
