/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life before an event, from which all runs start.
 */
#include "rst-event-private.h"

/* How old each letter of the earlier life is when the event begins, and who sent it. */
static const struct {
  guint age;
  enum { RECEIVED, FROM_COMPUTER, FROM_PHONE } origin;
} life[] = {
  { 480, RECEIVED }, { 430, RECEIVED }, { 400, FROM_COMPUTER }, { 300, RECEIVED },
  { 200, FROM_PHONE }, { 100, RECEIVED }, { 60, RECEIVED }, { 25, RECEIVED },
  { 20, FROM_PHONE }, { 10, RECEIVED }, { 5, FROM_COMPUTER }, { 2, RECEIVED },
};

/* A life before the event, so that there is mail of every age. */
void
rst_event_live (RstWorld      *world,
                const RstCast *cast)
{
  guint now = life[0].age;

  for (guint i = 0; i < G_N_ELEMENTS (life); i++)
    {
      rst_world_pass_days (world, now - life[i].age);
      now = life[i].age;
      if (life[i].origin == RECEIVED)
        rst_world_arrive (world, RST_LETTER_SIZE);
      else
        rst_world_send (world, life[i].origin == FROM_PHONE ? cast->phone : cast->computer,
                        RST_LETTER_SIZE);
      rst_world_receive_all (world);
    }
  rst_world_pass_days (world, now);
}

/* The bit of one letter. Refused letters have one too; what does not fit into the bits has none. */
RstLetters
rst_letters_only (int letter)
{
  return letter < 0 || letter >= RST_LETTERS_MAX ? 0 : G_GUINT64_CONSTANT (1) << letter;
}
