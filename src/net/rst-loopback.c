/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *            ┌──────────── read ◄─┐
 *   accept ──┤              │     │
 *            │              ├─more┘
 *            │              └─ answer ── closed
 *            └─ wait ends with the first answer that is for us
 */
#include "rst-loopback.h"

#include "rst-deadline.h"
#include "rst-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_MAX 8192          /* bytes of a request with its headers */
#define VISITOR_TIMEOUT_MS 5000
#define VISITORS_MAX 16        /* browsers open a few connections in advance */

/* Counted: each visitor keeps it. */
struct _RstLoopback {
  GSocketService   *service;       /* (owned) */
  GCancellable     *over;          /* (owned) nobody is listened to any more */
  guint16           port;
  guint             visitors;
  RstAuthorization *authorization; /* (unowned) (nullable) lives until the wait has ended */
  GTask            *task;          /* (owned) (nullable) the wait, until it has ended */
  GSource          *stop;          /* (owned) (nullable) looks after the caller's cancellable */
};

/* One connection. */
typedef struct {
  RstLoopback       *owner;    /* (owned) */
  GSocketConnection *socket;   /* (owned) */
  RstDeadline       *deadline; /* (owned) */
  char              *head;     /* (owned) HEAD_MAX bytes and a nul */
  gsize              length;
  char              *answer;   /* (owned) (nullable) */
} Visitor;

static void
leave (Visitor *self)
{
  self->owner->visitors--;
  rst_loopback_unref (self->owner);
  rst_wipe (self->head, HEAD_MAX);
  g_free (self->head);
  g_free (self->answer);
  rst_deadline_free (self->deadline);
  g_object_unref (self->socket);
  g_free (self);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Visitor *self = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  /* Closing alone would take the answer back if something of the request was left unread. */
  g_socket_shutdown (g_socket_connection_get_socket (self->socket), FALSE, TRUE, NULL);
  leave (self);
}

/* Shows nothing of what came in, and runs and loads nothing. */
static void
answer (Visitor    *self,
        const char *status,
        const char *sentence)
{
  g_autofree char *text = g_markup_escape_text (sentence, -1);
  g_autofree char *page = g_strdup_printf (
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Restante</title>\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\"></head>\n<body><p>%s</p></body></html>\n", text);

  /* It is sent even if nobody else is listened to. */
  rst_deadline_free (self->deadline);
  self->deadline = rst_deadline_new (VISITOR_TIMEOUT_MS, NULL);
  self->answer = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n"
                                  "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n"
                                  "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                                  "X-Content-Type-Options: nosniff\r\n"
                                  "Content-Security-Policy: default-src 'none'\r\n\r\n%s",
                                  status, strlen (page), page);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->socket)), self->answer,
                                   strlen (self->answer), G_PRIORITY_DEFAULT,
                                   rst_deadline_get_cancellable (self->deadline), answered_cb, self);
}

static void
close_door (RstLoopback *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->over);
}

static void
end_wait (RstLoopback *self,
          char        *code,
          GError      *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  close_door (self);
  g_source_destroy (self->stop);
  g_clear_pointer (&self->stop, g_source_unref);
  if (code != NULL)
    g_task_return_pointer (task, code, (GDestroyNotify) rst_wipe_free);
  else
    g_task_return_error (task, error);
}

static void
take_head (Visitor *self)
{
  RstLoopback *owner = self->owner;
  RstRedirect meaning = RST_REDIRECT_OTHER;
  GError *error = NULL;
  char *code = NULL;

  if (owner->task != NULL)
    meaning = rst_authorization_read (owner->authorization, self->head, self->length, &code, &error);
  if (meaning == RST_REDIRECT_OTHER)
    {
      answer (self, "404 Not Found", _("There is nothing here."));
      return;
    }
  /* First of all, so that nobody who has heard the answer can come in any more. */
  close_door (owner);
  answer (self, "200 OK",
          meaning == RST_REDIRECT_CODE
            ? _("That is all here. Close this page and go back to Restante.")
            : _("You are not signed in. Close this page and go back to Restante, which says why."));
  end_wait (owner, code, error);
}

static void read_more (Visitor *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Visitor *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      leave (self);
      return;
    }
  self->length += (gsize) n;
  self->head[self->length] = '\0';
  if (g_strstr_len (self->head, (gssize) self->length, "\r\n\r\n") != NULL)
    take_head (self);
  else if (self->length == HEAD_MAX)
    answer (self, "431 Request Header Fields Too Large", _("There is nothing here."));
  else
    read_more (self);
}

static void
read_more (Visitor *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->socket)),
                             self->head + self->length, HEAD_MAX - self->length, G_PRIORITY_DEFAULT,
                             rst_deadline_get_cancellable (self->deadline), read_cb, self);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *socket,
             GObject           *source,
             gpointer           user_data)
{
  RstLoopback *owner = user_data;
  Visitor *self;

  if (owner->visitors >= VISITORS_MAX)
    return TRUE;
  self = g_new0 (Visitor, 1);
  self->owner = g_rc_box_acquire (owner);
  self->socket = g_object_ref (socket);
  self->deadline = rst_deadline_new (VISITOR_TIMEOUT_MS, owner->over);
  self->head = g_malloc0 (HEAD_MAX + 1);
  owner->visitors++;
  read_more (self);
  return TRUE;
}

/**
 * rst_loopback_new:
 * @error: return location for an error
 *
 * Takes a free port of 127.0.0.1. Nobody is answered before rst_loopback_wait_async().
 *
 * Returns: (transfer full) (nullable): what listens there, or %NULL with %RST_ERROR_NET
 */
RstLoopback *
rst_loopback_new (GError **error)
{
  g_autoptr (RstLoopback) self = g_rc_box_new0 (RstLoopback);
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) got = NULL;

  self->over = g_cancellable_new ();
  self->service = g_socket_service_new ();
  g_socket_service_stop (self->service);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    return NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  return g_steal_pointer (&self);
}

static void
loopback_clear (gpointer data)
{
  RstLoopback *self = data;

  close_door (self);
  g_object_unref (self->service);
  g_object_unref (self->over);
}

/**
 * rst_loopback_unref:
 * @self: (transfer full): what listens
 */
void
rst_loopback_unref (RstLoopback *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, loopback_clear);
}

/**
 * rst_loopback_get_port:
 * @self: what listens
 *
 * Returns: the port
 */
guint16
rst_loopback_get_port (RstLoopback *self)
{
  return self->port;
}

static gboolean
stop_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  end_wait (user_data, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
  return G_SOURCE_REMOVE;
}

/**
 * rst_loopback_wait_async:
 * @self: what listens
 * @authorization: (transfer none): knows which answer is for us; kept by the caller until @callback
 * @cancellable: ends the wait
 * @callback: called when the browser has come back
 * @user_data: for @callback
 *
 * Waits for the answer. Nobody is listened to afterwards, and it cannot be used again.
 */
void
rst_loopback_wait_async (RstLoopback         *self,
                         RstAuthorization    *authorization,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rst_loopback_wait_async);
  self->authorization = authorization;
  self->stop = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->stop, G_SOURCE_FUNC (stop_cb), self, NULL);
  g_source_attach (self->stop, g_main_context_get_thread_default ());
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
}

/**
 * rst_loopback_wait_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the code, secret: to be freed with rst_wipe_free(); or %NULL
 *   with what rst_authorization_read() says, or %G_IO_ERROR_CANCELLED
 */
char *
rst_loopback_wait_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
