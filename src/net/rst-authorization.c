/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-authorization.h"

#include "rst-error.h"
#include "rst-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_MAX 2048 /* bytes */

struct _RstAuthorization {
  RstIssuer *issuer;   /* (owned) */
  char      *host;     /* (owned) where the browser is sent back to: 127.0.0.1:PORT */
  char      *state;    /* (owned) tells the answer to this request from any other */
  char      *verifier; /* (owned) (RFC 7636 section 4.1) secret */
};

/* The parameters of an answer that matter. */
typedef struct {
  char *state; /* (owned) (nullable) */
  char *code;  /* (owned) (nullable) */
  char *error; /* (owned) (nullable) */
  char *iss;   /* (owned) (nullable) */
} Answer;

static void
answer_clear (Answer *self)
{
  g_free (self->state);
  rst_wipe_free (self->code);
  g_free (self->error);
  g_free (self->iss);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* RFC 4648 section 5, without padding. */
static char *
encode (const guchar *bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  text[strcspn (text, "=")] = '\0';
  return g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
}

/**
 * rst_authorization_new:
 * @issuer: (transfer none): a complete issuer
 * @port: where this computer listens for the answer
 * @random: (array fixed-size=64): bytes that nobody can guess
 *
 * Returns: (transfer full): a new authorisation
 */
RstAuthorization *
rst_authorization_new (const RstIssuer *issuer,
                       guint16          port,
                       const guchar    *random)
{
  RstAuthorization *self = g_new0 (RstAuthorization, 1);

  self->issuer = rst_issuer_copy (issuer);
  self->host = g_strdup_printf ("127.0.0.1:%u", port);
  self->state = encode (random, RST_AUTHORIZATION_RANDOM / 2);
  self->verifier = encode (random + RST_AUTHORIZATION_RANDOM / 2, RST_AUTHORIZATION_RANDOM / 2);
  return self;
}

/**
 * rst_authorization_free:
 * @self: (transfer full): an authorisation
 */
void
rst_authorization_free (RstAuthorization *self)
{
  g_return_if_fail (self != NULL);

  rst_issuer_unref (self->issuer);
  g_free (self->host);
  g_free (self->state);
  rst_wipe_free (self->verifier);
  g_free (self);
}

/* “&name=value”, in a string of its final size if that is secret. */
static void
add (GString    *form,
     const char *name,
     const char *value)
{
  char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (escaped == NULL)
    return;
  if (form->len > 0 && strchr ("?&", form->str[form->len - 1]) == NULL)
    g_string_append_c (form, '&');
  g_string_append_printf (form, "%s=", name);
  g_string_append (form, escaped);
  rst_wipe_free (escaped);
}

static void
add_redirect (RstAuthorization *self,
              GString          *form)
{
  g_autofree char *redirect = g_strdup_printf ("http://%s/", self->host);

  add (form, "redirect_uri", redirect);
}

/* RFC 7636 section 4.2. */
static char *
make_challenge (RstAuthorization *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) self->verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return encode (digest, length);
}

/**
 * rst_authorization_get_url:
 * @self: an authorisation
 * @hint: (nullable): whom the person probably wants to sign in
 *
 * Returns: (transfer full): the address to open in the browser (RFC 6749 section 4.1.1)
 */
char *
rst_authorization_get_url (RstAuthorization *self,
                           const char       *hint)
{
  GString *url = g_string_new (self->issuer->auth_url);
  g_autofree char *challenge = make_challenge (self);

  if (strchr (url->str, '?') == NULL)
    g_string_append_c (url, '?');
  add (url, "response_type", "code");
  add (url, "client_id", self->issuer->client_id);
  add_redirect (self, url);
  add (url, "scope", self->issuer->scope);
  add (url, "state", self->state);
  add (url, "code_challenge", challenge);
  add (url, "code_challenge_method", "S256");
  add (url, "login_hint", hint);
  return g_string_free (url, FALSE);
}

/* No parameter may come twice (RFC 6749 section 3.1). */
static gboolean
parse_query (const char *query,
             gssize      length,
             Answer     *answer)
{
  const struct {
    const char *name;
    char **field;
  } fields[] = {
    { "state", &answer->state },
    { "code", &answer->code },
    { "error", &answer->error },
    { "iss", &answer->iss },
  };
  g_autoptr (GError) error = NULL;
  GUriParamsIter iter;
  char *name, *value;

  g_uri_params_iter_init (&iter, query, length, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &error))
    {
      gboolean twice = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        if (g_str_equal (name, fields[i].name))
          {
            twice = *fields[i].field != NULL;
            if (!twice)
              *fields[i].field = g_steal_pointer (&value);
          }
      g_free (name);
      rst_wipe_free (value);
      if (twice)
        return FALSE;
    }
  return error == NULL;
}

