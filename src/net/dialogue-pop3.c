/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * POP3 (RFC 1939) with CAPA (RFC 2449), STLS (RFC 2595), AUTH (RFC 5034) and response codes (RFC
 * 3206). Asks what the server can do, signs in if wanted, and asks how much mail there is and how
 * the first message is called. No message is fetched or deleted.
 */
#include "rst-signin.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer names and passwords wait for the server's prompt: a command has at most 255 bytes (RFC
 * 5034). */
#define INITIAL_MAX 120

enum {
  GREETING,
  STLS,
  CAPA,
  CAPA_BODY,
  AUTH,
  UTF8,
  USER,
  PASS,
  CAPA_AGAIN,
  CAPA_AGAIN_BODY,
  STAT,
  UIDL,
  BYE,
};

static gboolean
is_body (const RstTalk *talk)
{
  return talk->state == CAPA_BODY || talk->state == CAPA_AGAIN_BODY;
}

/* “-ERR [CODE] text”: takes the code out of the text. */
static void
take_code (RstReply *reply,
           char     *text)
{
  char *end = *text == '[' ? strchr (text, ']') : NULL;

  reply->text = text;
  if (end == NULL)
    return;
  *end = '\0';
  reply->code = text + 1;
  reply->text = g_strchug (end + 1);
}

static gboolean
parse (RstTalk   *talk,
       char      *line,
       gsize      end_length,
       RstReply  *reply,
       GError   **error)
{
  char *text = line + strcspn (line, " ");

  if (is_body (talk))
    {
      reply->kind = g_str_equal (line, ".") ? RST_REPLY_END : RST_REPLY_DATA;
      reply->ok = TRUE;
      reply->text = line;
      return TRUE;
    }
  if (*text != '\0')
    *text++ = '\0';
  reply->status = line;
  reply->ok = g_str_equal (line, "+OK");
  if (g_str_equal (line, "+"))
    reply->kind = RST_REPLY_PROMPT;
  else if (reply->ok || g_str_equal (line, "-ERR"))
    reply->kind = RST_REPLY_END;
  else
    {
      rst_talk_fail_protocol (talk, error);
      return FALSE;
    }
  if (reply->kind == RST_REPLY_PROMPT)
    reply->text = text;
  else
    take_code (reply, text);
  return TRUE;
}

static RstStep
read_greeting (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_talk_fail (talk, error, RST_ERROR_BUSY, _("The server turns connections away."),
                          reply->text);
  talk->facts->greeting = rst_text_clean (reply->text, -1, RST_TEXT_MAX);
  /* Asked for without CAPA first: the answer is just as sure, and one round trip sooner, while a list in
   * the clear is worth nothing. Both cannot leave together, as nothing may follow STLS. */
  return talk->secured ? rst_talk_say (talk, CAPA, "CAPA") : rst_talk_say (talk, STLS, "STLS");
}

static RstStep
read_stls (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_talk_fail (talk, error, RST_ERROR_NOTLS,
                          _("The server offers no encryption (STARTTLS) on this port."), NULL);
  return RST_STEP_SECURE;
}

static RstStep
secured (RstTalk  *talk,
         GError  **error)
{
  return rst_talk_say (talk, CAPA, "CAPA");
}

/* Other letters than those of ASCII in USER and PASS have to be announced, where a server knows of that (RFC
 * 6856 section 2.1). SASL has no need of it. */
static gboolean
needs_utf8 (RstTalk *talk)
{
  return g_hash_table_contains (talk->facts->more, "utf8-user") &&
         !(g_str_is_ascii (talk->username) && g_str_is_ascii (rst_secret_peek (talk->password)));
}

