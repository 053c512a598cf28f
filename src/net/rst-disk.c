/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * look → open → read. Each callback receives one reference on the task and passes it on.
 */
#include "rst-disk.h"

#include "rst-deadline.h"

#include <glib/gi18n-lib.h>

#define TIMEOUT_MS 4000
/* Before questions to DNS, which wait in the same queue. */
#define PRIORITY G_PRIORITY_HIGH

typedef struct {
  RstReply    *reply;    /* (owned) until the task returns it */
  RstDeadline *deadline; /* (owned) a file may be on a network drive that is gone */
  char        *buffer;   /* (owned) (nullable) one byte longer than allowed, so that too much shows */
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  g_clear_pointer (&self->reply, rst_reply_free);
  rst_deadline_free (self->deadline);
  g_free (self->buffer);
  g_free (self);
}

static void
finish (GTask *task)
{
  Read *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->reply), (GDestroyNotify) rst_reply_free);
}

static void
finish_with (GTask          *task,
             RstReplyStatus  status,
             char           *detail)
{
  Read *self = g_task_get_task_data (task);

  rst_reply_fail (self->reply, status, detail);
  finish (task);
}

static void
finish_with_error (GTask        *task,
                   const GError *error)
{
  Read *self = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    finish_with (task, RST_REPLY_NOTHING, NULL);
  else
    finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s cannot be read."), self->reply->ask->name));
}

static void
contents_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Read *self = g_task_get_task_data (task);
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      finish_with_error (task, error);
      return;
    }
  if (length > RST_REPLY_MAX)
    {
      finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s is too long."), self->reply->ask->name));
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
  Read *self = g_task_get_task_data (task);
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      finish_with_error (task, error);
      return;
    }
  self->buffer = g_malloc (RST_REPLY_MAX + 1);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), self->buffer, RST_REPLY_MAX + 1, PRIORITY,
                                 rst_deadline_get_cancellable (self->deadline), contents_cb,
                                 g_object_ref (task));
}

/* A pipe or a device is not opened: that could block for ever. */
static void
info_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    finish_with_error (task, error);
  else
    g_file_read_async (G_FILE (source), PRIORITY, rst_deadline_get_cancellable (self->deadline), opened_cb,
                       g_object_ref (task));
}

/**
 * rst_disk_ask_async:
 * @ask: an ask of kind %RST_ASK_FILE
 * @cancellable: (nullable): cancels it
 * @callback: called when there is a reply
 * @user_data: for @callback
 *
 * Reads the file.
 */
void
rst_disk_ask_async (const RstAsk        *ask,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (ask->name);
  Read *self = g_new0 (Read, 1);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rst_disk_ask_async);
  self->reply = rst_reply_new (ask);
  self->deadline = rst_deadline_new (TIMEOUT_MS, cancellable);
  g_task_set_task_data (task, self, read_free);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, PRIORITY,
                           rst_deadline_get_cancellable (self->deadline), info_cb, g_object_ref (task));
}

/**
 * rst_disk_ask_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): the reply; that it failed is part of it
 */
RstReply *
rst_disk_ask_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
