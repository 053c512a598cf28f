/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens at a device: a person reads, sends, deletes and files; the device is lost, or new.
 */
#include "rst-world-private.h"

/**
 * rst_world_receive:
 * @self: a world
 * @device: index of a device
 *
 * The device looks for mail now. Nothing happens if it cannot reach the server.
 */
void
rst_world_receive (RstWorld *self,
                   guint     device)
{
  g_return_if_fail (device < self->devices->len);

  if (rst_world_synchronise (self, device))
    rst_world_add_moment (self, RST_DEED_RECEIVE, device, RST_NO_LETTER);
}

/**
 * rst_world_receive_all:
 * @self: a world
 *
 * Every device looks for mail, in their order.
 */
void
rst_world_receive_all (RstWorld *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    rst_world_receive (self, i);
}

static gboolean
shares_server (const RstWorld *self,
               guint           device)
{
  RstMethod method = rst_world_device (self, device)->method;

  return method == RST_METHOD_IMAP || method == RST_METHOD_WEB;
}

/**
 * rst_world_read:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * A person reads the letter on the device. POP keeps the read mark on the device. Nothing happens
 * if the device does not show it.
 */
void
rst_world_read (RstWorld *self,
                guint     device,
                guint     letter)
{
  g_return_if_fail (device < self->devices->len && letter < self->letters->len);

  if (rst_world_look (self, device, letter, NULL, NULL) != RST_SIGHT_VISIBLE)
    return;
  if (shares_server (self, device) && rst_world_can_reach (self, device))
    rst_world_letter (self, letter)->read = TRUE;
  rst_world_letter (self, letter)->opened = TRUE;
  rst_world_holding (self, device, letter)->read = TRUE;
  rst_world_add_moment (self, RST_DEED_READ, device, letter);
}

/**
 * rst_world_send:
 * @self: a world
 * @device: index of a device that can reach the server
 * @megabytes: size of the letter
 *
 * A person sends a letter. IMAP puts the copy into the server's Sent folder, POP has no such thing:
 * the copy stays on the device.
 *
 * Returns: the letter, as the sender's own copy
 */
int
rst_world_send (RstWorld *self,
                guint     device,
                guint     megabytes)
{
  gboolean shared = shares_server (self, device);
  RstHolding *holding;
  int letter;

  g_return_val_if_fail (device < self->devices->len, RST_NO_LETTER);

  letter = rst_world_add_letter (self, megabytes, shared ? RST_FOLDER_SENT : RST_FOLDER_NONE,
                                 device);
  holding = rst_world_holding (self, device, letter);
  holding->seen = holding->read = TRUE;
  rst_world_letter (self, letter)->read = rst_world_letter (self, letter)->opened = TRUE;
  if (!shared)
    {
      holding->copies = 1;
      rst_world_letter (self, letter)->removed =
        (RstCause) { RST_CAUSE_SENT_ELSEWHERE, device, self->day };
      rst_world_back_up (self, device);
    }
  rst_world_add_moment (self, RST_DEED_SEND, device, letter);

  return letter;
}

static void
delete_own_copy (RstWorld *self,
                 guint     device,
                 guint     letter)
{
  RstHolding *holding = rst_world_holding (self, device, letter);

  holding->copies = 0;
  holding->deleted = TRUE;
  holding->backed_up = FALSE;
  holding->gone = (RstCause) { RST_CAUSE_DELETED_HERE, device, self->day };
  if (rst_world_device (self, device)->deletes_follow && rst_world_can_reach (self, device) &&
      rst_world_letter (self, letter)->folder == RST_FOLDER_INBOX)
    rst_world_take_off (self, letter, RST_CAUSE_DELETE_FOLLOWED, device);
  rst_world_note_lost (self, letter, holding->gone);
}

/**
 * rst_world_delete:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * A person deletes the letter on the device. By IMAP it goes to the trash of the server, for every
 * IMAP device, and for good some weeks later. By POP only the copy here goes, unless the program is
 * set to delete on the server what is deleted here. Nothing happens if the device does not show it.
 */
void
rst_world_delete (RstWorld *self,
                  guint     device,
                  guint     letter)
{
  RstLetter *l;

  g_return_if_fail (device < self->devices->len && letter < self->letters->len);

  if (rst_world_look (self, device, letter, NULL, NULL) != RST_SIGHT_VISIBLE)
    return;

  l = rst_world_letter (self, letter);
  if (!shares_server (self, device))
    {
      delete_own_copy (self, device, letter);
    }
  else if (l->folder != RST_FOLDER_NONE)
    {
      l->folder = RST_FOLDER_TRASH;
      l->uid = self->next_uid++;
      l->trash_day = self->day;
      l->removed = (RstCause) { RST_CAUSE_DELETED, device, self->day };
    }
  rst_world_add_moment (self, RST_DEED_DELETE, device, letter);
}

/**
 * rst_world_file:
 * @self: a world
 * @device: index of a device
 * @letter: a letter
 *
 * A person puts the letter into a folder. By IMAP the folder is the server's, and a POP program,
 * which sees the inbox only, does not find the letter any more. By POP the folder is the device's.
 */
void
rst_world_file (RstWorld *self,
                guint     device,
                guint     letter)
{
  RstLetter *l;

  g_return_if_fail (device < self->devices->len && letter < self->letters->len);

  l = rst_world_letter (self, letter);
  if (shares_server (self, device) && l->folder != RST_FOLDER_NONE)
    {
      l->folder = RST_FOLDER_OTHER;
      l->uid = self->next_uid++;
    }
  rst_world_add_moment (self, RST_DEED_FILE, device, letter);
}

