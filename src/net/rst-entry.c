/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-entry.h"

#include <string.h>

/**
 * rst_entry_new:
 * @candidate: (transfer full): a candidate that may be changed
 * @order: the place of its source among all
 *
 * Returns: (transfer full): a new entry
 */
RstEntry *
rst_entry_new (RstCandidate *candidate,
               guint         order)
{
  RstEntry *self = g_new0 (RstEntry, 1);

  self->candidate = candidate;
  self->trust = candidate->trust;
  self->order = order;
  return self;
}

/**
 * rst_entry_free:
 * @self: (transfer full): an entry
 */
void
rst_entry_free (RstEntry *self)
{
  g_return_if_fail (self != NULL);

  rst_candidate_unref (self->candidate);
  g_free (self);
}

/**
 * rst_entry_get_class:
 * @self: an entry
 *
 * Returns: what is known of it
 */
RstClass
rst_entry_get_class (const RstEntry *self)
{
  if (self->candidate->endpoint->security == RST_SECURITY_NONE)
    return RST_CLASS_PLAIN;
  if (self->candidate->probe == NULL)
    return RST_CLASS_UNPROBED;
  return rst_candidate_is_usable (self->candidate) ? RST_CLASS_VERIFIED : RST_CLASS_FAILED;
}

static gint
compare_classes (const RstEntry *a,
                 const RstEntry *b)
{
  return (gint) rst_entry_get_class (a) - (gint) rst_entry_get_class (b);
}

static gint
compare_trust (const RstEntry *a,
               const RstEntry *b)
{
  return (gint) b->candidate->trust - (gint) a->candidate->trust;
}

/* Of those who named just this, where somebody else may have vouched for the host. */
static gint
compare_own_trust (const RstEntry *a,
                   const RstEntry *b)
{
  return (gint) b->trust - (gint) a->trust;
}

static gint
compare_security (const RstEntry *a,
                  const RstEntry *b)
{
  return (gint) a->candidate->endpoint->security - (gint) b->candidate->endpoint->security;
}

static gint
compare_partnership (const RstEntry     *a,
                     const RstEntry     *b,
                     const RstCandidate *partner)
{
  if (partner == NULL)
    return 0;
  return rst_candidate_shares_source (b->candidate, partner) -
         rst_candidate_shares_source (a->candidate, partner);
}

/* The source's place, the candidate's place in it, and at last anything that is always the same. */
static gint
compare_places (const RstEntry *a,
                const RstEntry *b)
{
  const RstEndpoint *first = a->candidate->endpoint;
  const RstEndpoint *second = b->candidate->endpoint;
  gint hosts = strcmp (first->host, second->host);

  if (a->order != b->order)
    return a->order < b->order ? -1 : 1;
  if (a->candidate->rank != b->candidate->rank)
    return a->candidate->rank < b->candidate->rank ? -1 : 1;
  if (hosts != 0)
    return hosts;
  if (first->port != second->port)
    return first->port - second->port;
  if (first->protocol != second->protocol)
    return (gint) first->protocol - (gint) second->protocol;
  return compare_security (a, b);
}

/**
 * rst_entry_shares_host:
 * @self: an entry
 * @other: another one
 *
 * Returns: whether both are ways to the same host for the same protocol
 */
gboolean
rst_entry_shares_host (const RstEntry *self,
                       const RstEntry *other)
{
  const RstEndpoint *first = self->candidate->endpoint;
  const RstEndpoint *second = other->candidate->endpoint;

  return first->protocol == second->protocol && g_str_equal (first->host, second->host);
}

/**
 * rst_entry_compare:
 * @self: an entry
 * @other: another one
 * @partner: (nullable): what was chosen for reading mail
 *
 * The order of preference where things are probed: first what works, then trust in the host, then the
 * better encryption, then trust in who named just this, then what the source of @partner names too, then
 * the order of the sources and theirs.
 *
 * Returns: less than 0 if @self is to be preferred
 */
gint
rst_entry_compare (const RstEntry     *self,
                   const RstEntry     *other,
                   const RstCandidate *partner)
{
  gint result = compare_classes (self, other);

  if (result == 0)
    result = compare_trust (self, other);
  if (result == 0)
    result = compare_security (self, other);
  if (result == 0)
    result = compare_own_trust (self, other);
  if (result == 0)
    result = compare_partnership (self, other, partner);
  return result != 0 ? result : compare_places (self, other);
}

/**
 * rst_entry_compare_unprobed:
 * @self: an entry
 * @other: another one
 * @partner: (nullable): what was chosen for reading mail
 *
 * As rst_entry_compare(), where nothing is probed: a source's own order counts for more than the
 * kind of encryption, since nothing says that the other kind works.
 *
 * Returns: less than 0 if @self is to be preferred
 */
gint
rst_entry_compare_unprobed (const RstEntry     *self,
                            const RstEntry     *other,
                            const RstCandidate *partner)
{
  gint result = compare_classes (self, other);

  if (result == 0)
    result = compare_trust (self, other);
  if (result == 0)
    result = compare_partnership (self, other, partner);
  return result != 0 ? result : compare_places (self, other);
}

/**
 * rst_entry_beats:
 * @self: an entry
 * @other: another one
 *
 * Returns: whether @self works and would be preferred to @other even if that works too
 */
gboolean
rst_entry_beats (const RstEntry *self,
                 const RstEntry *other)
{
  gint result;

  if (self == other || rst_entry_get_class (self) != RST_CLASS_VERIFIED ||
      self->candidate->endpoint->protocol != other->candidate->endpoint->protocol)
    return FALSE;
  result = compare_trust (self, other);
  if (result == 0)
    result = compare_security (self, other);
  if (result == 0)
    result = compare_own_trust (self, other);
  return (result != 0 ? result : compare_places (self, other)) < 0;
}
