/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-endpoint.h"

#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (RstEndpoint, rst_endpoint, rst_endpoint_copy, rst_endpoint_free)

/* Registered ports (RFC 8314 section 7) and URL schemes. Plain text shares the scheme of STARTTLS
 * and is never parsed from a URL: nobody can ask for it by accident. */
static const struct {
  const char *scheme;
  RstProtocol protocol;
  RstSecurity security;
  guint16     port;
} schemes[] = {
  { "imaps", RST_PROTOCOL_IMAP, RST_SECURITY_TLS, 993 },
  { "imap", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS, 143 },
  { "pop3s", RST_PROTOCOL_POP3, RST_SECURITY_TLS, 995 },
  { "pop3", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS, 110 },
  { "submissions", RST_PROTOCOL_SMTP, RST_SECURITY_TLS, 465 },
  { "submission", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS, 587 },
};

/**
 * rst_protocol_default_port:
 * @protocol: a protocol
 * @security: how it is secured; plain text has the port of STARTTLS
 *
 * Returns: the registered port
 */
guint16
rst_protocol_default_port (RstProtocol protocol,
                           RstSecurity security)
{
  RstSecurity wanted = security == RST_SECURITY_TLS ? RST_SECURITY_TLS : RST_SECURITY_STARTTLS;

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == protocol && schemes[i].security == wanted)
      return schemes[i].port;
  g_return_val_if_reached (0);
}

/**
 * rst_protocol_get_nick:
 * @protocol: a protocol
 *
 * Returns: (transfer none): `imap`, `pop3` or `smtp`
 */
const char *
rst_protocol_get_nick (RstProtocol protocol)
{
  static const char * const nicks[RST_N_PROTOCOLS] = { "imap", "pop3", "smtp" };

  g_return_val_if_fail (protocol < RST_N_PROTOCOLS, NULL);
  return nicks[protocol];
}

/**
 * rst_protocol_get_title:
 * @protocol: a protocol
 *
 * Returns: (transfer none): the name shown to people
 */
const char *
rst_protocol_get_title (RstProtocol protocol)
{
  static const char * const titles[RST_N_PROTOCOLS] = { "IMAP", "POP", "SMTP" };

  g_return_val_if_fail (protocol < RST_N_PROTOCOLS, NULL);
  return titles[protocol];
}

/**
 * rst_security_get_nick:
 * @security: how a connection is secured
 *
 * Returns: (transfer none): `tls`, `starttls` or `none`
 */
const char *
rst_security_get_nick (RstSecurity security)
{
  static const char * const nicks[] = { "tls", "starttls", "none" };

  g_return_val_if_fail (security < G_N_ELEMENTS (nicks), NULL);
  return nicks[security];
}

static gboolean
label_is_valid (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  return strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* What nobody sees is left out of an A-label, or has to stay, depending on who makes it: what is meant is not
 * what is looked up. */
static gboolean
has_unseen (const char *host)
{
  g_autofree char *clean = rst_text_clean (host, -1, G_MAXUINT);

  return !g_str_is_ascii (host) && !g_str_equal (host, clean);
}

/**
 * rst_host_normalise:
 * @host: a host name, with or without non-ASCII letters, or an IP address
 * @error: return location for an error
 *
 * Brings a host name into the one form that is compared, looked up and written into files: lower
 * case, A-labels (RFC 5891), letters, digits and hyphens only (RFC 952, RFC 1123 section 2.1), no
 * final dot. A stricter check than a resolver's, since the name ends up in other programs' files.
 *
 * Returns: (transfer full) (nullable): the name, or %NULL with %RST_ERROR_INPUT
 */
char *
rst_host_normalise (const char *host,
                    GError    **error)
{
  g_autofree char *ascii = NULL;
  g_auto (GStrv) labels = NULL;

  g_return_val_if_fail (host != NULL, NULL);

  if (g_hostname_is_ip_address (host) && strchr (host, '%') == NULL)
    return g_ascii_strdown (host, -1);
  if (strlen (host) <= 1024 && g_utf8_validate (host, -1, NULL) && !has_unseen (host))
    ascii = g_hostname_to_ascii (host);
  if (ascii != NULL && g_str_has_suffix (ascii, "."))
    ascii[strlen (ascii) - 1] = '\0';
  if (ascii != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (ascii, -1);
      gboolean valid = strlen (lower) <= 253;

      labels = g_strsplit (lower, ".", -1);
      for (char **label = labels; valid && *label != NULL; label++)
        valid = label_is_valid (*label);
      if (valid && labels[0] != NULL)
        return g_steal_pointer (&lower);
    }
  g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT, _("This is not a valid server name."));
  return NULL;
}

