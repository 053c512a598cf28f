/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sentences of a story: what happens, what that means, and what each place shows.
 */
#include "rst-story-private.h"

#include <glib/gi18n-lib.h>

#include "rst-reason.h"

static const char *
refer_to (const RstChange *self,
          int              device)
{
  return rst_device_refer (rst_world_get_device (self->moment->after, device));
}

static gboolean
uses_pop (const RstChange *self)
{
  return rst_world_get_device (self->moment->after, self->moment->actor)->method == RST_METHOD_POP;
}

/* A POP device has looked for mail. */
static char *
tell_fetch (const RstChange *self)
{
  const char *name = refer_to (self, self->moment->actor);
  guint n = self->fetched;

  if (self->again > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s fetches %u letter again, and shows it twice",
                                         "%s fetches %u letters again, and shows them twice",
                                         self->again),
                            name, self->again);
  if (n > 0 && self->taken_off > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s fetches %u letter and takes it off the server",
                                         "%s fetches %u letters and takes them off the server",
                                         n),
                            name, n);
  if (n > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s fetches %u letter; a copy stays on the server",
                                         "%s fetches %u letters; copies stay on the server",
                                         n),
                            name, n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s takes %u letter off the server: its days are over",
                                       "%s takes %u letters off the server: their days are over",
                                       self->taken_off),
                          name, self->taken_off);
}

/* An IMAP device or a browser has looked at the server. */
static char *
tell_look (const RstChange *self)
{
  const char *name = refer_to (self, self->moment->actor);

  if (self->taken_off > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s moves %u letter from the server to its archive",
                                         "%s moves %u letters from the server to its archive",
                                         self->taken_off),
                            name, self->taken_off);
  if (self->archived > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s puts a copy of %u letter into its archive",
                                         "%s puts copies of %u letters into its archive",
                                         self->archived),
                            name, self->archived);

  return g_strdup_printf (_("%s looks at the server, and shows what is there"), name);
}

static char *
tell_device_deed (const RstChange *self)
{
  const char *name = refer_to (self, self->moment->actor);

  switch (self->moment->deed)
    {
    case RST_DEED_RECEIVE:
      return uses_pop (self) ? tell_fetch (self) : tell_look (self);
    case RST_DEED_READ:
      return g_strdup_printf (_("The letter is read on %s"), name);
    case RST_DEED_SEND:
      return g_strdup_printf (_("A letter is sent from %s"), name);
    case RST_DEED_DELETE:
      return g_strdup_printf (_("The letter is deleted on %s"), name);
    case RST_DEED_FILE:
      return g_strdup_printf (_("The letter is put into a folder on %s"), name);
    case RST_DEED_DEVICE_LOST:
      return g_strdup_printf (_("%s is gone, with everything on it"), name);
    case RST_DEED_DEVICE_NEW:
      return g_strdup_printf (_("A new device takes the place of %s, and looks for mail"), name);
    case RST_DEED_ACCOUNT_REMOVED:
      return g_strdup_printf (_("The account is removed from %s, and its mail with it"), name);
    case RST_DEED_ACCOUNT_ADDED:
      return g_strdup_printf (_("The account is added to %s again, which looks for mail"), name);
    case RST_DEED_OFFLINE:
      return g_strdup_printf (_("%s has no connection"), name);
    case RST_DEED_ONLINE:
      return g_strdup_printf (_("%s is connected again"), name);
    case RST_DEED_START:
    case RST_DEED_ARRIVE:
    case RST_DEED_REFUSE:
    case RST_DEED_DAYS:
    case RST_DEED_EMPTY_TRASH:
    case RST_DEED_EXPIRE:
    case RST_DEED_SERVER_DOWN:
    case RST_DEED_SERVER_UP:
    case RST_DEED_SERVER_LOST:
    case RST_DEED_SERVER_MOVED:
    case RST_DEED_INTRUDER:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
tell_server_deed (const RstChange *self)
{
  switch (self->moment->deed)
    {
    case RST_DEED_START:
      return g_strdup (_("So far, so good: a few letters have come in the last weeks"));
    case RST_DEED_ARRIVE:
      return g_strdup (_("A letter arrives at the server"));
    case RST_DEED_REFUSE:
      return g_strdup (_("A letter goes back to its sender: the mailbox is full"));
    case RST_DEED_DAYS:
      return g_strdup (_("Time passes, and nothing changes"));
    case RST_DEED_EMPTY_TRASH:
      return g_strdup (_("The server empties its trash"));
    case RST_DEED_EXPIRE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "The provider deletes %u old letter",
                                           "The provider deletes %u old letters",
                                           self->taken_off),
                              self->taken_off);
    case RST_DEED_SERVER_DOWN:
      return g_strdup (_("The server is away"));
    case RST_DEED_SERVER_UP:
      return g_strdup (_("The server is back"));
    case RST_DEED_SERVER_LOST:
      return g_strdup (_("The server loses all its mail"));
    case RST_DEED_SERVER_MOVED:
      return g_strdup (_("The provider moves to a new server, and every letter gets a new id"));
    case RST_DEED_INTRUDER:
      return g_strdup (_("Somebody gets in and reads all that is on the server"));
    case RST_DEED_RECEIVE:
    case RST_DEED_READ:
    case RST_DEED_SEND:
    case RST_DEED_DELETE:
    case RST_DEED_FILE:
    case RST_DEED_DEVICE_LOST:
    case RST_DEED_DEVICE_NEW:
    case RST_DEED_ACCOUNT_REMOVED:
    case RST_DEED_ACCOUNT_ADDED:
    case RST_DEED_OFFLINE:
    case RST_DEED_ONLINE:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/* What happens: one sentence without a full stop. */
char *
rst_change_tell (const RstChange *self)
{
  g_autofree char *text = self->moment->actor >= 0 ? tell_device_deed (self)
                                                   : tell_server_deed (self);

  return rst_sentence_start (text);
}

static char *
tell_loser (const RstChange *self)
{
  g_autofree char *loser = rst_sentence_start (refer_to (self, self->loser));
  guint n = self->missed;

  if (self->moment->deed == RST_DEED_SERVER_DOWN)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s cannot show %u letter for now",
                                         "%s cannot show %u letters for now", n), loser, n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s no longer shows %u letter",
                                       "%s no longer shows %u letters", n), loser, n);
}

