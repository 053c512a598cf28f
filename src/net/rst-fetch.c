/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   look up ──► send ──► read ──► done
 *      ▲          │
 *      └─redirect─┘
 *
 * Each callback receives one reference on the task and passes it on.
 */
#include "rst-fetch.h"

#include "rst-deadline.h"
#include "rst-domain.h"
#include "rst-endpoint.h"
#include "rst-hosts.h"
#include "rst-route.h"
#include "rst-session.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_MS 4000
#define HOPS_MAX 5

typedef struct {
  RstReply           *reply;      /* (owned) until the task returns it */
  RstDns             *dns;        /* (unowned) lives until nothing is in flight */
  GTlsDatabase       *trust;      /* (owned) (nullable) */
  GCancellable       *caller;     /* (owned) (nullable) */
  RstDeadline        *deadline;   /* (owned) */
  RstTurn            *turn;       /* (owned) (nullable) of the current hop */
  GSocketConnectable *route;      /* (owned) (nullable) of the current hop; NULL: by way of a proxy */
  GUri               *uri;        /* (owned) of the current hop */
  char               *first;      /* (owned) the host of the first one */
  SoupSession        *session;    /* (owned) (nullable) for the current hop: nothing is carried over */
  SoupMessage        *message;    /* (owned) (nullable) of the current hop */
  GInputStream       *stream;     /* (owned) (nullable) the body */
  char               *buffer;     /* (owned) (nullable) a byte longer than allowed, so that too much shows */
  RstReply           *unknown;    /* (owned) (nullable) what DNS said about a host that it does not know */
  guint               hops;
} Fetch;

static gboolean
is_open (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "http");
}

static guint16
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return (guint16) g_uri_get_port (uri);
  return is_open (uri) ? 80 : 443;
}

/* The turn ends after the connection, which ends with the session. */
static void
drop_session (Fetch *self)
{
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_object (&self->session);
  g_clear_object (&self->route);
  g_clear_pointer (&self->turn, rst_gate_leave);
}

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  g_clear_pointer (&self->reply, rst_reply_free);
  drop_session (self);
  g_clear_object (&self->trust);
  rst_deadline_free (self->deadline);
  g_clear_object (&self->caller);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->first);
  g_clear_pointer (&self->unknown, rst_reply_free);
  g_free (self->buffer);
  g_free (self);
}

static void
finish (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->reply), (GDestroyNotify) rst_reply_free);
}

static void
finish_with (GTask          *task,
             RstReplyStatus  status,
             char           *detail)
{
  Fetch *self = g_task_get_task_data (task);

  rst_reply_fail (self->reply, status, detail);
  finish (task);
}

static void
finish_with_error (GTask        *task,
                   const GError *error)
{
  Fetch *self = g_task_get_task_data (task);
  const char *host = g_uri_get_host (self->uri);
  g_autofree char *reason = rst_text_clean (error->message, -1, 160);

  if (rst_deadline_has_passed (self->deadline))
    finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s did not answer in time."), host));
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    finish_with (task, RST_REPLY_FAILED,
                 g_strdup_printf (_("The certificate of %s is not valid, so it was not believed."), host));
  else if (strstr (reason, host) != NULL)
    finish_with (task, RST_REPLY_FAILED, g_steal_pointer (&reason));
  else
    finish_with (task, RST_REPLY_FAILED, g_strdup_printf (_("%s could not be asked: %s"), host, reason));
}

/* A body longer than allowed is not cut but refused: half a settings file may say anything. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Fetch *self = g_task_get_task_data (task);
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    finish_with_error (task, error);
  else if (length > RST_REPLY_MAX)
    finish_with (task, RST_REPLY_FAILED,
                 g_strdup_printf (_("The answer of %s is too long."), g_uri_get_host (self->uri)));
  else
    {
      self->reply->body = g_bytes_new (self->buffer, length);
      finish (task);
    }
}

/* What began protected stays protected. Without protection anybody can lead anywhere, so that leads to
 * the same owner, or to where a certificate is checked. */
