/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-sasl.h"

#include "rst-bearer.h"
#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <gsasl.h>
#include <string.h>

/* A longer challenge is refused (bytes of base64). */
#define CHALLENGE_MAX 8192

struct _RstSasl {
  Gsasl         *library; /* (owned) (nullable) */
  Gsasl_session *session; /* (owned) (nullable) */
  RstBearer     *bearer;  /* (owned) (nullable) in place of them, for a token */
  gboolean       speaks_first;
  gboolean       complete;
  gboolean       confirmed; /* after that the server has asked for an empty message */
};

/* Best first: mutual proof and nothing to steal, then challenge and response, then the bare
 * password, which TLS alone protects. */
static const struct {
  const char *name;
  gboolean    needs_binding;
  gboolean    speaks_first;
} mechanisms[] = {
  { "SCRAM-SHA-256-PLUS", TRUE, TRUE },
  { "SCRAM-SHA-1-PLUS", TRUE, TRUE },
  { "SCRAM-SHA-256", FALSE, TRUE },
  { "SCRAM-SHA-1", FALSE, TRUE },
  { "CRAM-MD5", FALSE, FALSE },
  { "PLAIN", FALSE, TRUE },
  { "LOGIN", FALSE, FALSE },
};

/**
 * rst_sasl_choose:
 * @offered: (array zero-terminated=1): mechanisms that the server offers inside TLS, in upper case
 * @secret: what to sign in with
 * @binding: what can be bound to
 *
 * Returns: (transfer none) (nullable): the best mechanism of those that work with @secret, or %NULL
 *   if there is none
 */
const char *
rst_sasl_choose (char * const     *offered,
                 RstSecret        *secret,
                 const RstBinding *binding)
{
  gboolean can_bind = binding->exporter != NULL || binding->unique != NULL;

  if (rst_secret_is_token (secret))
    return rst_bearer_choose (offered);
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if ((can_bind || !mechanisms[i].needs_binding) &&
        g_strv_contains ((const char * const *) offered, mechanisms[i].name))
      return mechanisms[i].name;
  return NULL;
}

static gboolean
fail_setup (GError **error)
{
  g_set_error_literal (error, RST_ERROR, RST_ERROR_NOMECH,
                       _("This program cannot use the way of signing in that the server offers."));
  return FALSE;
}

static gboolean
fail_name (GError **error)
{
  g_set_error_literal (
      error, RST_ERROR, RST_ERROR_INPUT,
      _("The user name or password contains characters that this server cannot take."));
  return FALSE;
}

static gboolean
set_property (RstSasl        *self,
              Gsasl_property  property,
              const char     *value,
              GError        **error)
{
  return gsasl_property_set (self->session, property, value) == GSASL_OK || fail_setup (error);
}

/* Only a mechanism that binds is told of the binding: without it GNU SASL says that it could
 * not. */
static gboolean
set_binding (RstSasl          *self,
             const RstBinding *binding,
             GError          **error)
{
  if (binding->exporter != NULL)
    return set_property (self, GSASL_CB_TLS_EXPORTER, binding->exporter, error);
  return set_property (self, GSASL_CB_TLS_UNIQUE, binding->unique, error);
}

static gboolean
set_up (RstSasl            *self,
        const char         *mechanism,
        const char         *service,
        const RstEndpoint  *endpoint,
        const char         *username,
        RstSecret          *password,
        const RstBinding   *binding,
        GError            **error)
{
  gsize which = 0;

  while (which < G_N_ELEMENTS (mechanisms) && !g_str_equal (mechanisms[which].name, mechanism))
    which++;
  g_return_val_if_fail (which < G_N_ELEMENTS (mechanisms), FALSE);

  self->speaks_first = mechanisms[which].speaks_first;
  if (gsasl_init (&self->library) != GSASL_OK ||
      gsasl_client_start (self->library, mechanism, &self->session) != GSASL_OK)
    return fail_setup (error);
  return set_property (self, GSASL_SERVICE, service, error) &&
         set_property (self, GSASL_HOSTNAME, endpoint->host, error) &&
         set_property (self, GSASL_AUTHID, username, error) &&
         set_property (self, GSASL_PASSWORD, rst_secret_peek (password), error) &&
         (!mechanisms[which].needs_binding || set_binding (self, binding, error));
}

