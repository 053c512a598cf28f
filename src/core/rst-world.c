/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world's state: making, copying, and the few settings of the server.
 */
#include "rst-world-private.h"

static void
moment_free (RstMoment *moment)
{
  rst_world_free (moment->after);
  g_free (moment);
}

/**
 * rst_world_new:
 * @devices: (element-type RstDevice): the devices that read the mailbox
 *
 * Returns: (transfer full): an empty mailbox on day 0, all devices on and connected
 */
RstWorld *
rst_world_new (GPtrArray *devices)
{
  RstWorld *self;

  g_return_val_if_fail (devices != NULL, NULL);

  self = g_new0 (RstWorld, 1);
  self->devices = g_ptr_array_new_full (devices->len, (GDestroyNotify) rst_device_free);
  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (self->devices, rst_device_copy (devices->pdata[i]));

  self->next_uid = 1;
  self->server_up = TRUE;
  self->pop_marks_read = TRUE;
  self->states = g_new (RstDeviceState, devices->len);
  for (guint i = 0; i < devices->len; i++)
    self->states[i] = (RstDeviceState) { .present = TRUE, .online = TRUE };
  self->letters = g_array_new (FALSE, TRUE, sizeof (RstLetter));
  self->holdings = g_array_new (FALSE, TRUE, sizeof (RstHolding));

  return self;
}

/**
 * rst_world_copy:
 * @self: a world
 *
 * Returns: (transfer full): the same world, to try something out in; it records no story
 */
RstWorld *
rst_world_copy (const RstWorld *self)
{
  RstWorld *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->devices = g_ptr_array_ref (self->devices);
  copy->states = g_memdup2 (self->states, self->devices->len * sizeof (RstDeviceState));
  copy->letters = g_array_copy (self->letters);
  copy->holdings = g_array_copy (self->holdings);
  copy->moments = NULL;

  return copy;
}

/**
 * rst_world_free:
 * @self: (transfer full): a world
 */
void
rst_world_free (RstWorld *self)
{
  g_ptr_array_unref (self->devices);
  g_free (self->states);
  g_array_unref (self->letters);
  g_array_unref (self->holdings);
  g_clear_pointer (&self->moments, g_ptr_array_unref);
  g_free (self);
}

/**
 * rst_world_get_day:
 * @self: a world
 *
 * Returns: the number of days that have passed
 */
int
rst_world_get_day (const RstWorld *self)
{
  return self->day;
}

/**
 * rst_world_get_n_devices:
 * @self: a world
 *
 * Returns: the number of devices
 */
guint
rst_world_get_n_devices (const RstWorld *self)
{
  return self->devices->len;
}

/**
 * rst_world_get_device:
 * @self: a world
 * @device: index of a device
 *
 * Returns: (transfer none): its description
 */
const RstDevice *
rst_world_get_device (const RstWorld *self,
                      guint           device)
{
  g_return_val_if_fail (device < self->devices->len, NULL);

  return rst_world_device (self, device);
}

/**
 * rst_world_get_n_letters:
 * @self: a world
 *
 * Returns: how many letters there have ever been, refused ones included
 */
guint
rst_world_get_n_letters (const RstWorld *self)
{
  return self->letters->len;
}

/**
 * rst_world_get_letter_day:
 * @self: a world
 * @letter: a letter
 *
 * Returns: the day on which it arrived or was sent
 */
int
rst_world_get_letter_day (const RstWorld *self,
                          guint           letter)
{
  g_return_val_if_fail (letter < self->letters->len, 0);

  return rst_world_letter (self, letter)->day;
}

/**
 * rst_world_get_used:
 * @self: a world
 *
 * Sent mail, folders and trash count as well as the inbox.
 *
 * Returns: megabytes of mail on the server
 */
guint
rst_world_get_used (const RstWorld *self)
{
  guint used = 0;

  for (guint i = 0; i < self->letters->len; i++)
    if (rst_world_letter (self, i)->folder != RST_FOLDER_NONE)
      used += rst_world_letter (self, i)->size;

  return used;
}

/**
 * rst_world_is_server_up:
 * @self: a world
 *
 * Returns: whether the server answers
 */
gboolean
rst_world_is_server_up (const RstWorld *self)
{
  return self->server_up;
}

/**
 * rst_world_is_present:
 * @self: a world
 * @device: index of a device
 *
 * Returns: whether it is there, and not lost
 */
gboolean
rst_world_is_present (const RstWorld *self,
                      guint           device)
{
  g_return_val_if_fail (device < self->devices->len, FALSE);

  return self->states[device].present;
}

/**
 * rst_world_is_online:
 * @self: a world
 * @device: index of a device
 *
 * Returns: whether it has a connection
 */
gboolean
rst_world_is_online (const RstWorld *self,
                     guint           device)
{
  g_return_val_if_fail (device < self->devices->len, FALSE);

  return self->states[device].online;
}

/**
 * rst_world_set_quota:
 * @self: a world
 * @megabytes: how much mail the server takes; 0 for no limit
 */
void
rst_world_set_quota (RstWorld *self,
                     guint     megabytes)
{
  self->quota = megabytes;
}

/**
 * rst_world_set_expiry:
 * @self: a world
 * @days: age at which the provider deletes received and sent mail; 0 for never
 */
void
rst_world_set_expiry (RstWorld *self,
                      guint     days)
{
  self->expiry = days;
}

/**
 * rst_world_set_provider_keeps:
 * @self: a world
 * @keeps: whether the provider keeps mail whatever a POP program asks (some have a setting of
 *   their own that overrides the program's)
 */
void
rst_world_set_provider_keeps (RstWorld *self,
                              gboolean  keeps)
{
  self->provider_keeps = keeps;
}

/**
 * rst_world_set_pop_marks_read:
 * @self: a world
 * @marks: whether the server marks a letter as read when a POP program fetches it; servers differ
 */
void
rst_world_set_pop_marks_read (RstWorld *self,
                              gboolean  marks)
{
  self->pop_marks_read = marks;
}

/**
 * rst_world_record:
 * @self: a world
 *
 * Keeps the world after every operation from now on; for stories.
 */
void
rst_world_record (RstWorld *self)
{
  g_return_if_fail (self->moments == NULL);

  self->moments = g_ptr_array_new_with_free_func ((GDestroyNotify) moment_free);
  rst_world_add_moment (self, RST_DEED_START, RST_ACTOR_SERVER, RST_NO_LETTER);
}

/**
 * rst_world_get_moments:
 * @self: a world
 *
 * Returns: (transfer none) (nullable) (element-type RstMoment): what has been recorded
 */
GPtrArray *
rst_world_get_moments (const RstWorld *self)
{
  return self->moments;
}

void
rst_world_add_moment (RstWorld *self,
                      RstDeed   deed,
                      int       actor,
                      int       letter)
{
  RstMoment *moment;

  if (self->moments == NULL)
    return;

  moment = g_new (RstMoment, 1);
  *moment = (RstMoment) {
    .deed = deed,
    .actor = actor,
    .letter = letter,
    .after = rst_world_copy (self),
  };
  g_ptr_array_add (self->moments, moment);
}

/* Adds a letter; nobody holds it but the server, if @folder is on the server. */
int
rst_world_add_letter (RstWorld  *self,
                      guint      megabytes,
                      RstFolder  folder,
                      int        sender)
{
  RstLetter letter = {
    .day = self->day,
    .size = megabytes,
    .folder = folder,
    .uid = self->next_uid++,
    .sender = sender,
  };

  g_array_append_val (self->letters, letter);
  g_array_set_size (self->holdings, self->letters->len * self->devices->len);

  return self->letters->len - 1;
}
