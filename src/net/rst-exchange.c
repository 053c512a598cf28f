/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-exchange.h"

#include "rst-deadline.h"
#include "rst-error.h"
#include "rst-secret.h"
#include "rst-session.h"
#include "rst-text.h"
#include "rst-token.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_MS 10000
#define BUFFER_SIZE (RST_TOKEN_REPLY_MAX + 1)

typedef struct {
  SoupSession  *session;  /* (owned) */
  SoupMessage  *message;  /* (owned) */
  RstDeadline  *deadline; /* (owned) */
  char         *buffer;   /* (owned) a byte longer than allowed, so that too much shows */
} Exchange;

static void
wipe_buffer (gpointer data)
{
  rst_wipe (data, BUFFER_SIZE);
  g_free (data);
}

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_object_unref (self->message);
  g_object_unref (self->session);
  rst_deadline_free (self->deadline);
  g_clear_pointer (&self->buffer, wipe_buffer);
  g_free (self);
}

/**
 * rst_exchange_free:
 * @self: (transfer full): an answer
 */
void
rst_exchange_free (RstExchange *self)
{
  g_return_if_fail (self != NULL);

  g_bytes_unref (self->body);
  g_free (self);
}

static void
fail (GTask        *task,
      const GError *cause)
{
  Exchange *self = g_task_get_task_data (task);
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));
  g_autofree char *reason = rst_text_clean (cause->message, -1, 160);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_new_error (task, RST_ERROR, RST_ERROR_CERT,
                             _("The certificate of %s is not valid, so it was not believed."), host);
  else if (rst_deadline_has_passed (self->deadline))
    g_task_return_new_error (task, RST_ERROR, RST_ERROR_NET, _("%s did not answer in time."), host);
  else
    g_task_return_new_error (task, RST_ERROR, RST_ERROR_NET, _("%s could not be asked: %s"), host, reason);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Exchange *self = g_task_get_task_data (task);
  RstExchange *answer;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      fail (task, error);
      return;
    }
  answer = g_new0 (RstExchange, 1);
  answer->status = soup_message_get_status (self->message);
  answer->body = g_bytes_new_with_free_func (self->buffer, length, wipe_buffer, self->buffer);
  self->buffer = NULL;
  g_task_return_pointer (task, answer, (GDestroyNotify) rst_exchange_free);
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = soup_session_send_finish (self->session, result, &error);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  if (rst_session_is_proxy (self->message))
    {
      g_task_return_new_error (task, RST_ERROR, RST_ERROR_NET,
                               _("The proxy does not lead to %s: it answered with HTTP status %u."),
                               g_uri_get_host (soup_message_get_uri (self->message)),
                               soup_message_get_status (self->message));
      return;
    }
  self->buffer = g_malloc0 (BUFFER_SIZE);
  g_input_stream_read_all_async (stream, self->buffer, BUFFER_SIZE, G_PRIORITY_DEFAULT,
                                 rst_deadline_get_cancellable (self->deadline), read_cb, g_object_ref (task));
}

/**
 * rst_exchange_async:
 * @url: an https URL
 * @form: (transfer none): what to post, secret
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 * @cancellable: (nullable): cancels it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Posts the form within ten seconds.
 */
void
rst_exchange_async (const char          *url,
                    const char          *form,
                    GTlsDatabase        *trust,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) body = NULL;
  char *copy = g_strdup (form);
  Exchange *self = g_new0 (Exchange, 1);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rst_exchange_async);
  g_return_if_fail (g_str_has_prefix (url, "https://"));
  body = g_bytes_new_with_free_func (copy, strlen (copy), (GDestroyNotify) rst_wipe_free, copy);
  self->session = rst_session_new (trust, NULL, TIMEOUT_MS / 1000);
  self->message = soup_message_new (SOUP_METHOD_POST, url);
  self->deadline = rst_deadline_new (TIMEOUT_MS, cancellable);
  g_task_set_task_data (task, self, exchange_free);
  soup_message_set_request_body_from_bytes (self->message, "application/x-www-form-urlencoded", body);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (soup_message_get_request_headers (self->message), "Accept",
                               "application/json");
  rst_session_guard (self->message, rst_deadline_get_cancellable (self->deadline));
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           rst_deadline_get_cancellable (self->deadline), send_cb, g_object_ref (task));
}

/**
 * rst_exchange_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the answer; or %NULL with %RST_ERROR_NET, %RST_ERROR_CERT or
 *   %G_IO_ERROR_CANCELLED
 */
RstExchange *
rst_exchange_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
