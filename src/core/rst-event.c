/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of events: those of every day, and the mishaps.
 */
#include "rst-event-private.h"

#include <glib/gi18n-lib.h>

/**
 * rst_events_get_n:
 *
 * Returns: the number of events
 */
guint
rst_events_get_n (void)
{
  return rst_n_events_everyday + rst_n_events_mishaps;
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
  g_return_val_if_fail (index < rst_events_get_n (), NULL);

  if (index < rst_n_events_everyday)
    return &rst_events_everyday[index];

  return &rst_events_mishaps[index - rst_n_events_everyday];
}

/* Position in the table. */
guint
rst_event_get_index (const RstEvent *self)
{
  if (self >= rst_events_everyday && self < rst_events_everyday + rst_n_events_everyday)
    return self - rst_events_everyday;

  return rst_n_events_everyday + (self - rst_events_mishaps);
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

  for (guint i = 0; i < rst_events_get_n (); i++)
    if (g_str_equal (rst_events_get (i)->id, id))
      return rst_events_get (i);

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
  const char *ids[RST_MAX_EVENTS + 1] = { NULL };

  for (guint i = 0; i < rst_events_get_n (); i++)
    ids[i] = rst_events_get (i)->id;

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
  return g_dpgettext2 (GETTEXT_PACKAGE, "event", self->title);
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
