/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-config-xml.h"

#include "rst-config-server.h"
#include "rst-domain.h"
#include "rst-error.h"
#include "rst-hints.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEPTH_MAX 16
#define TEXT_MAX 1024      /* bytes of one text node that are kept */
#define INSTRUCTION_MAX 300 /* characters */

typedef struct {
  const RstSearch    *search;      /* (unowned) */
  RstTrust            trust;
  RstFindings        *findings;    /* (unowned) */
  guint               depth;       /* elements that are open */
  gboolean            in_provider; /* <emailProvider> is among them */
  RstConfigServer    *server;      /* (owned) (nullable) the open server section … */
  guint               server_at;   /* … and its depth */
  gboolean            in_pop3;     /* its <pop3> is open */
  guint               rank;        /* servers so far */
  GString            *text;        /* (owned) of the open element */
  guint               enable_at;   /* depth of the open <enable>, or 0 */
  char               *url;         /* (owned) (nullable) its page */
  guint               language;    /* rank of the open <instruction>'s language */
  char               *best;        /* (owned) (nullable) the instruction in the best language so far … */
  guint               best_language; /* … and the rank of that */
  guint               oauth_at;    /* depth of the open <oAuth2>, or 0 */
  RstIssuerTexts      oauth;       /* what it says */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->server, rst_config_server_free);
  g_string_free (self->text, TRUE);
  g_free (self->url);
  g_free (self->best);
  rst_issuer_texts_clear (&self->oauth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static const char *
find_attribute (const char  *wanted,
                const char **names,
                const char **values)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], wanted))
      return values[i];
  return NULL;
}

static gboolean
refuse (GError     **error,
        RstError     kind,
        const char  *message)
{
  g_set_error_literal (error, RST_ERROR, (gint) kind, message);
  return FALSE;
}

/* How well a text in @language ("pt-BR", or nothing) serves a reader of @languages ("pt_BR", "pt"):
 * 0 is best. English and texts that do not say come before languages that were not asked for. */
static guint
rank_language (const char * const *languages,
               const char         *language)
{
  g_autofree char *wanted = g_strdelimit (g_strdup (language != NULL ? language : ""), "-", '_');
  guint n = g_strv_length ((char **) languages);

  for (guint i = 0; i < n && *wanted != '\0'; i++)
    {
      gsize length = strcspn (languages[i], "._@");

      if (g_ascii_strcasecmp (languages[i], wanted) == 0)
        return 2 * i;
      if (length == strcspn (wanted, "_") && g_ascii_strncasecmp (languages[i], wanted, length) == 0)
        return 2 * i + 1;
    }
  return 2 * n + (g_str_has_prefix (wanted, "en") ? 0 : *wanted == '\0' ? 1 : 2);
}

/* Servers for mail stand in a provider; what goes with mail there or beside it. */
static gboolean
start_server (Reader      *self,
              const char  *name,
              const char **attributes,
              const char **values)
{
  const char *type = find_attribute ("type", attributes, values);
  gboolean incoming = g_str_equal (name, "incomingServer");
  gboolean mail = incoming || g_str_equal (name, "outgoingServer");

  if (self->server != NULL || !(self->depth == 3 ? self->in_provider : self->depth == 2 && !mail))
    return FALSE;
  self->server = rst_config_server_new_extra (name, type);
  if (self->server == NULL && mail)
    self->server = rst_config_server_new (incoming, type);
  if (self->server == NULL)
    return FALSE;
  self->server_at = self->depth;
  self->in_pop3 = FALSE;
  return TRUE;
}

static void
start_enable (Reader     *self,
              const char *url)
{
  self->enable_at = self->depth;
  self->url = g_strdup (url);
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

  self->depth++;
  g_string_truncate (self->text, 0);
  if (self->depth > DEPTH_MAX)
    refuse (error, RST_ERROR_CONFIG, _("The settings file is nested too deeply."));
  else if (self->depth == 1 && !g_str_equal (name, "clientConfig"))
    refuse (error, RST_ERROR_PROTO, _("The answer is not a settings file."));
  else if (self->depth == 2 && g_str_equal (name, "emailProvider"))
    self->in_provider = TRUE;
  else if (start_server (self, name, attributes, values))
    return;
  else if (self->server != NULL && self->depth == self->server_at + 1)
    self->in_pop3 = g_str_equal (name, "pop3");
  else if (self->depth <= 3 && self->enable_at == 0 && g_str_equal (name, "enable"))
    start_enable (self, find_attribute ("visiturl", attributes, values));
  else if (self->depth <= 3 && self->oauth_at == 0 && g_str_equal (name, "oAuth2"))
    self->oauth_at = self->depth;
  else if (self->enable_at != 0 && g_str_equal (name, "instruction"))
    self->language = rank_language (self->search->languages, find_attribute ("lang", attributes, values));
}

