/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-facts-mailbox.h"

#include "rst-text.h"

#include <glib/gi18n-lib.h>

/* Below this a mailbox is small whatever is in it: at some 100 KB a message, 10,000 messages. */
#define SMALL_KIB (1024 * 1024)
/* It is nearly full with less than this part free. */
#define FREE_PERCENT 20
#define DAY_S (24 * 60 * 60)

/**
 * rst_facts_get_number:
 * @self: facts
 * @name: a name in #RstFacts.more
 * @value: (out): its value
 *
 * Returns: whether the server told it, and as a number
 */
gboolean
rst_facts_get_number (const RstFacts *self,
                      const char     *name,
                      guint64        *value)
{
  const char *text = g_hash_table_lookup (self->more, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL);
}

/* How servers make UIDL's name of a message from IMAP's numbers: Dovecot, Cyrus, and Dovecot where it
 * took over from Cyrus or Courier. */
static gboolean
is_name_of (const char *name,
            guint       uid,
            guint       validity)
{
  g_autofree char *dovecot = g_strdup_printf ("%08x%08x", uid, validity);
  g_autofree char *cyrus = g_strdup_printf ("%u.%u", validity, uid);
  g_autofree char *from_cyrus = g_strdup_printf ("%u-%u", validity, uid);
  g_autofree char *from_courier = g_strdup_printf ("UID%u-%u", uid, validity);

  return g_ascii_strcasecmp (name, dovecot) == 0 || g_str_equal (name, cyrus) ||
         g_str_equal (name, from_cyrus) || g_str_equal (name, from_courier);
}

static gboolean
first_is_same (const RstFacts *imap,
               const RstFacts *pop)
{
  const char *name = g_hash_table_lookup (pop->more, "first-uid");
  guint64 uid, validity;

  return name != NULL && rst_facts_get_number (imap, "first-uid", &uid) &&
         rst_facts_get_number (imap, "uid-validity", &validity) && uid <= G_MAXUINT32 &&
         validity <= G_MAXUINT32 && is_name_of (name, (guint) uid, (guint) validity);
}

/**
 * rst_facts_compare_inboxes:
 * @imap: facts of an IMAP server, signed in
 * @pop: facts of a POP server, signed in with the same account
 *
 * Some providers show only new mail by POP, or only what has not been fetched before.
 *
 * Returns: whether both show the same
 */
RstInboxes
rst_facts_compare_inboxes (const RstFacts *imap,
                           const RstFacts *pop)
{
  guint64 by_imap, by_pop, size_by_imap, size_by_pop;

  if (!rst_facts_get_number (imap, "messages", &by_imap) ||
      !rst_facts_get_number (pop, "messages", &by_pop))
    return RST_INBOXES_UNKNOWN;
  if (by_imap != by_pop)
    return RST_INBOXES_DIFFER;
  if (by_imap > 0 && (first_is_same (imap, pop) ||
                      (rst_facts_get_number (imap, "size", &size_by_imap) &&
                       rst_facts_get_number (pop, "size", &size_by_pop) && size_by_imap == size_by_pop)))
    return RST_INBOXES_SAME;
  return RST_INBOXES_UNKNOWN;
}

static void
note_other (RstFacts       *self,
            const RstFacts *other,
            gboolean        same)
{
  g_hash_table_replace (self->more, g_strdup ("same-inbox"), g_strdup (same ? "yes" : "no"));
  g_hash_table_replace (self->more, g_strdup ("other-messages"),
                        g_strdup (g_hash_table_lookup (other->more, "messages")));
}

/**
 * rst_facts_note_inboxes:
 * @imap: facts of an IMAP server, signed in
 * @pop: facts of a POP server, signed in with the same account
 *
 * Compares what both show, and adds to the facts of both what is known of it.
 */
void
rst_facts_note_inboxes (RstFacts *imap,
                        RstFacts *pop)
{
  RstInboxes inboxes = rst_facts_compare_inboxes (imap, pop);

  if (inboxes == RST_INBOXES_UNKNOWN)
    return;
  note_other (imap, pop, inboxes == RST_INBOXES_SAME);
  note_other (pop, imap, inboxes == RST_INBOXES_SAME);
}

