/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens every day: letters come, are read, sent, filed and deleted, here and there.
 *
 * To add an event: its script, and its entry in the table below (see RstEvent in
 * rst-event-private.h). It then is in the consequence table, in the advice and in stories.
 */
#include "rst-event-private.h"

#include <glib/gi18n-lib.h>

#include "rst-topic.h"

static RstLetters
new_letter (RstWorld      *world,
            const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);

  rst_world_receive_all (world);

  return rst_letters_only (letter);
}

/* A letter comes and is read on the phone; then the person sits down at the computer. */
static RstLetters
read_letter (RstWorld      *world,
             const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_read (world, cast->phone, letter);
  rst_world_receive_all (world);

  return rst_letters_only (letter);
}

static RstLetters
send_letter (RstWorld      *world,
             const RstCast *cast)
{
  int letter = rst_world_send (world, cast->phone, RST_LETTER_SIZE);

  rst_world_receive_all (world);

  return rst_letters_only (letter);
}

/* Nothing happens: somebody looks for a letter of long ago on the phone. */
static RstLetters
old_letter (RstWorld      *world,
            const RstCast *cast)
{
  return RST_LETTERS_ALL;
}

static RstLetters
folder (RstWorld      *world,
        const RstCast *cast)
{
  int letter = rst_world_arrive_filtered (world, RST_LETTER_SIZE);

  rst_world_receive_all (world);

  return rst_letters_only (letter);
}

/* A letter that nobody needs: when the trash has been emptied, it should be gone everywhere. */
static RstLetters
delete_letter (RstWorld      *world,
               const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_delete (world, cast->phone, letter);
  rst_world_pass_days (world, 40);

  return rst_letters_only (letter);
}

/* A letter that was still needed: noticed when the trash has been emptied. */
static RstLetters
mistake (RstWorld      *world,
         const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);

  rst_world_receive_all (world);
  rst_world_pass_days (world, 2);
  rst_world_delete (world, cast->phone, letter);
  rst_world_pass_days (world, 40);

  return rst_letters_only (letter);
}

static RstLetters
away (RstWorld      *world,
      const RstCast *cast)
{
  rst_world_receive (world, cast->guest);

  return RST_LETTERS_ALL;
}

/* A letter comes; both people look for it, and a month later once more. */
static RstLetters
other_person (RstWorld      *world,
              const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);
  int answer;

  rst_world_receive_all (world);
  rst_world_read (world, cast->computer, letter);
  answer = rst_world_send (world, cast->computer, RST_LETTER_SIZE);
  rst_world_pass_days (world, 31);

  return rst_letters_only (letter) | rst_letters_only (answer);
}

static RstLetters
service (RstWorld      *world,
         const RstCast *cast)
{
  int letter = rst_world_arrive (world, RST_LETTER_SIZE);

  rst_world_receive (world, cast->guest);
  rst_world_receive_all (world);

  return rst_letters_only (letter);
}

static RstLetters
arrive (RstWorld      *world,
        const RstCast *cast)
{
  return rst_letters_only (rst_world_arrive (world, RST_LETTER_SIZE));
}

