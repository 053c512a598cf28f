/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making a story: the scripts of the events run on the devices, and every moment kept as a step.
 */
#include "rst-story-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-error.h"
#include "rst-event-private.h"

#define MAX_EVENTS 32
#define LETTER_SIZE 2     /* megabytes */
#define DEFAULT_EXPIRY 60 /* days; soon enough for a story */

static void
add_place (RstStory        *self,
           RstPlaceType     type,
           const RstDevice *device,
           guint            index)
{
  RstStoryPlace *place = g_new0 (RstStoryPlace, 1);

  place->type = type;
  place->device = index;
  if (device == NULL)
    {
      place->name = g_strdup (_("Mail server"));
    }
  else
    {
      place->kind = device->kind;
      place->method = device->method;
      place->name = type == RST_PLACE_ARCHIVE
                      ? g_strdup_printf (_("Archive on %s"), rst_device_refer (device))
                      : g_strdup (rst_device_get_name (device));
    }
  g_ptr_array_add (self->places, place);
}

static void
add_places (RstStory  *self,
            GPtrArray *devices)
{
  add_place (self, RST_PLACE_SERVER, NULL, 0);
  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      add_place (self, RST_PLACE_DEVICE, device, i);
      if (device->archive)
        add_place (self, RST_PLACE_ARCHIVE, device, i);
    }
}

/* The place that acted. What happens at the server is done by it, as far as the picture shows. */
static int
find_actor (const RstStory  *self,
            const RstMoment *moment)
{
  if (moment->actor < 0)
    return moment->deed == RST_DEED_DAYS || moment->deed == RST_DEED_START ? -1 : 0;

  for (guint i = 1; i < self->places->len; i++)
    {
      const RstStoryPlace *place = self->places->pdata[i];

      if (place->type == RST_PLACE_DEVICE && place->device == (guint) moment->actor)
        return i;
    }

  return -1;
}

/* Looking for mail without finding any is not worth a step. */
static gboolean
is_idle (const RstStory     *self,
         const RstStoryStep *step,
         const RstStoryStep *previous,
         const RstChange    *change)
{
  return change->moment->deed == RST_DEED_RECEIVE && previous != NULL && change->fetched == 0 &&
         change->taken_off == 0 && change->archived == 0 &&
         memcmp (step->states, previous->states, self->places->len * self->n_letters) == 0;
}

static void
add_step (RstStory        *self,
          const char      *event,
          const RstWorld  *before,
          const RstMoment *moment,
          guint            first_day)
{
  const RstStoryStep *previous =
    self->steps->len == 0 ? NULL : self->steps->pdata[self->steps->len - 1];
  RstStoryStep *step = g_new0 (RstStoryStep, 1);
  RstChange change;

  rst_change_init (&change, before, moment);
  step->event = event;
  step->day = rst_world_get_day (moment->after) - first_day;
  step->actor = find_actor (self, moment);
  step->follow = change.letter;
  step->when = rst_story_tell_day (step->day);
  step->text = rst_change_tell (&change);
  step->why = rst_change_tell_why (&change);
  rst_story_set_states (self, step, previous, moment->after);
  rst_story_set_moves (self, step, previous, moment);
  step->summaries = g_new0 (char *, self->places->len + 1);
  for (guint i = 0; i < self->places->len; i++)
    step->summaries[i] = rst_story_tell_place (self, step, moment->after, i);

  if (is_idle (self, step, previous, &change))
    rst_story_step_free (step);
  else
    g_ptr_array_add (self->steps, step);
}

static void
add_letters (RstStory       *self,
             const RstWorld *world,
             guint           first_day)
{
  self->n_letters = rst_world_get_n_letters (world);
  for (guint i = 0; i < self->n_letters; i++)
    {
      RstStoryLetter *letter = g_new (RstStoryLetter, 1);

      letter->id = i;
      letter->day = rst_world_get_letter_day (world, i) - (int) first_day;
      letter->name = g_strdup_printf (_("Letter %u"), i + 1);
      g_ptr_array_add (self->letters, letter);
    }
}

/* The first weeks, which are not told: letters of some age, received by everybody. */
static guint
begin (RstWorld *world)
{
  static const guint ages[] = { 20, 5, 1 };
  guint now = ages[0];

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      rst_world_pass_days (world, now - ages[i]);
      now = ages[i];
      rst_world_arrive (world, LETTER_SIZE);
      rst_world_receive_all (world);
    }
  rst_world_pass_days (world, now);
  rst_world_record (world);

  return rst_world_get_day (world);
}

/* Runs the events one after the other. Returns, for each, how many moments there are after it. */
static guint *
run_events (RstWorld               *world,
            GPtrArray              *devices,
            const RstEvent * const *events,
            guint                   n_events)
{
  guint *ends = g_new0 (guint, n_events + 1);

  for (guint i = 0; i < n_events; i++)
    {
      RstCast cast;

      rst_cast_init (&cast, devices, events[i]->guest);
      cast.expiry = DEFAULT_EXPIRY;
      events[i]->script (world, &cast);
      if (events[i]->after != NULL)
        events[i]->after (world, &cast);
      ends[i] = rst_world_get_moments (world)->len;
    }

  return ends;
}

