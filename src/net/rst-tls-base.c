/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-tls-base.h"

struct _RstTlsBase {
  GIOStream  parent_instance;

  GIOStream *connection; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RstTlsBase, rst_tls_base, G_TYPE_IO_STREAM)

static GInputStream *
rst_tls_base_get_input_stream (GIOStream *stream)
{
  return g_io_stream_get_input_stream (RST_TLS_BASE (stream)->connection);
}

static GOutputStream *
rst_tls_base_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (RST_TLS_BASE (stream)->connection);
}

static gboolean
rst_tls_base_close (GIOStream     *stream,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return g_io_stream_close (RST_TLS_BASE (stream)->connection, cancellable, error);
}

static void
rst_tls_base_dispose (GObject *object)
{
  RstTlsBase *self = RST_TLS_BASE (object);

  /* Closes the stream, which needs the connection. */
  G_OBJECT_CLASS (rst_tls_base_parent_class)->dispose (object);
  g_clear_object (&self->connection);
}

static void
rst_tls_base_class_init (RstTlsBaseClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_tls_base_dispose;
  stream_class->get_input_stream = rst_tls_base_get_input_stream;
  stream_class->get_output_stream = rst_tls_base_get_output_stream;
  stream_class->close_fn = rst_tls_base_close;
}

static void
rst_tls_base_init (RstTlsBase *self)
{
}

/**
 * rst_tls_base_new:
 * @connection: a connection
 *
 * Closing the stream closes @connection.
 *
 * Returns: (transfer full): a stream to give to TLS as its base
 */
GIOStream *
rst_tls_base_new (GSocketConnection *connection)
{
  RstTlsBase *self = g_object_new (RST_TYPE_TLS_BASE, NULL);

  self->connection = G_IO_STREAM (g_object_ref (connection));
  return G_IO_STREAM (self);
}