static char *
describe_difference (guint by_pop,
                     guint by_imap)
{
  g_autofree char *what =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "POP shows %u message, the inbox by IMAP has %u.",
                                  "POP shows %u messages, the inbox by IMAP has %u.", by_pop),
                     by_pop, by_imap);
  const char *why = by_pop < by_imap
    ? _("Many providers hide old mail from POP, or mail that was fetched before: a program with POP will "
        "never get the rest. Use IMAP, or change the POP settings on the provider’s web page.")
    : _("The provider gives POP mail from other folders too, or mail has just come or gone.");

  return g_strdup_printf (C_("sentences", "%s %s"), what, why);
}

/**
 * rst_facts_describe_inbox:
 * @self: facts of an IMAP or POP server
 *
 * Returns: (transfer full) (nullable): whether the mailbox shows the same by the other protocol, and what
 *   a difference means; %NULL if that is not known
 */
char *
rst_facts_describe_inbox (const RstFacts *self)
{
  const char *same = g_hash_table_lookup (self->more, "same-inbox");
  gboolean is_pop = self->endpoint->protocol == RST_PROTOCOL_POP3;
  guint64 here, there;

  if (same == NULL || !rst_facts_get_number (self, "messages", &here) ||
      !rst_facts_get_number (self, "other-messages", &there))
    return NULL;
  if (g_str_equal (same, "yes"))
    return g_strdup (_("POP and IMAP show the same mail."));
  here = MIN (here, G_MAXUINT);
  there = MIN (there, G_MAXUINT);
  return describe_difference ((guint) (is_pop ? here : there), (guint) (is_pop ? there : here));
}

/* Without overflow, whatever the server claims. */
static gboolean
is_small (guint64 used,
          guint64 limit)
{
  return limit < SMALL_KIB || used >= limit || limit - used < limit / 100 * FREE_PERCENT;
}

static gboolean
keeps_for_ever (const RstFacts *self)
{
  const char *text = g_hash_table_lookup (self->more, "expire");

  return text != NULL && g_ascii_strcasecmp (text, "NEVER") == 0;
}

/**
 * rst_facts_describe_oldest:
 * @self: facts of an IMAP server
 *
 * Returns: (transfer full) (nullable): since when there is mail, as far as that is known; %NULL if it is not
 */
