/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advise: which plan is recommended for some answers, and why.
 */
#include <glib/gi18n-lib.h>

#include "ctl-arrangement.h"
#include "ctl-ask.h"
#include "ctl-html.h"
#include "ctl-input.h"
#include "ctl-json.h"
#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-questions.h"
#include "ctl-text.h"
#include "verbs.h"

/* The answers of the command line stand above those of a file. */
static void
merge (RstAnswers       *answers,
       const RstAnswers *above)
{
  for (guint key = 0; key < RST_N_KEYS; key++)
    if (rst_answers_get (above, key) != RST_NOT_SURE)
      rst_answers_set (answers, key, rst_answers_get (above, key));
}

static void
add_answers (JsonBuilder      *json,
             const RstAnswers *answers)
{
  json_builder_set_member_name (json, "answers");
  json_builder_begin_object (json);
  for (guint key = 0; key < RST_N_KEYS; key++)
    if (key == RST_KEY_EXPIRES && rst_answers_get (answers, key) != RST_NOT_SURE)
      ctl_json_int (json, rst_key_get_nick (key), rst_answers_get (answers, key));
    else if (rst_answers_get (answers, key) != RST_NOT_SURE)
      ctl_json_string (json, rst_key_get_nick (key), rst_answers_get_nick (answers, key));
  json_builder_end_object (json);
}

/* Two devices of one's own that are named are several. */
static void
count_devices (RstAnswers *answers,
               GPtrArray  *devices)
{
  guint own = 0;

  for (guint i = 0; i < devices->len; i++)
    {
      const RstDevice *device = devices->pdata[i];

      own += device->person == 0 && device->kind != RST_DEVICE_BROWSER && device->kind != RST_DEVICE_SERVICE;
    }
  if (own > 1 && rst_answers_get (answers, RST_KEY_DEVICES) == RST_NOT_SURE)
    rst_answers_set (answers, RST_KEY_DEVICES, RST_DEVICES_SEVERAL);
}

static void
print_json (const RstAnswers *answers,
            const RstAdvice  *advice,
            GPtrArray        *devices)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();
  g_autofree char *code = rst_answers_to_code (answers);

  ctl_json_advice (json, advice);
  add_answers (json, answers);
  if (devices->len > 0)
    {
      g_autoptr (GPtrArray) arranged = rst_advice_arrange (advice, devices);

      ctl_json_devices (json, "devices", devices);
      ctl_json_devices (json, "devices_planned", arranged);
    }
  ctl_json_string (json, "code", code);
  ctl_json_print (json);
}

/* What a code or a file says; what the command line says stands above it. */
static gboolean
read_answers (RstAnswers       *answers,
              const char       *path,
              const char       *code,
              const RstAnswers *given,
              GError          **error)
{
  g_autoptr (RstAnswers) coded = NULL;

  if (code != NULL)
    {
      coded = rst_answers_new_from_code (code, error);
      if (coded == NULL)
        return FALSE;
      *answers = *coded;
    }
  if (path != NULL && !ctl_input_read_answers (path, answers, error))
    return FALSE;
  merge (answers, given);
  return TRUE;
}

static void
print_advice (const CtlOptions *options,
              const RstAnswers *answers,
              GPtrArray        *devices,
              gboolean          all)
{
  g_autoptr (RstAdvice) advice = rst_advice_new_full (answers, devices->len > 0 ? devices : NULL, NULL);
  g_autofree char *code = rst_answers_to_code (answers);

  if (options->json)
    print_json (answers, advice, devices);
  else if (options->html)
    ctl_html_print_advice (answers, advice, devices);
  else
    {
      ctl_print_advice (advice, all);
      if (devices->len > 0)
        ctl_print_arrangement (advice, devices);
      g_print ("\n%s %s\n", _("Code of these answers:"), code);
    }
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_autofree char *path = NULL;
  g_autofree char *code = NULL;
  g_auto (GStrv) texts = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &path,
      N_("Read answers from a file: one KEY=VALUE a line, or JSON"), N_("FILE|-") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &code, N_("Take the answers of an earlier advice by its code"),
      N_("CODE") },
    { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &texts,
      N_("A device that reads the address now (may be repeated)"), N_("NAME:KIND:METHOD") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Tell everything that can happen"), NULL },
    { NULL },
  };
  RstAnswers answers = { 0 };
  RstAnswers given = { 0 };
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, entries, &given, &status))
    return status;
  if (options.arguments[0] != NULL)
    return ctl_usage (verb, _("“%s” is too much. Answers are written --KEY=VALUE."), options.arguments[0]);
  if (!read_answers (&answers, path, code, &given, &error) ||
      (devices = ctl_parse_devices (texts, &error)) == NULL)
    return ctl_usage (verb, "%s", error->message);
  count_devices (&answers, devices);

  if (path == NULL && code == NULL && !options.json && !options.html && !ctl_anything_said (&answers) &&
      ctl_ask_is_possible () && !ctl_ask_questions (&answers, &error))
    {
      ctl_message_error (error);
      return ctl_exit_for_error (error);
    }
  print_advice (&options, &answers, devices, all);
  return CTL_EXIT_ADVICE_ONLY;
}

const CtlVerb ctl_verb_advise = {
  .name = "advise",
  .arguments = NULL,
  .summary = N_("Recommend POP or IMAP for some answers, with the reasons"),
  .details = N_("Without answers, it asks the questions on the terminal. Ends with code 3: advice only, "
                "nothing was set up. A device is such as “Phone:phone:imap” or "
                "“Office:computer:pop:days=14”."),
  .html = TRUE,
  .run = run,
};
