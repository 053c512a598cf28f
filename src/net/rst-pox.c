/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-pox.h"

#include "rst-error.h"
#include "rst-findings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEPTH_MAX 16
#define TEXT_MAX 1024 /* bytes of one text that are kept */
#define SCHEMAS "http://schemas.microsoft.com/exchange/autodiscover/outlook/"

typedef struct {
  char *type;       /* (owned) (nullable) of one <Protocol> … */
  char *server;     /* (owned) (nullable) */
  char *port;       /* (owned) (nullable) */
  char *login;      /* (owned) (nullable) */
  char *ssl;        /* (owned) (nullable) */
  char *encryption; /* (owned) (nullable) */
} Protocol;

typedef struct {
  RstPox   *pox;      /* (unowned) */
  GString  *text;     /* (owned) of the open element */
  guint     depth;
  guint     at;       /* depth of the open <Protocol>, or 0 */
  gboolean  known;    /* the root is Autodiscover's */
  Protocol  protocol;
} Reader;

static void
protocol_clear (Protocol *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->port, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->ssl, g_free);
  g_clear_pointer (&self->encryption, g_free);
}

static void
reader_clear (Reader *self)
{
  g_string_free (self->text, TRUE);
  protocol_clear (&self->protocol);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
is_word (const char *value,
         const char *word)
{
  return value != NULL && g_ascii_strcasecmp (value, word) == 0;
}

/* <Encryption> has the last word, then <SSL>, whose default is “on”; neither knows STARTTLS, so that
 * the port tells which kind of encryption is meant. What is unknown is left for the port as well. */
static char *
make_socket (const Protocol *protocol)
{
  static const char * const starttls_ports[] = { "143", "110", "25", "587", NULL };
  gboolean starttls = protocol->port != NULL && g_strv_contains (starttls_ports, protocol->port);

  if (is_word (protocol->encryption, "None") ||
      (protocol->encryption == NULL && is_word (protocol->ssl, "off")))
    return g_strdup ("plain");
  if (protocol->encryption == NULL && protocol->ssl != NULL && !is_word (protocol->ssl, "on"))
    return g_strdup (protocol->ssl);
  if (protocol->encryption == NULL || is_word (protocol->encryption, "SSL") ||
      is_word (protocol->encryption, "TLS") || is_word (protocol->encryption, "Auto"))
    return g_strdup (starttls ? "STARTTLS" : "SSL");
  return g_strdup (protocol->encryption);
}

static void
end_protocol (Reader *self)
{
  static const struct {
    const char *type, *known;
    gboolean    incoming;
  } types[] = { { "IMAP", "imap", TRUE }, { "POP3", "pop3", TRUE }, { "SMTP", "smtp", FALSE } };
  Protocol *protocol = &self->protocol;

  for (gsize i = 0; i < G_N_ELEMENTS (types) && self->pox->servers->len < RST_CANDIDATES_MAX; i++)
    if (is_word (protocol->type, types[i].type))
      {
        RstConfigServer *server = rst_config_server_new (types[i].incoming, types[i].known);

        server->socket = make_socket (protocol);
        server->host = g_steal_pointer (&protocol->server);
        server->port = g_steal_pointer (&protocol->port);
        server->username = g_steal_pointer (&protocol->login);
        g_ptr_array_add (self->pox->servers, server);
      }
  protocol_clear (protocol);
  self->at = 0;
}

static const char *
strip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
start_cb (GMarkupParseContext *context,
          const char          *name,
          const char         **attributes,
          const char         **values,
          gpointer             user_data,
          GError             **error)
{
  Reader *self = user_data;

  name = strip_prefix (name);
  self->depth++;
  g_string_truncate (self->text, 0);
  if (self->depth > DEPTH_MAX)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFIG, _("The settings file is nested too deeply."));
  else if (self->depth == 1 && !g_str_equal (name, "Autodiscover"))
    g_set_error_literal (error, RST_ERROR, RST_ERROR_PROTO, _("The answer is not a settings file."));
  else if (self->depth == 1)
    self->known = TRUE;
  else if (self->at == 0 && g_str_equal (name, "Protocol"))
    self->at = self->depth;
}

