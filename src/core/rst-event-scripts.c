/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scripts: what happens in each event, as operations on the world.
 *
 * A script ends at the moment that is judged. It returns the letters it is about; what it does to
 * them is found by looking at the world, never stated here.
 */
#include "rst-event-scripts.h"

#define LETTER_SIZE 2 /* megabytes */

/* Megabytes of a mailbox that is too small for this life. */
#define SMALL_QUOTA 40

static RstLetters
only (int letter)
{
  return letter < 0 || letter >= RST_LETTERS_MAX ? 0 : G_GUINT64_CONSTANT (1) << letter;
}

/* How old each letter of the earlier life is when the event begins, and who sent it. */
static const struct {
  guint age;
  enum { RECEIVED, FROM_COMPUTER, FROM_PHONE } origin;
} life[] = {
  { 480, RECEIVED }, { 430, RECEIVED }, { 400, FROM_COMPUTER }, { 300, RECEIVED },
  { 200, FROM_PHONE }, { 100, RECEIVED }, { 60, RECEIVED }, { 25, RECEIVED },
  { 20, FROM_PHONE }, { 10, RECEIVED }, { 5, FROM_COMPUTER }, { 2, RECEIVED },
};

void
rst_script_life (RstWorld      *world,
                 const RstCast *cast)
{
  guint now = life[0].age;

  for (guint i = 0; i < G_N_ELEMENTS (life); i++)
    {
      rst_world_pass_days (world, now - life[i].age);
      now = life[i].age;
      if (life[i].origin == RECEIVED)
        rst_world_arrive (world, LETTER_SIZE);
      else
        rst_world_send (world, life[i].origin == FROM_PHONE ? cast->phone : cast->computer,
                        LETTER_SIZE);
      rst_world_receive_all (world);
    }
  rst_world_pass_days (world, now);
}

RstLetters
rst_script_arrive (RstWorld      *world,
                   const RstCast *cast)
{
  return only (rst_world_arrive (world, LETTER_SIZE));
}

RstLetters
rst_script_receive (RstWorld      *world,
                    const RstCast *cast)
{
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_day (RstWorld      *world,
                const RstCast *cast)
{
  rst_world_pass_days (world, 1);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_week (RstWorld      *world,
                 const RstCast *cast)
{
  rst_world_pass_days (world, 7);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_month (RstWorld      *world,
                  const RstCast *cast)
{
  rst_world_pass_days (world, 31);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_new_letter (RstWorld      *world,
                       const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);

  rst_world_receive_all (world);

  return only (letter);
}

/* A letter comes and is read on the phone; then the person sits down at the computer. */
RstLetters
rst_script_read (RstWorld      *world,
                 const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_read (world, cast->phone, letter);
  rst_world_receive_all (world);

  return only (letter);
}

/* Nothing happens: somebody looks for a letter of long ago on the phone. */
RstLetters
rst_script_old_letter (RstWorld      *world,
                       const RstCast *cast)
{
  return RST_LETTERS_ALL;
}

RstLetters
rst_script_send (RstWorld      *world,
                 const RstCast *cast)
{
  int letter = rst_world_send (world, cast->phone, LETTER_SIZE);

  rst_world_receive_all (world);

  return only (letter);
}

RstLetters
rst_script_folder (RstWorld      *world,
                   const RstCast *cast)
{
  int letter = rst_world_arrive_filtered (world, LETTER_SIZE);

  rst_world_receive_all (world);

  return only (letter);
}

/* A letter that nobody needs: when the trash has been emptied, it should be gone everywhere. */
RstLetters
rst_script_delete (RstWorld      *world,
                   const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_delete (world, cast->phone, letter);
  rst_world_pass_days (world, 40);

  return only (letter);
}

/* A letter that was still needed: noticed when the trash has been emptied. */
RstLetters
rst_script_mistake (RstWorld      *world,
                    const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_pass_days (world, 2);
  rst_world_delete (world, cast->phone, letter);
  rst_world_pass_days (world, 40);

  return only (letter);
}

RstLetters
rst_script_away (RstWorld      *world,
                 const RstCast *cast)
{
  rst_world_receive (world, cast->guest);

  return RST_LETTERS_ALL;
}

/* A letter comes; both people look for it, and a month later once more. */
RstLetters
rst_script_other_person (RstWorld      *world,
                         const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);
  int answer;

  rst_world_receive_all (world);
  rst_world_read (world, cast->computer, letter);
  answer = rst_world_send (world, cast->computer, LETTER_SIZE);
  rst_world_pass_days (world, 31);

  return only (letter) | only (answer);
}

RstLetters
rst_script_service (RstWorld      *world,
                    const RstCast *cast)
{
  int letter = rst_world_arrive (world, LETTER_SIZE);

  rst_world_receive (world, cast->guest);
  rst_world_receive_all (world);

  return only (letter);
}

/* Without a backup: with one, the backup decides and not the method. */
RstLetters
rst_script_device_lost (RstWorld      *world,
                        const RstCast *cast)
{
  rst_world_lose_device (world, cast->phone);
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_device_new (RstWorld      *world,
                       const RstCast *cast)
{
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_computer_lost (RstWorld      *world,
                          const RstCast *cast)
{
  rst_world_lose_device (world, cast->computer);
  rst_world_replace_device (world, cast->computer);

  return RST_LETTERS_ALL;
}

/* Later the account is added again. */
RstLetters
rst_script_account_removed (RstWorld      *world,
                            const RstCast *cast)
{
  rst_world_remove_account (world, cast->phone);
  rst_world_add_account (world, cast->phone);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_stolen (RstWorld      *world,
                   const RstCast *cast)
{
  rst_world_steal_device (world, cast->phone);
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_server_down (RstWorld      *world,
                        const RstCast *cast)
{
  rst_world_server_down (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_server_up (RstWorld      *world,
                      const RstCast *cast)
{
  rst_world_server_up (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* Programs look at the empty mailbox, and what they kept for reading offline follows it. */
RstLetters
rst_script_server_lost (RstWorld      *world,
                        const RstCast *cast)
{
  rst_world_lose_server (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_server_moved (RstWorld      *world,
                         const RstCast *cast)
{
  rst_world_move_server (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* A large letter every twenty days, for half a year. */
RstLetters
rst_script_mailbox_full (RstWorld      *world,
                         const RstCast *cast)
{
  RstLetters letters = 0;

  rst_world_set_quota (world, SMALL_QUOTA);
  for (guint i = 0; i < 9; i++)
    {
      rst_world_pass_days (world, 20);
      letters |= only (rst_world_arrive (world, 2 * LETTER_SIZE));
      rst_world_receive_all (world);
    }

  return letters;
}

RstLetters
rst_script_expiry (RstWorld      *world,
                   const RstCast *cast)
{
  rst_world_set_expiry (world, cast->expiry);
  rst_world_pass_days (world, 1);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_offline (RstWorld      *world,
                    const RstCast *cast)
{
  rst_world_set_online (world, cast->computer, FALSE);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_online (RstWorld      *world,
                   const RstCast *cast)
{
  rst_world_set_online (world, cast->computer, TRUE);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* Nothing happens but what the small device has already done to the earlier life, and a letter. */
RstLetters
rst_script_device_full (RstWorld      *world,
                        const RstCast *cast)
{
  rst_world_arrive (world, LETTER_SIZE);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

RstLetters
rst_script_intruder (RstWorld      *world,
                     const RstCast *cast)
{
  rst_world_break_in (world);

  return RST_LETTERS_ALL;
}
