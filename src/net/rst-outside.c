/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each ask is one short chain of calls under one deadline; each callback receives one reference on
 * the task and passes it on. GResolver has no time limit of its own and cannot tell “no such name”
 * from “nothing of this kind”, nor a dead name server from a slow one.
 */
#include "rst-outside.h"

#include "rst-deadline.h"
#include "rst-error.h"
#include "rst-fetch.h"
#include "rst-probe.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

#define DNS_TIMEOUT_MS 2500
#define FILE_TIMEOUT_MS 4000
#define PROBE_TIMEOUT_MS 6000

typedef struct {
  RstOutside    parent;
  GTlsDatabase *trust; /* (owned) (nullable) */
} Outside;

typedef struct {
  RstReply    *reply;    /* (owned) until the task returns it */
  RstDeadline *deadline; /* (owned) */
  char        *name;     /* (owned) what is looked up */
  char        *buffer;   /* (owned) (nullable) one byte longer than allowed, so that too much shows */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->reply, rst_reply_free);
  rst_deadline_free (self->deadline);
  g_free (self->name);
  g_free (self->buffer);
  g_free (self);
}

static void
finish (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->reply), (GDestroyNotify) rst_reply_free);
}

static void
finish_with (GTask          *task,
             RstReplyStatus  status,
             char           *detail)
{
  Job *self = g_task_get_task_data (task);

  rst_reply_fail (self->reply, status, detail);
  finish (task);
}

static void
finish_dns (GTask        *task,
            const GError *error)
{
  Job *self = g_task_get_task_data (task);

  if (error == NULL)
    finish (task);
  else if (rst_deadline_has_passed (self->deadline))
    finish_with (task, RST_REPLY_FAILED,
                 g_strdup_printf (_("DNS did not answer about %s in time."), self->name));
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    finish_with (task, RST_REPLY_NOTHING, g_strdup_printf (_("DNS has no answer for %s."), self->name));
  else
    finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("DNS failed to answer about %s."), self->name));
}

static void
addresses_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *self = g_task_get_task_data (task);
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  for (GList *l = found; l != NULL; l = l->next)
    g_ptr_array_add (self->reply->addresses, g_object_ref (l->data));
  g_resolver_free_addresses (found);
  finish_dns (task, error);
}

static void
records_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *self = g_task_get_task_data (task);
  GList *found = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);

  for (GList *l = found; l != NULL; l = l->next)
    {
      guint16 priority, weight, port;
      const char *target;

      g_variant_get (l->data, "(qqq&s)", &priority, &weight, &port, &target);
      rst_reply_add_record (self->reply, priority, weight, port, target);
    }
  g_list_free_full (found, (GDestroyNotify) g_variant_unref);
  finish_dns (task, error);
}

static void
finish_file (GTask        *task,
             const GError *error)
{
  Job *self = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    finish_with (task, RST_REPLY_NOTHING, NULL);
  else
    finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s cannot be read."), self->name));
}

static void
contents_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *self = g_task_get_task_data (task);
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      finish_file (task, error);
      return;
    }
  if (length > RST_REPLY_MAX)
    {
      finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s is too long."), self->name));
      return;
    }
  self->reply->body = g_bytes_new (self->buffer, length);
  finish (task);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *self = g_task_get_task_data (task);
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      finish_file (task, error);
      return;
    }
  self->buffer = g_malloc (RST_REPLY_MAX + 1);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), self->buffer, RST_REPLY_MAX + 1,
                                 G_PRIORITY_DEFAULT, rst_deadline_get_cancellable (self->deadline),
                                 contents_cb, g_object_ref (task));
}

/* A pipe or a device is not opened: that could block for ever. */
static void
info_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Job *self = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    finish_file (task, error);
  else
    g_file_read_async (G_FILE (source), G_PRIORITY_DEFAULT,
                       rst_deadline_get_cancellable (self->deadline), opened_cb, g_object_ref (task));
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, rst_fetch_finish (result), (GDestroyNotify) rst_reply_free);
}