/* Of repeated ones the first counts. */
static void
keep (Reader      *self,
      char       **field)
{
  if (*field == NULL && *g_strstrip (self->text->str) != '\0')
    *field = g_strdup (self->text->str);
}

static void
end_cb (GMarkupParseContext *context,
        const char          *name,
        gpointer             user_data,
        GError             **error)
{
  Reader *self = user_data;
  const struct {
    const char *name;
    gboolean    in_protocol;
    char      **field;
  } fields[] = {
    { "Type", TRUE, &self->protocol.type },       { "Server", TRUE, &self->protocol.server },
    { "Port", TRUE, &self->protocol.port },       { "LoginName", TRUE, &self->protocol.login },
    { "SSL", TRUE, &self->protocol.ssl },         { "Encryption", TRUE, &self->protocol.encryption },
    { "RedirectUrl", FALSE, &self->pox->redirect_url },
    { "RedirectAddr", FALSE, &self->pox->redirect_addr },
  };

  name = strip_prefix (name);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (name, fields[i].name) &&
        (fields[i].in_protocol ? self->at != 0 && self->depth == self->at + 1 : self->at == 0))
      keep (self, fields[i].field);
  if (self->at != 0 && self->depth == self->at)
    end_protocol (self);
  g_string_truncate (self->text, 0);
  self->depth--;
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             user_data,
         GError             **error)
{
  Reader *self = user_data;

  g_string_append_len (self->text, text, (gssize) MIN (length, TEXT_MAX - MIN (self->text->len, TEXT_MAX)));
}

static void
passthrough_cb (GMarkupParseContext *context,
                const char          *text,
                gsize                length,
                gpointer             user_data,
                GError             **error)
{
  if (length >= 2 && text[1] == '!' && !(length >= 4 && memcmp (text, "<!--", 4) == 0))
    g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFIG,
                         _("The settings file has a document type, which is not allowed."));
}

/**
 * rst_pox_make_request:
 * @address: whose settings are wanted
 *
 * Returns: (transfer full): the body of the request
 */
char *
rst_pox_make_request (const RstAddress *address)
{
  return g_markup_printf_escaped (
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<Autodiscover xmlns=\"" SCHEMAS "requestschema/2006\"><Request><EMailAddress>%s</EMailAddress>"
    "<AcceptableResponseSchema>" SCHEMAS "responseschema/2006a</AcceptableResponseSchema></Request>"
    "</Autodiscover>\n",
    address->full);
}

/**
 * rst_pox_parse:
 * @document: an answer
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL with %RST_ERROR_PROTO if it is something
 *   else, such as a web page, and %RST_ERROR_CONFIG if it is broken
 */
RstPox *
rst_pox_parse (GBytes  *document,
               GError **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, passthrough_cb, NULL };
  g_autoptr (RstPox) pox = g_new0 (RstPox, 1);
  g_auto (Reader) self = { .pox = pox, .text = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *data = g_bytes_get_data (document, &length);
  g_autofree char *text = g_utf8_make_valid (length > 0 ? data : "", (gssize) length);

  pox->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_config_server_free);
  if (g_markup_parse_context_parse (context, g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, -1,
                                    &local) &&
      g_markup_parse_context_end_parse (context, &local))
    return g_steal_pointer (&pox);
  if (!self.known)
    g_set_error_literal (error, RST_ERROR, RST_ERROR_PROTO, _("The answer is not a settings file."));
  else if (local->domain == RST_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, RST_ERROR, RST_ERROR_CONFIG, _("The settings file is broken."));
  return NULL;
}

/**
 * rst_pox_free:
 * @self: (transfer full): what an answer says
 */
void
rst_pox_free (RstPox *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_free (self->redirect_url);
  g_free (self->redirect_addr);
  g_free (self);
}
