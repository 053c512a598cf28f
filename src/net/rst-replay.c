/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-replay.h"

#include <string.h>

/* RFC 2782 among equal priorities: the heaviest first, and not a random one; then anything that is always
 * the same. */
static gint
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const RstSrv *first = *(const RstSrv * const *) a;
  const RstSrv *second = *(const RstSrv * const *) b;
  gint targets = strcmp (first->target, second->target);

  if (first->priority != second->priority)
    return first->priority - second->priority;
  if (first->weight != second->weight)
    return second->weight - first->weight;
  return targets != 0 ? targets : first->port - second->port;
}

static gint
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * rst_replay_take:
 * @findings: findings
 * @reply: a reply
 *
 * Keeps a copy of the reply, its records in order, and forgets all that was found: what has been asked and
 * what was replied is left. Name servers turn the order of records round.
 */
void
rst_replay_take (RstFindings    *findings,
                 const RstReply *reply)
{
  const RstReply *kept;

  rst_findings_keep (findings, reply);
  kept = g_ptr_array_index (findings->kept, findings->kept->len - 1);
  g_ptr_array_sort (kept->records, compare_records);
  g_ptr_array_sort (kept->texts, compare_texts);
  g_ptr_array_set_size (findings->candidates, 0);
  g_ptr_array_set_size (findings->extras, 0);
  g_ptr_array_set_size (findings->instructions, 0);
  g_ptr_array_set_size (findings->stated, 0);
  g_ptr_array_set_size (findings->notes, 0);
  findings->failed = FALSE;
  findings->denied = 0;
  findings->preferred = 0;
}

/**
 * rst_replay_find:
 * @findings: findings
 * @kind: a kind of ask
 * @name: what was asked
 *
 * Returns: (transfer none) (nullable): the reply to it, if there is one already
 */
const RstReply *
rst_replay_find (const RstFindings *findings,
                 RstAskKind         kind,
                 const char        *name)
{
  for (guint i = 0; i < findings->kept->len; i++)
    {
      const RstReply *reply = g_ptr_array_index (findings->kept, i);

      if (reply->ask->kind == kind && g_str_equal (reply->ask->name, name))
        return reply;
    }
  return NULL;
}