/* Nobody can have published this name, unless all names are (getrandom: not to be foreseen). */
static char *
random_host (const char *domain)
{
  guint64 random = 0;

  if (getrandom (&random, sizeof random, 0) != sizeof random)
    random = (guint64) g_get_monotonic_time ();
  return g_strdup_printf ("x%016" G_GINT64_MODIFIER "x.%s", random, domain);
}

static void
start_dns (GTask        *task,
           const RstAsk *ask)
{
  Job *self = g_task_get_task_data (task);
  GCancellable *cancellable = rst_deadline_get_cancellable (self->deadline);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  if (ask->kind == RST_ASK_SRV)
    g_resolver_lookup_records_async (resolver, self->name, G_RESOLVER_RECORD_SRV, cancellable,
                                     records_cb, g_object_ref (task));
  else
    g_resolver_lookup_by_name_async (resolver, self->name, cancellable, addresses_cb,
                                     g_object_ref (task));
}

static void
start_file (GTask *task)
{
  Job *self = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_file_new_for_path (self->name);

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, rst_deadline_get_cancellable (self->deadline), info_cb,
                           g_object_ref (task));
}

static void
outside_ask_async (RstOutside          *outside,
                   const RstAsk        *ask,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *self = g_new0 (Job, 1);

  g_task_set_source_tag (task, outside_ask_async);
  self->reply = rst_reply_new (ask);
  self->deadline = rst_deadline_new (ask->kind == RST_ASK_FILE ? FILE_TIMEOUT_MS : DNS_TIMEOUT_MS,
                                     cancellable);
  self->name = ask->kind == RST_ASK_ANY_HOST ? random_host (ask->name) : g_strdup (ask->name);
  g_task_set_task_data (task, self, job_free);
  switch (ask->kind)
    {
    case RST_ASK_HTTPS:
      rst_fetch_async (ask, ((Outside *) outside)->trust, cancellable, fetched_cb, g_object_ref (task));
      break;
    case RST_ASK_FILE:
      start_file (task);
      break;
    case RST_ASK_SRV:
    case RST_ASK_HOST:
    case RST_ASK_ANY_HOST:
      start_dns (task, ask);
      break;
    }
}

static RstReply *
outside_ask_finish (RstOutside   *outside,
                    GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RstFacts *facts = rst_probe_finish (result, &error);

  if (facts == NULL)
    {
      facts = rst_facts_new (g_task_get_task_data (task));
      facts->error = g_steal_pointer (&error);
    }
  g_task_return_pointer (task, facts, (GDestroyNotify) rst_facts_unref);
}

static void
outside_probe_async (RstOutside          *outside,
                     const RstEndpoint   *endpoint,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  RstProbeOptions options = { .trust = ((Outside *) outside)->trust, .timeout_ms = PROBE_TIMEOUT_MS };

  g_task_set_source_tag (task, outside_probe_async);
  g_task_set_task_data (task, rst_endpoint_copy (endpoint), (GDestroyNotify) rst_endpoint_free);
  rst_probe_async (endpoint, &options, cancellable, probed_cb, g_object_ref (task));
}

static RstFacts *
outside_probe_finish (RstOutside   *outside,
                      GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
outside_free (RstOutside *outside)
{
  Outside *self = (Outside *) outside;

  g_clear_object (&self->trust);
  g_free (self);
}

/**
 * rst_outside_new:
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 *
 * Returns: (transfer full): the real world
 */
RstOutside *
rst_outside_new (GTlsDatabase *trust)
{
  Outside *self = g_new0 (Outside, 1);

  self->parent = (RstOutside) {
    .ask_async = outside_ask_async,
    .ask_finish = outside_ask_finish,
    .probe_async = outside_probe_async,
    .probe_finish = outside_probe_finish,
    .free = outside_free,
  };
  g_set_object (&self->trust, trust);
  return &self->parent;
}

/**
 * rst_outside_free:
 * @self: (transfer full): the world; nothing may be in flight
 */
void
rst_outside_free (RstOutside *self)
{
  g_return_if_fail (self != NULL);

  self->free (self);
}
