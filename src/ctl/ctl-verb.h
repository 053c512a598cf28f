/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of a verb of restantectl. A verb is one file, verb-NAME.c, with one const CtlVerb as its
 * last definition, and one name in the table of main.c.
 *
 * The exit codes are a contract with scripts and with desktops that start this command.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CtlExit:
 * @CTL_EXIT_DONE: what was asked for is done
 * @CTL_EXIT_INTERNAL: an error of this program
 * @CTL_EXIT_USAGE: the command line or an input makes no sense
 * @CTL_EXIT_ADVICE_ONLY: advice was given, nothing was set up
 * @CTL_EXIT_CANCELLED: the person cancelled
 * @CTL_EXIT_UNREACHABLE: a server could not be reached or checked
 * @CTL_EXIT_MIXING: devices take mail away from each other, and nobody decided what to do
 * @CTL_EXIT_REFUSED: a mail program runs, or a file or the password store refuses: nothing was written
 *
 * How the command ends.
 */
typedef enum {
  CTL_EXIT_DONE,
  CTL_EXIT_INTERNAL,
  CTL_EXIT_USAGE,
  CTL_EXIT_ADVICE_ONLY,
  CTL_EXIT_CANCELLED,
  CTL_EXIT_UNREACHABLE,
  CTL_EXIT_MIXING,
  CTL_EXIT_REFUSED,
} CtlExit;

typedef struct _CtlVerb CtlVerb;

/**
 * CtlVerb:
 * @name: what is typed
 * @arguments: (nullable): what follows the options, as shown in the help
 * @summary: one line, not translated yet
 * @details: (nullable): more, shown below the options in the help, not translated yet
 * @html: whether it can make a web page of its result
 * @lines: whether its result is always JSON, one object a line
 * @secrets: whether passwords come through it, so that nobody may look into its memory
 * @run: does it; @argv is the command line from the verb on
 *
 * One thing that the command can do.
 */
struct _CtlVerb {
  const char *name;
  const char *arguments;
  const char *summary;
  const char *details;
  gboolean    html;
  gboolean    lines;
  gboolean    secrets;
  CtlExit (*run) (const CtlVerb      *verb,
                  const char * const *argv);
};

G_END_DECLS