static gboolean
may_go_to (Fetch *self,
           GUri  *next)
{
  gboolean same_site = rst_domain_same_site (g_uri_get_host (self->uri), g_uri_get_host (next));

  if (self->reply->ask->stay && !same_site)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (next), "https") ||
         (is_open (self->uri) && is_open (next) && same_site);
}

/* Where a redirect leads, with the host in the one form that can be compared. */
static GUri *
parse_location (Fetch *self)
{
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GUri) next =
    location != NULL ? g_uri_parse_relative (self->uri, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autofree char *host = NULL;

  if (next == NULL || !rst_domain_has_host (g_uri_get_host (next)) || g_uri_get_userinfo (next) != NULL)
    return NULL;
  host = rst_host_normalise (g_uri_get_host (next), NULL);
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (next), NULL, host, g_uri_get_port (next),
                      g_uri_get_path (next), g_uri_get_query (next), NULL);
}

static gboolean
follow (Fetch *self)
{
  g_autoptr (GUri) next = parse_location (self);

  if (next == NULL || !may_go_to (self, next) || ++self->hops > HOPS_MAX)
    return FALSE;
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&next);
  return TRUE;
}

static void look_up (GTask *task);

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Fetch *self = g_task_get_task_data (task);
  guint status;

  g_clear_object (&self->stream);
  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->stream == NULL)
    {
      finish_with_error (task, error);
      return;
    }
  status = soup_message_get_status (self->message);
  if (rst_session_is_proxy (self->message))
    {
      finish_with (task, RST_REPLY_FAILED,
                   g_strdup_printf (_("The proxy does not lead to %s: it answered with HTTP status %u."),
                                    g_uri_get_host (self->uri), status));
      return;
    }
  self->reply->code = status;
  g_free (self->reply->host);
  self->reply->host = g_ascii_strdown (g_uri_get_host (self->uri), -1);
  if (SOUP_STATUS_IS_REDIRECTION (status) && follow (self))
    {
      look_up (task);
      return;
    }
  if (status != SOUP_STATUS_OK)
    {
      finish_with (task, status >= 500 || status < 400 ? RST_REPLY_FAILED : RST_REPLY_NOTHING,
                   g_strdup_printf (_("%s answered with HTTP status %u."), g_uri_get_host (self->uri),
                                    status));
      return;
    }
  self->buffer = g_malloc (RST_REPLY_MAX + 1);
  g_input_stream_read_all_async (self->stream, self->buffer, RST_REPLY_MAX + 1, G_PRIORITY_DEFAULT,
                                 rst_deadline_get_cancellable (self->deadline), read_cb,
                                 g_object_ref (task));
}

/* Some servers want the type in exactly these letters. */
static SoupMessage *
new_message (const char *body,
             GUri       *uri)
{
  SoupMessage *message = soup_message_new_from_uri (body != NULL ? SOUP_METHOD_POST : SOUP_METHOD_GET, uri);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "text/xml; charset=utf-8", bytes);
  return message;
}

static void
send_request (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);

  self->session = rst_session_new (self->trust, self->route, TIMEOUT_MS / 1000);
  self->message = new_message (self->reply->ask->body, self->uri);
  g_ptr_array_add (self->reply->visited, g_uri_to_string (self->uri));
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (soup_message_get_request_headers (self->message), "Accept-Encoding",
                               "identity");
  rst_session_guard (self->message, rst_deadline_get_cancellable (self->deadline));
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           rst_deadline_get_cancellable (self->deadline), send_cb, g_object_ref (task));
}

/* Behind a proxy DNS may know nothing of the world, and the proxy all. */
static void
proxies_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);

  if (proxies != NULL && proxies[0] != NULL && !g_str_has_prefix (proxies[0], "direct:"))
    send_request (task);
  else
    finish_with (task, self->unknown->status, g_strdup (self->unknown->detail));
}

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Fetch *self = g_task_get_task_data (task);

  self->turn = rst_gate_enter_finish (result, &error);
  if (self->turn == NULL)
    {
      finish_with_error (task, error);
      return;
    }
  rst_deadline_free (self->deadline);
  self->deadline = rst_deadline_new (TIMEOUT_MS, self->caller);
  send_request (task);
}