/* Of each kind the first that makes sense; there is no choice to offer. */
static void
end_extra (Reader          *self,
           RstConfigServer *section)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstExtra) extra =
    rst_config_server_get_extra (section, self->search->address, self->findings->source, &error);

  for (guint i = 0; extra != NULL && i < self->findings->extras->len; i++)
    if (((RstExtra *) g_ptr_array_index (self->findings->extras, i))->kind == extra->kind)
      return;
  if (extra != NULL)
    rst_findings_add_extra (self->findings, g_steal_pointer (&extra));
  else
    rst_findings_note (self->findings, error->message);
}

static void
end_server (Reader *self)
{
  g_autoptr (RstConfigServer) server = g_steal_pointer (&self->server);
  g_autoptr (GError) error = NULL;
  RstCandidate *candidate;

  if (server->is_extra)
    {
      end_extra (self, server);
      return;
    }
  server->local = self->trust == RST_TRUST_LOCAL;
  candidate = rst_config_server_resolve (server, self->search->address, &error);
  if (candidate != NULL)
    rst_findings_take (self->findings, candidate, self->trust, self->rank++);
  else
    rst_findings_note (self->findings, error->message);
}

static void
end_instruction (Reader *self)
{
  if (self->best != NULL && self->best_language <= self->language)
    return;
  g_free (self->best);
  self->best = rst_text_clean (self->text->str, -1, INSTRUCTION_MAX);
  self->best_language = self->language;
}

/* The page is shown, never opened by itself; it must be https and free of blanks to be a link. */
static void
end_enable (Reader *self)
{
  g_autofree char *best = g_steal_pointer (&self->best);
  g_autofree char *url = g_steal_pointer (&self->url);
  g_autofree char *text = NULL;
  gboolean linked = url != NULL && g_str_has_prefix (url, "https://") && g_str_is_ascii (url) &&
                    strlen (url) <= RST_CONFIG_VALUE_MAX && strpbrk (url, " \t\r\n<>\"") == NULL &&
                    !rst_text_has_control (url);

  self->enable_at = 0;
  if (best == NULL || *best == '\0')
    return;
  text = linked ? g_strdup_printf ("%s (%s)", best, url) : g_strdup (best);
  rst_findings_instruct (self->findings, text);
}

static void
end_cb (GMarkupParseContext *context,
        const char          *name,
        gpointer             user_data,
        GError             **error)
{
  Reader *self = user_data;

  if (self->server != NULL && self->depth == self->server_at)
    end_server (self);
  else if (self->server != NULL && self->depth == self->server_at + (self->in_pop3 ? 2 : 1))
    rst_config_server_set (self->server, self->in_pop3, name, self->text->str);
  else if (self->enable_at != 0 && self->depth == self->enable_at)
    end_enable (self);
  else if (self->enable_at != 0 && g_str_equal (name, "instruction"))
    end_instruction (self);
  else if (self->oauth_at != 0 && self->depth == self->oauth_at + 1)
    rst_issuer_texts_set (&self->oauth, name, self->text->str);
  else if (self->oauth_at != 0 && self->depth == self->oauth_at)
    self->oauth_at = 0;
  else if (self->depth == 2)
    self->in_provider = FALSE;
  g_string_truncate (self->text, 0);
  self->depth--;
}

/* A comment may cut a text in two; the pieces belong together. */
static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             user_data,
         GError             **error)
{
  Reader *self = user_data;

  if (self->server != NULL || self->enable_at != 0 || self->oauth_at != 0)
    g_string_append_len (self->text, text, (gssize) MIN (length, TEXT_MAX - MIN (self->text->len, TEXT_MAX)));
}

static void
passthrough_cb (GMarkupParseContext *context,
                const char          *text,
                gsize                length,
                gpointer             user_data,
                GError             **error)
{
  if (length >= 2 && text[0] == '<' && text[1] == '!' && !(length >= 4 && memcmp (text, "<!--", 4) == 0))
    refuse (error, RST_ERROR_CONFIG, _("The settings file has a document type, which is not allowed."));
}

static gboolean
looks_like_html (const char *text)
{
  text += strspn (text, " \t\r\n");
  return g_ascii_strncasecmp (text, "<!doctype html", 14) == 0 ||
         g_ascii_strncasecmp (text, "<html", 5) == 0;
}

/* Declared encodings are ignored: nearly all files are UTF-8, and in the rest only names of
 * providers are not ASCII. */
static char *
decode (GBytes *document)
{
  gsize length;
  const char *data = g_bytes_get_data (document, &length);

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return g_utf8_make_valid (data + 3, (gssize) length - 3);
  return g_utf8_make_valid (length > 0 ? data : "", (gssize) length);
}

