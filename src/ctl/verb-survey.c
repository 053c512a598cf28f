/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * survey: finds and probes the servers of many addresses, politely, and prints one JSON object a
 * line. It needs no password and takes none.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ctl-options.h"
#include "ctl-output.h"
#include "ctl-search.h"
#include "rst-error.h"
#include "survey.h"
#include "verbs.h"

#define JOBS_DEFAULT 8
#define JOBS_MAX 64
#define PER_HOST_DEFAULT 2
#define PER_HOST_MAX 64
#define PAUSE_MS_DEFAULT 50
#define PAUSE_MS_MAX 60000
#define FILES_PER_JOB 40
/* A longer line would be written in pieces, which those of another process could come between. */
#define OUTPUT_BUFFER (1024 * 1024)

typedef struct {
  CtlSearch     search;
  SurveyChoice  choice;
  char         *shard;
  char         *resume;
  int           jobs;
  int           per_host;
  int           pause;
} Verb;

static void
verb_clear (Verb *self)
{
  ctl_search_clear (&self->search);
  survey_choice_clear (&self->choice);
  g_free (self->shard);
  g_free (self->resume);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verb, verb_clear)

/*
 * Each search has many connections; and a name server that is dead must not hold one of the few
 * threads of the resolver for ten seconds, as it does by default (resolv.conf(5)).
 */
static void
make_room (guint jobs)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < jobs * FILES_PER_JOB)
    {
      limit.rlim_cur = MIN (limit.rlim_max, jobs * FILES_PER_JOB);
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  g_setenv ("RES_OPTIONS", "timeout:1 attempts:2", FALSE);
  setvbuf (stdout, NULL, _IOFBF, OUTPUT_BUFFER);
}

/* The last line of an output that is gone on with may not have been written to its end. */
static void
end_broken_line (const char *path)
{
  struct stat output, earlier;
  FILE *file;

  if (fstat (STDOUT_FILENO, &output) != 0 || stat (path, &earlier) != 0 ||
      output.st_dev != earlier.st_dev || output.st_ino != earlier.st_ino)
    return;
  file = fopen (path, "re");
  if (file != NULL && fseek (file, -1, SEEK_END) == 0 && getc (file) != '\n')
    putchar ('\n');
  if (file != NULL)
    fclose (file);
}

static gboolean
survey (Verb        *self,
        const char  *path,
        GError     **error)
{
  g_autoptr (SurveyLines) lines = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (RstGate) gate = rst_gate_new ((guint) self->per_host, (guint) self->pause);
  g_auto (GStrv) sources = NULL;
  g_autoptr (CtlAwait) await = NULL;
  SurveyOptions options = { .choice = &self->choice, .jobs = (guint) self->jobs };

  make_room (options.jobs);
  trust = ctl_search_trust (&self->search, error);
  if (*error != NULL)
    return FALSE;
  sources = ctl_search_choose (&self->search, trust, &options.search, error);
  if (sources == NULL || (self->resume != NULL && !survey_choice_resume (&self->choice, self->resume, error)))
    return FALSE;
  lines = survey_lines_open (path, SURVEY_LINE_MAX, error);
  if (lines == NULL)
    return FALSE;
  if (self->resume != NULL)
    end_broken_line (self->resume);
  options.lines = lines;
  options.search.gate = gate;
  await = ctl_await_new ();
  survey_run_async (&options, ctl_await_cancellable (await), ctl_await_cb, await);
  return survey_run_finish (ctl_await_result (await), error);
}

static gboolean
is_within (int value,
           int least,
           int most)
{
  return value >= least && value <= most;
}

static CtlExit
run (const CtlVerb      *verb,
     const char * const *argv)
{
  g_auto (Verb) self = { .choice = { .shard = 1, .shards = 1 }, .jobs = JOBS_DEFAULT,
                         .per_host = PER_HOST_DEFAULT, .pause = PAUSE_MS_DEFAULT };
  const GOptionEntry entries[] = {
    { "jobs", 0, 0, G_OPTION_ARG_INT, &self.jobs, N_("How many addresses at once"), N_("N") },
    { "per-host", 0, 0, G_OPTION_ARG_INT, &self.per_host,
      N_("How many connections to a host at once"), N_("N") },
    { "pause", 0, 0, G_OPTION_ARG_INT, &self.pause,
      N_("Milliseconds of rest for a host after each connection"), N_("MS") },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &self.shard,
      N_("Only the part of this number of so many parts"), N_("I/N") },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME, &self.resume,
      N_("Leave out what is in this earlier output"), N_("FILE") },
    CTL_SEARCH_ENTRIES (self.search),
    { NULL },
  };
  g_auto (CtlOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  CtlExit status;

  if (!ctl_options_parse (&options, verb, argv, entries, NULL, &status))
    return status;
  if (g_strv_length (options.arguments) != 1)
    return ctl_usage (verb, _("Name one file of addresses, or “-” for standard input."));
  if (!is_within (self.jobs, 1, JOBS_MAX))
    return ctl_usage (verb, _("--jobs is a number from 1 to %d."), JOBS_MAX);
  if (!is_within (self.per_host, 1, PER_HOST_MAX))
    return ctl_usage (verb, _("--per-host is a number from 1 to %d."), PER_HOST_MAX);
  if (!is_within (self.pause, 0, PAUSE_MS_MAX))
    return ctl_usage (verb, _("--pause is a number from 0 to %d."), PAUSE_MS_MAX);
  if (self.shard != NULL && !survey_choice_parse_shard (&self.choice, self.shard))
    return ctl_usage (verb, _("“%s” is not a part such as 1/3, the first of three."), self.shard);
  if (survey (&self, options.arguments[0], &error))
    return CTL_EXIT_DONE;
  if (g_error_matches (error, RST_ERROR, RST_ERROR_INPUT))
    return ctl_usage (verb, "%s", error->message);
  ctl_message_error (error);
  return ctl_exit_for_error (error);
}

const CtlVerb ctl_verb_survey = {
  .name = "survey",
  .arguments = N_("FILE|-"),
  .summary = N_("Find and check the servers of many addresses"),
  .details = N_("The file has one address a line; empty lines and those that begin with # are left out. The "
                "result is always one JSON object a line, in the order in which they are done. No password "
                "is needed or sent."),
  .lines = TRUE,
  .run = run,
};