static RstLetters
receive (RstWorld      *world,
         const RstCast *cast)
{
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

static RstLetters
pass_day (RstWorld      *world,
          const RstCast *cast)
{
  rst_world_pass_days (world, 1);

  return RST_LETTERS_ALL;
}

static RstLetters
pass_week (RstWorld      *world,
           const RstCast *cast)
{
  rst_world_pass_days (world, 7);

  return RST_LETTERS_ALL;
}

static RstLetters
pass_month (RstWorld      *world,
            const RstCast *cast)
{
  rst_world_pass_days (world, 31);

  return RST_LETTERS_ALL;
}

const RstEvent rst_events_everyday[] = {
  {
    .id = "new-letter",
    .title = NC_("event", "A new letter comes"),
    .gain = N_("So every device shows a new letter, and shows it as new."),
    .moot = N_("So one device is all that has to show a new letter."),
    .help = RST_TOPIC_BASICS,
    .script = new_letter,
    .needs_two = TRUE,
    /* Every day; a letter that is not seen at once may be missed, but turns up. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (60),
  },
  {
    .id = "read",
    .title = NC_("event", "A letter is read on the phone"),
    .gain = N_("So every device shows what has been read, and what has not."),
    .moot = N_("So there is no second device to keep in step."),
    .help = RST_TOPIC_BASICS,
    .script = read_letter,
    .needs_two = TRUE,
    /* Every day; the mail is there, but has to be sorted twice. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (400),
  },
  {
    .id = "send",
    .title = NC_("event", "A letter is sent from the phone"),
    .gain = N_("So every device shows the same mail, sent mail included."),
    .moot = N_("So there is no second device that could miss anything."),
    .help = RST_TOPIC_BASICS,
    .script = send_letter,
    .needs_two = TRUE,
    /* Every day; an answer that cannot be found on the other device is a nuisance each time. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (200),
  },
  {
    .id = "old-letter",
    .title = NC_("event", "An old letter is looked for on the phone"),
    .gain = N_("So old mail can be found on every device."),
    .moot = N_("So there is no second device that would miss old mail."),
    .help = RST_TOPIC_CHOOSING,
    .script = old_letter,
    .viewer = RST_VIEWER_PHONE,
    .needs_two = TRUE,
    .standing = TRUE,
    /* Every week or so; whoever does not find it on the phone has to wait for the computer. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (150),
  },
  {
    .id = "folder",
    .title = NC_("event", "A filter on the server files a letter in a folder"),
    .gain = N_("So mail that the server files in folders is seen too."),
    .moot = N_("So folders on the server matter little."),
    .help = RST_TOPIC_BASICS,
    .script = folder,
    /* Few people have filters on the server; who has several devices has them rather. */
    .driver = RST_KEY_DEVICES,
    .weights = { 6, 2, 12 },
  },
  {
    .id = "delete",
    .title = NC_("event", "A letter is deleted on the phone"),
    .gain = N_("So what is deleted on one device is gone on the others too."),
    .moot = N_("So mail needs to be deleted only once."),
    .help = RST_TOPIC_BASICS,
    .script = delete_letter,
    .needs_two = TRUE,
    .wants_gone = TRUE,
    /* Every day; it is deleted once more. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (20),
  },
  {
    .id = "mistake",
    .title = NC_("event", "A letter is deleted by mistake"),
    .gain = N_("So a letter deleted by mistake is still somewhere."),
    .moot = N_("So a letter deleted by mistake matters little."),
    .remedy = N_("Look into the trash within a few weeks."),
    .help = RST_TOPIC_CHOOSING,
    .script = mistake,
    .rare = TRUE,
    /* Once a month one letter, of thousands. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (2),
  },
  {
    .id = "away",
    .title = NC_("event", "Mail is read in a web browser"),
    .gain = N_("So the mail is on the server, wherever you read it."),
    .moot = N_("So there is no need for mail to be on the server for reading somewhere else."),
    .help = RST_TOPIC_BASICS,
    .script = away,
    .guest = RST_GUEST_BROWSER,
    .viewer = RST_VIEWER_GUEST,
    .standing = TRUE,
    /* In one place there is no need to; a browser only ever shows what is on the server. */
    .driver = RST_KEY_PLACES,
    .weights = { 6, 1, 50, 400 },
  },
  {
    .id = "other-person",
    .title = NC_("event", "Another person reads the same address"),
    .gain = N_("So nobody takes the mail away from the others."),
    .moot = N_("So nobody else has to find the mail on the server."),
    .help = RST_TOPIC_MIXING,
    .script = other_person,
    .guest = RST_GUEST_PERSON,
    /* Few addresses are shared; where one is, both look for mail every day. */
    .driver = RST_KEY_PEOPLE,
    .weights = { 2, 1, 1000, 1 },
  },
  {
    .id = "service",
    .title = NC_("event", "A service collects the mail too"),
    .gain = N_("So the service and your devices both get every letter."),
    .moot = N_("So no service gets in the way."),
    .help = RST_TOPIC_MIXING,
    .script = service,
    .guest = RST_GUEST_SERVICE,
    /* The plan tells it to leave everything, so that little can happen. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (1),
  },
  { .id = "arrive", .title = NC_("event", "A letter arrives"), .script = arrive,
    .story_only = TRUE },
  { .id = "receive", .title = NC_("event", "The devices look for mail"), .script = receive,
    .story_only = TRUE },
  { .id = "day", .title = NC_("event", "A day passes"), .script = pass_day, .story_only = TRUE },
  { .id = "week", .title = NC_("event", "A week passes"), .script = pass_week, .story_only = TRUE },
  { .id = "month", .title = NC_("event", "A month passes"), .script = pass_month, .story_only = TRUE },
};

const guint rst_n_events_everyday = G_N_ELEMENTS (rst_events_everyday);

G_STATIC_ASSERT (G_N_ELEMENTS (rst_events_everyday) <= RST_MAX_EVENTS / 2);