static RstStory *
tell (RstPlan                 plan,
      GPtrArray              *devices,
      const RstEvent * const *events,
      guint                   n_events)
{
  g_autoptr(RstWorld) world = rst_world_new (devices);
  guint first_day = begin (world);
  g_autofree guint *ends = run_events (world, devices, events, n_events);
  GPtrArray *moments = rst_world_get_moments (world);
  RstStory *self = g_new0 (RstStory, 1);
  guint event = 0;

  self->plan = plan;
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_story_place_free);
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_story_letter_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_story_step_free);
  add_places (self, devices);
  add_letters (self, world, first_day);
  for (guint i = 0; i < moments->len; i++)
    {
      const RstMoment *moment = moments->pdata[i];
      const RstWorld *before = i == 0 ? NULL : ((RstMoment *) moments->pdata[i - 1])->after;

      while (event < n_events && i >= ends[event])
        event++;
      add_step (self, i == 0 ? NULL : events[event]->id, before, moment, first_day);
    }

  return self;
}

/* Looks the events up. Returns %NULL if one is not known. */
static const RstEvent **
find_events (const char * const  *ids,
             guint               *n_events,
             GError             **error)
{
  g_autofree const RstEvent **events = NULL;

  *n_events = g_strv_length ((char **) ids);
  if (*n_events > MAX_EVENTS)
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT, _("A story has at most %d events."),
                   MAX_EVENTS);
      return NULL;
    }

  events = g_new0 (const RstEvent *, *n_events + 1);
  for (guint i = 0; i < *n_events; i++)
    {
      events[i] = rst_events_find (ids[i]);
      if (events[i] == NULL)
        {
          g_autofree char *known = rst_events_list_ids ();

          g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                       _("There is no event “%s”. The events are: %s."), ids[i], known);
          return NULL;
        }
    }

  return g_steal_pointer (&events);
}

/* Adds the devices that the events bring along, once each. Under a plan they read as it says;
 * otherwise another person reads as the first device does. */
static void
add_guests (GPtrArray              *devices,
            const RstEvent * const *events,
            guint                   n_events,
            RstPlan                 plan,
            const RstPlanSettings  *settings)
{
  for (guint i = 0; i < n_events; i++)
    {
      RstGuest guest = events[i]->guest;
      RstDevice *device;

      if (guest == RST_GUEST_NONE || rst_event_find_guest (devices, guest) >= 0)
        continue;
      device = rst_event_make_guest (guest);
      if (settings != NULL)
        rst_plan_apply (plan, settings, device, FALSE);
      g_ptr_array_add (devices, device);
    }
}

/**
 * rst_story_new:
 * @plan: a plan
 * @answers: (nullable): answers and facts, which say what devices there are; %NULL for a computer
 *   and a phone
 * @events: (array zero-terminated=1): ids of events, in the order in which they happen
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the story, or %NULL with %RST_ERROR_INPUT
 */
RstStory *
rst_story_new (RstPlan              plan,
               const RstAnswers    *answers,
               const char * const  *events,
               GError             **error)
{
  static const RstAnswers nothing_said;
  g_autofree const RstEvent **found = NULL;
  g_autoptr(GPtrArray) devices = NULL;
  RstPlanSettings settings;
  guint n_events;

  g_return_val_if_fail (plan < RST_N_PLANS && events != NULL, NULL);

  found = find_events (events, &n_events, error);
  if (found == NULL)
    return NULL;

  if (answers == NULL)
    answers = &nothing_said;
  rst_plan_get_settings (plan, answers, &settings);
  devices = rst_plan_list_devices (plan, answers);
  add_guests (devices, found, n_events, plan, &settings);

  return tell (plan, devices, found, n_events);
}

/**
 * rst_story_new_for_devices:
 * @devices: (element-type RstDevice): the devices, as they are set up
 * @events: (array zero-terminated=1): ids of events, in the order in which they happen
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the story, or %NULL with %RST_ERROR_INPUT; its plan is
 *   %RST_N_PLANS
 */
RstStory *
rst_story_new_for_devices (GPtrArray           *devices,
                           const char * const  *events,
                           GError             **error)
{
  g_autofree const RstEvent **found = NULL;
  g_autoptr(GPtrArray) cast = NULL;
  guint n_events;

  g_return_val_if_fail (devices != NULL && devices->len > 0 && events != NULL, NULL);

  found = find_events (events, &n_events, error);
  if (found == NULL)
    return NULL;

  cast = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_device_free);
  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (cast, rst_device_copy (devices->pdata[i]));
  add_guests (cast, found, n_events, RST_N_PLANS, NULL);

  return tell (RST_N_PLANS, cast, found, n_events);
}