static RstStep
sign_in (RstTalk  *talk,
         gboolean  has_capa,
         GError  **error)
{
  if (talk->username == NULL)
    return RST_STEP_DONE;
  if (rst_signin_choose (talk))
    return rst_signin_start (talk, AUTH, "AUTH",
                             strlen (talk->username) + strlen (rst_secret_peek (talk->password)) <=
                                 INITIAL_MAX,
                             error);
  if ((has_capa && !rst_facts_has_capability (talk->facts, "USER")) || rst_secret_is_token (talk->password))
    return rst_signin_no_way (talk, error);
  talk->mechanism = "USER";
  if (needs_utf8 (talk))
    return rst_talk_say (talk, UTF8, "UTF8");
  return rst_talk_say_secret (talk, USER, "USER ", talk->username);
}

static RstStep
read_capa (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return sign_in (talk, FALSE, error);
  rst_talk_forget (talk);
  rst_talk_enter (talk, CAPA_BODY);
  return RST_STEP_READ;
}

/* The number is the least that any mailbox has (RFC 2449 section 6), until the sign-in tells better. */
static void
note_by_mailbox (RstTalk    *talk,
                 const char *fact,
                 char      **words)
{
  g_hash_table_remove (talk->facts->more, fact);
  if (words[1] != NULL && words[2] != NULL && g_ascii_strcasecmp (words[2], "USER") == 0)
    rst_talk_note (talk, fact, "yes");
}

static void
note_capability (RstTalk    *talk,
                 const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autofree char *rest = words[0] != NULL ? g_strjoinv (" ", words + 1) : NULL;

  if (words[0] == NULL)
    return;
  /* GNU Mailutils writes “EXPIRENEVER”. */
  if (g_ascii_strcasecmp (words[0], "EXPIRENEVER") == 0)
    {
      rst_talk_add_capability (talk, "EXPIRE");
      rst_talk_note (talk, "expire", "NEVER");
      return;
    }
  rst_talk_add_capability (talk, words[0]);
  if (g_ascii_strcasecmp (words[0], "SASL") == 0)
    for (char **word = words + 1; *word != NULL; word++)
      rst_talk_add_auth (talk, *word);
  else if (g_ascii_strcasecmp (words[0], "EXPIRE") == 0 && words[1] != NULL)
    {
      rst_talk_note (talk, "expire", words[1]);
      note_by_mailbox (talk, "expire-by-mailbox", words);
    }
  else if (g_ascii_strcasecmp (words[0], "LOGIN-DELAY") == 0)
    {
      rst_talk_note_number (talk, "login-delay", words[1]);
      note_by_mailbox (talk, "login-delay-by-mailbox", words);
    }
  else if (g_ascii_strcasecmp (words[0], "UTF8") == 0 && words[1] != NULL &&
           g_ascii_strcasecmp (words[1], "USER") == 0)
    rst_talk_note (talk, "utf8-user", "yes");
  else if (g_ascii_strcasecmp (words[0], "IMPLEMENTATION") == 0)
    rst_talk_note (talk, "implementation", rest);
}

static RstStep
read_capa_body (RstTalk         *talk,
                const RstReply  *reply,
                GError         **error)
{
  if (reply->kind == RST_REPLY_END)
    return sign_in (talk, TRUE, error);
  note_capability (talk, reply->text);
  return RST_STEP_READ;
}

static RstStep
signed_in (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (!reply->ok)
    return rst_signin_refused (talk, reply, error);
  if (!rst_signin_accept (talk, error))
    return RST_STEP_FAIL;
  return rst_talk_say (talk, CAPA_AGAIN, "CAPA");
}

static RstStep
read_auth (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_signin_answer (talk, AUTH, reply->text, error);
  return signed_in (talk, reply, error);
}

static RstStep
read_utf8 (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  return rst_talk_say_secret (talk, USER, "USER ", talk->username);
}

static RstStep
read_user (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_signin_refused (talk, reply, error);
  return rst_talk_say_secret (talk, PASS, "PASS ", rst_secret_peek (talk->password));
}

static RstStep
read_pass (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  return signed_in (talk, reply, error);
}

