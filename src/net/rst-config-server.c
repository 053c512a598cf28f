/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-config-server.h"

#include "rst-domain.h"
#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Ways to sign in of one server that are looked at. */
#define AUTH_MAX 16
/* RFC 5804 section 1.8. */
#define SIEVE_PORT 4190
/* A copy on the server for longer than this is a copy for good. */
#define LEAVE_DAYS_MAX 3650

/**
 * rst_config_server_new:
 * @incoming: whether it is an `<incomingServer>`
 * @type: (nullable): its `type` attribute
 *
 * Returns: (transfer full): an empty section
 */
RstConfigServer *
rst_config_server_new (gboolean    incoming,
                       const char *type)
{
  RstConfigServer *self = g_new0 (RstConfigServer, 1);

  self->incoming = incoming;
  self->type = g_strdup (type);
  self->auth = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * rst_config_server_new_extra:
 * @element: the name of an element
 * @type: (nullable): its `type` attribute
 *
 * Returns: (transfer full) (nullable): an empty section for something that goes with mail, or %NULL if
 *   @element is nothing that is known
 */
RstConfigServer *
rst_config_server_new_extra (const char *element,
                             const char *type)
{
  static const struct {
    const char  *element, *type;
    RstExtraKind extra;
  } sections[] = {
    { "calendar", "caldav", RST_EXTRA_CALDAV },
    { "addressbook", "carddav", RST_EXTRA_CARDDAV },
    { "incomingServer", "jmap", RST_EXTRA_JMAP },
    { "setupServer", "managesieve", RST_EXTRA_SIEVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (element, sections[i].element) && g_strcmp0 (type, sections[i].type) == 0)
      {
        RstConfigServer *self = rst_config_server_new (FALSE, type);

        self->is_extra = TRUE;
        self->extra = sections[i].extra;
        return self;
      }
  return NULL;
}

/**
 * rst_config_server_free:
 * @self: (transfer full): a section
 */
void
rst_config_server_free (RstConfigServer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->type);
  g_free (self->host);
  g_free (self->port);
  g_free (self->socket);
  g_free (self->url);
  g_free (self->username);
  g_free (self->leave);
  g_free (self->days);
  g_ptr_array_unref (self->auth);
  g_free (self);
}

/**
 * rst_config_server_set:
 * @self: a section
 * @in_pop3: whether the element is within `<pop3>`
 * @element: its name
 * @value: its text
 *
 * Keeps the text of an element that matters. Of repeated ones the first counts, but for the ways to
 * sign in, which are alternatives.
 */
void
rst_config_server_set (RstConfigServer *self,
                       gboolean         in_pop3,
                       const char      *element,
                       const char      *value)
{
  const struct {
    const char  *element;
    gboolean     in_pop3;
    char       **field;
  } fields[] = {
    { "hostname", FALSE, &self->host },
    { "port", FALSE, &self->port },
    { "socketType", FALSE, &self->socket },
    { "username", FALSE, &self->username },
    { "url", FALSE, &self->url },
    { "leaveMessagesOnServer", TRUE, &self->leave },
    { "daysToLeaveMessagesOnServer", TRUE, &self->days },
  };

  if (!in_pop3 && g_str_equal (element, "authentication") && self->auth->len < AUTH_MAX)
    g_ptr_array_add (self->auth, g_strstrip (g_strdup (value)));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (element, fields[i].element) && in_pop3 == fields[i].in_pop3 &&
        *fields[i].field == NULL)
      *fields[i].field = g_strstrip (g_strdup (value));
}

static gboolean
refuse (const char  *element,
        const char  *value,
        GError     **error)
{
  g_autofree char *clean = rst_text_clean (value != NULL ? value : "", -1, 64);

  g_set_error (error, RST_ERROR, RST_ERROR_CONFIG, _("The value “%s” of “%s” makes no sense."), clean,
               element);
  return FALSE;
}

static gboolean
read_protocol (const RstConfigServer *self,
               RstProtocol           *protocol,
               GError               **error)
{
  if (self->incoming && g_strcmp0 (self->type, "imap") == 0)
    *protocol = RST_PROTOCOL_IMAP;
  else if (self->incoming && g_strcmp0 (self->type, "pop3") == 0)
    *protocol = RST_PROTOCOL_POP3;
  else if (!self->incoming && g_strcmp0 (self->type, "smtp") == 0)
    *protocol = RST_PROTOCOL_SMTP;
  else
    return refuse ("type", self->type, error);
  return TRUE;
}

