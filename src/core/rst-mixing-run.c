/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a real arrangement: one letter comes, days pass, and every device is watched.
 *
 * First those that only look go first, and those that take mail off the server last: so a device
 * that could have seen the letter has seen it, and what is found is what it then stops seeing. Then
 * the other way round, for devices that keep what they have seen: these miss what was taken before.
 */
#include "rst-mixing-private.h"

#define MAX_HORIZON 800 /* days */

static guint
eagerness (const RstDevice *device)
{
  if (device->method != RST_METHOD_POP)
    return 0;

  return device->copies == RST_COPIES_REMOVE ? 2 : 1;
}

#define MOST_EAGER 2

/* Positions in the run, as indices of the described devices. */
static GArray *
order_devices (GPtrArray *devices,
               gboolean   takers_first)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint rank = 0; rank <= MOST_EAGER; rank++)
    for (guint i = 0; i < devices->len; i++)
      if (eagerness (devices->pdata[i]) == (takers_first ? MOST_EAGER - rank : rank))
        g_array_append_val (order, i);

  return order;
}

static guint
get_horizon (GPtrArray *devices)
{
  guint horizon = 0;
  guint rests = 0;

  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      horizon = MAX (horizon, MAX (device->copies == RST_COPIES_DAYS ? device->days : 0,
                                   device->retention_days));
      rests = MAX (rests, device->rests_days);
    }

  return MIN (horizon + rests + 2, MAX_HORIZON);
}

static void
watch (const RstWorld *world,
       const GArray   *order,
       guint           letter,
       RstWatch       *watches)
{
  for (guint i = 0; i < order->len; i++)
    {
      RstWatch *seen = &watches[g_array_index (order, guint, i)];
      RstCause cause;
      RstSight sight = rst_world_look (world, i, letter, NULL, &cause);

      seen->seen |= sight == RST_SIGHT_VISIBLE;
      if (seen->missing_day >= 0 || (sight != RST_SIGHT_ELSEWHERE && sight != RST_SIGHT_LOST))
        {
          seen->lost |= seen->missing_day >= 0 && sight == RST_SIGHT_LOST;
          continue;
        }
      seen->missing_day = rst_world_get_day (world);
      seen->lost = sight == RST_SIGHT_LOST;
      seen->cause = cause.kind;
      seen->taker = cause.actor < 0 ? -1 : (int) g_array_index (order, guint, cause.actor);
    }
}

static RstWatch *
new_watches (guint n)
{
  RstWatch *watches = g_new (RstWatch, n);

  for (guint i = 0; i < n; i++)
    watches[i] = (RstWatch) { .missing_day = -1, .taker = -1 };

  return watches;
}

static RstWorld *
new_world (GPtrArray    *devices,
           const GArray *order)
{
  g_autoptr(GPtrArray) ordered = g_ptr_array_new ();

  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (ordered, devices->pdata[g_array_index (order, guint, i)]);

  return rst_world_new (ordered);
}

/* The letter has just come. Devices that are off at times have just been off: the worst case. */
static void
look_one_by_one (RstWorld     *world,
                 const GArray *order,
                 guint         letter,
                 RstWatch     *watches)
{
  for (guint i = 0; i < order->len; i++)
    {
      if (rst_world_get_device (world, i)->rests_days == 0)
        rst_world_receive (world, i);
      watch (world, order, letter, watches);
    }
}

static RstWatch *
watch_letter (GPtrArray *devices,
              gboolean   takers_first)
{
  g_autoptr(GArray) order = order_devices (devices, takers_first);
  g_autoptr(RstWorld) world = new_world (devices, order);
  RstWatch *watches = new_watches (devices->len);
  guint horizon = get_horizon (devices);
  int letter = rst_world_arrive (world, 1);

  look_one_by_one (world, order, letter, watches);
  for (guint day = 0; day < horizon; day++)
    {
      rst_world_pass_days (world, 1);
      watch (world, order, letter, watches);
    }

  return watches;
}

/* One letter comes and is left alone. Returns what each device makes of it. */
RstWatch *
rst_mixing_watch_letter (GPtrArray *devices)
{
  RstWatch *watches = watch_letter (devices, FALSE);
  g_autofree RstWatch *late = watch_letter (devices, TRUE);

  for (guint i = 0; i < devices->len; i++)
    if (watches[i].missing_day < 0)
      watches[i] = late[i];

  return watches;
}

/* One letter comes, and is deleted on one device before the others have looked. */
RstWatch *
rst_mixing_watch_delete (GPtrArray *devices,
                         guint      deleter)
{
  g_autoptr(GArray) order = order_devices (devices, FALSE);
  g_autoptr(RstWorld) world = new_world (devices, order);
  RstWatch *watches = new_watches (devices->len);
  int letter = rst_world_arrive (world, 1);

  for (guint i = 0; i < order->len; i++)
    if (g_array_index (order, guint, i) == deleter)
      {
        rst_world_receive (world, i);
        rst_world_delete (world, i, letter);
      }
  rst_world_receive_all (world);
  watch (world, order, letter, watches);

  return watches;
}
