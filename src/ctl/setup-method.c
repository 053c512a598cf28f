/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The step of setup that decides between IMAP and POP: by the person's word, or by the advice for
 * what the person said and what was found out.
 */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "ctl-output.h"
#include "ctl-questions.h"
#include "ctl-text.h"
#include "rst-facts-mailbox.h"

/* A protocol counts as offered if a server of it was named and answers, even badly: a certificate
 * that expired today is repaired tomorrow. */
static gboolean
is_offered (const Setup *self,
            RstProtocol  protocol)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      const RstCandidate *candidate = self->servers->pdata[i];

      if (candidate->endpoint->protocol == protocol &&
          (candidate->probe == NULL || candidate->probe->reachable))
        return TRUE;
    }
  return FALSE;
}

static guint
find_offers (const Setup *self)
{
  gboolean imap = is_offered (self, RST_PROTOCOL_IMAP);
  gboolean pop = is_offered (self, RST_PROTOCOL_POP3);

  if (imap && pop)
    return RST_OFFERS_BOTH;
  return imap ? RST_OFFERS_IMAP : RST_OFFERS_POP;
}

static guint
existing_from_account (const RstAccount *account)
{
  if (!rst_account_is_pop (account))
    return RST_EXISTING_IMAP;
  switch (account->leave)
    {
    case RST_LEAVE_DAYS:
      return RST_EXISTING_POP_DAYS;
    case RST_LEAVE_KEEP:
      return RST_EXISTING_POP_KEEP;
    case RST_LEAVE_REMOVE:
    default:
      return RST_EXISTING_POP_REMOVE;
    }
}

/* Of several accounts the one that takes the most mail away counts. */
static void
weigh_existing (guint *existing,
                guint  other)
{
  static const guint rank[] = {
    [RST_EXISTING_NONE] = 0, [RST_EXISTING_IMAP] = 1, [RST_EXISTING_POP_KEEP] = 2,
    [RST_EXISTING_POP_DAYS] = 3, [RST_EXISTING_POP_REMOVE] = 4,
  };

  if (rank[other] > rank[*existing])
    *existing = other;
}

static guint
find_existing (const Setup *self)
{
  g_autoptr (RstAccount) wanted = rst_account_new (self->address->full);
  GPtrArray *clients = rst_scan_get_clients (self->scan);
  guint existing = RST_EXISTING_NONE;

  for (guint i = 0; i < clients->len; i++)
    {
      const RstFoundClient *client = clients->pdata[i];

      for (guint j = 0; j < client->profiles->len; j++)
        {
          GPtrArray *accounts = ((RstFoundProfile *) client->profiles->pdata[j])->accounts;

          for (guint k = 0; k < accounts->len; k++)
            {
              const RstAccount *account = accounts->pdata[k];

              if (account->incoming.endpoint != NULL && rst_account_same_mailbox (account, wanted))
                weigh_existing (&existing, existing_from_account (account));
            }
        }
    }
  return existing;
}

static void
set_fact (RstAnswers  *answers,
          RstKey       key,
          guint        value,
          RstEvidence  evidence)
{
  if (rst_answers_get (answers, key) == RST_NOT_SURE)
    rst_answers_set_fact (answers, key, value, evidence);
}

/* What the list of providers and the servers told already, the latter counting more, and what the person
 * says about it most. */
static void
add_told (Setup *self)
{
  static const RstKey keys[] = { RST_KEY_QUOTA, RST_KEY_EXPIRES };
  RstAnswers told = { 0 };

  if (self->discovery != NULL)
    rst_provider_facts_answer (rst_discovery_get_stated (self->discovery), &told);
  for (guint i = 0; i < self->servers->len; i++)
    if (((RstCandidate *) self->servers->pdata[i])->probe != NULL)
      rst_facts_answer (((RstCandidate *) self->servers->pdata[i])->probe, &told);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    set_fact (&self->answers, keys[i], rst_answers_get (&told, keys[i]),
              rst_answers_get_evidence (&told, keys[i]));
}

static gboolean
follow_advice (Setup   *self,
               GError **error)
{
  if (!ctl_anything_said (&self->answers) && !self->yes && !self->options.json && ctl_ask_is_possible () &&
      !ctl_ask_questions (&self->answers, error))
    return FALSE;
  set_fact (&self->answers, RST_KEY_OFFERS, find_offers (self), RST_EVIDENCE_SERVER);
  add_told (self);
  set_fact (&self->answers, RST_KEY_EXISTING, find_existing (self), RST_EVIDENCE_COMPUTER);
  self->advice = rst_advice_new (&self->answers);
  self->method = self->advice->mode == RST_METHOD_POP ? RST_METHOD_POP : RST_METHOD_IMAP;
  return TRUE;
}

static gboolean
prints (const Setup *self)
{
  return !self->options.json && !self->dry_run;
}

