/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparing two moments of a story.
 */
#include "rst-story-private.h"

static gboolean
sees (const RstWorld *world,
      guint           device,
      guint           letter)
{
  return letter < rst_world_get_n_letters (world) && rst_world_is_present (world, device) &&
         rst_world_look (world, device, letter, NULL, NULL) == RST_SIGHT_VISIBLE;
}

static gboolean
holds (const RstWorld *world,
       guint           device,
       guint           letter,
       RstHold         hold)
{
  return letter < rst_world_get_n_letters (world) &&
         rst_world_get_hold (world, device, letter) == hold;
}

static gboolean
is_on_server (const RstWorld *world,
              guint           letter,
              RstCause       *removed)
{
  return letter < rst_world_get_n_letters (world) &&
         rst_world_get_folder (world, letter, removed) != RST_FOLDER_NONE;
}

static guint
count_shown (const RstWorld *world,
             guint           device,
             guint           letter)
{
  return letter < rst_world_get_n_letters (world) ? rst_world_count_shown (world, device, letter)
                                                  : 0;
}

/* What the acting device has gained. */
static void
compare_at_actor (RstChange *self,
                  guint      letter)
{
  const RstWorld *after = self->moment->after;
  guint actor = self->moment->actor;
  gboolean own = holds (after, actor, letter, RST_HOLD_OWN);
  gboolean again = own && count_shown (after, actor, letter) >
                            MAX (1, count_shown (self->before, actor, letter));
  gboolean fetched = again || (own && !holds (self->before, actor, letter, RST_HOLD_OWN));
  gboolean archived = holds (after, actor, letter, RST_HOLD_ARCHIVE) &&
                      !holds (self->before, actor, letter, RST_HOLD_ARCHIVE);

  self->fetched += fetched;
  self->again += again;
  self->archived += archived;
  self->shown += sees (after, actor, letter) && !sees (self->before, actor, letter);
  if (fetched || archived)
    self->letter = letter;
}

static void
compare_at_server (RstChange *self,
                   guint      letter)
{
  RstCause cause;

  if (is_on_server (self->before, letter, NULL) &&
      !is_on_server (self->moment->after, letter, &cause))
    {
      self->taken_off++;
      self->cause = cause.kind;
      self->letter = letter;
    }
  self->lost += rst_world_is_lost (self->moment->after, letter, NULL) &&
                !(letter < rst_world_get_n_letters (self->before) &&
                  rst_world_is_lost (self->before, letter, NULL));
}

/* The device that misses most because of what another did. */
static void
find_loser (RstChange *self)
{
  const RstWorld *after = self->moment->after;

  for (guint i = 0; i < rst_world_get_n_devices (after); i++)
    {
      guint missed = 0;

      for (guint j = 0; j < rst_world_get_n_letters (after); j++)
        missed += sees (self->before, i, j) && !sees (after, i, j);
      if ((int) i == self->moment->actor || !rst_world_is_present (after, i) ||
          missed <= self->missed)
        continue;
      self->loser = i;
      self->missed = missed;
    }
}

/* Finds what @moment changed against the world @before it; %NULL if it is the first. */
void
rst_change_init (RstChange       *self,
                 const RstWorld  *before,
                 const RstMoment *moment)
{
  *self = (RstChange) {
    .moment = moment,
    .before = before,
    .letter = moment->letter,
    .loser = -1,
  };
  if (before == NULL)
    return;

  for (guint i = 0; i < rst_world_get_n_letters (moment->after); i++)
    {
      if (moment->actor >= 0)
        compare_at_actor (self, i);
      compare_at_server (self, i);
    }
  find_loser (self);
}
