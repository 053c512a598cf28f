/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-session.h"

#include "rst-authorities.h"

/* Answers before the answer (RFC 9110 section 15.2). */
#define INTERIM_MAX 8

/**
 * rst_session_new:
 * @trust: (nullable): the authorities to trust, or %NULL for the system's
 * @route: (nullable): how to connect, or %NULL for libsoup's own way
 * @timeout_s: seconds without a byte after which it gives up
 *
 * Returns: (transfer full): a session
 */
SoupSession *
rst_session_new (GTlsDatabase       *trust,
                 GSocketConnectable *route,
                 guint               timeout_s)
{
  g_autoptr (GTlsDatabase) standard = rst_authorities_get_default ();
  SoupSession *session = soup_session_new_with_options ("timeout", timeout_s, "remote-connectable", route,
                                                        "user-agent", "Restante", NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_set_tls_database (session, trust != NULL ? trust : standard);
  return session;
}

typedef struct {
  GCancellable *cancellable; /* (owned) */
  guint         interim;
} Guard;

static void
guard_free (gpointer  data,
            GClosure *closure)
{
  Guard *self = data;

  g_object_unref (self->cancellable);
  g_free (self);
}

/* libsoup reads them in a loop of its own for as long as they come, in which no timer runs. */
static void
got_interim_cb (SoupMessage *message,
                gpointer     user_data)
{
  Guard *self = user_data;

  if (++self->interim > INTERIM_MAX)
    g_cancellable_cancel (self->cancellable);
}

/**
 * rst_session_guard:
 * @message: a message that has not been sent
 * @cancellable: what stops it
 *
 * Stops @message when too many interim answers come.
 */
void
rst_session_guard (SoupMessage  *message,
                   GCancellable *cancellable)
{
  Guard *guard = g_new0 (Guard, 1);

  g_set_object (&guard->cancellable, cancellable);
  g_signal_connect_data (message, "got-informational", G_CALLBACK (got_interim_cb), guard, guard_free, 0);
}

/**
 * rst_session_is_proxy:
 * @message: a message that was answered
 *
 * What answered for an https host without a certificate is a proxy on the way there. It may want a password,
 * or lead somewhere, and nobody knows who it is: its answer is nobody's.
 *
 * Returns: whether the answer is a proxy's own
 */
gboolean
rst_session_is_proxy (SoupMessage *message)
{
  gboolean protected = g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");

  return soup_message_get_status (message) == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED ||
         (protected && soup_message_get_tls_peer_certificate (message) == NULL);
}
