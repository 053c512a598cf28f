/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-signin.h"

#include "rst-known-server.h"
#include "rst-refusal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * rst_signin_choose:
 * @talk: a conversation inside TLS whose capabilities are known
 *
 * Returns: whether the server offers a SASL mechanism that works with what we have, a password or a
 *   token
 */
gboolean
rst_signin_choose (RstTalk *talk)
{
  talk->mechanism = rst_sasl_choose (talk->facts->auth, talk->password, &talk->binding);
  return talk->mechanism != NULL;
}

/**
 * rst_signin_start:
 * @talk: a conversation whose mechanism is chosen
 * @state: the state in which the answer is read
 * @command: the command that takes the mechanism's name, without a blank at its end
 * @initial: whether the first message may stand on the same line
 * @error: return location for an error
 *
 * Returns: the step that sends the command
 */
RstStep
rst_signin_start (RstTalk     *talk,
                  guint        state,
                  const char  *command,
                  gboolean     initial,
                  GError     **error)
{
  g_autofree char *prefix = NULL;
  char *first;

  talk->sasl = rst_sasl_new (talk->mechanism, talk->dialogue->service, talk->facts->endpoint,
                             talk->username, talk->password, &talk->binding, error);
  if (talk->sasl == NULL)
    return RST_STEP_FAIL;
  if (!initial || !rst_sasl_speaks_first (talk->sasl))
    return rst_talk_say (talk, state, "%s %s", command, talk->mechanism);
  first = rst_sasl_step (talk->sasl, NULL, error);
  if (first == NULL)
    return RST_STEP_FAIL;
  prefix = g_strdup_printf ("%s %s ", command, talk->mechanism);
  rst_talk_say_secret (talk, state, prefix, first);
  rst_wipe_free (first);
  return RST_STEP_SEND;
}

/**
 * rst_signin_answer:
 * @talk: a conversation in which the server asks for the next message
 * @state: the state in which the answer is read
 * @challenge: what the server sent, in base64
 * @error: return location for an error
 *
 * Returns: the step that sends the next message
 */
RstStep
rst_signin_answer (RstTalk     *talk,
                   guint        state,
                   const char  *challenge,
                   GError     **error)
{
  char *answer;

  if (talk->sasl == NULL)
    return rst_talk_fail_protocol (talk, error);
  answer = rst_sasl_step (talk->sasl, challenge, error);
  if (answer == NULL)
    return RST_STEP_FAIL;
  rst_talk_say_secret (talk, state, "", answer);
  rst_wipe_free (answer);
  return RST_STEP_SEND;
}

/* Servers have trouble after the sign-in, too, when there is no attempt any more. */
static RstBearerRefusal
get_refusal (RstTalk *talk)
{
  return talk->sasl != NULL ? rst_sasl_get_refusal (talk->sasl) : RST_BEARER_NOT_REFUSED;
}

/**
 * rst_signin_accept:
 * @talk: a conversation in which the server agreed to the sign-in
 * @error: return location for an error
 *
 * Notes the sign-in, unless the server agreed before it had proved what the mechanism asks of it.
 *
 * Returns: whether the sign-in counts
 */
gboolean
rst_signin_accept (RstTalk  *talk,
                   GError  **error)
{
  if (get_refusal (talk) != RST_BEARER_NOT_REFUSED)
    {
      rst_talk_fail_protocol (talk, error);
      return FALSE;
    }
  if (talk->sasl != NULL && !rst_sasl_is_complete (talk->sasl))
    {
      rst_talk_fail (
          talk, error, RST_ERROR_TAMPER,
          _("The server could not prove that it knows the password. It may be a false one."),
          NULL);
      return FALSE;
    }
  talk->facts->signed_in = TRUE;
  talk->facts->mechanism = g_strdup (talk->mechanism);
  g_clear_pointer (&talk->sasl, rst_sasl_free);
  return TRUE;
}

/* Neither the name nor a password is what is wrong, whatever the server's words are. */
static const char *
explain_token (RstTalk *talk)
{
  if (get_refusal (talk) == RST_BEARER_SCOPE)
    return _("The sign-in in the browser does not allow programs to use mail. Sign in again and allow it.");
  return _("The server did not accept the sign-in in the browser: it has expired, or was for another "
           "account. Sign in again.");
}

static RstStep
fail_with (RstTalk     *talk,
           GError     **error,
           RstError     kind,
           RstTrouble     cause,
           const char  *sentence,
           const char  *server_text)
{
  rst_talk_fail (talk, error, kind, sentence, server_text);
  if (error != NULL)
    rst_error_set_cause (*error, cause);
  return RST_STEP_FAIL;
}

