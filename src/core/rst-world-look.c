/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking at the world: what a person sees of a letter on a device, and why.
 */
#include "rst-world-private.h"

static RstCause
cause_of (RstCauseKind kind,
          int          actor,
          int          day)
{
  return (RstCause) { .kind = kind, .actor = actor, .day = day };
}

/* What the device itself holds, whatever the server has. */
static RstHold
held_here (const RstWorld *self,
           guint           device,
           guint           letter)
{
  const RstHolding *holding = rst_world_holding (self, device, letter);

  if (holding->copies > 0)
    return RST_HOLD_OWN;
  if (holding->archived)
    return RST_HOLD_ARCHIVE;
  if (holding->offline)
    return RST_HOLD_OFFLINE;

  return RST_HOLD_NOTHING;
}

static RstCause
why_out_of_reach (const RstWorld *self,
                  guint           device)
{
  if (!self->states[device].present)
    return cause_of (RST_CAUSE_DEVICE_LOST, device, self->day);
  if (!self->server_up)
    return cause_of (RST_CAUSE_SERVER_DOWN, RST_ACTOR_SERVER, self->day);

  return cause_of (RST_CAUSE_OFFLINE, device, self->day);
}

/* Neither here nor on the server: on another device, or lost. */
static RstSight
look_for_rest (const RstWorld *self,
               guint           device,
               guint           letter,
               RstCause       *cause)
{
  const RstLetter *l = rst_world_letter (self, letter);
  const RstHolding *holding = rst_world_holding (self, device, letter);

  if (!rst_world_has_copy (self, letter))
    {
      *cause = l->lost;
      return RST_SIGHT_LOST;
    }

  *cause = holding->gone.kind != RST_CAUSE_NONE ? holding->gone : l->removed;
  return RST_SIGHT_ELSEWHERE;
}

static RstSight
look_by_imap (const RstWorld *self,
              guint           device,
              guint           letter,
              RstHold        *hold,
              RstCause       *cause)
{
  gboolean reach = rst_world_can_reach (self, device);
  gboolean on_server = rst_world_letter (self, letter)->folder != RST_FOLDER_NONE;

  if (on_server && reach)
    {
      *hold = RST_HOLD_SERVER;
      return RST_SIGHT_VISIBLE;
    }
  *hold = held_here (self, device, letter);
  if (*hold == RST_HOLD_OWN || *hold == RST_HOLD_ARCHIVE || (*hold == RST_HOLD_OFFLINE && !reach))
    return RST_SIGHT_VISIBLE;
  if (on_server)
    {
      *cause = why_out_of_reach (self, device);
      return RST_SIGHT_NOT_NOW;
    }

  return look_for_rest (self, device, letter, cause);
}

static RstSight
look_by_pop (const RstWorld *self,
             guint           device,
             guint           letter,
             RstHold        *hold,
             RstCause       *cause)
{
  const RstLetter *l = rst_world_letter (self, letter);
  const RstHolding *holding = rst_world_holding (self, device, letter);

  *hold = held_here (self, device, letter);
  if (*hold != RST_HOLD_NOTHING)
    return RST_SIGHT_VISIBLE;
  if (holding->gone.kind == RST_CAUSE_DEVICE_FULL || holding->deleted ||
      l->folder == RST_FOLDER_NONE)
    return look_for_rest (self, device, letter, cause);
  if (l->folder != RST_FOLDER_INBOX)
    {
      *cause = cause_of (RST_CAUSE_FOLDER, RST_ACTOR_SERVER, self->day);
      return RST_SIGHT_ELSEWHERE;
    }

  *cause = rst_world_can_reach (self, device)
             ? cause_of (RST_CAUSE_NOT_FETCHED, RST_ACTOR_SERVER, self->day)
             : why_out_of_reach (self, device);
  return RST_SIGHT_NOT_NOW;
}

/**
 * rst_world_look:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 * @hold: (out) (optional): where it lies, if it is visible
 * @cause: (out) (optional): why it is not visible, if it is not
 *
 * Returns: what a person sees of the letter on the device
 */
RstSight
rst_world_look (const RstWorld *self,
                guint           device,
                guint           letter,
                RstHold        *hold,
                RstCause       *cause)
{
  RstCause why = { RST_CAUSE_NONE, RST_ACTOR_SERVER, 0 };
  RstHold where = RST_HOLD_NOTHING;
  const RstLetter *l;
  RstSight sight;

  g_return_val_if_fail (device < self->devices->len, RST_SIGHT_LOST);
  g_return_val_if_fail (letter < self->letters->len, RST_SIGHT_LOST);

  l = rst_world_letter (self, letter);
  if (l->refused)
    {
      why = l->removed;
      sight = RST_SIGHT_REFUSED;
    }
  else if (rst_world_device (self, device)->method == RST_METHOD_POP)
    {
      sight = look_by_pop (self, device, letter, &where, &why);
    }
  else
    {
      sight = look_by_imap (self, device, letter, &where, &why);
    }

  if (hold != NULL)
    *hold = sight == RST_SIGHT_VISIBLE ? where : RST_HOLD_NOTHING;
  if (cause != NULL)
    *cause = why;

  return sight;
}