/* One header, which must be there once (RFC 9112 section 3.2). */
static gboolean
has_host (RstAuthorization *self,
          const char       *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  guint right = 0, all = 0;

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "Host:", 5) == 0)
      {
        all++;
        right += g_str_equal (g_strstrip (lines[i] + 5), self->host);
      }
  return all == 1 && right == 1;
}

/* “GET /?QUERY HTTP/1.1”: nothing else, and no other path (RFC 6749 section 3.1.2). */
static gboolean
parse_head (RstAuthorization *self,
            const char       *head,
            gsize             length,
            Answer           *answer)
{
  const char *query = head + strlen ("GET /?");
  gsize line = strcspn (head, "\r\n");
  const char *end = g_strrstr_len (head, (gssize) line, " HTTP/1.");

  return strlen (head) == length && g_str_has_prefix (head, "GET /?") && end != NULL && end > query &&
         end + strlen (" HTTP/1.1") == head + line &&
         memchr (query, ' ', (gsize) (end - query)) == NULL && has_host (self, head) &&
         parse_query (query, end - query, answer) && g_strcmp0 (answer->state, self->state) == 0;
}

static RstRedirect
fail (GError     **error,
      RstError     kind,
      const char  *sentence)
{
  g_set_error_literal (error, RST_ERROR, (gint) kind, sentence);
  return RST_REDIRECT_FAILED;
}

/* RFC 6749 section 4.1.2.1. */
static RstRedirect
explain (const char  *word,
         GError     **error)
{
  if (g_str_equal (word, "access_denied"))
    return fail (error, RST_ERROR_AUTH, _("The sign-in was refused or cancelled in the browser."));
  if (g_str_equal (word, "temporarily_unavailable") || g_str_equal (word, "server_error"))
    return fail (error, RST_ERROR_BUSY, _("The provider cannot sign anybody in at the moment."));
  return fail (error, RST_ERROR_CONFIG,
               _("The provider does not let this program ask for a sign-in. The client or the scope in the "
                 "settings file may be wrong."));
}

static gboolean
is_code (const char *text)
{
  gsize n = 0;

  while (g_ascii_isprint (text[n]))
    n++;
  return n > 0 && n <= CODE_MAX && text[n] == '\0';
}

/* RFC 9207 section 2.4: an answer of another issuer is never taken, and one that does not say whose it
 * is only from an issuer that does not promise to say so. */
static gboolean
is_from_issuer (RstAuthorization *self,
                const Answer     *answer)
{
  if (answer->iss == NULL)
    return !self->issuer->names_itself;
  return g_strcmp0 (answer->iss, self->issuer->id) == 0;
}

/**
 * rst_authorization_read:
 * @self: an authorisation
 * @head: what a browser sent: an HTTP request with its headers
 * @length: its length in bytes, without a final nul that @head must have
 * @code: (out) (nullable) (transfer full): the code, secret: to be freed with rst_wipe_free()
 * @error: return location for an error
 *
 * Reads one request to the address that was given to the issuer (RFC 6749 section 4.1.2). What does
 * not carry our state did not come from it, but from some page that tries its luck.
 *
 * Returns: what it means; %RST_REDIRECT_FAILED with %RST_ERROR_AUTH, %RST_ERROR_BUSY,
 *   %RST_ERROR_CONFIG, %RST_ERROR_PROTO or %RST_ERROR_TAMPER
 */
RstRedirect
rst_authorization_read (RstAuthorization  *self,
                        const char        *head,
                        gsize              length,
                        char             **code,
                        GError           **error)
{
  g_auto (Answer) answer = { NULL };

  *code = NULL;
  if (!parse_head (self, head, length, &answer))
    return RST_REDIRECT_OTHER;
  if (!is_from_issuer (self, &answer))
    return fail (error, RST_ERROR_TAMPER,
                 _("The answer to the sign-in came from somebody else than it was asked of."));
  if (answer.error != NULL)
    return explain (answer.error, error);
  if (answer.code == NULL || !is_code (answer.code))
    return fail (error, RST_ERROR_PROTO, _("The provider’s answer to the sign-in makes no sense."));
  *code = g_steal_pointer (&answer.code);
  return RST_REDIRECT_CODE;
}

/**
 * rst_authorization_redeem:
 * @self: an authorisation
 * @code: the code that came back
 *
 * Returns: (transfer full): the form to post to the token endpoint (RFC 6749 section 4.1.3), secret:
 *   to be freed with rst_wipe_free()
 */
char *
rst_authorization_redeem (RstAuthorization *self,
                          const char       *code)
{
  /* Of its final size from the start, since a string that grows leaves copies behind: three bytes for
   * each one at most. */
  GString *form = g_string_sized_new (3 * (strlen (code) + strlen (self->verifier)) + 8192);

  add (form, "grant_type", "authorization_code");
  add (form, "code", code);
  add_redirect (self, form);
  add (form, "client_id", self->issuer->client_id);
  add (form, "client_secret", self->issuer->client_secret);
  add (form, "code_verifier", self->verifier);
  return g_string_free (form, FALSE);
}
