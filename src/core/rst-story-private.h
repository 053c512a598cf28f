/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed from one moment of a story to the next, and its sentences.
 */
#pragma once

#include "rst-story.h"
#include "rst-world.h"

G_BEGIN_DECLS

/* What a moment changed, counted in letters. */
typedef struct {
  const RstMoment *moment;
  const RstWorld  *before;       /* (nullable) the first moment has none */
  guint            fetched;      /* own copies that are new on the actor */
  guint            again;        /* of them, such as it had already */
  guint            archived;     /* new in its archive */
  guint            shown;        /* seen there for the first time */
  guint            taken_off;    /* gone from the server */
  RstCauseKind     cause;        /* why they went */
  int              letter;       /* one of the letters that changed, or RST_NO_LETTER */
  int              loser;        /* device, not the actor, that shows fewer letters now, or -1 */
  guint            missed;       /* how many fewer */
  guint            lost;         /* letters of which no copy is left */
} RstChange;

void  rst_change_init     (RstChange       *self,
                           const RstWorld  *before,
                           const RstMoment *moment);
char *rst_change_tell     (const RstChange *self);
char *rst_change_tell_why (const RstChange *self);

void  rst_story_place_free  (RstStoryPlace      *place);
void  rst_story_letter_free (RstStoryLetter     *letter);
void  rst_story_step_free   (RstStoryStep       *step);
void  rst_story_set_states  (const RstStory     *self,
                             RstStoryStep       *step,
                             const RstStoryStep *previous,
                             const RstWorld     *world);
void  rst_story_set_moves   (const RstStory     *self,
                             RstStoryStep       *step,
                             const RstStoryStep *previous,
                             const RstMoment    *moment);
char *rst_story_tell_day    (guint               day);
char *rst_story_tell_place  (const RstStory     *story,
                             const RstStoryStep *step,
                             const RstWorld     *world,
                             guint               place);

G_END_DECLS
