/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib-server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* How long the server waits for a client that owes it something (seconds). */
#define PATIENCE_S 20

struct _TestServer {
  const TestScript  *script;
  GSocket           *listener;  /* (owned) */
  GSocketConnection *client;    /* (owned) (nullable) */
  GIOStream         *stream;    /* (owned) (nullable) */
  GDataInputStream  *input;     /* (owned) (nullable) */
  GString           *out;       /* (owned) to be sent in one piece */
  GString           *clear;     /* (owned) what was received without TLS */
  char              *failure;   /* (owned) (nullable) */
  guint16            port;
  gint               position;  /* (atomic) how many items have been played */
  GThread           *thread;
};

char *
test_certificate_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);

  return g_test_build_filename (G_TEST_DIST, "certificates", file, NULL);
}

static gboolean
fail (TestServer *self,
      const char *format,
      const char *detail)
{
  if (self->failure == NULL)
    {
      g_autofree char *what = g_strdup_printf ("%s", detail);

      self->failure = g_strconcat (format, ": ", what, NULL);
    }
  return FALSE;
}

/* Returns whether the client is still there. That it has gone is none of our business: what it thought of
 * us is what the test looks at. */
static gboolean
write_piece (TestServer *self,
             const char *bytes,
             gsize       length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes, length, NULL,
                                    NULL, NULL);
}

static void
flush_out (TestServer *self)
{
  if (self->script->pace_byte)
    for (gsize i = 0; i < self->out->len && write_piece (self, self->out->str + i, 1); i++)
      g_usleep (300);
  else if (self->out->len > 0)
    write_piece (self, self->out->str, self->out->len);
  g_string_truncate (self->out, 0);
}

static void
add_line (TestServer *self,
          const char *text)
{
  const char *eol = self->script->eol;

  g_string_append (self->out, text);
  if (g_str_equal (eol, "split"))
    {
      g_string_append_c (self->out, '\r');
      flush_out (self);
      g_usleep (5000);
      g_string_append_c (self->out, '\n');
      flush_out (self);
    }
  else
    g_string_append (self->out, g_str_equal (eol, "lf")   ? "\n"
                                : g_str_equal (eol, "cr") ? "\r\r\n"
                                                          : "\r\n");
}

static char *
read_line (TestServer *self)
{
  char *line = g_data_input_stream_read_line (self->input, NULL, NULL, NULL);

  if (line != NULL && self->stream == G_IO_STREAM (self->client))
    g_string_append_printf (self->clear, "%s\n", line);
  return line;
}

static gboolean
expect_line (TestServer     *self,
             const TestItem *item)
{
  g_autofree char *line = read_line (self);
  g_autofree char *both = NULL;

  if (line == NULL)
    return fail (self, "the client left instead of saying", item->text);
  if (test_item_matches (item, line))
    return TRUE;
  both = g_strdup_printf ("“%s” instead of “%s”", line, item->text);
  return fail (self, "the client said", both);
}

static void
listen_to_stream (TestServer *self)
{
  g_clear_object (&self->input);
  self->input = g_data_input_stream_new (g_io_stream_get_input_stream (self->stream));
  g_data_input_stream_set_newline_type (self->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->input), FALSE);
}

/* Returns whether there may be more. */
static gboolean
copy_some (int from,
           int to)
{
  char bytes[4096];
  gssize n = read (from, bytes, sizeof bytes);

  return n > 0 && write (to, bytes, (gsize) n) == n;
}

/* Hands on what comes, both ways, until one side has gone. */
static void
relay (TestServer *self)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GSocketConnection) upstream =
    g_socket_client_connect_to_host (connector, "127.0.0.1", self->script->upstream, NULL, NULL);
  struct pollfd ends[2] = { { .events = POLLIN }, { .events = POLLIN } };
  gboolean open = upstream != NULL;

  if (!open)
    return;
  ends[0].fd = g_socket_get_fd (g_socket_connection_get_socket (self->client));
  ends[1].fd = g_socket_get_fd (g_socket_connection_get_socket (upstream));
  while (open && poll (ends, G_N_ELEMENTS (ends), PATIENCE_S * 1000) > 0)
    for (guint i = 0; open && i < G_N_ELEMENTS (ends); i++)
      open = ends[i].revents == 0 || copy_some (ends[i].fd, ends[1 - i].fd);
}