static void
print_hints (Setup *self)
{
  g_autoptr (GPtrArray) hints = setup_list_hints (self);

  ctl_print_hints (hints);
}

static void
print_method (Setup *self)
{
  const char *method = self->method == RST_METHOD_POP ? "POP" : "IMAP";

  if (self->advice == NULL)
    {
      ctl_print_heading (_("Method"));
      ctl_print_text (2, method);
      print_hints (self);
      return;
    }
  ctl_print_heading (self->advice->headline);
  ctl_print_text (2, self->advice->technical);
  for (guint i = 0; i < self->advice->reasons->len; i++)
    {
      const RstReason *reason = self->advice->reasons->pdata[i];

      ctl_print_item (2, "•", reason->title);
      ctl_print_text (4, reason->text);
    }
  print_hints (self);
}

static guint
get_advised_days (Setup *self)
{
  RstPlanSettings settings;

  if (self->advice != NULL && self->advice->mode == RST_METHOD_POP)
    return self->advice->settings.leave_days;
  rst_plan_get_settings (RST_PLAN_POP_DAYS, &self->answers, &settings);
  return settings.leave_days;
}

static void
set_copies (Setup      *self,
            RstAccount *account)
{
  guint days = 0;

  if (self->leave_days == SETUP_DAYS_UNSET)
    account->leave = rst_hints_suggest_leave (&self->hints, &self->answers, get_advised_days (self), &days);
  else if (self->leave_days == SETUP_DAYS_KEEP)
    account->leave = RST_LEAVE_KEEP;
  else
    {
      days = (guint) self->leave_days;
      account->leave = days > 0 ? RST_LEAVE_DAYS : RST_LEAVE_REMOVE;
    }
  account->leave_days = days;
}

/* Where the provider suggests something, what comes of it, and how to have it otherwise. */
static void
print_copies (Setup *self)
{
  g_autofree char *copies = NULL;
  g_autofree char *why = NULL;

  if (self->method != RST_METHOD_POP || self->hints.leave_by == NULL || self->leave_days != SETUP_DAYS_UNSET)
    return;
  copies = ctl_describe_account (self->account);
  why = rst_hints_explain_leave (&self->hints, &self->answers, get_advised_days (self));
  ctl_print_item (2, "•", copies);
  ctl_print_text (4, why);
  ctl_print_text (4, _("Say it otherwise with --leave-days."));
}

static void
set_login (RstLogin           *login,
           const RstCandidate *candidate,
           const char         *user)
{
  if (candidate != NULL)
    rst_login_set (login, candidate->endpoint, user != NULL ? user : candidate->username, candidate->auth);
}

/**
 * setup_list_hints:
 * @self: a setup whose servers are found
 *
 * Returns: (transfer full) (element-type utf8): what the provider wishes
 */
GPtrArray *
setup_list_hints (Setup *self)
{
  return rst_hints_list (&self->hints, self->address,
                         self->discovery != NULL ? rst_discovery_get_instructions (self->discovery) : NULL);
}

/**
 * setup_make_account:
 * @self: a setup whose method is decided
 *
 * Makes the account as the programs will have it.
 */
void
setup_make_account (Setup *self)
{
  RstAccount *account = rst_account_new (self->address->full);

  account->name = g_strdup (self->name);
  if (self->search.ca_file != NULL)
    account->ca_file = g_canonicalize_filename (self->search.ca_file, NULL);
  set_login (&account->incoming, setup_get_incoming (self), self->user);
  set_login (&account->outgoing, setup_get_outgoing (self), self->user);
  account->store_secret = !self->no_secret;
  if (self->method == RST_METHOD_POP)
    {
      account->login_delay = rst_facts_get_delay (setup_get_incoming (self)->probe);
      set_copies (self, account);
    }
  g_clear_pointer (&self->account, rst_account_free);
  self->account = account;
}

/**
 * setup_choose_method:
 * @self: a setup
 *
 * Step: decides between IMAP and POP.
 *
 * Returns: how to go on
 */
CtlExit
setup_choose_method (Setup *self)
{
  RstProtocol protocol;
  GError *error = NULL;

  if (g_strcmp0 (self->mode, "imap") == 0)
    self->method = RST_METHOD_IMAP;
  else if (g_strcmp0 (self->mode, "pop") == 0)
    self->method = RST_METHOD_POP;
  else if (!follow_advice (self, &error))
    return setup_fail (self, error);

  if (prints (self))
    print_method (self);
  protocol = self->method == RST_METHOD_POP ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP;
  if (self->found[protocol] == NULL)
    return setup_fail (self, ctl_search_explain (self->discovery, self->servers, self->address,
                                                 1u << protocol));
  setup_make_account (self);
  if (prints (self))
    print_copies (self);
  return CTL_EXIT_DONE;
}