/* Time that passes before the turn is not the server's fault. */
static void
await_turn (GTask     *task,
            GPtrArray *addresses)
{
  Fetch *self = g_task_get_task_data (task);
  RstGate *gate = rst_dns_get_gate (self->dns);

  if (gate != NULL)
    rst_gate_enter_async (gate, self->dns, addresses, self->caller, turn_cb, g_object_ref (task));
  else
    send_request (task);
}

/* A public name that leads into the network where the person is: only a certificate could tell that this
 * is right. And not even that where a redirect comes from another owner, who chose path and query too, so
 * that fetching would do something there. */
static gboolean
is_lured (Fetch     *self,
          GPtrArray *addresses)
{
  const char *host = g_uri_get_host (self->uri);
  gboolean private = FALSE;

  for (guint i = 0; i < addresses->len; i++)
    private |= rst_hosts_is_private (g_ptr_array_index (addresses, i));
  if (!private)
    return FALSE;
  if (is_open (self->uri) && !rst_domain_is_reserved (host))
    return TRUE;
  return !rst_domain_same_site (host, self->first) && !rst_domain_is_reserved (self->first);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr (RstReply) found = rst_dns_ask_finish (result);

  if (found->status == RST_REPLY_OK && is_lured (self, found->addresses))
    {
      finish_with (task, RST_REPLY_FAILED,
                   g_strdup_printf (_("%s leads into a private network, so it was not asked."),
                                    g_uri_get_host (self->uri)));
      return;
    }
  if (found->status == RST_REPLY_OK)
    {
      self->route = rst_route_new (g_uri_get_host (self->uri), get_port (self->uri), found->addresses);
      await_turn (task, found->addresses);
      return;
    }
  g_clear_pointer (&self->unknown, rst_reply_free);
  self->unknown = g_steal_pointer (&found);
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), self->reply->ask->name,
                                 rst_deadline_get_cancellable (self->deadline), proxies_cb,
                                 g_object_ref (task));
}

static void
look_up (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);
  g_autoptr (RstAsk) ask = rst_ask_new (RST_ASK_HOST, g_uri_get_host (self->uri));

  drop_session (self);
  rst_dns_ask_async (self->dns, ask,
                     rst_dns_get_gate (self->dns) != NULL ? self->caller
                                                          : rst_deadline_get_cancellable (self->deadline),
                     looked_up_cb, g_object_ref (task));
}

/**
 * rst_fetch_async:
 * @ask: an ask of kind %RST_ASK_HTTPS, %RST_ASK_HTTP or %RST_ASK_POST
 * @dns: looks up hosts
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 * @cancellable: (nullable): cancels the fetch
 * @callback: called when there is a reply
 * @user_data: for @callback
 *
 * Fetches the document within four seconds, not counting the wait for a turn at the gate of @dns.
 */
void
rst_fetch_async (const RstAsk        *ask,
                 RstDns              *dns,
                 GTlsDatabase        *trust,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *self = g_new0 (Fetch, 1);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rst_fetch_async);
  self->reply = rst_reply_new (ask);
  self->dns = dns;
  g_set_object (&self->trust, trust);
  g_set_object (&self->caller, cancellable);
  self->deadline = rst_deadline_new (TIMEOUT_MS, cancellable);
  self->uri = g_uri_parse (ask->name, SOUP_HTTP_URI_FLAGS, NULL);
  g_task_set_task_data (task, self, fetch_free);
  g_return_if_fail (self->uri != NULL && is_open (self->uri) == (ask->kind == RST_ASK_HTTP));
  self->first = g_strdup (g_uri_get_host (self->uri));
  look_up (task);
}

/**
 * rst_fetch_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): the reply; that it failed is part of it
 */
RstReply *
rst_fetch_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
