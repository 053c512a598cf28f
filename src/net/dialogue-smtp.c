/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Message submission (RFC 6409): SMTP (RFC 5321) with STARTTLS (RFC 3207), AUTH (RFC 4954), SIZE
 * (RFC 1870) and enhanced status codes (RFC 2034). Asks what the server can do and signs in if
 * wanted. No mail is sent. HELO is never tried: a server without EHLO has no encryption to offer.
 */
#include "rst-signin.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Longer names and passwords wait for the server's prompt: a command has at most 512 bytes (RFC
 * 5321 section 4.5.3.1.4). */
#define INITIAL_MAX 120

/* The name that we give. An address literal that says nothing about this computer. */
#define OUR_NAME "[127.0.0.1]"

enum {
  GREETING,
  EHLO,
  STARTTLS,
  EHLO_SECURE,
  AUTH,
};

static const char *
take_enhanced (char **text)
{
  char *code = *text;
  gsize n = strspn (code, "0123456789.");

  if (n < 5 || (code[n] != ' ' && code[n] != '\0') || code[1] != '.')
    return NULL;
  *text = code + n + (code[n] == ' ' ? 1 : 0);
  code[n] = '\0';
  return code;
}

/* Only the answer to EHLO is worth reading line by line; all others are gathered into one text. */
static gboolean
is_list (const RstTalk *talk)
{
  return talk->state == EHLO || talk->state == EHLO_SECURE;
}

static void
gather (RstTalk    *talk,
        RstReply   *reply,
        const char *text)
{
  if (talk->unfolded->len > 0)
    g_string_append_c (talk->unfolded, ' ');
  g_string_append (talk->unfolded, text);
  reply->text = talk->unfolded->str;
}

static gboolean
parse (RstTalk   *talk,
       char      *line,
       gsize      end_length,
       RstReply  *reply,
       GError   **error)
{
  gboolean more = strlen (line) > 3 && line[3] == '-';
  char *text;

  if (strspn (line, "0123456789") != 3 || strchr (" -", line[3]) == NULL || line[0] < '2' ||
      line[0] > '5' || (talk->tag != 0 && talk->tag != (guint) atoi (line)))
    {
      rst_talk_fail_protocol (talk, error);
      return FALSE;
    }
  if (talk->tag == 0)
    g_string_truncate (talk->unfolded, 0);
  text = line[3] != '\0' ? line + 4 : line + 3;
  line[3] = '\0';
  talk->tag = more ? (guint) atoi (line) : 0;
  reply->status = line;
  reply->ok = line[0] == '2';
  reply->text = text;
  if (more)
    reply->kind = is_list (talk) ? RST_REPLY_DATA : RST_REPLY_PARTIAL;
  else
    reply->kind = line[0] == '3' ? RST_REPLY_PROMPT : RST_REPLY_END;
  if (is_list (talk))
    return TRUE;
  if (talk->state == AUTH && line[0] != '3')
    reply->code = take_enhanced (&text);
  gather (talk, reply, text);
  return TRUE;
}

static RstStep
read_greeting (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (*reply->status == '4')
    return rst_talk_fail (talk, error, RST_ERROR_BUSY, _("The server is too busy at the moment."),
                          reply->text);
  if (*reply->status == '5')
    return rst_talk_fail (talk, error, RST_ERROR_PROTO, _("The server takes no mail here."),
                          reply->text);
  if (!g_str_equal (reply->status, "220"))
    return rst_talk_fail_protocol (talk, error);
  talk->facts->greeting = rst_text_clean (reply->text, -1, RST_TEXT_MAX);
  return rst_talk_say (talk, talk->secured ? EHLO_SECURE : EHLO, "EHLO " OUR_NAME);
}

