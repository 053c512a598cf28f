/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens seldom: devices, servers and providers fail or change.
 *
 * To add an event: its script, and its entry in the table below (see RstEvent in
 * rst-event-private.h). It then is in the consequence table, in the advice and in stories.
 */
#include "rst-event-private.h"

#include <glib/gi18n-lib.h>

#include "rst-topic.h"

/* Megabytes of a mailbox that is too small for this life. */
#define SMALL_QUOTA 40

/* Without a backup: with one, the backup decides and not the method. */
static RstLetters
device_lost (RstWorld      *world,
             const RstCast *cast)
{
  rst_world_lose_device (world, cast->phone);
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

static RstLetters
device_new (RstWorld      *world,
            const RstCast *cast)
{
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

static RstLetters
computer_lost (RstWorld      *world,
               const RstCast *cast)
{
  rst_world_lose_device (world, cast->computer);
  rst_world_replace_device (world, cast->computer);

  return RST_LETTERS_ALL;
}

/* Later the account is added again. */
static RstLetters
account_removed (RstWorld      *world,
                 const RstCast *cast)
{
  rst_world_remove_account (world, cast->phone);
  rst_world_add_account (world, cast->phone);

  return RST_LETTERS_ALL;
}

static RstLetters
stolen (RstWorld      *world,
        const RstCast *cast)
{
  rst_world_steal_device (world, cast->phone);
  rst_world_replace_device (world, cast->phone);

  return RST_LETTERS_ALL;
}

static RstLetters
server_down (RstWorld      *world,
             const RstCast *cast)
{
  rst_world_server_down (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

static RstLetters
server_up (RstWorld      *world,
           const RstCast *cast)
{
  rst_world_server_up (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* Programs look at the empty mailbox, and what they kept for reading offline follows it. */
static RstLetters
server_lost (RstWorld      *world,
             const RstCast *cast)
{
  rst_world_lose_server (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* A large letter every twenty days, for half a year. */
static RstLetters
mailbox_full (RstWorld      *world,
              const RstCast *cast)
{
  RstLetters letters = 0;

  rst_world_set_quota (world, SMALL_QUOTA);
  for (guint i = 0; i < 9; i++)
    {
      rst_world_pass_days (world, 20);
      letters |= rst_letters_only (rst_world_arrive (world, 2 * RST_LETTER_SIZE));
      rst_world_receive_all (world);
    }

  return letters;
}

static RstLetters
expiry (RstWorld      *world,
        const RstCast *cast)
{
  rst_world_set_expiry (world, cast->expiry);
  rst_world_pass_days (world, 1);

  return RST_LETTERS_ALL;
}

static RstLetters
server_moved (RstWorld      *world,
              const RstCast *cast)
{
  rst_world_move_server (world);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

static RstLetters
offline (RstWorld      *world,
         const RstCast *cast)
{
  rst_world_set_online (world, cast->computer, FALSE);

  return RST_LETTERS_ALL;
}

static RstLetters
online (RstWorld      *world,
        const RstCast *cast)
{
  rst_world_set_online (world, cast->computer, TRUE);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

/* Nothing happens but what the small device has already done to the earlier life, and a letter. */
static RstLetters
device_full (RstWorld      *world,
             const RstCast *cast)
{
  rst_world_arrive (world, RST_LETTER_SIZE);
  rst_world_receive_all (world);

  return RST_LETTERS_ALL;
}

static RstLetters
intruder (RstWorld      *world,
          const RstCast *cast)
{
  rst_world_break_in (world);

  return RST_LETTERS_ALL;
}

const RstEvent rst_events_mishaps[] = {
  {
    .id = "device-lost",
    .title = NC_("event", "The phone is lost or breaks"),
    .title_one = NC_("event", "The device is lost or breaks"),
    .gain = N_("So a lost device takes no mail with it."),
    .moot = N_("So a lost device would take little mail with it that you need."),
    .remedy = N_("Back up the mail on it."),
    .help = RST_TOPIC_BASICS,
    .script = device_lost,
    /* Once in ten or twenty years, without a backup. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (4),
  },
  {
    .id = "device-new",
    .title = NC_("event", "A new phone replaces the old one"),
    .title_one = NC_("event", "A new device replaces the old one"),
    .gain = N_("So a new device has all mail as soon as the account is set up."),
    .moot = N_("So mail rarely has to be carried over to a new device."),
    .remedy = N_("Back up the mail before the change."),
    .help = RST_TOPIC_BASICS,
    .script = device_new,
    /* Per move to a new device, if nobody thought of a backup: five moves in ten years for
     * the first answer. */
    .driver = RST_KEY_SWITCHING,
    .weights = { 5, 80, 9, 2 },
  },
  {
    .id = "computer-lost",
    .title = NC_("event", "The computer breaks"),
    .gain = N_("So a broken computer takes no mail with it."),
    .moot = N_("So a broken computer would take little mail with it that you need."),
    .remedy = N_("Back up the mail on it."),
    .help = RST_TOPIC_AFTER,
    .script = computer_lost,
    .needs_two = TRUE,
    /* As with the phone; computers last longer. */
    .driver = RST_KEY_SWITCHING,
    .weights = { 6, 15, 7, 4 },
  },
  {
    .id = "account-removed",
    .title = NC_("event", "The account is removed from the phone, and added again"),
    .title_one = NC_("event", "The account is removed, and added again"),
    .gain = N_("So removing the account takes no mail with it."),
    .moot = N_("So removing the account would take little mail with it that you need."),
    .remedy = N_("Back up the mail before that."),
    .help = RST_TOPIC_AFTER,
    .script = account_removed,
    /* Seldom, but some programs delete the only copy without asking. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (0.3),
  },
  {
    .id = "stolen",
    .title = NC_("event", "A phone with mail on it is stolen"),
    .title_one = NC_("event", "The device is stolen"),
    .gain = N_("So a thief finds less mail on the device."),
    .moot = N_("So a thief finds little mail on the device that matters."),
    .help = RST_TOPIC_PASSWORD,
    .script = stolen,
    .about_secrets = TRUE,
    /* Rare, and most devices are locked. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (0.5),
  },
  {
    .id = "server-down",
    .title = NC_("event", "The server is away for some hours"),
    .gain = N_("So mail that has arrived can be read while the server is away."),
    .moot = N_("So mail may well rest on the server while it is away."),
    .help = RST_TOPIC_BASICS,
    .script = server_down,
    .rare = TRUE,
    .after = server_up,
    /* A few times a year; half a day without mail is a nuisance, unless it must not be. */
    .driver = RST_KEY_OUTAGE,
    .weights = { 14, 150, 16, 2 },
  },
  {
    .id = "server-lost",
    .title = NC_("event", "The server loses its mail"),
    .gain = N_("So there are own copies, whatever happens to the mail on the server."),
    .moot = N_("So it is no matter that the mail lies only on the server."),
    .remedy = N_("Copy mail that matters to your own disk now and then."),
    .help = RST_TOPIC_BASICS,
    .script = server_lost,
    .rare = TRUE,
    /* Once in a lifetime; how bad it is only the person can say. */
    .driver = RST_KEY_SERVERLOSS,
    .weights = { 12, 100, 36, 8 },
  },
  {
    .id = "mailbox-full",
    .title = NC_("event", "The mailbox becomes full"),
    .gain = N_("So mail leaves the server in time, and no letter is sent back."),
    .moot = N_("So the mailbox has room for all mail."),
    .remedy = N_("Delete mail in time, or move it to your own disk."),
    .help = RST_TOPIC_BASICS,
    .script = mailbox_full,
    .rare = TRUE,
    /* Certain if the mailbox is small, and hardly ever otherwise. A letter that is sent back is
     * as good as lost. */
    .driver = RST_KEY_QUOTA,
    .weights = { 2, 40, 0.2 },
  },
  {
    .id = "expiry",
    .title = NC_("event", "The provider deletes old mail"),
    .gain = N_("So old mail is kept on a device before the provider deletes it."),
    .moot = N_("So mail stays on the server as long as you want."),
    .remedy = N_("Copy mail to your own disk before that."),
    .help = RST_TOPIC_CHOOSING,
    .script = expiry,
    .rare = TRUE,
    /* Few providers do; if this one is known to (any number of days), it is certain. */
    .driver = RST_KEY_EXPIRES,
    .weights = { 1, 60 },
  },
  {
    .id = "server-moved",
    .title = NC_("event", "The provider moves to a new server"),
    .gain = N_("So a move of the provider doubles no mail."),
    .moot = N_("So a move of the provider matters little."),
    .help = RST_TOPIC_CHOOSING,
    .script = server_moved,
    /* Once or twice in ten years. */
    .driver = RST_ALWAYS,
    .weights = RST_SAME (2),
  },
  {
    .id = "offline",
    .title = NC_("event", "The computer has no connection"),
    .title_one = NC_("event", "The device has no connection"),
    .gain = N_("So mail that has arrived can be read without a connection."),
    .moot = N_("So the server can be reached when mail is read."),
    .help = RST_TOPIC_CHOOSING,
    .script = offline,
    .after = online,
    /* Rare, unless the connection is the trouble: then every day. */
    .driver = RST_KEY_CONNECTION,
    .weights = { 6, 2, 80 },
  },
  {
    .id = "device-full",
    .title = NC_("event", "The phone has little space"),
    .title_one = NC_("event", "The device has little space"),
    .gain = N_("So the device with little space need not hold the mail."),
    .moot = N_("So the devices have room for the mail."),
    .help = RST_TOPIC_CHOOSING,
    .script = device_full,
    .viewer = RST_VIEWER_PHONE,
    .small_device = TRUE,
    .standing = TRUE,
    /* Certain if there is little space, and then for all mail to come. */
    .driver = RST_KEY_SPACE,
    .weights = { 3, 700, 1 },
  },
  {
    .id = "intruder",
    .title = NC_("event", "Somebody gets into the server"),
    .gain = N_("So mail stays on the server for as short a time as possible."),
    .moot = N_("So the mail is on the server, where everybody finds it."),
    .help = RST_TOPIC_PASSWORD,
    .script = intruder,
    .about_secrets = TRUE,
    /* Rare; but for whoever wants nothing left on the server it is the point. */
    .driver = RST_KEY_PRIVACY,
    .weights = { 0.5, 80 },
  },
};

const guint rst_n_events_mishaps = G_N_ELEMENTS (rst_events_mishaps);

G_STATIC_ASSERT (G_N_ELEMENTS (rst_events_mishaps) <= RST_MAX_EVENTS / 2);
