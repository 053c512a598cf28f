/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A story as it is handed out: memory and looking things up.
 */
#include "rst-story-private.h"

#include <glib/gi18n-lib.h>

static const char * const letter_state_nicks[] = {
  [RST_LETTER_ABSENT] = "absent",
  [RST_LETTER_MAIL] = "mail",
  [RST_LETTER_SEEN] = "seen",
  [RST_LETTER_COPY] = "copy",
  [RST_LETTER_NOT_NOW] = "not-now",
  [RST_LETTER_GONE] = "gone",
  [RST_LETTER_LOST] = "lost",
};

void
rst_story_place_free (RstStoryPlace *place)
{
  g_free (place->name);
  g_free (place);
}

void
rst_story_letter_free (RstStoryLetter *letter)
{
  g_free (letter->name);
  g_free (letter);
}

void
rst_story_step_free (RstStoryStep *step)
{
  g_free (step->when);
  g_free (step->text);
  g_free (step->why);
  g_free (step->states);
  g_strfreev (step->summaries);
  g_array_unref (step->moves);
  g_free (step);
}

/**
 * rst_story_free:
 * @self: (transfer full): a story
 */
void
rst_story_free (RstStory *self)
{
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->letters);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * rst_story_get_state:
 * @self: a story
 * @step: index of a step
 * @place: index of a place
 * @letter: index of a letter
 *
 * Returns: what stands in the letter's place there, at the end of the step
 */
RstLetterState
rst_story_get_state (const RstStory *self,
                     guint           step,
                     guint           place,
                     guint           letter)
{
  g_return_val_if_fail (step < self->steps->len && place < self->places->len, RST_LETTER_ABSENT);
  g_return_val_if_fail (letter < self->n_letters, RST_LETTER_ABSENT);

  return ((RstStoryStep *) self->steps->pdata[step])->states[place * self->n_letters + letter];
}

/**
 * rst_story_describe_step:
 * @self: a story
 * @step: index of a step
 *
 * Returns: (transfer full): the step in words alone: when, what, why, and what every place shows
 */
char *
rst_story_describe_step (const RstStory *self,
                         guint           step)
{
  const RstStoryStep *s;
  GString *text;

  g_return_val_if_fail (step < self->steps->len, NULL);

  s = self->steps->pdata[step];
  text = g_string_new (NULL);
  g_string_append_printf (text, _("Step %u of %u."), step + 1, self->steps->len);
  /* Translators: when something happens, and what */
  g_string_append_printf (text, C_("story", " %s. %s."), s->when, s->text);
  if (s->why != NULL)
    /* Translators: a sentence that follows another */
    g_string_append_printf (text, C_("story", " %s."), s->why);
  for (guint i = 0; i < self->places->len; i++)
    /* Translators: a device, and what it shows */
    g_string_append_printf (text, C_("place", " %s: %s."),
                            ((RstStoryPlace *) self->places->pdata[i])->name, s->summaries[i]);

  return g_string_free (text, FALSE);
}

/**
 * rst_letter_state_get_nick:
 * @state: a state
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
rst_letter_state_get_nick (RstLetterState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (letter_state_nicks), NULL);

  return letter_state_nicks[state];
}