/**
 * rst_endpoint_new:
 * @protocol: the protocol
 * @security: how it is secured
 * @host: a host name or address, in any form
 * @port: the port, or 0 for the registered one
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a new endpoint, or %NULL with %RST_ERROR_INPUT if @host
 *   cannot be a host
 */
RstEndpoint *
rst_endpoint_new (RstProtocol   protocol,
                  RstSecurity   security,
                  const char   *host,
                  guint16       port,
                  GError      **error)
{
  g_autofree char *normal = rst_host_normalise (host, error);
  RstEndpoint *self;

  if (normal == NULL)
    return NULL;
  self = g_new0 (RstEndpoint, 1);
  self->protocol = protocol;
  self->security = security;
  self->port = port != 0 ? port : rst_protocol_default_port (protocol, security);
  self->host = g_steal_pointer (&normal);
  return self;
}

/**
 * rst_endpoint_parse:
 * @url: such as `imaps://host`, `imap://host:143` (which means STARTTLS), `submission://[::1]:587`
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the endpoint, or %NULL with %RST_ERROR_INPUT
 */
RstEndpoint *
rst_endpoint_parse (const char *url,
                    GError    **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *shown = NULL;
  const char *path;

  g_return_val_if_fail (url != NULL, NULL);

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  path = uri != NULL ? g_uri_get_path (uri) : NULL;
  if (uri != NULL && !has_unseen (url) && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL &&
      g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
      g_uri_get_port (uri) <= G_MAXUINT16 && g_uri_get_port (uri) != 0 &&
      (*path == '\0' || g_str_equal (path, "/")))
    for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
      if (g_str_equal (g_uri_get_scheme (uri), schemes[i].scheme))
        return rst_endpoint_new (schemes[i].protocol, schemes[i].security, g_uri_get_host (uri),
                                 (guint16) MAX (g_uri_get_port (uri), 0), error);
  shown = rst_text_clean (url, -1, 200);
  g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
               _("“%s” is not a server address such as imaps://host:993."), shown);
  return NULL;
}

/**
 * rst_endpoint_copy:
 * @self: an endpoint
 *
 * Returns: (transfer full): a copy
 */
RstEndpoint *
rst_endpoint_copy (const RstEndpoint *self)
{
  RstEndpoint *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->host = g_strdup (self->host);
  return copy;
}

/**
 * rst_endpoint_free:
 * @self: (transfer full): an endpoint
 */
void
rst_endpoint_free (RstEndpoint *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->host);
  g_free (self);
}

/**
 * rst_endpoint_equal:
 * @a: an endpoint
 * @b: another one
 *
 * Returns: whether both name the same server in the same way
 */
gboolean
rst_endpoint_equal (const RstEndpoint *a,
                    const RstEndpoint *b)
{
  return a->protocol == b->protocol && a->security == b->security && a->port == b->port &&
         g_str_equal (a->host, b->host);
}

/**
 * rst_endpoint_hash:
 * @self: an endpoint
 *
 * Returns: a hash for use with rst_endpoint_equal()
 */
guint
rst_endpoint_hash (const RstEndpoint *self)
{
  return g_str_hash (self->host) ^ ((guint) self->port << 8) ^ ((guint) self->protocol << 4) ^
         (guint) self->security;
}

/**
 * rst_endpoint_to_string:
 * @self: an endpoint
 *
 * The URL form with the port always written. Plain text is printed with the scheme of STARTTLS and
 * a `;plain` mark that rst_endpoint_parse() refuses.
 *
 * Returns: (transfer full): the text
 */
char *
rst_endpoint_to_string (const RstEndpoint *self)
{
  const char *scheme = NULL;
  gboolean v6;

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == self->protocol &&
        (schemes[i].security == RST_SECURITY_TLS) == (self->security == RST_SECURITY_TLS))
      scheme = schemes[i].scheme;
  v6 = strchr (self->host, ':') != NULL;
  return g_strdup_printf ("%s://%s%s%s:%u%s", scheme, v6 ? "[" : "", self->host, v6 ? "]" : "",
                          self->port, self->security == RST_SECURITY_NONE ? ";plain" : "");
}
