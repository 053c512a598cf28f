/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-choice.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *nick;
  const char *text;
} reasons[] = {
  [RST_CHOICE_ONLY] = { "only", N_("It is the only one that was found.") },
  [RST_CHOICE_WORKS] = { "works", N_("No other one works.") },
  [RST_CHOICE_TRUST] = { "trust", N_("Who named it can be trusted further than who named the others.") },
  [RST_CHOICE_SECURITY] = { "security", N_("Its connection is encrypted from the beginning.") },
  [RST_CHOICE_PARTNER] = { "partner", N_("It comes from the same place as the server for incoming mail.") },
  [RST_CHOICE_ORDER] = { "order", N_("Its source comes first, or names it first.") },
};

/* The first that works, else the first. */
static const RstCandidate *
find_next (GPtrArray          *candidates,
           const RstCandidate *chosen)
{
  const RstCandidate *next = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *other = g_ptr_array_index (candidates, i);

      if (other->endpoint->protocol != chosen->endpoint->protocol ||
          rst_endpoint_equal (other->endpoint, chosen->endpoint))
        continue;
      if (rst_candidate_is_usable (other))
        return other;
      if (next == NULL)
        next = other;
    }
  return next;
}

/**
 * rst_choice_explain:
 * @candidates: (element-type RstCandidate): all that were found, best first
 * @chosen: one of them
 * @partner: (nullable): what was chosen for incoming mail, where @chosen is for outgoing mail
 * @next: (out) (nullable) (transfer none): the one that would have been chosen else
 *
 * Follows the order in which servers are compared (rst-entry.h).
 *
 * Returns: what decided
 */
RstChoiceReason
rst_choice_explain (GPtrArray           *candidates,
                    const RstCandidate  *chosen,
                    const RstCandidate  *partner,
                    const RstCandidate **next)
{
  *next = find_next (candidates, chosen);
  if (*next == NULL)
    return RST_CHOICE_ONLY;
  if (rst_candidate_is_usable (chosen) && !rst_candidate_is_usable (*next))
    return RST_CHOICE_WORKS;
  if (chosen->trust != (*next)->trust)
    return RST_CHOICE_TRUST;
  if (chosen->endpoint->security != (*next)->endpoint->security)
    return RST_CHOICE_SECURITY;
  if (partner != NULL && rst_candidate_shares_source (chosen, partner) &&
      !rst_candidate_shares_source (*next, partner))
    return RST_CHOICE_PARTNER;
  return RST_CHOICE_ORDER;
}

/**
 * rst_choice_get_nick:
 * @reason: what decided
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_choice_get_nick (RstChoiceReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason].nick;
}

/**
 * rst_choice_describe:
 * @reason: what decided
 *
 * Returns: (transfer none): one translated sentence
 */
const char *
rst_choice_describe (RstChoiceReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reasons), NULL);

  return _(reasons[reason].text);
}