static gboolean
start_tls (TestServer *self)
{
  g_autofree char *path = test_certificate_path (self->script->certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (GIOStream) tls = NULL;

  g_assert_no_error (error);
  if (self->input != NULL &&
      g_buffered_input_stream_get_available (G_BUFFERED_INPUT_STREAM (self->input)) > 0)
    return fail (self, "the client", "did not wait with TLS until it was told to begin");
  if (self->script->upstream != 0)
    {
      relay (self);
      return FALSE;
    }
  tls = g_tls_server_connection_new (G_IO_STREAM (self->client), certificate, &error);
  g_assert_no_error (error);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  /* A client that does not like the certificate may leave at any time. */
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return FALSE;
  g_set_object (&self->stream, tls);
  listen_to_stream (self);
  return TRUE;
}

static void
flood (TestServer     *self,
       const TestItem *item)
{
  gsize length = strlen (item->text);

  for (gsize sent = 0; sent < item->number; sent += length)
    {
      g_string_append_len (self->out, item->text, (gssize) length);
      if (self->out->len > 65536)
        flush_out (self);
    }
}

/* Pieces of a body (RFC 9112 section 7.1), and no last one. */
static void
send_chunks (TestServer     *self,
             const TestItem *item)
{
  for (guint i = 0; i < item->number; i++)
    {
      g_string_append_printf (self->out, "%zx\r\n%s\r\n", strlen (item->text), item->text);
      if (self->out->len > 65536)
        flush_out (self);
    }
}

static void
swallow (TestServer *self)
{
  char bytes[4096];

  g_input_stream_read (g_io_stream_get_input_stream (self->stream), bytes, sizeof bytes, NULL,
                       NULL);
}

/* Returns whether it came to an end. */
static gboolean
read_head (TestServer *self)
{
  gboolean ended = FALSE;

  while (!ended)
    {
      g_autofree char *line = read_line (self);

      if (line == NULL)
        return fail (self, "the client left", "in the head of a request");
      ended = *line == '\0';
    }
  return TRUE;
}

/* Returns whether the play goes on. */
static gboolean
play (TestServer     *self,
      const TestItem *item)
{
  if (item->verb == 'S')
    add_line (self, item->text);
  else if (item->verb == 'r')
    test_item_append_raw (item, self->out);
  else if (item->verb == 'f')
    flood (self, item);
  else if (item->verb == 'k')
    send_chunks (self, item);
  else if (item->verb == 'l')
    for (guint i = 0; i < item->number; i++)
      add_line (self, item->text);
  else
    flush_out (self);

  if (item->verb == 'C' || item->verb == '*')
    return expect_line (self, item);
  if (item->verb == 't')
    return start_tls (self);
  if (item->verb == 'h')
    return read_head (self);
  if (item->verb == 'w')
    g_usleep (item->number * 1000);
  if (item->verb == 'e')
    swallow (self);
  return item->verb != 'x';
}

/* When the play is over the client may take its leave, and nothing else. */
static void
hear_goodbye (TestServer *self)
{
  char *line;

  while (self->failure == NULL && (line = read_line (self)) != NULL)
    {
      if (!g_str_equal (line, "QUIT") && !g_str_equal (line, "z LOGOUT"))
        fail (self, "after the end the client said", line);
      g_free (line);
    }
}

static void
serve (TestServer *self)
{
  const GArray *items = self->script->items;
  gboolean going_on = TRUE;
  guint i = 0;

  if (self->script->security == RST_SECURITY_TLS &&
      (items->len == 0 || g_array_index (items, TestItem, 0).verb != 'e'))
    going_on = start_tls (self);
  else
    listen_to_stream (self);
  while (going_on && i < items->len)
    {
      going_on = play (self, &g_array_index (items, TestItem, i++));
      g_atomic_int_set (&self->position, (gint) i);
    }
  if (!going_on)
    return;
  flush_out (self);
  hear_goodbye (self);
}

static gpointer
run (gpointer data)
{
  TestServer *self = data;
  g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, NULL);

  if (socket == NULL)
    return NULL;
  g_socket_set_timeout (socket, PATIENCE_S);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->client = g_socket_connection_factory_create_connection (socket);
  self->stream = g_object_ref (G_IO_STREAM (self->client));
  serve (self);
  g_io_stream_close (self->stream, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (self->client), NULL, NULL);
  return NULL;
}

/* @script has to live until test_server_stop(). */
TestServer *
test_server_start (const TestScript *script)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->script = script;
  self->out = g_string_new (NULL);
  self->clear = g_string_new (NULL);
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("server", run, self);
  return self;
}

guint16
test_server_get_port (TestServer *self)
{
  return self->port;
}

/* How many items of the script have been played. */
guint
test_server_get_position (TestServer *self)
{
  return (guint) g_atomic_int_get (&self->position);
}

/* Waits for the end of the play. Returns what was wrong with the client, or NULL; and, if wanted,
 * what was heard without TLS. */
char *
test_server_stop (TestServer  *self,
                  char       **heard_in_clear)
{
  char *failure;

  /* A client that never came would be waited for for ever. */
  shutdown (g_socket_get_fd (self->listener), SHUT_RDWR);
  g_thread_join (self->thread);
  failure = self->failure;
  if (heard_in_clear != NULL)
    *heard_in_clear = g_strdup (self->clear->str);
  g_clear_object (&self->input);
  g_clear_object (&self->stream);
  g_clear_object (&self->client);
  g_clear_object (&self->listener);
  g_string_free (self->out, TRUE);
  g_string_free (self->clear, TRUE);
  g_free (self);
  return failure;
}
