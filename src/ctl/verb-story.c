/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * story: lets a plan live through events in the model, and tells what each device shows.
 */
#include <glib/gi18n-lib.h>

#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "rst-event.h"
#include "rst-story.h"
#include "verbs.h"

static char *
list_plans (void)
{
  GString *names = g_string_new (NULL);

  for (guint plan = 0; plan < RST_N_PLANS; plan++)
    g_string_append_printf (names, "%s%s", plan > 0 ? ", " : "", rst_plan_get_nick (plan));
  return g_string_free (names, FALSE);
}

static char *
list_events (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < rst_events_get_n (); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", rst_event_get_id (rst_events_get (i)));
  return g_string_free (names, FALSE);
}

static void
add_places (JsonBuilder    *json,
            const RstStory *story)
{
  static const char * const types[] = {
    [RST_PLACE_SERVER] = "server", [RST_PLACE_DEVICE] = "device", [RST_PLACE_ARCHIVE] = "archive",
  };

  json_builder_set_member_name (json, "places");
  json_builder_begin_array (json);
  for (guint i = 0; i < story->places->len; i++)
    {
      const RstStoryPlace *place = story->places->pdata[i];
      gboolean server = place->type == RST_PLACE_SERVER;

      json_builder_begin_object (json);
      ctl_json_string (json, "name", place->name);
      ctl_json_string (json, "type", types[place->type]);
      ctl_json_string (json, "kind", server ? NULL : rst_device_kind_get_nick (place->kind));
      ctl_json_string (json, "method", server ? NULL : rst_method_get_nick (place->method));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_states (JsonBuilder    *json,
            const RstStory *story,
            guint           step)
{
  json_builder_set_member_name (json, "letters");
  json_builder_begin_array (json);
  for (guint place = 0; place < story->places->len; place++)
    {
      json_builder_begin_array (json);
      for (guint letter = 0; letter < story->n_letters; letter++)
        {
          RstLetterState state = rst_story_get_state (story, step, place, letter);

          json_builder_add_string_value (json, rst_letter_state_get_nick (state));
        }
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
}

static void
add_steps (JsonBuilder    *json,
           const RstStory *story)
{
  json_builder_set_member_name (json, "steps");
  json_builder_begin_array (json);
  for (guint i = 0; i < story->steps->len; i++)
    {
      const RstStoryStep *step = story->steps->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "event", step->event);
      ctl_json_int (json, "day", step->day);
      ctl_json_string (json, "when", step->when);
      ctl_json_string (json, "text", step->text);
      ctl_json_string (json, "why", step->why);
      ctl_json_strv (json, "summaries", (const char * const *) step->summaries);
      add_states (json, story, i);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
print_json (const RstStory *story)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  ctl_json_string (json, "plan", rst_plan_get_nick (story->plan));
  add_places (json, story);
  add_steps (json, story);
  ctl_json_print (json);
}

static void
print_text (const RstStory *story)
{
  const char *when = NULL;

  ctl_print_heading (rst_plan_get_headline (story->plan));
  for (guint i = 0; i < story->steps->len; i++)
    {
      const RstStoryStep *step = story->steps->pdata[i];

      if (g_strcmp0 (when, step->when) != 0)
        ctl_print_heading (step->when);
      when = step->when;
      ctl_print_text (2, step->text);
      if (step->why != NULL)
        ctl_print_text (2, step->why);
      for (guint p = 0; step->summaries[p] != NULL && p < story->places->len; p++)
        {
          const RstStoryPlace *place = story->places->pdata[p];
          g_autofree char *line = g_strdup_printf (C_("place", "%s: %s"), place->name, step->summaries[p]);

          ctl_print_item (4, "–", line);
        }
    }
  if (story->steps->len < 2)
    ctl_print_text (2, _("After that, everything is as before."));
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  RstAnswers answers = { 0 };
  g_auto (CtlOptions) options = { 0 };
  g_autofree char *plans = list_plans ();
  g_autofree char *events = list_events ();
  g_autoptr (RstStory) story = NULL;
  g_autoptr (GError) error = NULL;
  RstPlan plan;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, NULL, &answers, &status))
    return status;
  if (options.arguments[0] == NULL)
    return ctl_usage (verb, _("Name a plan and what happens. Plans: %s. Events: %s."), plans, events);
  if (!rst_plan_from_nick (options.arguments[0], &plan))
    return ctl_usage (verb, _("“%s” is not a plan. Plans: %s."), options.arguments[0], plans);
  if (options.arguments[1] == NULL)
    return ctl_usage (verb, _("Name what happens. Events: %s."), events);
  for (guint i = 1; options.arguments[i] != NULL; i++)
    if (rst_events_find (options.arguments[i]) == NULL)
      return ctl_usage (verb, _("“%s” is not an event. Events: %s."), options.arguments[i], events);

  story = rst_story_new (plan, &answers, (const char * const *) options.arguments + 1, &error);
  if (story == NULL)
    return ctl_usage (verb, "%s", error->message);
  if (options.json)
    print_json (story);
  else
    print_text (story);
  return CTL_EXIT_DONE;
}

const CtlVerb ctl_verb_story = {
  .name = "story",
  .arguments = N_("PLAN EVENT…"),
  .summary = N_("Run a plan through events, and tell what each device shows"),
  .details = NULL,
  .run = run,
};
