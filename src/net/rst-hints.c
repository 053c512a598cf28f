/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-hints.h"

#include "rst-facts-mailbox.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>

static gboolean
has_named (const RstFindings  *findings,
           const RstCandidate *candidate)
{
  return candidate != NULL && g_strv_contains ((const char * const *) candidate->sources, findings->source);
}

/* Where nothing is chosen, everybody may speak. */
static gboolean
may_speak (const RstFindings    *findings,
           RstCandidate * const *chosen)
{
  const RstCandidate *imap = chosen[RST_PROTOCOL_IMAP];
  const RstCandidate *pop = chosen[RST_PROTOCOL_POP3];

  return (imap == NULL && pop == NULL) || has_named (findings, imap) || has_named (findings, pop);
}

static RstTrust
get_trust (const RstFindings *findings)
{
  RstTrust trust = RST_TRUST_NONE;

  for (guint i = 0; i < findings->candidates->len; i++)
    trust = MAX (trust, ((RstCandidate *) g_ptr_array_index (findings->candidates, i))->trust);
  return trust;
}

/* About the server that is used, if the source knows that one; else about its first one. */
static const RstCandidate *
find_leave (const RstFindings  *findings,
            const RstCandidate *pop)
{
  const RstCandidate *first = NULL;

  for (guint i = 0; i < findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (findings->candidates, i);

      if (!candidate->leave_known)
        continue;
      if (pop != NULL && g_str_equal (candidate->endpoint->host, pop->endpoint->host))
        return candidate;
      if (first == NULL)
        first = candidate;
    }
  return pop == NULL || has_named (findings, pop) ? first : NULL;
}

/**
 * rst_hints_gather:
 * @self: (out): the hints
 * @findings: (element-type RstFindings): what each source found, in the order of the sources
 * @chosen: (array) (element-type RstCandidate): the server for each protocol, or %NULL
 */
void
rst_hints_gather (RstHints             *self,
                  GPtrArray            *findings,
                  RstCandidate * const *chosen)
{
  RstTrust preferred = RST_TRUST_GUESS;
  RstTrust leave = RST_TRUST_GUESS;
  const RstCandidate *smtp = chosen[RST_PROTOCOL_SMTP];

  *self = (RstHints) { 0 };
  if (chosen[RST_PROTOCOL_POP3] != NULL)
    self->takes_away = rst_facts_takes_away (chosen[RST_PROTOCOL_POP3]->probe);
  self->sends = smtp != NULL && smtp->probe != NULL && smtp->probe->secured;
  self->sends_utf8 = self->sends && rst_facts_takes_utf8 (smtp->probe);
  for (guint i = 0; i < findings->len; i++)
    {
      const RstFindings *source = g_ptr_array_index (findings, i);
      RstTrust trust = get_trust (source);
      const RstCandidate *candidate = find_leave (source, chosen[RST_PROTOCOL_POP3]);

      if (!may_speak (source, chosen))
        continue;
      if (source->preferred != 0 && trust > preferred)
        {
          preferred = trust;
          self->preferred = source->preferred;
          self->preferred_by = source->source;
        }
      if (candidate != NULL && trust > leave)
        {
          leave = trust;
          self->leave = candidate->leave;
          self->leave_days = candidate->leave_days;
          self->leave_by = source->source;
        }
    }
}

static guint
find_lowest_rank (const RstFindings *findings,
                  guint              from,
                  RstProtocol        protocol)
{
  guint lowest = G_MAXUINT;

  for (guint i = from; i < findings->candidates->len; i++)
    {
      const RstCandidate *candidate = g_ptr_array_index (findings->candidates, i);

      if (candidate->endpoint->protocol == protocol)
        lowest = MIN (lowest, candidate->rank);
    }
  return lowest;
}

/**
 * rst_hints_prefer:
 * @findings: findings
 * @from: the first candidate of a document
 *
 * Takes what the document puts first, IMAP or POP, for the provider's preference, as documents of providers
 * mean it, unless an earlier document of the source had one. Where only one way is named, or both come
 * equal, there is none.
 */