static gboolean
read_port (const RstConfigServer *self,
           guint16               *port,
           GError               **error)
{
  guint64 value;

  *port = 0;
  if (self->port == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (self->port, 10, 1, G_MAXUINT16, &value, NULL))
    return refuse ("port", self->port, error);
  *port = (guint16) value;
  return TRUE;
}

/* Ports that say by themselves how the connection is secured (RFC 8314 section 7.3). */
static gboolean
security_of_port (RstProtocol  protocol,
                  guint16      port,
                  RstSecurity *security)
{
  const RstSecurity both[] = { RST_SECURITY_TLS, RST_SECURITY_STARTTLS };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    if (port == rst_protocol_default_port (protocol, both[i]))
      {
        *security = both[i];
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_security (const RstConfigServer *self,
               RstProtocol            protocol,
               guint16                port,
               RstSecurity           *security,
               GError               **error)
{
  const char *text = self->socket != NULL ? self->socket : "";

  *security = RST_SECURITY_TLS;
  if (g_ascii_strcasecmp (text, "SSL") == 0 || g_ascii_strcasecmp (text, "TLS") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (text, "STARTTLS") == 0)
    *security = RST_SECURITY_STARTTLS;
  else if (g_ascii_strcasecmp (text, "plain") == 0)
    *security = RST_SECURITY_NONE;
  else if (!security_of_port (protocol, port, security))
    return refuse ("socketType", self->socket, error);
  return TRUE;
}

static gboolean
auth_from_text (const char *text,
                gboolean    incoming,
                RstAuth    *auth)
{
  static const struct {
    const char *text;
    RstAuth     auth;
    gboolean    outgoing_only;
  } ways[] = {
    { "password-cleartext", RST_AUTH_PASSWORD },
    { "plain", RST_AUTH_PASSWORD },
    { "password-encrypted", RST_AUTH_ENCRYPTED },
    { "secure", RST_AUTH_ENCRYPTED },
    { "OAuth2", RST_AUTH_OAUTH2 },
    { "none", RST_AUTH_NONE, TRUE },
    { "client-IP-address", RST_AUTH_NONE, TRUE },
    { "smtp-after-pop", RST_AUTH_NONE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_ascii_strcasecmp (text, ways[i].text) == 0 && !(incoming && ways[i].outgoing_only))
      {
        *auth = ways[i].auth;
        return TRUE;
      }
  return FALSE;
}

/* NTLM and the like are real, but nothing that the programs we set up can use. */
static gboolean
read_auth (const RstConfigServer *self,
           RstAuth               *first,
           guint                 *all,
           GError               **error)
{
  *first = RST_AUTH_PASSWORD;
  *all = 0;
  for (guint i = 0; i < self->auth->len; i++)
    {
      RstAuth auth;

      if (!auth_from_text (g_ptr_array_index (self->auth, i), self->incoming, &auth))
        continue;
      if (*all == 0)
        *first = auth;
      *all |= 1u << auth;
    }
  if (*all == 0 && self->auth->len > 0)
    return refuse ("authentication", g_ptr_array_index (self->auth, 0), error);
  if (*all == 0)
    *all = 1u << RST_AUTH_PASSWORD;
  return TRUE;
}

/* A placeholder that nobody knows, or that is not closed, would end up in the name as it stands. */
static gboolean
has_stray_placeholder (const char *pattern)
{
  static const char * const known[] = { "%EMAILADDRESS%", "%EMAILLOCALPART%", "%EMAILDOMAIN%" };

  for (const char *p = strchr (pattern, '%'); p != NULL; p = strchr (p, '%'))
    {
      gsize skip = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (known) && skip == 0; i++)
        if (g_str_has_prefix (p, known[i]))
          skip = strlen (known[i]);
      if (skip == 0)
        return TRUE;
      p += skip;
    }
  return FALSE;
}

static char *
read_username (const RstConfigServer *self,
               const RstAddress      *address,
               GError               **error)
{
  g_autofree char *name = NULL;

  if (self->username == NULL || *self->username == '\0')
    return g_strdup (address->full);
  name = rst_address_expand (address, self->username);
  if (has_stray_placeholder (self->username) || rst_text_has_control (name) ||
      strlen (name) > RST_CONFIG_VALUE_MAX)
    {
      refuse ("username", self->username, error);
      return NULL;
    }
  return g_steal_pointer (&name);
}

static RstEndpoint *
read_endpoint (const RstConfigServer *self,
               const RstAddress      *address,
               GError               **error)
{
  g_autofree char *host = rst_address_expand (address, self->host != NULL ? self->host : "");
  g_autoptr (RstEndpoint) endpoint = NULL;
  RstProtocol protocol = RST_PROTOCOL_IMAP;
  RstSecurity security = RST_SECURITY_TLS;
  guint16 port = 0;

  if (!read_protocol (self, &protocol, error) || !read_port (self, &port, error) ||
      !read_security (self, protocol, port, &security, error))
    return NULL;
  endpoint = rst_endpoint_new (protocol, security, host, port, NULL);
  if (endpoint == NULL || (!self->local && !rst_domain_has_host (endpoint->host)))
    {
      refuse ("hostname", self->host, error);
      return NULL;
    }
  return g_steal_pointer (&endpoint);
}

static void
read_leave (const RstConfigServer *self,
            RstCandidate          *candidate)
{
  guint64 days;

  if (self->leave == NULL || candidate->endpoint->protocol != RST_PROTOCOL_POP3)
    return;
  candidate->leave_known = g_str_equal (self->leave, "true") || g_str_equal (self->leave, "false");
  candidate->leave = g_str_equal (self->leave, "true") ? RST_LEAVE_KEEP : RST_LEAVE_REMOVE;
  if (candidate->leave == RST_LEAVE_KEEP && self->days != NULL &&
      g_ascii_string_to_unsigned (self->days, 10, 1, LEAVE_DAYS_MAX, &days, NULL))
    {
      candidate->leave = RST_LEAVE_DAYS;
      candidate->leave_days = (guint) days;
    }
}

/**
 * rst_config_server_resolve:
 * @self: a section that has been read
 * @address: the address whose settings it gives
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the server, or %NULL with %RST_ERROR_CONFIG and a message
 *   that names the value at fault
 */
RstCandidate *
rst_config_server_resolve (RstConfigServer  *self,
                           const RstAddress *address,
                           GError          **error)
{
  g_autoptr (RstEndpoint) endpoint = read_endpoint (self, address, error);
  g_autofree char *username = NULL;
  RstCandidate *candidate;
  RstAuth auth;
  guint auths;

  if (endpoint == NULL || !read_auth (self, &auth, &auths, error))
    return NULL;
  username = read_username (self, address, error);
  if (username == NULL)
    return NULL;
  candidate = rst_candidate_new (endpoint, username, auth);
  candidate->auths = auths;
  read_leave (self, candidate);
  return candidate;
}

static RstExtra *
get_sieve (const RstConfigServer *self,
           const RstAddress      *address,
           const char            *source,
           GError               **error)
{
  g_autofree char *text = rst_address_expand (address, self->host != NULL ? self->host : "");
  g_autofree char *host = rst_domain_has_host (text) ? rst_host_normalise (text, NULL) : NULL;
  guint16 port = 0;

  if (host == NULL)
    refuse ("hostname", self->host, error);
  else if (read_port (self, &port, error))
    return rst_extra_new (RST_EXTRA_SIEVE, host, port != 0 ? port : SIEVE_PORT, source);
  return NULL;
}

/**
 * rst_config_server_get_extra:
 * @self: a section that has been read, of something that goes with mail
 * @address: the address whose settings it gives
 * @source: (transfer none): id of the source that found it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the extra, or %NULL with %RST_ERROR_CONFIG and a message that names
 *   the value at fault
 */
RstExtra *
rst_config_server_get_extra (RstConfigServer   *self,
                             const RstAddress  *address,
                             const char        *source,
                             GError           **error)
{
  RstExtra *extra = NULL;

  if (self->extra == RST_EXTRA_SIEVE)
    return get_sieve (self, address, source, error);
  if (self->url != NULL)
    extra = rst_extra_new_for_url (self->extra, self->url, source);
  if (extra == NULL)
    refuse ("url", self->url, error);
  return extra;
}