static gboolean
parse (Reader     *self,
       const char *text,
       GError    **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, passthrough_cb, NULL };
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  g_autoptr (GError) local = NULL;

  if (g_markup_parse_context_parse (context, text, -1, &local) &&
      g_markup_parse_context_end_parse (context, &local))
    return TRUE;
  if (local->domain == RST_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    {
      int line;

      g_markup_parse_context_get_position (context, &line, NULL);
      g_set_error (error, RST_ERROR, RST_ERROR_CONFIG, _("The settings file is broken at line %d."), line);
    }
  return FALSE;
}

/* Only a file of this computer may say where to redeem a code, and only for the servers that it names:
 * one from the network could send people to an honest provider's page and have the code brought to
 * itself (RFC 9700 section 4.4). */
static void
add_issuer (Reader *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstIssuer) issuer = NULL;

  if (self->trust != RST_TRUST_LOCAL || self->oauth.client_id == NULL)
    return;
  issuer = rst_issuer_new (&self->oauth, &error);
  if (issuer == NULL)
    rst_findings_note (self->findings, error->message);
  for (guint i = 0; issuer != NULL && i < self->findings->candidates->len; i++)
    {
      RstCandidate *candidate = g_ptr_array_index (self->findings->candidates, i);

      if (candidate->auths & (1u << RST_AUTH_OAUTH2))
        candidate->issuer = rst_issuer_ref (issuer);
    }
}

/**
 * rst_config_xml_read:
 * @document: the file
 * @search: whose settings are wanted, and in which languages
 * @trust: how far the place it came from can be trusted
 * @findings: where to put servers, instructions and notes
 * @error: return location for an error
 *
 * Reads one settings file. A server section that makes no sense is left out, with a note that says
 * why. If the file breaks in the middle nothing of it is kept.
 *
 * Returns: whether it is a settings file with at least one server; otherwise %RST_ERROR_PROTO if it
 *   is something else, %RST_ERROR_CONFIG if it is broken
 */
gboolean
rst_config_xml_read (GBytes           *document,
                     const RstSearch  *search,
                     RstTrust          trust,
                     RstFindings      *findings,
                     GError          **error)
{
  g_autoptr (RstFindings) own = rst_findings_new (findings->source);
  g_auto (Reader) self = {
    .search = search,
    .trust = trust,
    .findings = own,
    .text = g_string_new (NULL),
  };
  g_autofree char *text = NULL;

  if (g_bytes_get_size (document) > RST_REPLY_MAX)
    return refuse (error, RST_ERROR_CONFIG, _("The settings file is too long."));
  text = decode (document);
  if (looks_like_html (text))
    return refuse (error, RST_ERROR_PROTO, _("The answer is a web page, not a settings file."));
  if (!parse (&self, text, error))
    return FALSE;
  add_issuer (&self);
  rst_hints_prefer (own, 0);
  rst_findings_merge (findings, own);
  if (own->candidates->len == 0)
    return refuse (error, RST_ERROR_CONFIG, _("The settings file names no server that can be used."));
  return TRUE;
}

/**
 * rst_config_xml_read_from:
 * @search: what is searched
 * @reply: a reply to an https URL
 * @owner: whose host it should come from
 * @trust: how far a settings file of @owner can be trusted
 * @rank: the place of its first server
 * @findings: where to put servers, instructions and notes
 *
 * Reads what a web host gave. If a redirect led to another owner's host that one is trusted less,
 * and named.
 */
void
rst_config_xml_read_from (const RstSearch *search,
                          const RstReply  *reply,
                          const char      *owner,
                          RstTrust         trust,
                          guint            rank,
                          RstFindings     *findings)
{
  g_autoptr (RstFindings) found = rst_findings_new (findings->source);
  g_autoptr (GError) error = NULL;

  if (reply->status != RST_REPLY_OK)
    return;
  if (!rst_domain_same_site (reply->host, owner))
    {
      g_autofree char *note = g_strdup_printf (_("The answer came from %s."), reply->host);

      trust = MIN (trust, RST_TRUST_FOREIGN);
      rst_findings_note (findings, note);
    }
  if (!rst_config_xml_read (reply->body, search, trust, found, &error))
    {
      if (g_error_matches (error, RST_ERROR, RST_ERROR_PROTO))
        rst_findings_note (findings, error->message);
      else
        rst_findings_fail (findings, error->message);
    }
  for (guint i = 0; i < found->candidates->len; i++)
    ((RstCandidate *) g_ptr_array_index (found->candidates, i))->rank += rank;
  rst_findings_merge (findings, found);
}

/**
 * rst_config_xml_read_reply:
 * @search: what is searched
 * @reply: a reply to an https URL under the address's domain
 * @findings: where to put servers, instructions and notes
 *
 * Reads what a provider's own web host gave.
 */
void
rst_config_xml_read_reply (const RstSearch *search,
                           const RstReply  *reply,
                           RstFindings     *findings)
{
  rst_config_xml_read_from (search, reply, search->address->domain, RST_TRUST_PROVIDER, 0, findings);
}
