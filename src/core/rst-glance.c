/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-glance.h"

#include "rst-text.h"

#include <glib/gi18n-lib.h>

/* When nothing more has gone for so long, whatever took it has been found. */
#define FORGET_SECONDS (30 * 24 * 60 * 60)

/**
 * rst_glance_digest:
 * @text: a text
 *
 * Returns: (transfer full): what stands for @text where it must not be read
 */
char *
rst_glance_digest (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/**
 * rst_glance_get_mailbox:
 * @endpoint: where the mailbox was looked at; port and security do not matter
 * @username: who signed in
 *
 * Returns: (transfer full): a digest that is the same for the same mailbox by the same protocol
 */
char *
rst_glance_get_mailbox (const RstEndpoint *endpoint,
                      const char        *username)
{
  g_autofree char *text = g_strdup_printf ("%s %s %s", rst_protocol_get_nick (endpoint->protocol),
                                           endpoint->host, username);

  return rst_glance_digest (text);
}

/**
 * rst_glance_new:
 * @mailbox: which one
 * @when: seconds since 1970
 *
 * Returns: (transfer full): a look that has seen nothing yet
 */
RstGlance *
rst_glance_new (const char *mailbox,
              gint64      when)
{
  RstGlance *self = g_new0 (RstGlance, 1);

  self->mailbox = g_strdup (mailbox);
  self->when = when;
  return self;
}

/**
 * rst_glance_free:
 * @self: (transfer full): a look
 */
void
rst_glance_free (RstGlance *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->mailbox);
  g_free (self->name);
  g_free (self);
}

static guint64
less (const RstGlance *before,
      const RstGlance *now)
{
  return before->messages > now->messages ? before->messages - now->messages : 0;
}

/* A number that is lower than the first one now belongs to a message that is gone. */
static guint64
compare_numbers (const RstGlance *before,
                 const RstGlance *now)
{
  gboolean all_gone;

  if (before->validity != now->validity)
    return 0;
  if (now->messages == 0)
    return before->messages + (before->next > 0 && now->next > before->next);
  if (before->messages == 0 || before->first == 0 || now->first <= before->first)
    return 0;
  all_gone = before->next > 0 && now->first >= before->next;
  return MAX (all_gone ? before->messages : less (before, now), 1);
}

/* New mail comes last, so the first name changes only when the first message goes, or when the server
 * calls everything by new names: then there are not fewer. */
static guint64
compare_names (const RstGlance *before,
               const RstGlance *now)
{
  if (before->name == NULL ||
      (now->messages > 0 && (now->name == NULL || g_str_equal (before->name, now->name))))
    return 0;
  return less (before, now);
}

/**
 * rst_glance_compare:
 * @before: a look
 * @now: a later one at the same mailbox
 *
 * Mail that came meanwhile does not matter, nor does what went from between: people tidy up. Where
 * nothing can be known, nothing is claimed.
 *
 * Returns: how many messages at least are gone, so that the oldest one is another; 0 if that cannot be
 *   said
 */
guint64
rst_glance_compare (const RstGlance *before,
                  const RstGlance *now)
{
  if (!g_str_equal (before->mailbox, now->mailbox) || now->when < before->when)
    return 0;
  if (before->validity != 0 && now->validity != 0)
    return compare_numbers (before, now);
  if (before->validity == 0 && now->validity == 0)
    return compare_names (before, now);
  return 0;
}

static gboolean
is_recent (const RstRemoval *removal,
           gint64            now)
{
  return removal->at_least > 0 && removal->until <= now && now - removal->until < FORGET_SECONDS;
}

/**
 * rst_glance_follow:
 * @self: a look
 * @before: (nullable): the one before it
 *
 * Finds out what @self tells together with all looks before it.
 */
void
rst_glance_follow (RstGlance       *self,
                 const RstGlance *before)
{
  guint64 gone = before != NULL ? rst_glance_compare (before, self) : 0;
  gboolean goes_on = before != NULL && is_recent (&before->removal, self->when);

  self->removal = (RstRemoval) { 0 };
  if (goes_on)
    self->removal = before->removal;
  if (gone == 0)
    return;
  if (!goes_on)
    self->removal.since = before->when;
  self->removal.at_least = MIN (self->removal.at_least, G_MAXUINT32) + MIN (gone, G_MAXUINT32);
  self->removal.until = self->when;
}

/**
 * rst_removal_get_title:
 *
 * Returns: what it is that rst_removal_describe() tells
 */
const char *
rst_removal_get_title (void)
{
  return _("Something takes old mail out of this mailbox");
}

/**
 * rst_removal_describe:
 * @self: mail that went away
 *
 * Returns: (transfer full): how much, since when, and what it may be
 */
char *
rst_removal_describe (const RstRemoval *self)
{
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_local (self->since);
  guint n = (guint) MIN (self->at_least, G_MAXUINT);
  g_autofree char *day = since != NULL ? rst_text_format_day (since) : NULL;
  g_autofree char *what =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  "Since %s at least %u message has gone, the oldest one there was.",
                                  "Since %s at least %u messages have gone, the oldest one among them.", n),
                     day != NULL ? day : "–", n);

  return g_strdup_printf (C_("sentences", "%s %s"), what,
                          _("If nobody deleted or filed it by hand, look for what does: an old computer "
                            "that still fetches by POP, a service that collects the mail, or a rule at "
                            "the provider."));
}