static gboolean
set_up_bearer (RstSasl            *self,
               const char         *mechanism,
               const RstEndpoint  *endpoint,
               const char         *username,
               RstSecret          *token,
               GError            **error)
{
  /* A control character would end the field in the message. */
  if (rst_text_has_control (username))
    return fail_name (error);
  self->speaks_first = TRUE;
  self->bearer = rst_bearer_new (mechanism, endpoint, username, token);
  return TRUE;
}

/**
 * rst_sasl_new:
 * @mechanism: what rst_sasl_choose() returned
 * @service: the protocol's name for SASL, such as `imap`
 * @endpoint: the server
 * @username: whom to sign in
 * @secret: (transfer none): the password or token
 * @binding: what can be bound to
 * @error: return location for an error
 *
 * Prepares one attempt. It cannot be used twice.
 *
 * Returns: (transfer full) (nullable): the attempt, or %NULL with %RST_ERROR_NOMECH or
 *   %RST_ERROR_INPUT
 */
RstSasl *
rst_sasl_new (const char         *mechanism,
              const char         *service,
              const RstEndpoint  *endpoint,
              const char         *username,
              RstSecret          *secret,
              const RstBinding   *binding,
              GError            **error)
{
  g_autoptr (RstSasl) self = g_new0 (RstSasl, 1);
  gboolean ready = rst_secret_is_token (secret)
                     ? set_up_bearer (self, mechanism, endpoint, username, secret, error)
                     : set_up (self, mechanism, service, endpoint, username, secret, binding, error);

  return ready ? g_steal_pointer (&self) : NULL;
}

/**
 * rst_sasl_free:
 * @self: (transfer full): an attempt
 *
 * Wipes GNU SASL's own copy of the password too, which it would only free.
 */
void
rst_sasl_free (RstSasl *self)
{
  char *copy;

  g_return_if_fail (self != NULL);

  copy = self->session != NULL ? (char *) gsasl_property_fast (self->session, GSASL_PASSWORD)
                               : NULL;
  if (copy != NULL)
    rst_wipe (copy, strlen (copy));
  if (self->session != NULL)
    gsasl_finish (self->session);
  if (self->library != NULL)
    gsasl_done (self->library);
  g_clear_pointer (&self->bearer, rst_bearer_free);
  g_free (self);
}

/**
 * rst_sasl_speaks_first:
 * @self: an attempt
 *
 * Returns: whether there is something to say before any challenge (an initial response)
 */
gboolean
rst_sasl_speaks_first (RstSasl *self)
{
  return self->speaks_first;
}

static char *
fail_challenge (GError **error)
{
  g_set_error_literal (
      error, RST_ERROR, RST_ERROR_PROTO,
      _("The server broke the rules of the way of signing in that it offered itself."));
  return NULL;
}

/* Strict: g_base64_decode() skips what does not belong there. */
static guchar *
decode (const char *text,
        gsize      *length)
{
  gsize n = strlen (text);
  gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  if (n > CHALLENGE_MAX || n % 4 != 0 || n - letters > 2 ||
      strspn (text + letters, "=") != n - letters)
    return NULL;
  return g_base64_decode (text, length);
}

static char *
fail_step (int      result,
           GError **error)
{
  if (result == GSASL_SASLPREP_ERROR)
    {
      fail_name (error);
      return NULL;
    }
  if (result == GSASL_AUTHENTICATION_ERROR)
    {
      g_set_error_literal (
          error, RST_ERROR, RST_ERROR_TAMPER,
          _("The server could not prove that it knows the password. It may be a false one."));
      return NULL;
    }
  return fail_challenge (error);
}

static char *
step_bearer (RstSasl     *self,
             const char  *challenge,
             GError     **error)
{
  g_autofree guchar *in = NULL;
  gsize length = 0;
  char *answer;

  if (challenge != NULL && *challenge != '\0' && (in = decode (challenge, &length)) == NULL)
    return fail_challenge (error);
  answer = rst_bearer_step (self->bearer, in, length);
  if (answer == NULL)
    return fail_challenge (error);
  self->complete = rst_bearer_get_refusal (self->bearer) == RST_BEARER_NOT_REFUSED;
  return answer;
}

