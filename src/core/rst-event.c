/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of events.
 *
 * An entry is everything there is to an event: its words, its script, and how much it matters by
 * the answer that drives it. The weights are in the unit "how bad would it be, over ten years, if
 * this took all mail away for good": how often it happens times how much it hurts. An event that
 * hits only some mail, or only hides it, counts in proportion (rst-weights.c).
 */
#include "rst-event-scripts.h"

#include <glib/gi18n-lib.h>

/* The answers that drive nothing of their own: the first weight always holds. */
#define ALWAYS RST_KEY_OFFERS
#define SAME(weight) { weight, weight, weight, weight }

static const RstEvent events[] = {
  {
    .id = "new-letter",
    .title = N_("A new letter comes"),
    .gain = N_("So every device shows a new letter, and shows it as new."),
    .moot = N_("So one device is all that has to show a new letter."),
    .help = "what-happens-new-letter",
    .script = rst_script_new_letter,
    .needs_two = TRUE,
    .driver = ALWAYS,
    .weights = SAME (60),
  },
  {
    .id = "read",
    .title = N_("A letter is read on the phone"),
    .gain = N_("So every device shows what has been read, and what has not."),
    .moot = N_("So there is no second device to keep in step."),
    .help = "what-happens-read",
    .script = rst_script_read,
    .needs_two = TRUE,
    /* Every day; the mail is there, but has to be sorted twice. */
    .driver = ALWAYS,
    .weights = SAME (400),
  },
  {
    .id = "send",
    .title = N_("A letter is sent from the phone"),
    .gain = N_("So every device shows the same mail, sent mail included."),
    .moot = N_("So there is no second device that could miss anything."),
    .help = "what-happens-send",
    .script = rst_script_send,
    .needs_two = TRUE,
    .driver = ALWAYS,
    .weights = SAME (200),
  },
  {
    .id = "old-letter",
    .title = N_("An old letter is looked for on the phone"),
    .gain = N_("So old mail can be found on every device."),
    .moot = N_("So there is no second device that would miss old mail."),
    .help = "what-happens-old-letter",
    .script = rst_script_old_letter,
    .viewer = RST_VIEWER_PHONE,
    .needs_two = TRUE,
    .standing = TRUE,
    .driver = ALWAYS,
    .weights = SAME (150),
  },
  {
    .id = "folder",
    .title = N_("A filter on the server files a letter in a folder"),
    .gain = N_("So mail that the server files in folders is seen too."),
    .moot = N_("So folders on the server matter little."),
    .help = "what-happens-folder",
    .script = rst_script_folder,
    .driver = RST_KEY_DEVICES,
    .weights = { 6, 2, 12 },
  },
  {
    .id = "delete",
    .title = N_("A letter is deleted on the phone"),
    .gain = N_("So what is deleted on one device is gone on the others too."),
    .moot = N_("So mail needs to be deleted only once."),
    .help = "what-happens-delete",
    .script = rst_script_delete,
    .needs_two = TRUE,
    .wants_gone = TRUE,
    .driver = ALWAYS,
    .weights = SAME (20),
  },
  {
    .id = "mistake",
    .title = N_("A letter is deleted by mistake"),
    .gain = N_("So a letter deleted by mistake is still somewhere."),
    .moot = N_("So a letter deleted by mistake matters little."),
    .remedy = N_("Look into the trash within a few weeks."),
    .help = "what-happens-mistake",
    .script = rst_script_mistake,
    .rare = TRUE,
    .driver = ALWAYS,
    .weights = SAME (2),
  },
  {
    .id = "away",
    .title = N_("Mail is read in a web browser"),
    .gain = N_("So the mail is on the server, wherever you read it."),
    .moot = N_("So there is no need for mail to be on the server for reading somewhere else."),
    .help = "what-happens-away",
    .script = rst_script_away,
    .guest = RST_GUEST_BROWSER,
    .viewer = RST_VIEWER_GUEST,
    .standing = TRUE,
    /* In one place there is no need to; a browser only ever shows what is on the server. */
    .driver = RST_KEY_PLACES,
    .weights = { 6, 1, 50, 400 },
  },
  {
    .id = "other-person",
    .title = N_("Another person reads the same address"),
    .gain = N_("So nobody takes the mail away from the others."),
    .moot = N_("So nobody else has to find the mail on the server."),
    .help = "what-happens-other-person",
    .script = rst_script_other_person,
    .guest = RST_GUEST_PERSON,
    .driver = RST_KEY_PEOPLE,
    .weights = { 2, 1, 1000, 1 },
  },
  {
    .id = "service",
    .title = N_("A service collects the mail too"),
    .gain = N_("So the service and your devices both get every letter."),
    .moot = N_("So no service gets in the way."),
    .help = "what-happens-service",
    .script = rst_script_service,
    .guest = RST_GUEST_SERVICE,
    .driver = ALWAYS,
    .weights = SAME (1),
  },
  {
    .id = "device-lost",
    .title = N_("The phone is lost or breaks"),
    .title_one = N_("The device is lost or breaks"),
    .gain = N_("So a lost device takes no mail with it."),
    .moot = N_("So a lost device would take little mail with it that you need."),
    .remedy = N_("Back up the mail on it."),
    .help = "what-happens-device-lost",
    .script = rst_script_device_lost,
    /* Once in ten or twenty years, without a backup. */
    .driver = ALWAYS,
    .weights = SAME (4),
  },
  {
    .id = "device-new",
    .title = N_("A new phone replaces the old one"),
    .title_one = N_("A new device replaces the old one"),
    .gain = N_("So a new device has all mail as soon as the account is set up."),
    .moot = N_("So mail rarely has to be carried over to a new device."),
    .remedy = N_("Back up the mail before the change."),
    .help = "what-happens-device-new",
    .script = rst_script_device_new,
    .driver = RST_KEY_SWITCHING,
    .weights = { 5, 80, 9, 2 },
  },
  {
    .id = "computer-lost",
    .title = N_("The computer breaks"),
    .gain = N_("So a broken computer takes no mail with it."),
    .moot = N_("So a broken computer would take little mail with it that you need."),
    .remedy = N_("Back up the mail on it."),
    .help = "what-happens-computer-lost",
    .script = rst_script_computer_lost,
    .needs_two = TRUE,
    .driver = RST_KEY_SWITCHING,
    .weights = { 6, 15, 7, 4 },
  },
  {
    .id = "account-removed",
    .title = N_("The account is removed from the phone, and added again"),
    .title_one = N_("The account is removed, and added again"),
    .gain = N_("So removing the account takes no mail with it."),
    .moot = N_("So removing the account would take little mail with it that you need."),
    .remedy = N_("Back up the mail before that."),
    .help = "what-happens-account-removed",
    .script = rst_script_account_removed,
    /* Seldom, but some programs delete the only copy without asking. */
    .driver = ALWAYS,
    .weights = SAME (0.3),
  },
  {
    .id = "stolen",
    .title = N_("A phone with mail on it is stolen"),
    .title_one = N_("The device is stolen"),
    .gain = N_("So a thief finds less mail on the device."),
    .moot = N_("So a thief finds little mail on the device that matters."),
    .help = "what-happens-stolen",
    .script = rst_script_stolen,
    .about_secrets = TRUE,
    .driver = ALWAYS,
    .weights = SAME (0.5),
  },
  {
    .id = "server-down",
    .title = N_("The server is away for some hours"),
    .gain = N_("So mail that has arrived can be read while the server is away."),
    .moot = N_("So mail may well rest on the server while it is away."),
    .help = "what-happens-server-down",
    .script = rst_script_server_down,
    .rare = TRUE,
    .after = rst_script_server_up,
    .driver = RST_KEY_OUTAGE,
    .weights = { 14, 150, 16, 2 },
  },
  {
    .id = "server-lost",
    .title = N_("The server loses its mail"),
    .gain = N_("So there are own copies, whatever happens to the mail on the server."),
    .moot = N_("So it is no matter that the mail lies only on the server."),
    .remedy = N_("Copy mail that matters to your own disk now and then."),
    .help = "what-happens-server-lost",
    .script = rst_script_server_lost,
    .rare = TRUE,
    .driver = RST_KEY_SERVERLOSS,
    .weights = { 12, 100, 36, 8 },
  },
  {
    .id = "mailbox-full",
    .title = N_("The mailbox becomes full"),
    .gain = N_("So mail leaves the server in time, and no letter is sent back."),
    .moot = N_("So the mailbox has room for all mail."),
    .remedy = N_("Delete mail in time, or move it to your own disk."),
    .help = "what-happens-mailbox-full",
    .script = rst_script_mailbox_full,
    .rare = TRUE,
    .driver = RST_KEY_QUOTA,
    .weights = { 2, 40, 0.2 },
  },
  {
    .id = "expiry",
    .title = N_("The provider deletes old mail"),
    .gain = N_("So old mail is kept on a device before the provider deletes it."),
    .moot = N_("So mail stays on the server as long as you want."),
    .remedy = N_("Copy mail to your own disk before that."),
    .help = "what-happens-expiry",
    .script = rst_script_expiry,
    .rare = TRUE,
    /* Few providers do; if this one is known to (any number of days), it is certain. */
    .driver = RST_KEY_EXPIRES,
    .weights = { 1, 60 },
  },
  {
    .id = "server-moved",
    .title = N_("The provider moves to a new server"),
    .gain = N_("So a move of the provider doubles no mail."),
    .moot = N_("So a move of the provider matters little."),
    .help = "what-happens-server-moved",
    .script = rst_script_server_moved,
    .driver = ALWAYS,
    .weights = SAME (2),
  },
  {
    .id = "offline",
    .title = N_("The computer has no connection"),
    .title_one = N_("The device has no connection"),
    .gain = N_("So mail that has arrived can be read without a connection."),
    .moot = N_("So the server can be reached when mail is read."),
    .help = "what-happens-offline",
    .script = rst_script_offline,
    .after = rst_script_online,
    .driver = RST_KEY_CONNECTION,
    .weights = { 6, 2, 80 },
  },
  {
    .id = "device-full",
    .title = N_("The phone has little space"),
    .title_one = N_("The device has little space"),
    .gain = N_("So the device with little space need not hold the mail."),
    .moot = N_("So the devices have room for the mail."),
    .help = "what-happens-device-full",
    .script = rst_script_device_full,
    .viewer = RST_VIEWER_PHONE,
    .small_device = TRUE,
    .standing = TRUE,
    .driver = RST_KEY_SPACE,
    .weights = { 3, 700, 1 },
  },
  {
    .id = "intruder",
    .title = N_("Somebody gets into the server"),
    .gain = N_("So mail stays on the server as short as possible."),
    .moot = N_("So the mail is on the server, where everybody finds it."),
    .help = "what-happens-intruder",
    .script = rst_script_intruder,
    .about_secrets = TRUE,
    .driver = RST_KEY_PRIVACY,
    .weights = { 0.5, 80 },
  },
  { .id = "arrive", .title = N_("A letter arrives"), .script = rst_script_arrive,
    .story_only = TRUE },
  { .id = "receive", .title = N_("The devices look for mail"), .script = rst_script_receive,
    .story_only = TRUE },
  { .id = "day", .title = N_("A day passes"), .script = rst_script_day, .story_only = TRUE },
  { .id = "week", .title = N_("A week passes"), .script = rst_script_week, .story_only = TRUE },
  { .id = "month", .title = N_("A month passes"), .script = rst_script_month, .story_only = TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (events) <= RST_MAX_EVENTS);

/**
 * rst_events_get_n:
 *
 * Returns: the number of events
 */
guint
rst_events_get_n (void)
{
  return G_N_ELEMENTS (events);
}

/**
 * rst_events_get:
 * @index: position in the table
 *
 * Returns: (transfer none): the event
 */
const RstEvent *
rst_events_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (events), NULL);

  return &events[index];
}

