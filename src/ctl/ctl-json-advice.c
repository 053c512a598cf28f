/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice and the mixing check, as JSON.
 */
#include "ctl-json.h"

/* “everything” for a number of days. */
#define ALL_DAYS (-1)

static const char *
mode_nick (RstMethod mode)
{
  return mode == RST_METHOD_POP ? "pop" : "imap";
}

static const char *
value_nick (RstKey key,
            guint  value,
            char  *days,
            gsize  size)
{
  if (value == RST_NOT_SURE || key != RST_KEY_EXPIRES)
    return rst_key_get_value_nick (key, value);
  g_snprintf (days, size, "%u", value);
  return days;
}

static void
add_settings (JsonBuilder     *json,
              const RstAdvice *advice)
{
  const RstPlanSettings *settings = &advice->settings;
  gboolean all = settings->offline_days == G_MAXUINT;

  json_builder_set_member_name (json, "settings");
  json_builder_begin_object (json);
  if (advice->mode == RST_METHOD_POP || advice->plan == RST_PLAN_ARCHIVE_PC)
    ctl_json_int (json, "leave_days", settings->leave_days);
  if (advice->mode != RST_METHOD_POP)
    {
      ctl_json_int (json, "offline_days", all ? ALL_DAYS : (gint64) settings->offline_days);
      ctl_json_bool (json, "headers_first", settings->headers_first);
    }
  ctl_json_bool (json, "archive", settings->archive);
  if (settings->archive)
    {
      ctl_json_string (json, "archive_on", rst_device_kind_get_nick (settings->archive_kind));
      ctl_json_int (json, "move_days", settings->move_days);
    }
  ctl_json_bool (json, "backup", settings->backup);
  json_builder_end_object (json);
}

static void
add_reasons (JsonBuilder *json,
             GPtrArray   *reasons)
{
  json_builder_set_member_name (json, "reasons");
  json_builder_begin_array (json);
  for (guint i = 0; i < reasons->len; i++)
    {
      const RstReason *reason = reasons->pdata[i];
      char days[16];

      json_builder_begin_object (json);
      ctl_json_string (json, "question", rst_key_get_nick (reason->key));
      ctl_json_string (json, "answer", value_nick (reason->key, reason->value, days, sizeof days));
      ctl_json_string (json, "title", reason->title);
      ctl_json_string (json, "text", reason->text);
      ctl_json_string (json, "source", reason->source);
      ctl_json_string (json, "help", reason->help);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_what_ifs (JsonBuilder *json,
              GPtrArray   *what_ifs)
{
  json_builder_set_member_name (json, "what_if");
  json_builder_begin_array (json);
  for (guint i = 0; i < what_ifs->len; i++)
    {
      const RstWhatIf *what_if = what_ifs->pdata[i];
      char days[16];

      json_builder_begin_object (json);
      ctl_json_string (json, "question", rst_key_get_nick (what_if->key));
      ctl_json_string (json, "answer", value_nick (what_if->key, what_if->value, days, sizeof days));
      ctl_json_string (json, "mode", mode_nick (what_if->mode));
      ctl_json_string (json, "plan", rst_plan_get_nick (what_if->plan));
      ctl_json_string (json, "title", what_if->title);
      ctl_json_string (json, "text", what_if->text);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_consequences (JsonBuilder *json,
                  GPtrArray   *consequences)
{
  json_builder_set_member_name (json, "consequences");
  json_builder_begin_array (json);
  for (guint i = 0; i < consequences->len; i++)
    {
      const RstConsequence *consequence = consequences->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "event", consequence->event);
      ctl_json_string (json, "outcome", rst_outcome_get_nick (consequence->outcome));
      ctl_json_string (json, "title", consequence->title);
      ctl_json_string (json, "text", consequence->text);
      ctl_json_string (json, "help", consequence->help);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_warnings (JsonBuilder *json,
              GPtrArray   *warnings)
{
  json_builder_set_member_name (json, "warnings");
  json_builder_begin_array (json);
  for (guint i = 0; i < warnings->len; i++)
    {
      const RstWarning *warning = warnings->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "id", warning->id);
      ctl_json_string (json, "severity", rst_severity_get_nick (warning->severity));
      ctl_json_string (json, "title", warning->title);
      ctl_json_string (json, "text", warning->text);
      ctl_json_string (json, "help", warning->help);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * ctl_json_advice:
 * @self: a builder within an object
 * @advice: an advice
 *
 * Adds the members of an advice.
 */
void
ctl_json_advice (JsonBuilder     *self,
                 const RstAdvice *advice)
{
  ctl_json_string (self, "mode", mode_nick (advice->mode));
  ctl_json_string (self, "plan", rst_plan_get_nick (advice->plan));
  ctl_json_string (self, "headline", advice->headline);
  ctl_json_string (self, "technical", advice->technical);
  add_settings (self, advice);
  ctl_json_string (self, "sureness", rst_sureness_get_nick (advice->sureness));
  ctl_json_string (self, "sureness_text", advice->sureness_text);
  add_reasons (self, advice->reasons);
  ctl_json_string (self, "contrast_title", advice->contrast_title);
  ctl_json_string (self, "contrast", advice->contrast);
  add_what_ifs (self, advice->what_ifs);
  add_consequences (self, advice->consequences);
  add_warnings (self, advice->warnings);
}

static void
add_findings (JsonBuilder *json,
              GPtrArray   *findings)
{
  json_builder_set_member_name (json, "findings");
  json_builder_begin_array (json);
  for (guint i = 0; i < findings->len; i++)
    {
      const RstMixingFinding *finding = findings->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "id", finding->id);
      ctl_json_string (json, "severity", rst_severity_get_nick (finding->severity));
      ctl_json_string (json, "title", finding->title);
      ctl_json_string (json, "text", finding->text);
      ctl_json_string (json, "detail", finding->detail);
      ctl_json_string (json, "taker", finding->taker);
      ctl_json_string (json, "loser", finding->loser);
      ctl_json_int (json, "days", finding->days);
      ctl_json_bool (json, "lost", finding->lost);
      ctl_json_string (json, "help", finding->help);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_choices (JsonBuilder *json,
             GPtrArray   *choices)
{
  json_builder_set_member_name (json, "choices");
  json_builder_begin_array (json);
  for (guint i = 0; i < choices->len; i++)
    {
      const RstMixingChoice *choice = choices->pdata[i];

      json_builder_begin_object (json);
      ctl_json_string (json, "id", choice->id);
      ctl_json_string (json, "title", choice->title);
      ctl_json_string (json, "text", choice->text);
      ctl_json_bool (json, "recommended", choice->recommended);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * ctl_json_mixing:
 * @self: a builder within an object
 * @report: what the mixing check says
 *
 * Adds the members of a mixing check.
 */
void
ctl_json_mixing (JsonBuilder           *self,
                 const RstMixingReport *report)
{
  ctl_json_string (self, "severity", rst_severity_get_nick (report->severity));
  ctl_json_bool (self, "conflict", report->conflict);
  ctl_json_string (self, "title", report->title);
  ctl_json_string (self, "text", report->text);
  add_findings (self, report->findings);
  add_choices (self, report->choices);
}
