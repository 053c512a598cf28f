/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens at the server: letters arrive, days pass, it stops, it loses its data, it moves.
 */
#include "rst-world-private.h"

/* Whether a letter is still anywhere at all. */
gboolean
rst_world_has_copy (const RstWorld *self,
                    guint           letter)
{
  if (rst_world_letter (self, letter)->folder != RST_FOLDER_NONE)
    return TRUE;

  for (guint i = 0; i < self->devices->len; i++)
    {
      const RstHolding *holding = rst_world_holding (self, i, letter);

      if (holding->copies > 0 || holding->offline || holding->archived || holding->backed_up)
        return TRUE;
    }

  return FALSE;
}

/* Remembers the cause if it took the last copy. */
void
rst_world_note_lost (RstWorld *self,
                     guint     letter,
                     RstCause  cause)
{
  RstLetter *l = rst_world_letter (self, letter);

  if (l->lost.kind == RST_CAUSE_NONE && !rst_world_has_copy (self, letter))
    l->lost = cause;
}

/* Takes a letter off the server. */
void
rst_world_take_off (RstWorld     *self,
                    guint         letter,
                    RstCauseKind  kind,
                    int           actor)
{
  RstLetter *l = rst_world_letter (self, letter);

  if (l->folder == RST_FOLDER_NONE)
    return;

  l->folder = RST_FOLDER_NONE;
  l->removed = (RstCause) { .kind = kind, .actor = actor, .day = self->day };
  rst_world_note_lost (self, letter, l->removed);
}

static int
deliver (RstWorld  *self,
         guint      megabytes,
         RstFolder  folder)
{
  RstCause full = { .kind = RST_CAUSE_MAILBOX_FULL, .actor = RST_ACTOR_SERVER, .day = self->day };
  gboolean fits = self->quota == 0 || rst_world_get_used (self) + megabytes <= self->quota;
  int letter;

  letter = rst_world_add_letter (self, megabytes, fits ? folder : RST_FOLDER_NONE,
                                 RST_ACTOR_SERVER);
  if (!fits)
    {
      rst_world_letter (self, letter)->refused = TRUE;
      rst_world_letter (self, letter)->removed = full;
    }
  rst_world_add_moment (self, fits ? RST_DEED_ARRIVE : RST_DEED_REFUSE, RST_ACTOR_SERVER, letter);

  return letter;
}

/**
 * rst_world_arrive:
 * @self: a world
 * @megabytes: size of the letter
 *
 * A letter arrives in the inbox; if the mailbox is full it goes back to its sender. A server that
 * is down gets it later, which makes no difference here.
 *
 * Returns: the letter
 */
int
rst_world_arrive (RstWorld *self,
                  guint     megabytes)
{
  return deliver (self, megabytes, RST_FOLDER_INBOX);
}

/**
 * rst_world_arrive_filtered:
 * @self: a world
 * @megabytes: size of the letter
 *
 * A letter arrives, and a filter on the server files it in a folder.
 *
 * Returns: the letter
 */
int
rst_world_arrive_filtered (RstWorld *self,
                           guint     megabytes)
{
  return deliver (self, megabytes, RST_FOLDER_OTHER);
}

static gboolean
empty_trash (RstWorld *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->letters->len; i++)
    {
      const RstLetter *letter = rst_world_letter (self, i);

      if (letter->folder == RST_FOLDER_TRASH && self->day - letter->trash_day >= RST_TRASH_DAYS)
        {
          rst_world_take_off (self, i, RST_CAUSE_DELETED, letter->removed.actor);
          changed = TRUE;
        }
    }

  return changed;
}

/* Providers that delete old mail spare the folders that the person made. */
static gboolean
expire (RstWorld *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; self->expiry > 0 && i < self->letters->len; i++)
    {
      const RstLetter *letter = rst_world_letter (self, i);

      if ((letter->folder == RST_FOLDER_INBOX || letter->folder == RST_FOLDER_SENT) &&
          self->day - letter->day >= (int) self->expiry)
        {
          rst_world_take_off (self, i, RST_CAUSE_EXPIRED, RST_ACTOR_SERVER);
          changed = TRUE;
        }
    }

  return changed;
}

static gboolean
pass_day (RstWorld *self)
{
  gboolean changed = FALSE;

  self->day++;
  for (guint i = 0; i < self->devices->len; i++)
    if (self->day % (rst_world_device (self, i)->rests_days + 1) == 0 &&
        rst_world_synchronise (self, i))
      {
        rst_world_add_moment (self, RST_DEED_RECEIVE, i, RST_NO_LETTER);
        changed = TRUE;
      }

  if (!self->server_up)
    return changed;

  if (empty_trash (self))
    {
      rst_world_add_moment (self, RST_DEED_EMPTY_TRASH, RST_ACTOR_SERVER, RST_NO_LETTER);
      changed = TRUE;
    }
  if (expire (self))
    {
      rst_world_add_moment (self, RST_DEED_EXPIRE, RST_ACTOR_SERVER, RST_NO_LETTER);
      changed = TRUE;
    }

  return changed;
}

/**
 * rst_world_pass_days:
 * @self: a world
 * @days: how many
 *
 * Days pass. On each of them every device that is on looks for mail; then the server empties its
 * trash and, if the provider does that, deletes old mail.
 */
void
rst_world_pass_days (RstWorld *self,
                     guint     days)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < days; i++)
    changed |= pass_day (self);

  if (!changed)
    rst_world_add_moment (self, RST_DEED_DAYS, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_server_down:
 * @self: a world
 *
 * The server stops answering; it loses nothing.
 */
void
rst_world_server_down (RstWorld *self)
{
  self->server_up = FALSE;
  rst_world_add_moment (self, RST_DEED_SERVER_DOWN, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_server_up:
 * @self: a world
 *
 * The server answers again.
 */
void
rst_world_server_up (RstWorld *self)
{
  self->server_up = TRUE;
  rst_world_add_moment (self, RST_DEED_SERVER_UP, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_lose_server:
 * @self: a world
 *
 * The server loses all mail: the contract ran out, somebody deleted the mail folder by FTP while
 * updating a web site, an intruder. It answers, with an empty mailbox.
 */
void
rst_world_lose_server (RstWorld *self)
{
  for (guint i = 0; i < self->letters->len; i++)
    rst_world_take_off (self, i, RST_CAUSE_SERVER_LOST, RST_ACTOR_SERVER);

  rst_world_add_moment (self, RST_DEED_SERVER_LOST, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_move_server:
 * @self: a world
 *
 * The provider moves to a new server. The mail comes along, under new ids: a POP program, which
 * knows mail by its id alone, takes all of it for new (RFC 1939, section 7, UIDL).
 */
void
rst_world_move_server (RstWorld *self)
{
  for (guint i = 0; i < self->letters->len; i++)
    rst_world_letter (self, i)->uid = self->next_uid++;

  rst_world_add_moment (self, RST_DEED_SERVER_MOVED, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_break_in:
 * @self: a world
 *
 * Somebody who learnt the password reads everything that lies on the server.
 */
void
rst_world_break_in (RstWorld *self)
{
  for (guint i = 0; i < self->letters->len; i++)
    if (rst_world_letter (self, i)->folder != RST_FOLDER_NONE)
      rst_world_letter (self, i)->exposed = TRUE;

  rst_world_add_moment (self, RST_DEED_INTRUDER, RST_ACTOR_SERVER, RST_NO_LETTER);
}