/* Some capabilities are told, or differ, only after the sign-in (RFC 2449 section 5). */
static RstStep
read_capa_again (RstTalk         *talk,
                 const RstReply  *reply,
                 GError         **error)
{
  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_talk_say (talk, STAT, "STAT");
  rst_talk_enter (talk, CAPA_AGAIN_BODY);
  return RST_STEP_READ;
}

static RstStep
read_capa_again_body (RstTalk         *talk,
                      const RstReply  *reply,
                      GError         **error)
{
  if (reply->kind == RST_REPLY_END)
    return rst_talk_say (talk, STAT, "STAT");
  note_capability (talk, reply->text);
  return RST_STEP_READ;
}

/* The answer is waited for: until the session has ended, the next one may find the mailbox
 * locked. */
static RstStep
quit (RstTalk *talk)
{
  return rst_talk_say (talk, BYE, "QUIT");
}

/* GNU Mailutils makes up the name when it is asked for it, and writes it into the mailbox. */
static gboolean
keeps_names (const RstTalk *talk)
{
  const char *server = g_hash_table_lookup (talk->facts->more, "implementation");

  return rst_facts_has_capability (talk->facts, "UIDL") &&
         (server == NULL || strstr (server, "Mailutils") == NULL);
}

static RstStep
read_stat (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  g_auto (GStrv) words = g_strsplit (reply->text, " ", 3);

  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (rst_signin_is_trouble (talk, reply))
    return rst_signin_refused (talk, reply, error);
  if (!reply->ok || g_strv_length (words) < 2)
    return quit (talk);
  rst_talk_note_number (talk, "messages", words[0]);
  rst_talk_note_number (talk, "size", words[1]);
  if (g_str_equal (words[0], "0") || !keeps_names (talk))
    return quit (talk);
  return rst_talk_say (talk, UIDL, "UIDL 1");
}

static RstStep
read_uidl (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  g_auto (GStrv) words = g_strsplit (reply->text, " ", 3);

  if (reply->kind != RST_REPLY_END)
    return rst_talk_fail_protocol (talk, error);
  if (reply->ok && g_strv_length (words) == 2 && g_str_equal (words[0], "1"))
    rst_talk_note (talk, "first-uid", words[1]);
  return quit (talk);
}

static RstStep
read_bye (RstTalk         *talk,
          const RstReply  *reply,
          GError         **error)
{
  return RST_STEP_DONE;
}

static const RstState states[] = {
  [GREETING] = { "greeting", RST_PHASE_GREETING, read_greeting },
  [STLS] = { "stls", RST_PHASE_STARTTLS, read_stls },
  [CAPA] = { "capa", RST_PHASE_CAPABILITIES, read_capa },
  [CAPA_BODY] = { "capa-body", RST_PHASE_CAPABILITIES, read_capa_body },
  [AUTH] = { "auth", RST_PHASE_SIGN_IN, read_auth },
  [UTF8] = { "utf8", RST_PHASE_SIGN_IN, read_utf8 },
  [USER] = { "user", RST_PHASE_SIGN_IN, read_user },
  [PASS] = { "pass", RST_PHASE_SIGN_IN, read_pass },
  [CAPA_AGAIN] = { "capa-again", RST_PHASE_MAILBOX, read_capa_again },
  [CAPA_AGAIN_BODY] = { "capa-again-body", RST_PHASE_MAILBOX, read_capa_again_body },
  [STAT] = { "stat", RST_PHASE_MAILBOX, read_stat },
  [UIDL] = { "uidl", RST_PHASE_MAILBOX, read_uidl },
  [BYE] = { "bye", RST_PHASE_GOODBYE, read_bye },
};

const RstDialogue rst_dialogue_pop3 = {
  .protocol = RST_PROTOCOL_POP3,
  .service = "pop",
  .goodbye = "QUIT",
  .max_answer = 64 * 1024,
  .max_lines = 102,
  .states = states,
  .parse = parse,
  .secured = secured,
};