/**
 * rst_world_shows_read:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * Returns: whether the device shows the letter as read
 */
gboolean
rst_world_shows_read (const RstWorld *self,
                      guint           device,
                      guint           letter)
{
  g_return_val_if_fail (device < self->devices->len && letter < self->letters->len, FALSE);

  if (rst_world_device (self, device)->method == RST_METHOD_POP)
    return rst_world_holding (self, device, letter)->read;

  return rst_world_letter (self, letter)->read;
}

/**
 * rst_world_is_opened:
 * @self: a world
 * @letter: a letter
 *
 * Returns: whether a person has read the letter, whatever the marks say
 */
gboolean
rst_world_is_opened (const RstWorld *self,
                     guint           letter)
{
  g_return_val_if_fail (letter < self->letters->len, FALSE);

  return rst_world_letter (self, letter)->opened;
}

/**
 * rst_world_count_shown:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * Returns: how many times the device shows the letter
 */
guint
rst_world_count_shown (const RstWorld *self,
                       guint           device,
                       guint           letter)
{
  if (rst_world_look (self, device, letter, NULL, NULL) != RST_SIGHT_VISIBLE)
    return 0;

  return MAX (rst_world_holding (self, device, letter)->copies, 1);
}

/**
 * rst_world_is_exposed:
 * @self: a world
 * @letter: a letter
 *
 * Returns: whether somebody who broke into the server has read it
 */
gboolean
rst_world_is_exposed (const RstWorld *self,
                      guint           letter)
{
  g_return_val_if_fail (letter < self->letters->len, FALSE);

  return rst_world_letter (self, letter)->exposed;
}

/**
 * rst_world_is_sent:
 * @self: a world
 * @letter: a letter
 *
 * Returns: whether it was sent from here, and not received
 */
gboolean
rst_world_is_sent (const RstWorld *self,
                   guint           letter)
{
  g_return_val_if_fail (letter < self->letters->len, FALSE);

  return rst_world_letter (self, letter)->sender != RST_ACTOR_SERVER;
}

/**
 * rst_world_get_folder:
 * @self: a world
 * @letter: a letter
 * @removed: (out) (optional): why it is not on the server, if it is not
 *
 * Returns: the folder in which it lies on the server, or %RST_FOLDER_NONE
 */
RstFolder
rst_world_get_folder (const RstWorld *self,
                      guint           letter,
                      RstCause       *removed)
{
  g_return_val_if_fail (letter < self->letters->len, RST_FOLDER_NONE);

  if (removed != NULL)
    *removed = rst_world_letter (self, letter)->removed;

  return rst_world_letter (self, letter)->folder;
}

/**
 * rst_world_get_hold:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * Returns: what the device itself holds of the letter
 */
RstHold
rst_world_get_hold (const RstWorld *self,
                    guint           device,
                    guint           letter)
{
  g_return_val_if_fail (device < self->devices->len, RST_HOLD_NOTHING);
  g_return_val_if_fail (letter < self->letters->len, RST_HOLD_NOTHING);

  return held_here (self, device, letter);
}

/**
 * rst_world_is_lost:
 * @self: a world
 * @letter: a letter
 * @cause: (out) (optional): what took the last copy
 *
 * Returns: whether no copy of a letter that was once here is left anywhere
 */
gboolean
rst_world_is_lost (const RstWorld *self,
                   guint           letter,
                   RstCause       *cause)
{
  g_return_val_if_fail (letter < self->letters->len, FALSE);

  if (cause != NULL)
    *cause = rst_world_letter (self, letter)->lost;

  return !rst_world_letter (self, letter)->refused && !rst_world_has_copy (self, letter);
}

/**
 * rst_world_find_copy:
 * @self: a world
 * @letter: a letter
 *
 * Returns: index of the first device that holds the letter in a way that does not follow the
 *   server, or %RST_ACTOR_SERVER if there is none
 */
int
rst_world_find_copy (const RstWorld *self,
                     guint           letter)
{
  g_return_val_if_fail (letter < self->letters->len, RST_ACTOR_SERVER);

  for (guint i = 0; i < self->devices->len; i++)
    {
      RstHold hold = held_here (self, i, letter);

      if (hold == RST_HOLD_OWN || hold == RST_HOLD_ARCHIVE)
        return i;
    }

  return RST_ACTOR_SERVER;
}