/* Providers that take app passwords mostly refuse the usual one as they refuse any that is wrong. */
static RstStep
fail_password (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  const char *provider = rst_known_server_wants_app_password (talk->facts->endpoint->host);
  const char *sentence = _("The server refused the user name or the password.");
  g_autofree char *both = NULL;

  if (provider == NULL)
    return fail_with (talk, error, RST_ERROR_AUTH, RST_TROUBLE_PASSWORD, sentence, reply->text);
  /* Translators: the first part is a sentence, the second a provider. */
  both = g_strdup_printf (_("%s For mail programs %s takes app passwords."), sentence, provider);
  return fail_with (talk, error, RST_ERROR_AUTH, RST_TROUBLE_APP_PASSWORD, both, reply->text);
}

/* Gmail says why in an alert, before a refusal that says less. */
static const RstRefusal *
find_refusal (RstTalk        *talk,
              const RstReply *reply)
{
  const char *alert = g_hash_table_lookup (talk->facts->more, "alert");
  const RstReply earlier = { .status = "NO", .text = alert };
  const RstRefusal *refusal = rst_refusal_find (talk->dialogue->protocol, reply);
  const RstRefusal *better = NULL;

  if (alert != NULL && (refusal == NULL || refusal->cause == RST_TROUBLE_PASSWORD))
    better = rst_refusal_find (talk->dialogue->protocol, &earlier);
  return better != NULL ? better : refusal;
}

/**
 * rst_signin_refused:
 * @talk: a conversation
 * @reply: the server's refusal
 * @error: return location for an error
 *
 * Sets the error that says why, as far as the server tells.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_signin_refused (RstTalk         *talk,
                    const RstReply  *reply,
                    GError         **error)
{
  const RstRefusal *refusal = find_refusal (talk, reply);
  gboolean plain = refusal == NULL || refusal->cause == RST_TROUBLE_PASSWORD;

  if (rst_secret_is_token (talk->password) &&
      (plain || get_refusal (talk) != RST_BEARER_NOT_REFUSED))
    return fail_with (talk, error, RST_ERROR_AUTH, RST_TROUBLE_TOKEN, explain_token (talk), reply->text);
  if (plain)
    return fail_password (talk, reply, error);
  return fail_with (talk, error, refusal->kind, refusal->cause, _(refusal->sentence), reply->text);
}

/**
 * rst_signin_turned_away:
 * @talk: a conversation
 * @reply: with what the server ends it
 * @error: return location for an error
 *
 * Sets the error that says why, as far as the server tells. What was said in the clear counts for nothing.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_signin_turned_away (RstTalk         *talk,
                        const RstReply  *reply,
                        GError         **error)
{
  const RstRefusal *refusal = talk->secured ? find_refusal (talk, reply) : NULL;

  if (refusal != NULL)
    return fail_with (talk, error, refusal->kind, refusal->cause, _(refusal->sentence), reply->text);
  return rst_talk_fail (talk, error, RST_ERROR_BUSY, _("The server ended the connection."), reply->text);
}

/**
 * rst_signin_is_trouble:
 * @talk: a conversation that is signed in
 * @reply: the answer to a question about the mailbox
 *
 * Some servers notice only after the sign-in that they cannot open the mailbox.
 *
 * Returns: whether the server says that it has trouble of its own, not just that it does not know
 *   the question
 */
gboolean
rst_signin_is_trouble (RstTalk        *talk,
                       const RstReply *reply)
{
  const RstRefusal *refusal = reply->ok ? NULL : rst_refusal_find (talk->dialogue->protocol, reply);

  return refusal != NULL && refusal->kind == RST_ERROR_BUSY;
}

/**
 * rst_signin_no_way:
 * @talk: a conversation
 * @error: return location for an error
 *
 * Sets the error for a server that offers no way to sign in that this program knows.
 *
 * Returns: %RST_STEP_FAIL
 */
RstStep
rst_signin_no_way (RstTalk  *talk,
                   GError  **error)
{
  if (rst_secret_is_token (talk->password))
    return rst_talk_fail (talk, error, RST_ERROR_NOMECH,
                          _("The server takes no sign-in in the browser: it wants a password."), NULL);
  if (rst_bearer_choose (talk->facts->auth) != NULL)
    return fail_with (
        talk, error, RST_ERROR_NOMECH, RST_TROUBLE_BROWSER,
        _("This server takes no password: it wants a sign-in at the provider’s own page."), NULL);
  return rst_talk_fail (talk, error, RST_ERROR_NOMECH,
                        _("The server offers no way to sign in that works with a password."), NULL);
}