/**
 * rst_world_unfile:
 * @self: a world
 * @device: index of a device
 * @letter: a letter in a folder
 *
 * A person puts the letter back into the inbox by IMAP. It gets a new id, so that a POP program
 * takes it for a new letter.
 */
void
rst_world_unfile (RstWorld *self,
                  guint     device,
                  guint     letter)
{
  RstLetter *l;

  g_return_if_fail (device < self->devices->len && letter < self->letters->len);

  l = rst_world_letter (self, letter);
  if (shares_server (self, device) && l->folder != RST_FOLDER_NONE)
    {
      l->folder = RST_FOLDER_INBOX;
      l->uid = self->next_uid++;
    }
  rst_world_add_moment (self, RST_DEED_FILE, device, letter);
}

/* Everything that a mail program has on the device goes; an archive is not the program's. */
static void
clear_device (RstWorld     *self,
              guint         device,
              RstCauseKind  cause)
{
  gboolean all = cause == RST_CAUSE_DEVICE_LOST;

  self->states[device].present = FALSE;
  for (guint i = 0; i < self->letters->len; i++)
    {
      RstHolding *holding = rst_world_holding (self, device, i);
      gboolean had = holding->copies > 0 || holding->archived || holding->offline;

      holding->copies = 0;
      holding->offline = FALSE;
      holding->archived &= !all;
      holding->uid = 0;
      if (!had || holding->archived)
        continue;
      holding->gone = (RstCause) { cause, device, self->day };
      rst_world_note_lost (self, i, holding->gone);
    }
}

/**
 * rst_world_lose_device:
 * @self: a world
 * @device: index of a device
 *
 * The device is gone, or reset, with everything on it.
 */
void
rst_world_lose_device (RstWorld *self,
                       guint     device)
{
  g_return_if_fail (device < self->devices->len);

  clear_device (self, device, RST_CAUSE_DEVICE_LOST);
  rst_world_add_moment (self, RST_DEED_DEVICE_LOST, device, RST_NO_LETTER);
}

/**
 * rst_world_remove_account:
 * @self: a world
 * @device: index of a device
 *
 * A person removes the account from the mail program, and the program deletes what it had. An
 * archive of its own stays.
 */
void
rst_world_remove_account (RstWorld *self,
                          guint     device)
{
  g_return_if_fail (device < self->devices->len);

  clear_device (self, device, RST_CAUSE_ACCOUNT_REMOVED);
  rst_world_add_moment (self, RST_DEED_ACCOUNT_REMOVED, device, RST_NO_LETTER);
}

/**
 * rst_world_steal_device:
 * @self: a world
 * @device: index of a device
 *
 * The device is gone, and somebody else reads what lies on it.
 */
void
rst_world_steal_device (RstWorld *self,
                        guint     device)
{
  g_return_if_fail (device < self->devices->len);

  for (guint i = 0; i < self->letters->len; i++)
    if (rst_world_get_hold (self, device, i) != RST_HOLD_NOTHING)
      rst_world_letter (self, i)->exposed = TRUE;

  rst_world_lose_device (self, device);
}

static void
restore (RstWorld *self,
         guint     device)
{
  for (guint i = 0; i < self->letters->len; i++)
    {
      RstHolding *holding = rst_world_holding (self, device, i);

      if (!holding->backed_up)
        continue;
      if (rst_world_device (self, device)->archive)
        holding->archived = TRUE;
      else
        holding->copies = 1;
      holding->uid = rst_world_letter (self, i)->uid;
      holding->gone.kind = RST_CAUSE_NONE;
    }
}

static void
set_up (RstWorld *self,
        guint     device)
{
  self->states[device] = (RstDeviceState) { .present = TRUE, .online = TRUE };
  restore (self, device);
  rst_world_synchronise (self, device);
}

/**
 * rst_world_add_account:
 * @self: a world
 * @device: index of a device whose account was removed
 *
 * A person adds the account again, the same way; the backup is put back if there is one.
 */
void
rst_world_add_account (RstWorld *self,
                       guint     device)
{
  g_return_if_fail (device < self->devices->len);

  set_up (self, device);
  rst_world_add_moment (self, RST_DEED_ACCOUNT_ADDED, device, RST_NO_LETTER);
}

/**
 * rst_world_replace_device:
 * @self: a world
 * @device: index of a device
 *
 * A new device takes the place of a lost or old one: the account is set up again the same way, the
 * backup is put back if there is one, and it looks for mail.
 */
void
rst_world_replace_device (RstWorld *self,
                          guint     device)
{
  g_return_if_fail (device < self->devices->len);

  if (self->states[device].present)
    clear_device (self, device, RST_CAUSE_DEVICE_LOST);

  set_up (self, device);
  rst_world_add_moment (self, RST_DEED_DEVICE_NEW, device, RST_NO_LETTER);
}

/**
 * rst_world_set_online:
 * @self: a world
 * @device: index of a device
 * @online: whether it has a connection
 */
void
rst_world_set_online (RstWorld *self,
                      guint     device,
                      gboolean  online)
{
  g_return_if_fail (device < self->devices->len);

  self->states[device].online = online;
  rst_world_add_moment (self, online ? RST_DEED_ONLINE : RST_DEED_OFFLINE, device, RST_NO_LETTER);
}