/**
 * rst_events_find:
 * @id: id of an event
 *
 * Returns: (transfer none) (nullable): the event
 */
const RstEvent *
rst_events_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].id, id))
      return &events[i];

  return NULL;
}

/**
 * rst_events_list_ids:
 *
 * Returns: (transfer full): the ids of all events, with commas between them
 */
char *
rst_events_list_ids (void)
{
  const char *ids[G_N_ELEMENTS (events) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    ids[i] = events[i].id;

  return g_strjoinv (", ", (char **) ids);
}

/**
 * rst_event_get_id:
 * @self: an event
 *
 * Returns: (transfer none): its name in JSON and on the command line
 */
const char *
rst_event_get_id (const RstEvent *self)
{
  return self->id;
}

/**
 * rst_event_get_title:
 * @self: an event
 *
 * Returns: (transfer none): what happens, translated
 */
const char *
rst_event_get_title (const RstEvent *self)
{
  return _(self->title);
}

/**
 * rst_event_get_help:
 * @self: an event
 *
 * Returns: (transfer none) (nullable): id of its help topic
 */
const char *
rst_event_get_help (const RstEvent *self)
{
  return self->help;
}

/**
 * rst_event_is_in_table:
 * @self: an event
 *
 * Returns: whether it is a row of the consequence table, and not only a step for stories
 */
gboolean
rst_event_is_in_table (const RstEvent *self)
{
  return !self->story_only;
}
