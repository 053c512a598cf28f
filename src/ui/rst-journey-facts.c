/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known without asking, added to the answers: which protocols the provider offers, for how
 * long it keeps mail, and how the programs on this computer read the address already.
 */
#include "rst-journey-private.h"

#include "rst-facts-mailbox.h"
#include "rst-hints.h"

static gboolean
answers_somehow (RstDiscovery *discovery,
                 RstProtocol   protocol)
{
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);

  for (guint i = 0; i < candidates->len; i++)
    {
      RstCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->endpoint->protocol == protocol &&
          (candidate->probe == NULL || candidate->probe->reachable))
        return TRUE;
    }
  return FALSE;
}

/* A protocol counts as not offered only if nothing of that kind answers at all: a server with a
 * bad certificate is repaired tomorrow. */
static guint
find_offers (RstJourney *self)
{
  gboolean imap, pop;

  if (self->discovery == NULL || rst_discovery_is_running (self->discovery))
    return RST_NOT_SURE;
  imap = answers_somehow (self->discovery, RST_PROTOCOL_IMAP);
  pop = answers_somehow (self->discovery, RST_PROTOCOL_POP3);
  if (imap && pop)
    return RST_OFFERS_BOTH;
  if (imap)
    return RST_OFFERS_IMAP;
  return pop ? RST_OFFERS_POP : RST_NOT_SURE;
}

static guint
describe_existing (const RstAccount *account)
{
  if (!rst_account_is_pop (account))
    return RST_EXISTING_IMAP;
  switch (account->leave)
    {
    case RST_LEAVE_REMOVE:
      return RST_EXISTING_POP_REMOVE;
    case RST_LEAVE_DAYS:
      return RST_EXISTING_POP_DAYS;
    case RST_LEAVE_KEEP:
    default:
      return RST_EXISTING_POP_KEEP;
    }
}

/* Of several accounts the one that takes most away decides: the smallest of the POP values, or IMAP. */
static guint
find_existing (RstJourney *self)
{
  guint existing = RST_EXISTING_NONE;
  GPtrArray *clients;

  if (self->scan == NULL || self->address == NULL)
    return RST_NOT_SURE;
  clients = rst_scan_get_clients (self->scan);
  for (guint i = 0; i < clients->len; i++)
    {
      const RstAccount *account = rst_journey_find_account (self, g_ptr_array_index (clients, i));
      guint found = account != NULL ? describe_existing (account) : RST_EXISTING_NONE;

      if (found == RST_EXISTING_NONE || (found == RST_EXISTING_IMAP && existing != RST_EXISTING_NONE))
        continue;
      if (existing <= RST_EXISTING_IMAP || found < existing)
        existing = found;
    }
  return existing;
}

/**
 * rst_journey_find_account:
 * @self: a journey
 * @found: a program on this computer
 *
 * Returns: (transfer none) (nullable): its account that reads the journey's mailbox already
 */
const RstAccount *
rst_journey_find_account (RstJourney     *self,
                          RstFoundClient *found)
{
  g_autoptr(RstAccount) wanted = NULL;

  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->address == NULL)
    return NULL;
  wanted = rst_account_new (self->address->full);
  for (guint i = 0; i < found->profiles->len; i++)
    {
      RstFoundProfile *profile = g_ptr_array_index (found->profiles, i);

      for (guint k = 0; k < profile->accounts->len; k++)
        {
          const RstAccount *account = g_ptr_array_index (profile->accounts, k);

          if (account->address != NULL && account->incoming.endpoint != NULL &&
              rst_account_same_mailbox (account, wanted))
            return account;
        }
    }
  return NULL;
}

/* What the list of providers says, and what the servers tell: before anybody signs in for how long mail is
 * kept for POP, then how much room there is. A server counts more than the list, and a person most. */
static void
gather_server_facts (RstJourney *self)
{
  static const RstKey keys[] = { RST_KEY_QUOTA, RST_KEY_EXPIRES };
  g_autoptr(RstAnswers) told = rst_answers_new ();
  GPtrArray *candidates = self->discovery != NULL ? rst_discovery_get_candidates (self->discovery) : NULL;

  if (self->discovery != NULL)
    rst_provider_facts_answer (rst_discovery_get_stated (self->discovery), told);
  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->probe != NULL)
        rst_facts_answer (candidate->probe, told);
    }
  if (self->mailbox != NULL)
    rst_facts_answer (self->mailbox, told);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (rst_answers_get (self->answers, keys[i]) == RST_NOT_SURE ||
        rst_answers_get_evidence (self->answers, keys[i]) != RST_EVIDENCE_PERSON)
      rst_answers_set_fact (self->answers, keys[i], rst_answers_get (told, keys[i]),
                            rst_answers_get_evidence (told, keys[i]));
}

/* Brings the facts among the answers up to date. */
void
rst_journey_gather_facts (RstJourney *self)
{
  g_autoptr(RstAnswers) before = rst_answers_copy (self->answers);

  rst_answers_set_fact (self->answers, RST_KEY_OFFERS, find_offers (self), RST_EVIDENCE_SERVER);
  rst_answers_set_fact (self->answers, RST_KEY_EXISTING, find_existing (self), RST_EVIDENCE_COMPUTER);
  gather_server_facts (self);
  if (!rst_answers_equal (before, self->answers))
    rst_journey_forget_advice (self);
}

/**
 * rst_journey_get_mailbox:
 * @self: a journey
 *
 * Returns: (transfer none) (nullable): what the mailbox told; %NULL if nobody signed in yet
 */
RstFacts *
rst_journey_get_mailbox (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  return self->mailbox;
}

/**
 * rst_journey_set_mailbox:
 * @self: a journey
 * @facts: (nullable): what the mailbox told
 *
 * Lets the advice rest on it too. The method does not change behind the person's back: if another one
 * would be advised now, that which was agreed to counts as chosen.
 *
 * Returns: whether another method would be advised now
 */
gboolean
rst_journey_set_mailbox (RstJourney *self,
                         RstFacts   *facts)
{
  RstPlan plan;
  RstMethod mode;

  g_return_val_if_fail (RST_IS_JOURNEY (self), FALSE);

  plan = rst_journey_get_advice (self)->plan;
  mode = rst_journey_get_mode (self);
  if (facts != NULL)
    rst_facts_ref (facts);
  g_clear_pointer (&self->mailbox, rst_facts_unref);
  self->mailbox = facts;
  rst_journey_gather_facts (self);
  if (rst_journey_get_mode (self) == mode)
    return FALSE;
  self->has_choice = TRUE;
  self->choice = plan;
  rst_journey_forget_advice (self);
  return TRUE;
}

/**
 * rst_journey_list_hints:
 * @self: a journey
 *
 * Returns: (transfer full) (element-type utf8): what the provider wishes
 */
GPtrArray *
rst_journey_list_hints (RstJourney *self)
{
  g_return_val_if_fail (RST_IS_JOURNEY (self), NULL);

  if (self->discovery == NULL)
    return rst_hints_list (NULL, self->address, NULL);
  return rst_hints_list (rst_discovery_get_hints (self->discovery), self->address,
                         rst_discovery_get_instructions (self->discovery));
}