void
rst_hints_prefer (RstFindings *findings,
                  guint        from)
{
  guint imap = find_lowest_rank (findings, from, RST_PROTOCOL_IMAP);
  guint pop = find_lowest_rank (findings, from, RST_PROTOCOL_POP3);

  if (findings->preferred == 0 && imap != pop && imap != G_MAXUINT && pop != G_MAXUINT)
    findings->preferred = 1u << (imap < pop ? RST_PROTOCOL_IMAP : RST_PROTOCOL_POP3);
}

/**
 * rst_hints_describe_source:
 * @id: id of the source that a hint is from
 *
 * Returns: (transfer none) (nullable): who that is, in words; %NULL: no source of a search
 */
const char *
rst_hints_describe_source (const char *id)
{
  for (gsize i = 0; rst_sources[i] != NULL; i++)
    if (g_str_equal (rst_sources[i]->id, id))
      return _(rst_sources[i]->title);
  return NULL;
}

static void
add (GPtrArray  *texts,
     const char *text,
     const char *id)
{
  const char *who = rst_hints_describe_source (id);

  /* Translators: what the provider wishes, and who says so. */
  g_ptr_array_add (texts, who != NULL ? g_strdup_printf (C_("hint", "%s (%s)"), text, who) : g_strdup (text));
}

static void
add_leave (GPtrArray      *texts,
           const RstHints *self)
{
  g_autofree char *days = NULL;

  switch (self->leave)
    {
    case RST_LEAVE_KEEP:
      add (texts, _("With POP, your provider suggests that copies stay on the server."), self->leave_by);
      break;
    case RST_LEAVE_REMOVE:
      add (texts,
           _("With POP, your provider suggests taking mail off the server as soon as it is fetched."),
           self->leave_by);
      break;
    case RST_LEAVE_DAYS:
      days = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "With POP, your provider suggests that copies stay on the server "
                                           "for %u day.",
                                           "With POP, your provider suggests that copies stay on the server "
                                           "for %u days.", self->leave_days), self->leave_days);
      add (texts, days, self->leave_by);
      break;
    }
}

/* Before a sign-in only the server for sending says for sure whether it can, and mail to such an address has
 * to pass one like it. */
static void
add_letters (GPtrArray      *texts,
             const RstHints *self)
{
  g_ptr_array_add (texts, g_strdup (self->sends_utf8
    ? _("Your address has letters before the @ that not every server knows. Yours for sending does; those "
        "of others may turn your mail away.")
    : _("Your address has letters before the @ that not every server knows, and the one for sending does "
        "not say that it does (SMTPUTF8). Mail from you may be turned away: ask the provider for a second "
        "address in plain letters.")));
}

/**
 * rst_hints_list:
 * @self: (nullable): the hints
 * @address: the person's address
 * @instructions: (nullable) (element-type utf8): what the provider says to do
 *
 * Returns: (transfer full) (element-type utf8): its instructions, which protocol it prefers, and what it
 *   wants POP to do with the copies on the server, and whether any stay there
 */
GPtrArray *
rst_hints_list (const RstHints   *self,
                const RstAddress *address,
                GPtrArray        *instructions)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; instructions != NULL && i < instructions->len; i++)
    g_ptr_array_add (texts, g_strdup (instructions->pdata[i]));
  if (self != NULL && self->preferred != 0)
    add (texts,
         self->preferred == 1u << RST_PROTOCOL_IMAP ? _("The provider prefers IMAP to POP.")
                                                    : _("The provider prefers POP to IMAP."),
         self->preferred_by);
  if (self != NULL && self->leave_by != NULL)
    add_leave (texts, self);
  if (self != NULL && self->takes_away)
    g_ptr_array_add (texts,
                     g_strdup (_("With POP, the server keeps no copies: it takes mail away as soon as it was "
                                 "fetched, whatever the mail program is told. Another device finds nothing "
                                 "then; use IMAP if you have several.")));
  if (self != NULL && self->sends && !g_str_is_ascii (address->local))
    add_letters (texts, self);
  return texts;
}
