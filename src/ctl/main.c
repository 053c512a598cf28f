/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * restantectl: everything that the assistant does, without a display. Finds the verb and runs it.
 */
#include <locale.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "verbs.h"

static const CtlVerb * const verbs[] = {
  &ctl_verb_advise,
  &ctl_verb_story,
  &ctl_verb_discover,
  &ctl_verb_probe,
  &ctl_verb_clients,
  &ctl_verb_check,
  &ctl_verb_setup,
  &ctl_verb_undo,
  &ctl_verb_history,
  &ctl_verb_survey,
};

static const CtlVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];
  return NULL;
}

static char *
list_verbs (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", verbs[i]->name);
  return g_string_free (names, FALSE);
}

static CtlExit
print_help (void)
{
  ctl_print_text (0, _("Usage: restantectl VERB [OPTION…] [ARGUMENT…]"));
  ctl_print_gap ();
  ctl_print_text (0, _("Recommends POP or IMAP and says why, finds and checks the mail server, sets up "
                       "mail programs, and takes it back."));
  ctl_print_gap ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    ctl_print_row (2, verbs[i]->name, 10, _(verbs[i]->summary));
  ctl_print_gap ();
  ctl_print_text (0, _("“restantectl VERB --help” shows the options of a verb, “man restantectl” the rest."));
  return CTL_EXIT_DONE;
}

static CtlExit
run (const char * const *argv)
{
  g_autofree char *names = list_verbs ();
  const CtlVerb *verb;

  if (argv[0] == NULL)
    {
      ctl_message (_("restantectl: What should be done? Verbs: %s."), names);
      ctl_message (_("Try “restantectl --help”."));
      return CTL_EXIT_USAGE;
    }
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return print_help ();
  if (g_str_equal (argv[0], "--version"))
    {
      g_print ("restantectl %s\n", RST_VERSION);
      return CTL_EXIT_DONE;
    }
  verb = find_verb (argv[0]);
  if (verb == NULL)
    {
      ctl_message (_("restantectl: “%s” is not a verb. Verbs: %s."), argv[0], names);
      ctl_message (_("Try “restantectl --help”."));
      return CTL_EXIT_USAGE;
    }
  if (verb->secrets)
    prctl (PR_SET_DUMPABLE, 0);
  return verb->run (verb, argv);
}

/* Names and mail are UTF-8 whatever the locale; without one, as in a cron job, this is the way. */
static void
set_locale (void)
{
  setlocale (LC_ALL, "");
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, RST_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int    argc,
      char **argv)
{
  CtlExit status;

  umask (077);
  set_locale ();
  g_set_prgname ("restantectl");
  status = run ((const char * const *) argv + MIN (argc, 1));
  return ctl_output_finish () || status != CTL_EXIT_DONE ? (int) status : CTL_EXIT_INTERNAL;
}
