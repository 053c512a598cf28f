/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl-options.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-questions.h"

/* What the facts mean; the questions have their words in the core. */
static const char * const fact_texts[RST_N_KEYS] = {
  [RST_KEY_OFFERS] = N_("What the provider offers"),
  [RST_KEY_QUOTA] = N_("How much room the mailbox has"),
  [RST_KEY_EXPIRES] = N_("The provider deletes mail older than this"),
  [RST_KEY_EXISTING] = N_("How this address is already set up on this computer"),
};

static gboolean
answer_cb (const char  *name,
           const char  *value,
           gpointer     data,
           GError     **error)
{
  g_autoptr (GError) local = NULL;

  if (rst_answers_set_nick (data, name + 2, value, &local))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, local->message);
  return FALSE;
}

static char *
describe_values (RstKey key)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  if (key == RST_KEY_EXPIRES)
    return g_strdup (_("DAYS"));
  for (guint value = 1; value <= rst_key_get_n_values (key); value++)
    g_ptr_array_add (values, (gpointer) rst_key_get_value_nick (key, value));
  g_ptr_array_add (values, NULL);
  return g_strjoinv ("|", (char **) values->pdata);
}

/* The strings of the entries live as long as @texts. */
static void
add_answers (GOptionContext *context,
             RstAnswers     *answers,
             GPtrArray      *texts)
{
  GOptionGroup *group = g_option_group_new ("answers",
                                            _("Answers and facts (leave out what you are not sure of):"),
                                            _("Show the answers"), answers, NULL);

  for (guint key = 0; key < RST_N_KEYS; key++)
    {
      const RstQuestion *question = rst_questions_find (key);
      char *values = describe_values (key);
      GOptionEntry entries[2] = {
        { rst_key_get_nick (key), 0, 0, G_OPTION_ARG_CALLBACK, answer_cb,
          question != NULL ? rst_question_get_short_text (question) : _(fact_texts[key]), values },
        { NULL },
      };

      g_ptr_array_add (texts, values);
      g_option_group_add_entries (group, entries);
    }
  g_option_context_add_group (context, group);
}

static void
add_names (GString            *names,
           const GOptionEntry *entries)
{
  for (guint i = 0; entries != NULL && entries[i].long_name != NULL; i++)
    if (*entries[i].long_name != '\0' && (entries[i].flags & G_OPTION_FLAG_HIDDEN) == 0)
      g_string_append_printf (names, "%s--%s", names->len > 0 ? " " : "", entries[i].long_name);
}

static char *
list_options (const GOptionEntry *common,
              const GOptionEntry *entries,
              gboolean            answers)
{
  GString *names = g_string_new (NULL);

  add_names (names, entries);
  add_names (names, common);
  for (guint key = 0; answers && key < RST_N_KEYS; key++)
    g_string_append_printf (names, " --%s", rst_key_get_nick (key));
  return g_string_free (names, FALSE);
}

static void
print_help (GOptionContext *context,
            const CtlVerb  *verb)
{
  g_autofree char *name = g_strconcat ("restantectl ", verb->name, NULL);
  g_autofree char *program = g_strdup (g_get_prgname ());
  g_autofree char *help = NULL;

  g_set_prgname (name);
  help = g_option_context_get_help (context, FALSE, NULL);
  g_set_prgname (program);
  g_print ("%s", help);
}

/**
 * ctl_usage:
 * @verb: the verb that was called
 * @format: (not nullable): what is wrong with the command line, like printf()
 *
 * Says so, and where to read more.
 *
 * Returns: %CTL_EXIT_USAGE, for the verb to return in turn
 */
CtlExit
ctl_usage (const CtlVerb *verb,
           const char    *format,
           ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ctl_message ("restantectl %s: %s", verb->name, text);
  ctl_message (_("Try “restantectl %s --help”."), verb->name);
  return CTL_EXIT_USAGE;
}

static CtlExit
refuse (const CtlVerb *verb,
        const GError  *error,
        const char    *options)
{
  if (g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    return ctl_usage (verb, _("%s. Options: %s."), error->message, options);
  return ctl_usage (verb, "%s", error->message);
}

static GOptionContext *
new_context (const CtlVerb      *verb,
             const GOptionEntry *common,
             const GOptionEntry *entries)
{
  GOptionContext *context = g_option_context_new (verb->arguments);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _(verb->summary));
  if (verb->details != NULL)
    g_option_context_set_description (context, _(verb->details));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  return context;
}

static gboolean
is_format (const CtlVerb *verb,
           const char    *format)
{
  return format == NULL || g_str_equal (format, "text") || g_str_equal (format, "json") ||
         (verb->html && g_str_equal (format, "html"));
}

/**
 * ctl_options_parse:
 * @self: (out caller-allocates): the result
 * @verb: the verb that was called
 * @argv: the command line from the verb on
 * @entries: (nullable): the options of this verb
 * @answers: (nullable): filled from an option for each key; %NULL for none such
 * @status: (out): how to end, if the result is %FALSE
 *
 * Reads the command line. Says what is wrong with it, or prints the help if asked for.
 *
 * Returns: whether to go on
 */
gboolean
ctl_options_parse (CtlOptions         *self,
                   const CtlVerb      *verb,
                   const char * const *argv,
                   const GOptionEntry *entries,
                   RstAnswers         *answers,
                   CtlExit            *status)
{
  g_autofree char *format = NULL;
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "format", 0, verb->lines ? G_OPTION_FLAG_HIDDEN : 0, G_OPTION_ARG_STRING, &format,
      N_("Form of the result"), verb->html ? "text|json|html" : "text|json" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->arguments, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GOptionContext) context = new_context (verb, common, entries);
  g_auto (GStrv) arguments = g_strdupv ((char **) argv);
  g_autofree char *options = list_options (common, entries, answers != NULL);
  g_autoptr (GError) error = NULL;

  *self = (CtlOptions) { 0 };
  *status = CTL_EXIT_DONE;
  if (answers != NULL)
    add_answers (context, answers, texts);
  if (!g_option_context_parse_strv (context, &arguments, &error))
    *status = refuse (verb, error, options);
  else if (help)
    print_help (context, verb);
  else if (!is_format (verb, format))
    *status = ctl_usage (verb, _("“%s” is not a format. Formats: %s."), format,
                         verb->html ? "text, json, html" : "text, json");
  else
    {
      self->json = g_strcmp0 (format, "json") == 0;
      self->html = g_strcmp0 (format, "html") == 0;
      if (self->arguments == NULL)
        self->arguments = g_new0 (char *, 1);
      return TRUE;
    }
  return FALSE;
}

/**
 * ctl_options_clear:
 * @self: what was read
 */
void
ctl_options_clear (CtlOptions *self)
{
  g_clear_pointer (&self->arguments, g_strfreev);
}
