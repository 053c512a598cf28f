/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-hints.h"

#include <glib/gi18n-lib.h>

/* The first one of a protocol, which is the best. A usual name that was guessed wishes nothing. */
static const RstCandidate *
find (GPtrArray   *candidates,
      RstProtocol  protocol)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = candidates->pdata[i];

      if (candidate->endpoint->protocol == protocol && candidate->trust >= RST_TRUST_DNS)
        return candidate;
    }
  return NULL;
}

static void
add_preference (GPtrArray          *texts,
                const RstCandidate *imap,
                const RstCandidate *pop)
{
  if (imap == NULL || pop == NULL || imap->rank == pop->rank || !rst_candidate_shares_source (imap, pop))
    return;
  g_ptr_array_add (texts, g_strdup (imap->rank < pop->rank ? _("The provider prefers IMAP to POP.")
                                                           : _("The provider prefers POP to IMAP.")));
}

static void
add_leave (GPtrArray          *texts,
           const RstCandidate *pop)
{
  if (pop == NULL || !pop->leave_known)
    return;
  if (pop->leave == RST_LEAVE_KEEP)
    g_ptr_array_add (texts, g_strdup (_("With POP, the provider wants copies to stay on the server.")));
  else if (pop->leave == RST_LEAVE_REMOVE)
    g_ptr_array_add (texts, g_strdup (_("With POP, the provider’s settings take mail off the server as "
                                        "soon as it is fetched.")));
  else
    g_ptr_array_add (texts, g_strdup_printf (
                              g_dngettext (GETTEXT_PACKAGE,
                                           "With POP, the provider wants copies to stay on the server for "
                                           "%u day.",
                                           "With POP, the provider wants copies to stay on the server for "
                                           "%u days.", pop->leave_days), pop->leave_days));
}

/**
 * rst_hints_list:
 * @candidates: (element-type RstCandidate): the servers that were found, the best first
 * @instructions: (nullable) (element-type utf8): what the provider says to do
 *
 * Returns: (transfer full) (element-type utf8): its instructions, which protocol it prefers, and what it
 *   wants POP to do with the copies on the server
 */
GPtrArray *
rst_hints_list (GPtrArray *candidates,
                GPtrArray *instructions)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  const RstCandidate *pop = find (candidates, RST_PROTOCOL_POP3);

  for (guint i = 0; instructions != NULL && i < instructions->len; i++)
    g_ptr_array_add (texts, g_strdup (instructions->pdata[i]));
  add_preference (texts, find (candidates, RST_PROTOCOL_IMAP), pop);
  add_leave (texts, pop);
  return texts;
}