/* What that means: one sentence without a full stop, or %NULL if there is nothing to add. */
char *
rst_change_tell_why (const RstChange *self)
{
  if (self->lost > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Of %u letter no copy is left anywhere",
                                         "Of %u letters no copy is left anywhere",
                                         self->lost),
                            self->lost);
  if (self->loser >= 0)
    return tell_loser (self);
  if (self->moment->deed == RST_DEED_SEND)
    return g_strdup (uses_pop (self) ? _("By POP, sent mail stays on the device that sent it")
                                     : _("The sent letter lies on the server, for all to see"));
  if (self->moment->deed == RST_DEED_ARRIVE &&
      rst_world_get_folder (self->moment->after, self->moment->letter, NULL) == RST_FOLDER_OTHER)
    return g_strdup (_("A filter has put it into a folder"));

  return NULL;
}

/* "Monday", or "Tuesday, day 16" from the second week on. The first day of a story is a Monday. */
char *
rst_story_tell_day (guint day)
{
  static const char * const names[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
  };
  const char *name = _(names[day % G_N_ELEMENTS (names)]);

  if (day < G_N_ELEMENTS (names))
    return g_strdup (name);

  /* Translators: a day of the week, and the number of the day in the story */
  return g_strdup_printf (_("%s, day %u"), name, day + 1);
}

static guint
count (const RstStory     *story,
       const RstStoryStep *step,
       guint               place,
       RstLetterState      state)
{
  guint n = 0;

  for (guint i = 0; i < story->n_letters; i++)
    n += step->states[place * story->n_letters + i] == state;

  return n;
}

static char *
tell_device_place (guint seen,
                   guint own)
{
  g_autofree char *shows = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "shows %u letter",
                                                         "shows %u letters", seen), seen);

  if (own == 0)
    return g_steal_pointer (&shows);

  /* Translators: "shows 7 letters, 3 of them its own copies" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s, %u of them its own copy",
                                       "%s, %u of them its own copies",
                                       own),
                          shows, own);
}

/* What a place has at a step: "shows 7 letters, 3 of them its own copies". */
char *
rst_story_tell_place (const RstStory     *story,
                      const RstStoryStep *step,
                      const RstWorld     *world,
                      guint               place)
{
  const RstStoryPlace *p = story->places->pdata[place];
  guint mail = count (story, step, place, RST_LETTER_MAIL);
  guint copies = count (story, step, place, RST_LETTER_COPY);

  if (p->type == RST_PLACE_SERVER && !rst_world_is_server_up (world))
    return g_strdup (_("away"));
  if (p->type == RST_PLACE_SERVER)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "holds %u letter",
                                         "holds %u letters",
                                         mail),
                            mail);
  if (!rst_world_is_present (world, p->device))
    return g_strdup (_("gone"));
  if (p->type == RST_PLACE_ARCHIVE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "keeps %u copy",
                                         "keeps %u copies",
                                         copies),
                            copies);

  return tell_device_place (mail + copies + count (story, step, place, RST_LETTER_SEEN),
                            mail + copies);
}
