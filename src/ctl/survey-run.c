/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jobs of a survey:
 *
 *   line ──▶ address ──▶ search ──▶ printed, forgotten
 *     ▲                                 │
 *     └───────── while jobs are free ◀──┘
 *
 * Each search, and reading, holds one reference on the task. The first cause to stop ends reading and
 * all searches; the task returns when the last of them has.
 */
#include "survey.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ctl-json.h"
#include "ctl-search.h"
#include "discover.h"
#include "rst-error.h"
#include "rst-text.h"

#define SHOWN_MAX 200
#define PROGRESS_US (G_USEC_PER_SEC / 4)

typedef struct {
  SurveyOptions  options;
  GCancellable  *stop;      /* (owned) */
  GSource       *cancelled; /* (owned) (nullable) watches the caller's cancellable */
  GError        *error;     /* (owned) (nullable) why it stops early */
  guint          running;
  guint          done;
  guint          wrong;     /* lines that are no address */
  gint64         shown;     /* when progress was */
  gboolean       reading;
  gboolean       ended;
  gboolean       over;
} Survey;

static void go_on (GTask *task);

static void
survey_free (gpointer data)
{
  Survey *self = data;

  if (self->cancelled != NULL)
    {
      g_source_destroy (self->cancelled);
      g_source_unref (self->cancelled);
    }
  g_object_unref (self->stop);
  g_clear_error (&self->error);
  g_free (self);
}

/* One line that is written anew, for whoever watches a terminal. */
static void
show_progress (Survey   *self,
               gboolean  last)
{
  gint64 now = g_get_monotonic_time ();

  if (!isatty (STDERR_FILENO) || isatty (STDOUT_FILENO) || (!last && now - self->shown < PROGRESS_US))
    return;
  self->shown = now;
  fputc ('\r', stderr);
  fprintf (stderr, _("Addresses done: %u, under way: %u; lines that are no address: %u"), self->done,
           self->running, self->wrong);
  fputs (last ? "\033[K\n" : "\033[K", stderr);
}

static void
stop (Survey *self,
      GError *error)
{
  if (self->error != NULL)
    g_error_free (error);
  else
    self->error = error;
  g_cancellable_cancel (self->stop);
}

/* So that whoever reads has it now, and that the line is written as one piece. */
static void
flush (Survey *self)
{
  if (fflush (stdout) != 0)
    stop (self, g_error_new (G_IO_ERROR, g_io_error_from_errno (errno),
                             _("The output could not be written: %s"), g_strerror (errno)));
}

static void
print_wrong (Survey       *self,
             const char   *input,
             const GError *error)
{
  g_autoptr (JsonBuilder) json = ctl_json_new ();

  ctl_json_string (json, "address", NULL);
  ctl_json_string (json, "input", input);
  ctl_json_error (json, error);
  ctl_json_print_line (json);
  self->wrong++;
  flush (self);
}

static void
print_found (Survey       *self,
             RstDiscovery *discovery)
{
  g_autoptr (GError) error = NULL;

  if (rst_discovery_get_chosen (discovery, RST_PROTOCOL_IMAP) == NULL &&
      rst_discovery_get_chosen (discovery, RST_PROTOCOL_POP3) == NULL)
    error = ctl_search_explain (discovery, rst_discovery_get_candidates (discovery),
                                rst_discovery_get_address (discovery), CTL_INCOMING);
  discover_print_line (discovery, error);
  self->done++;
  flush (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RstDiscovery *discovery = RST_DISCOVERY (source);
  Survey *self = g_task_get_task_data (task);

  self->running--;
  if (rst_discovery_run_finish (discovery, result, NULL))
    print_found (self, discovery);
  show_progress (self, FALSE);
  go_on (task);
}

static void
start_search (GTask            *task,
              const RstAddress *address)
{
  Survey *self = g_task_get_task_data (task);
  g_autoptr (RstDiscovery) discovery = rst_discovery_new (address, &self->options.search);

  self->running++;
  rst_discovery_run_async (discovery, self->stop, found_cb, g_object_ref (task));
}

static void
take_line (GTask *task,
           char  *line)
{
  Survey *self = g_task_get_task_data (task);
  SurveyChoice *choice = self->options.choice;
  const char *text = g_strstrip (line);
  g_autofree char *shown = NULL;
  g_autoptr (RstAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (*text == '\0' || *text == '#')
    return;
  address = rst_address_parse (text, &error);
  if (address == NULL)
    {
      shown = rst_text_clean (text, -1, SHOWN_MAX);
      if (survey_choice_has_domain (choice, shown) && !survey_choice_is_known (choice, shown))
        print_wrong (self, shown, error);
    }
  else if (survey_choice_has_domain (choice, address->domain) &&
           !survey_choice_is_known (choice, address->full))
    start_search (task, address);
}

static void
filled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Survey *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->reading = FALSE;
  if (!survey_lines_fill_finish (self->options.lines, result, &error))
    stop (self, error);
  go_on (task);
}

static void
read_on (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  if (survey_lines_at_end (self->options.lines))
    {
      self->ended = TRUE;
      return;
    }
  self->reading = TRUE;
  survey_lines_fill_async (self->options.lines, self->stop, filled_cb, g_object_ref (task));
}

static void
go_on (GTask *task)
{
  Survey *self = g_task_get_task_data (task);

  while (self->error == NULL && !self->ended && !self->reading && self->running < self->options.jobs)
    {
      g_autofree char *line = survey_lines_pop (self->options.lines);

      if (line != NULL)
        take_line (task, line);
      else
        read_on (task);
    }
  if (self->reading || self->running > 0 || self->over)
    return;
  self->over = TRUE;
  show_progress (self, TRUE);
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;

  stop (g_task_get_task_data (task),
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled.")));
  go_on (task);
  return G_SOURCE_REMOVE;
}

/**
 * survey_run_async:
 * @options: what and how; what it points to must live until @callback
 * @cancellable: (nullable): ends the survey with what is finished
 * @callback: called when all is printed
 * @user_data: for @callback
 *
 * Searches for the servers of all chosen addresses, and prints a line for each as soon as it is done.
 */
void
survey_run_async (const SurveyOptions *options,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Survey *self = g_new0 (Survey, 1);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, survey_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->options = *options;
  self->stop = g_cancellable_new ();
  g_task_set_task_data (task, self, survey_free);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (self->cancelled, g_main_context_get_thread_default ());
    }
  go_on (task);
}

/**
 * survey_run_finish:
 * @result: what the callback was given
 * @error: return location for an error: cancelled, or input or output that does not work
 *
 * Returns: whether every line was dealt with
 */
gboolean
survey_run_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
