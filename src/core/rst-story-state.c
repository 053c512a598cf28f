/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in each letter's place at each step, read off the world.
 */
#include "rst-story-private.h"

/* What lies at the server. */
static RstLetterState
state_at_server (const RstWorld *world,
                 guint           letter)
{
  if (rst_world_get_folder (world, letter, NULL) == RST_FOLDER_NONE)
    return RST_LETTER_ABSENT;

  return rst_world_is_server_up (world) ? RST_LETTER_MAIL : RST_LETTER_NOT_NOW;
}

static RstLetterState
state_in_archive (const RstWorld *world,
                  guint           device,
                  guint           letter)
{
  return rst_world_get_hold (world, device, letter) == RST_HOLD_ARCHIVE ? RST_LETTER_COPY
                                                                        : RST_LETTER_ABSENT;
}

/* What a device shows. Its own copy is the mail itself when the server no longer has it. */
static RstLetterState
state_on_device (const RstWorld *world,
                 guint           device,
                 guint           letter)
{
  gboolean on_server = rst_world_get_folder (world, letter, NULL) != RST_FOLDER_NONE;
  RstHold hold;
  RstSight sight;

  if (!rst_world_is_present (world, device))
    return RST_LETTER_ABSENT;

  sight = rst_world_look (world, device, letter, &hold, NULL);
  if (sight == RST_SIGHT_NOT_NOW)
    return RST_LETTER_NOT_NOW;
  if (sight != RST_SIGHT_VISIBLE)
    return RST_LETTER_ABSENT;
  if (hold == RST_HOLD_OWN)
    return on_server ? RST_LETTER_COPY : RST_LETTER_MAIL;

  return RST_LETTER_SEEN;
}

static RstLetterState
look_at_place (const RstStoryPlace *place,
               const RstWorld      *world,
               guint                letter)
{
  switch (place->type)
    {
    case RST_PLACE_SERVER:
      return state_at_server (world, letter);
    case RST_PLACE_ARCHIVE:
      return state_in_archive (world, place->device, letter);
    case RST_PLACE_DEVICE:
    default:
      return state_on_device (world, place->device, letter);
    }
}

/* Whether a program that has not fetched the letter yet would be said to miss it. */
static gboolean
is_still_to_come (RstLetterState was,
                  RstLetterState now)
{
  return was == RST_LETTER_ABSENT && now == RST_LETTER_NOT_NOW;
}

/* Fills in what stands in every place at the end of the step. */
void
rst_story_set_states (const RstStory     *self,
                      RstStoryStep       *step,
                      const RstStoryStep *previous,
                      const RstWorld     *world)
{
  guint n_known = rst_world_get_n_letters (world);

  step->states = g_new0 (guint8, self->places->len * self->n_letters);
  for (guint p = 0; p < self->places->len; p++)
    for (guint i = 0; i < n_known; i++)
      {
        RstLetterState was = previous == NULL ? RST_LETTER_ABSENT
                                              : previous->states[p * self->n_letters + i];
        RstLetterState now = look_at_place (self->places->pdata[p], world, i);

        if (is_still_to_come (was, now))
          now = RST_LETTER_ABSENT;
        if (now == RST_LETTER_ABSENT && was != RST_LETTER_ABSENT)
          now = rst_world_is_lost (world, i, NULL) ? RST_LETTER_LOST : RST_LETTER_GONE;
        step->states[p * self->n_letters + i] = now;
      }
}

static gboolean
is_there (RstLetterState state)
{
  return state == RST_LETTER_MAIL || state == RST_LETTER_COPY;
}

/* From where a letter was carried to a place: what a server has was sent by the actor or came from
 * outside, all else came from the server. */
static guint
find_origin (const RstStoryStep *step,
             const RstMoment    *moment,
             guint               place)
{
  if (place > 0)
    return 0;

  return moment->deed == RST_DEED_SEND ? (guint) step->actor : RST_STORY_OUTSIDE;
}

/* Fills in which letters were carried from where to where. */
void
rst_story_set_moves (const RstStory     *self,
                     RstStoryStep       *step,
                     const RstStoryStep *previous,
                     const RstMoment    *moment)
{
  step->moves = g_array_new (FALSE, FALSE, sizeof (RstStoryMove));
  for (guint p = 0; previous != NULL && p < self->places->len; p++)
    for (guint i = 0; i < self->n_letters; i++)
      {
        guint at = p * self->n_letters + i;
        RstStoryMove move = { .letter = i, .from = find_origin (step, moment, p), .to = p };
        gboolean sent_here = moment->deed == RST_DEED_SEND && p > 0;

        if (is_there (step->states[at]) && !is_there (previous->states[at]) &&
            previous->states[at] != RST_LETTER_NOT_NOW && !sent_here)
          g_array_append_val (step->moves, move);
      }
}