/**
 * rst_sasl_step:
 * @self: an attempt
 * @challenge: (nullable): what the server sent, in base64; %NULL for the initial response
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the answer in base64, secret: to be freed with
 *   rst_wipe_free(); or %NULL with %RST_ERROR_PROTO, %RST_ERROR_TAMPER or %RST_ERROR_INPUT
 */
char *
rst_sasl_step (RstSasl     *self,
               const char  *challenge,
               GError     **error)
{
  g_autofree guchar *in = NULL;
  gsize in_length = 0;
  char *out = NULL;
  gsize out_length = 0;
  char *answer;
  int result;

  if (self->bearer != NULL)
    return step_bearer (self, challenge, error);
  if (self->complete && (self->confirmed || challenge == NULL || *challenge != '\0'))
    return fail_challenge (error);
  if (self->complete)
    {
      self->confirmed = TRUE;
      return g_strdup ("");
    }
  if (challenge != NULL && *challenge != '\0' && (in = decode (challenge, &in_length)) == NULL)
    return fail_challenge (error);
  result = gsasl_step (self->session, (const char *) in, in_length, &out, &out_length);
  if (result != GSASL_OK && result != GSASL_NEEDS_MORE)
    return fail_step (result, error);
  self->complete = result == GSASL_OK;
  answer = g_base64_encode ((const guchar *) out, out_length);
  rst_wipe (out, out_length);
  gsasl_free (out);
  return answer;
}

/**
 * rst_sasl_is_complete:
 * @self: an attempt
 *
 * Returns: whether the mechanism has run to its end; a server that agrees sooner has not proved
 *   what the mechanism asks of it
 */
gboolean
rst_sasl_is_complete (RstSasl *self)
{
  return self->complete;
}

/**
 * rst_sasl_get_refusal:
 * @self: an attempt
 *
 * Returns: whether the server has said why it refuses a token, and what it said
 */
RstBearerRefusal
rst_sasl_get_refusal (RstSasl *self)
{
  return self->bearer != NULL ? rst_bearer_get_refusal (self->bearer) : RST_BEARER_NOT_REFUSED;
}

static gboolean
contains_base64 (const char *text,
                 const char *bytes,
                 gsize       length)
{
  char *encoded = g_base64_encode ((const guchar *) bytes, length);
  gboolean found = strstr (text, encoded) != NULL;

  rst_wipe_free (encoded);
  return found;
}

/* As IMAP writes it in a quoted string. */
static gboolean
contains_quoted (const char *text,
                 const char *bare)
{
  char *quoted = g_malloc (2 * strlen (bare) + 1);
  char *end = quoted;
  gboolean found;

  for (const char *p = bare; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        *end++ = '\\';
      *end++ = *p;
    }
  *end = '\0';
  found = strstr (text, quoted) != NULL;
  rst_wipe_free (quoted);
  return found;
}

/* As PLAIN writes it, after the user name. */
static gboolean
contains_plain (const char *text,
                const char *username,
                const char *bare)
{
  gsize name_length = strlen (username);
  gsize length = name_length + strlen (bare) + 2;
  char *plain = g_malloc (length + 1);
  gboolean found;

  plain[0] = '\0';
  memcpy (plain + 1, username, name_length + 1);
  memcpy (plain + name_length + 2, bare, length - name_length - 1);
  found = contains_base64 (text, plain, length);
  rst_wipe (plain, length);
  g_free (plain);
  return found;
}

/**
 * rst_sasl_gives_away:
 * @text: something that a server said
 * @username: (nullable): the name that was sent
 * @password: (nullable): the password that was sent
 *
 * Servers have been seen to repeat a command that they did not like.
 *
 * Returns: whether @text repeats the password, bare, quoted, or in the encoding of PLAIN and LOGIN;
 *   or the token, bare or in that of any message
 */
gboolean
rst_sasl_gives_away (const char *text,
                     const char *username,
                     RstSecret  *password)
{
  const char *bare = password != NULL ? rst_secret_peek (password) : NULL;

  if (bare != NULL && rst_secret_is_token (password))
    return rst_bearer_gives_away (text, bare);
  return bare != NULL &&
         (strstr (text, bare) != NULL || contains_quoted (text, bare) ||
          contains_base64 (text, bare, strlen (bare)) ||
          contains_plain (text, username != NULL ? username : "", bare));
}