char *
rst_facts_describe_oldest (const RstFacts *self)
{
  const char *value = g_hash_table_lookup (self->more, "oldest");
  g_autofree char *iso = g_strconcat (value != NULL ? value : "", "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (iso, NULL);
  g_autofree char *text = day != NULL ? rst_text_format_day (day) : NULL;
  guint64 older;

  if (text == NULL)
    return NULL;
  if (!rst_facts_get_number (self, "older", &older))
    return g_strdup_printf (_("%s or earlier"), text);
  return older > 0 ? g_strdup_printf (_("before %s"), text) : g_steal_pointer (&text);
}

/**
 * rst_facts_describe_folders:
 * @self: facts of an IMAP server
 *
 * Returns: (transfer full) (nullable): how many folders there are; %NULL if that is not known
 */
char *
rst_facts_describe_folders (const RstFacts *self)
{
  guint64 folders;
  guint n;

  if (!rst_facts_get_number (self, "folders", &folders))
    return NULL;
  n = (guint) MIN (folders, G_MAXUINT);
  if (g_hash_table_contains (self->more, "folders-cut"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "more than %u folder", "more than %u folders", n),
                            n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u folder", "%u folders", n), n);
}

/**
 * rst_facts_takes_utf8:
 * @self: facts of a server
 *
 * Returns: whether the server says that it knows addresses with other letters than those of ASCII before the
 *   @ (RFC 6855, RFC 6856, RFC 6531)
 */
gboolean
rst_facts_takes_utf8 (const RstFacts *self)
{
  switch (self->endpoint->protocol)
    {
    case RST_PROTOCOL_IMAP:
      return rst_facts_has_capability (self, "UTF8=ACCEPT") || rst_facts_has_capability (self, "UTF8=ONLY") ||
             rst_facts_has_capability (self, "IMAP4REV2");
    case RST_PROTOCOL_POP3:
      return rst_facts_has_capability (self, "UTF8");
    case RST_PROTOCOL_SMTP:
      return rst_facts_has_capability (self, "SMTPUTF8");
    }
  g_return_val_if_reached (FALSE);
}

/**
 * rst_facts_describe_letters:
 * @self: facts of a server that let the person in
 *
 * Returns: (transfer full) (nullable): whether it knows the letters of the address; %NULL if these are of
 *   ASCII, or nobody signed in
 */
char *
rst_facts_describe_letters (const RstFacts *self)
{
  const char *takes = g_hash_table_lookup (self->more, "utf8-address");

  if (takes == NULL)
    return NULL;
  if (g_str_equal (takes, "yes"))
    return g_strdup (_("The server says that it knows the letters before the @."));
  if (self->endpoint->protocol == RST_PROTOCOL_SMTP)
    return g_strdup (_("The server does not say that it knows the letters before the @ (SMTPUTF8). Mail from "
                       "you may be turned away: ask the provider for a second address in plain letters."));
  return g_strdup (_("The server does not say that it knows the letters before the @. Mail to you may be "
                     "turned away or look damaged: ask the provider for a second address in plain letters."));
}

/**
 * rst_facts_takes_away:
 * @self: (nullable): facts of a POP server
 *
 * Returns: whether the server lets no copies stay: it may delete what POP fetches (EXPIRE 0, RFC 2449
 *   section 6.7)
 */
gboolean
rst_facts_takes_away (const RstFacts *self)
{
  guint64 days;

  return self != NULL && rst_facts_get_number (self, "expire", &days) && days == 0;
}

/**
 * rst_facts_describe_keeping:
 * @self: facts of a POP server
 *
 * Returns: (transfer full) (nullable): for how long it keeps mail; %NULL if it does not say so
 */
char *
rst_facts_describe_keeping (const RstFacts *self)
{
  g_autofree char *text = NULL;
  guint64 days;

  if (keeps_for_ever (self))
    return g_strdup (_("for ever"));
  if (rst_facts_takes_away (self))
    return g_strdup (_("until it is fetched"));
  if (!rst_facts_get_number (self, "expire", &days) || days > RST_MAX_DAYS)
    return NULL;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", (guint) days), (guint) days);
  if (g_hash_table_contains (self->more, "expire-by-mailbox"))
    return g_strdup_printf (_("at least %s, in some mailboxes longer"), text);
  return g_steal_pointer (&text);
}

/**
 * rst_facts_describe_delay:
 * @self: facts of a POP server
 *
 * Returns: (transfer full) (nullable): how long programs have to wait before they sign in again; %NULL if
 *   they do not
 */
char *
rst_facts_describe_delay (const RstFacts *self)
{
  g_autofree char *text = NULL;
  guint64 seconds;

  if (!rst_facts_get_number (self, "login-delay", &seconds) || seconds == 0 || seconds > G_MAXUINT32)
    return NULL;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", (guint) seconds),
                          (guint) seconds);
  if (g_hash_table_contains (self->more, "login-delay-by-mailbox"))
    return g_strdup_printf (_("at least %s, in some mailboxes longer"), text);
  return g_steal_pointer (&text);
}

/**
 * rst_facts_get_delay:
 * @self: (nullable): facts of a POP server
 *
 * Returns: the seconds that programs have to wait before they sign in again (LOGIN-DELAY, RFC 2449 section
 *   6.5), a day at the most; 0 if they do not
 */
guint
rst_facts_get_delay (const RstFacts *self)
{
  guint64 seconds;

  if (self == NULL || !rst_facts_get_number (self, "login-delay", &seconds))
    return 0;
  return (guint) MIN (seconds, DAY_S);
}

/**
 * rst_facts_answer:
 * @self: facts
 * @answers: where to add what they say about the room in the mailbox and how long mail is kept
 *
 * What the server does not tell, or what says nothing, leaves @answers as they are; only EXPIRE NEVER takes
 * back what the list of providers said. EXPIRE 0 speaks of what POP fetches, not of age: see
 * rst_facts_takes_away().
 */
void
rst_facts_answer (const RstFacts *self,
                  RstAnswers     *answers)
{
  guint64 used, limit, days;

  if (rst_facts_get_number (self, "quota-limit", &limit) && limit > 0 &&
      rst_facts_get_number (self, "quota-used", &used))
    rst_answers_set_fact (answers, RST_KEY_QUOTA,
                          is_small (used, limit) ? RST_QUOTA_SMALL : RST_QUOTA_LARGE,
                          RST_EVIDENCE_SERVER);
  if (rst_facts_get_number (self, "expire", &days) && days > 0 && days <= RST_MAX_DAYS)
    rst_answers_set_fact (answers, RST_KEY_EXPIRES, (guint) days, RST_EVIDENCE_SERVER);
  else if (keeps_for_ever (self) &&
           rst_answers_get_evidence (answers, RST_KEY_EXPIRES) == RST_EVIDENCE_PROVIDER_LIST)
    rst_answers_set_fact (answers, RST_KEY_EXPIRES, RST_NOT_SURE, RST_EVIDENCE_SERVER);
}

/**
 * rst_facts_make_look:
 * @self: facts
 * @username: who signed in
 * @when: seconds since 1970
 *
 * Returns: (transfer full) (nullable): what was seen of the mailbox; %NULL if nothing was
 */
RstGlance *
rst_facts_make_look (const RstFacts *self,
                     const char     *username,
                     gint64          when)
{
  g_autofree char *mailbox = NULL;
  guint64 messages;
  RstGlance *look;

  if (!self->signed_in || self->endpoint->protocol == RST_PROTOCOL_SMTP ||
      !rst_facts_get_number (self, "messages", &messages))
    return NULL;
  mailbox = rst_glance_get_mailbox (self->endpoint, username);
  look = rst_glance_new (mailbox, when);
  look->messages = messages;
  if (self->endpoint->protocol == RST_PROTOCOL_POP3)
    {
      const char *name = g_hash_table_lookup (self->more, "first-uid");

      look->name = name != NULL ? rst_glance_digest (name) : NULL;
      return look;
    }
  rst_facts_get_number (self, "first-uid", &look->first);
  rst_facts_get_number (self, "uid-next", &look->next);
  rst_facts_get_number (self, "uid-validity", &look->validity);
  return look;
}

/**
 * rst_facts_note_removal:
 * @self: facts
 * @look: a look made of them that was compared with the one before it
 *
 * Adds to the facts that something takes old mail away, if so.
 */
void
rst_facts_note_removal (RstFacts        *self,
                        const RstGlance *look)
{
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_utc (look->removal.since);

  if (look->removal.at_least == 0 || since == NULL)
    return;
  g_hash_table_replace (self->more, g_strdup ("removed"),
                        g_strdup_printf ("%" G_GUINT64_FORMAT, look->removal.at_least));
  g_hash_table_replace (self->more, g_strdup ("removed-since"), g_date_time_format_iso8601 (since));
}

/**
 * rst_facts_get_removal:
 * @self: facts
 * @removal: (out): mail that went away, until now
 *
 * Returns: whether something takes old mail away
 */
gboolean
rst_facts_get_removal (const RstFacts *self,
                       RstRemoval     *removal)
{
  const char *text = g_hash_table_lookup (self->more, "removed-since");
  g_autoptr (GDateTime) since = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  *removal = (RstRemoval) { 0 };
  if (since == NULL || !rst_facts_get_number (self, "removed", &removal->at_least))
    return FALSE;
  removal->since = g_date_time_to_unix (since);
  removal->until = removal->since;
  return TRUE;
}
