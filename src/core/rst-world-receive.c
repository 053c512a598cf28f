/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a device looks for mail.
 *
 * POP (RFC 1939) fetches from the inbox, each id once, and may delete there. IMAP (RFC 3501) shows
 * the server's folders; what it keeps for reading offline follows the server.
 */
#include "rst-world-private.h"

/* Whether the device can talk to the server. */
gboolean
rst_world_can_reach (const RstWorld *self,
                     guint           device)
{
  return self->server_up && self->states[device].present && self->states[device].online;
}

static guint
space_used (const RstWorld *self,
            guint           device)
{
  guint used = 0;

  for (guint i = 0; i < self->letters->len; i++)
    {
      const RstHolding *holding = rst_world_holding (self, device, i);
      guint kept = MAX (holding->copies, holding->archived ? 1 : 0);

      used += kept * rst_world_letter (self, i)->size;
    }

  return used;
}

static gboolean
has_space (const RstWorld *self,
           guint           device,
           guint           letter)
{
  guint space = rst_world_device (self, device)->space;

  return space == 0 ||
         space_used (self, device) + rst_world_letter (self, letter)->size <= space;
}

static gboolean
fetch (RstWorld *self,
       guint     device,
       guint     letter)
{
  RstLetter *l = rst_world_letter (self, letter);
  RstHolding *holding = rst_world_holding (self, device, letter);

  if (holding->uid == l->uid)
    return FALSE;
  if (!has_space (self, device, letter))
    {
      holding->gone = (RstCause) { RST_CAUSE_DEVICE_FULL, device, self->day };
      return FALSE;
    }

  holding->copies++;
  holding->uid = l->uid;
  holding->fetched = self->day;
  holding->seen = TRUE;
  holding->gone.kind = RST_CAUSE_NONE;
  if (self->pop_marks_read)
    l->read = TRUE;
  return TRUE;
}

/* Does with the server's copy what the program is set to; it may only do so to what it fetched. */
static gboolean
clean_up (RstWorld *self,
          guint     device,
          guint     letter)
{
  const RstDevice *d = rst_world_device (self, device);
  const RstHolding *holding = rst_world_holding (self, device, letter);

  if (self->provider_keeps || holding->uid != rst_world_letter (self, letter)->uid)
    return FALSE;

  if (d->copies == RST_COPIES_REMOVE)
    rst_world_take_off (self, letter, RST_CAUSE_FETCHED, device);
  else if (d->copies == RST_COPIES_DAYS && self->day - holding->fetched >= (int) d->days)
    rst_world_take_off (self, letter, RST_CAUSE_DAYS_OVER, device);
  else
    return FALSE;

  return TRUE;
}

static gboolean
receive_by_pop (RstWorld *self,
                guint     device)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->letters->len; i++)
    {
      if (rst_world_letter (self, i)->folder != RST_FOLDER_INBOX)
        continue;
      changed |= fetch (self, device, i);
      changed |= clean_up (self, device, i);
    }

  return changed;
}

static gboolean
archive (RstWorld *self,
         guint     device,
         guint     letter)
{
  const RstDevice *d = rst_world_device (self, device);
  const RstLetter *l = rst_world_letter (self, letter);
  RstHolding *holding = rst_world_holding (self, device, letter);
  gboolean changed = FALSE;

  if (!d->archive || l->folder == RST_FOLDER_TRASH)
    return FALSE;

  if (!holding->archived && has_space (self, device, letter))
    holding->archived = changed = TRUE;
  if (holding->archived && d->move_days > 0 && self->day - l->day >= (int) d->move_days)
    {
      rst_world_take_off (self, letter, RST_CAUSE_ARCHIVED, device);
      changed = TRUE;
    }

  return changed;
}

static gboolean
receive_by_imap (RstWorld *self,
                 guint     device)
{
  const RstDevice *d = rst_world_device (self, device);
  gboolean changed = FALSE;

  for (guint i = 0; i < self->letters->len; i++)
    {
      const RstLetter *l = rst_world_letter (self, i);
      RstHolding *holding = rst_world_holding (self, device, i);
      gboolean had = holding->offline;
      gboolean known = holding->seen;

      if (l->folder != RST_FOLDER_NONE)
        {
          holding->gone.kind = RST_CAUSE_NONE;
          changed |= archive (self, device, i);
        }

      holding->offline = l->folder != RST_FOLDER_NONE && d->offline_days > 0 &&
                         (guint) (self->day - l->day) <= d->offline_days;
      if (had && !holding->offline)
        rst_world_note_lost (self, i, l->removed);
      holding->seen = known || l->folder != RST_FOLDER_NONE;
      changed |= known != holding->seen || (had && l->folder == RST_FOLDER_NONE);
    }

  return changed;
}

/* Some programs delete old mail by themselves, here and on the server. */
static gboolean
apply_retention (RstWorld *self,
                 guint     device)
{
  const RstDevice *d = rst_world_device (self, device);
  gboolean changed = FALSE;

  for (guint i = 0; d->retention_days > 0 && i < self->letters->len; i++)
    {
      RstHolding *holding = rst_world_holding (self, device, i);
      RstCause cause = { RST_CAUSE_RETENTION, device, self->day };

      if (self->day - rst_world_letter (self, i)->day < (int) d->retention_days)
        continue;
      changed |= holding->copies > 0 || rst_world_letter (self, i)->folder != RST_FOLDER_NONE;
      holding->copies = 0;
      holding->offline = FALSE;
      holding->gone = cause;
      rst_world_take_off (self, i, cause.kind, device);
      rst_world_note_lost (self, i, cause);
    }

  return changed;
}

/* Copies what only this device has to the outside. */
void
rst_world_back_up (RstWorld *self,
         guint     device)
{
  if (!rst_world_device (self, device)->backup)
    return;

  for (guint i = 0; i < self->letters->len; i++)
    {
      RstHolding *holding = rst_world_holding (self, device, i);

      holding->backed_up |= holding->copies > 0 || holding->archived;
    }
}

/* The device looks for mail. Returns whether anything changed anywhere. */
gboolean
rst_world_synchronise (RstWorld *self,
                       guint     device)
{
  gboolean changed;

  if (!rst_world_can_reach (self, device))
    return FALSE;

  switch (rst_world_device (self, device)->method)
    {
    case RST_METHOD_POP:
      changed = receive_by_pop (self, device);
      break;
    case RST_METHOD_IMAP:
    case RST_METHOD_WEB:
      changed = receive_by_imap (self, device);
      break;
    case RST_METHOD_UNKNOWN:
    case RST_METHOD_NONE:
    default:
      return FALSE;
    }

  changed |= apply_retention (self, device);
  rst_world_back_up (self, device);

  return changed;
}