static void
note_capability (RstTalk    *talk,
                 const char *line)
{
  /* “AUTH=LOGIN” with an equals sign is what some old servers wrote. */
  g_auto (GStrv) words = g_strsplit_set (line, " =", -1);

  /* The first line of the answer is the server's name. */
  if (!talk->noted || words[0] == NULL)
    {
      talk->noted = TRUE;
      return;
    }
  rst_talk_add_capability (talk, words[0]);
  if (g_ascii_strcasecmp (words[0], "AUTH") == 0)
    for (char **word = words + 1; *word != NULL; word++)
      rst_talk_add_auth (talk, *word);
  else if (g_ascii_strcasecmp (words[0], "SIZE") == 0)
    rst_talk_note_number (talk, "size-limit", words[1]);
}

static RstStep
no_tls (RstTalk  *talk,
        GError  **error)
{
  return rst_talk_fail (talk, error, RST_ERROR_NOTLS,
                        _("The server offers no encryption (STARTTLS) on this port."), NULL);
}

static RstStep
read_ehlo (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (*reply->status == '4')
    return rst_talk_fail (talk, error, RST_ERROR_BUSY, _("The server is too busy at the moment."),
                          reply->text);
  if (!reply->ok)
    return no_tls (talk, error);
  note_capability (talk, reply->text);
  if (reply->kind == RST_REPLY_DATA)
    return RST_STEP_READ;
  if (!rst_facts_has_capability (talk->facts, "STARTTLS"))
    return no_tls (talk, error);
  return rst_talk_say (talk, STARTTLS, "STARTTLS");
}

static RstStep
read_starttls (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (g_str_equal (reply->status, "220"))
    return RST_STEP_SECURE;
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (*reply->status == '4')
    return rst_talk_fail (talk, error, RST_ERROR_BUSY,
                          _("The server cannot set up encryption at the moment."), NULL);
  return no_tls (talk, error);
}

static RstStep
secured (RstTalk  *talk,
         GError  **error)
{
  return rst_talk_say (talk, EHLO_SECURE, "EHLO " OUR_NAME);
}

static RstStep
read_ehlo_secure (RstTalk         *talk,
                  const RstReply  *reply,
                  GError         **error)
{
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (*reply->status == '4')
    return rst_talk_fail (talk, error, RST_ERROR_BUSY, _("The server is too busy at the moment."),
                          reply->text);
  if (!reply->ok)
    return rst_talk_fail (talk, error, RST_ERROR_PROTO,
                          _("The server is too old: it cannot tell what it can do."), reply->text);
  note_capability (talk, reply->text);
  if (reply->kind == RST_REPLY_DATA)
    return RST_STEP_READ;
  if (talk->username == NULL)
    return RST_STEP_DONE;
  if (!rst_signin_choose (talk))
    return rst_signin_no_way (talk, error);
  return rst_signin_start (talk, AUTH, "AUTH",
                           strlen (talk->username) + strlen (rst_secret_peek (talk->password)) <=
                               INITIAL_MAX,
                           error);
}

static RstStep
read_auth (RstTalk         *talk,
           const RstReply  *reply,
           GError         **error)
{
  if (g_str_equal (reply->status, "334"))
    return rst_signin_answer (talk, AUTH, reply->text, error);
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_signin_refused (talk, reply, error);
  return rst_signin_accept (talk, error) ? RST_STEP_DONE : RST_STEP_FAIL;
}

static const RstState states[] = {
  [GREETING] = { "greeting", RST_PHASE_GREETING, read_greeting },
  [EHLO] = { "ehlo", RST_PHASE_CAPABILITIES, read_ehlo },
  [STARTTLS] = { "starttls", RST_PHASE_STARTTLS, read_starttls },
  [EHLO_SECURE] = { "ehlo-secure", RST_PHASE_CAPABILITIES, read_ehlo_secure },
  [AUTH] = { "auth", RST_PHASE_SIGN_IN, read_auth },
};

const RstDialogue rst_dialogue_smtp = {
  .protocol = RST_PROTOCOL_SMTP,
  .service = "smtp",
  .goodbye = "QUIT",
  .max_answer = 64 * 1024,
  .max_lines = 100,
  .states = states,
  .parse = parse,
  .secured = secured,
};
