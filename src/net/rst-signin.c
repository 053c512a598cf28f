/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-signin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a refusal means: RFC 5530 (IMAP), RFC 2449 and 3206 (POP3), RFC 4954 and 5248 (SMTP). The
 * first line whose protocol and patterns fit is taken; “*” at the end of a pattern is for the
 * rest. */
static const struct {
  RstProtocol protocol;
  const char *code;   /* (nullable) of the reply */
  const char *status; /* (nullable) of the reply */
  RstError    kind;
  const char *sentence;
} refusals[] = {
  { RST_PROTOCOL_IMAP, "UNAVAILABLE", NULL, RST_ERROR_BUSY,
    N_("The server cannot check passwords at the moment.") },
  { RST_PROTOCOL_IMAP, "LIMIT", NULL, RST_ERROR_BUSY,
    N_("The server has too many connections from you already.") },
  { RST_PROTOCOL_IMAP, "INUSE", NULL, RST_ERROR_BUSY,
    N_("The mailbox is in use by another program.") },
  { RST_PROTOCOL_IMAP, "SERVERBUG", NULL, RST_ERROR_BUSY,
    N_("The server has a fault of its own.") },
  { RST_PROTOCOL_IMAP, "PRIVACYREQUIRED", NULL, RST_ERROR_NOTLS,
    N_("The server wants a safer connection than this one.") },
  { RST_PROTOCOL_IMAP, "CONTACTADMIN", NULL, RST_ERROR_AUTH,
    N_("The provider has blocked this account. Ask the provider why.") },
  { RST_PROTOCOL_IMAP, "EXPIRED", NULL, RST_ERROR_AUTH,
    N_("The password has expired. Set a new one at the provider.") },
  { RST_PROTOCOL_IMAP, "AUTHORIZATIONFAILED", NULL, RST_ERROR_AUTH,
    N_("The server does not let this user in here.") },
  { RST_PROTOCOL_IMAP, "OVERQUOTA", NULL, RST_ERROR_AUTH,
    N_("The mailbox is full, and the server lets nobody in until there is room.") },
  { RST_PROTOCOL_IMAP, "REFERRAL*", NULL, RST_ERROR_AUTH,
    N_("The server sends you to another server. That can be a trap, so it was not followed.") },
  { RST_PROTOCOL_IMAP, NULL, "BAD", RST_ERROR_PROTO,
    N_("The server did not understand the sign-in.") },
  { RST_PROTOCOL_POP3, "SYS/TEMP", NULL, RST_ERROR_BUSY,
    N_("The server has trouble with this mailbox at the moment.") },
  { RST_PROTOCOL_POP3, "SYS/PERM", NULL, RST_ERROR_BUSY,
    N_("The server has lasting trouble with this mailbox. Tell the provider.") },
  { RST_PROTOCOL_POP3, "IN-USE", NULL, RST_ERROR_BUSY,
    N_("The mailbox is in use by another program.") },
  { RST_PROTOCOL_POP3, "LOGIN-DELAY", NULL, RST_ERROR_BUSY,
    N_("The server lets you sign in only now and then, and the last time was too recent.") },
  { RST_PROTOCOL_SMTP, "5.7.9", NULL, RST_ERROR_AUTH,
    N_("The server wants another way to sign in, often a separate password for mail programs "
       "(app password).") },
  { RST_PROTOCOL_SMTP, "5.7.13", NULL, RST_ERROR_AUTH,
    N_("The provider has switched this account off. Ask the provider why.") },
  { RST_PROTOCOL_SMTP, "5.7.14", NULL, RST_ERROR_AUTH,
    N_("The provider wants you to sign in to its website first.") },
  { RST_PROTOCOL_SMTP, NULL, "432", RST_ERROR_AUTH,
    N_("The password has to be changed at the provider first.") },
  { RST_PROTOCOL_SMTP, NULL, "421", RST_ERROR_BUSY,
    N_("The server is too busy at the moment.") },
  { RST_PROTOCOL_SMTP, NULL, "4*", RST_ERROR_BUSY,
    N_("The server cannot check passwords at the moment.") },
  { RST_PROTOCOL_SMTP, NULL, "534", RST_ERROR_AUTH,
    N_("The server wants another way to sign in, often a separate password for mail programs "
       "(app password).") },
  { RST_PROTOCOL_SMTP, NULL, "504", RST_ERROR_NOMECH,
    N_("The server does not know the way of signing in that it offered.") },
  { RST_PROTOCOL_SMTP, NULL, "538", RST_ERROR_NOTLS,
    N_("The server wants a safer connection than this one.") },
  { RST_PROTOCOL_SMTP, NULL, "50*", RST_ERROR_PROTO,
    N_("The server did not understand the sign-in.") },
};

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
  if (talk->sasl != NULL && rst_sasl_get_refusal (talk->sasl) != RST_BEARER_NOT_REFUSED)
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

static gboolean
fits (const char *pattern,
      const char *text)
{
  gsize n;

  if (pattern == NULL)
    return TRUE;
  if (text == NULL)
    return FALSE;
  n = strlen (pattern);
  if (pattern[n - 1] == '*')
    return g_ascii_strncasecmp (pattern, text, n - 1) == 0;
  return g_ascii_strcasecmp (pattern, text) == 0;
}

static gsize
find_refusal (RstTalk        *talk,
              const RstReply *reply)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (refusals) &&
         !(refusals[i].protocol == talk->dialogue->protocol &&
           fits (refusals[i].code, reply->code) && fits (refusals[i].status, reply->status)))
    i++;
  return i;
}

/* Neither the name nor a password is what is wrong, whatever the server's words are. */
static const char *
explain_token (RstTalk *talk)
{
  if (talk->sasl != NULL && rst_sasl_get_refusal (talk->sasl) == RST_BEARER_SCOPE)
    return _("The sign-in in the browser does not allow programs to use mail. Sign in again and allow it.");
  return _("The server did not accept the sign-in in the browser: it has expired, or was for another "
           "account. Sign in again.");
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
  gsize i = find_refusal (talk, reply);

  if (rst_secret_is_token (talk->password) &&
      (i == G_N_ELEMENTS (refusals) || rst_sasl_get_refusal (talk->sasl) != RST_BEARER_NOT_REFUSED))
    return rst_talk_fail (talk, error, RST_ERROR_AUTH, explain_token (talk), reply->text);
  if (i < G_N_ELEMENTS (refusals))
    return rst_talk_fail (talk, error, refusals[i].kind, _(refusals[i].sentence), reply->text);
  return rst_talk_fail (talk, error, RST_ERROR_AUTH,
                        _("The server refused the user name or the password."), reply->text);
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
  gsize i = find_refusal (talk, reply);

  return !reply->ok && i < G_N_ELEMENTS (refusals) && refusals[i].kind == RST_ERROR_BUSY;
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
    return rst_talk_fail (
        talk, error, RST_ERROR_NOMECH,
        _("This server takes no password: it wants a sign-in at the provider’s own page."), NULL);
  return rst_talk_fail (talk, error, RST_ERROR_NOMECH,
                        _("The server offers no way to sign in that works with a password."), NULL);
}
