/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IMAP4rev1 and rev2 (RFC 3501, RFC 9051) with STARTTLS, SASL-IR (RFC 4959) and response codes (RFC
 * 5530). Asks what the server can do, signs in if wanted, and then asks about the mailbox, one
 * question after the other and only those that the server says it knows. INBOX is only examined and
 * of the first message only the number and date are fetched, so nothing changes. What may be endless,
 * the list of folders, comes last. Referrals (RFC 2221) are not followed.
 */
#include "rst-imap-mailbox.h"
#include "rst-imap-untagged.h"
#include "rst-imap.h"
#include "rst-signin.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
  GREETING,
  CAPABILITY,
  STARTTLS,
  CAPABILITY_SECURE,
  AUTHENTICATE,
  LOGIN,
  LOGIN_NAME,
  LOGIN_PASSWORD,
  CAPABILITY_AGAIN,
  IDENTITY,
  QUOTA,
  STATUS,
  EXAMINE,
  FIRST,
  OLDER,
  FOLDERS,
};

#define VALIDITY_CODE "UIDVALIDITY "

static RstStep
say (RstTalk    *talk,
     guint       state,
     const char *command)
{
  return rst_talk_say (talk, state, "a%u %s", ++talk->tag, command);
}

static RstStep
read_greeting (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (reply->kind != RST_REPLY_DATA)
    return rst_talk_fail_protocol (talk, error);
  if (g_ascii_strcasecmp (reply->status, "BYE") == 0)
    return rst_signin_turned_away (talk, reply, error);
  /* Signed in before anybody said who we are: after it no encryption could be asked for. */
  if (g_ascii_strcasecmp (reply->status, "PREAUTH") == 0)
    return rst_talk_fail (
        talk, error, talk->secured ? RST_ERROR_PROTO : RST_ERROR_TAMPER,
        _("The server claims that you are signed in already, which would keep the connection "
           "from being encrypted."),
        NULL);
  if (!reply->ok)
    return rst_talk_fail_protocol (talk, error);
  talk->facts->greeting = rst_text_clean (reply->text, -1, RST_TEXT_MAX);
  rst_imap_note_code (talk, reply);
  if (talk->secured)
    return say (talk, CAPABILITY_SECURE, "CAPABILITY");
  if (rst_facts_has_capability (talk->facts, "STARTTLS"))
    return say (talk, STARTTLS, "STARTTLS");
  return say (talk, CAPABILITY, "CAPABILITY");
}

static RstStep
no_tls (RstTalk  *talk,
        GError  **error)
{
  return rst_talk_fail (talk, error, RST_ERROR_NOTLS,
                        _("The server offers no encryption (STARTTLS) on this port."), NULL);
}

static RstStep
read_capability (RstTalk         *talk,
                 const RstReply  *reply,
                 GError         **error)
{
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok || !rst_facts_has_capability (talk->facts, "STARTTLS"))
    return no_tls (talk, error);
  return say (talk, STARTTLS, "STARTTLS");
}

static RstStep
read_starttls (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  return reply->ok ? RST_STEP_SECURE : no_tls (talk, error);
}

static RstStep
secured (RstTalk  *talk,
         GError  **error)
{
  return say (talk, CAPABILITY_SECURE, "CAPABILITY");
}

/* Other letters than those of ASCII go as literals, which take any byte (RFC 3501 section 9). RFC 6855
 * section 5 wants AUTHENTICATE for them: LOGIN is for servers that have nothing else. */
static RstStep
log_in (RstTalk *talk)
{
  const char *password = rst_secret_peek (talk->password);
  g_autofree char *command = NULL;
  g_autofree char *name = NULL;
  char *quoted;

  talk->mechanism = "LOGIN";
  if (!rst_imap_is_safe (talk->username) || !rst_imap_is_safe (password))
    {
      command = g_strdup_printf ("LOGIN {%" G_GSIZE_FORMAT "}", strlen (talk->username));
      return say (talk, LOGIN_NAME, command);
    }
  name = rst_imap_quote (talk->username);
  quoted = rst_imap_quote (password);
  command = g_strdup_printf ("a%u LOGIN %s ", ++talk->tag, name);
  rst_talk_say_secret (talk, LOGIN, command, quoted);
  rst_wipe_free (quoted);
  return RST_STEP_SEND;
}

static RstStep
read_capability_secure (RstTalk         *talk,
                        const RstReply  *reply,
                        GError         **error)
{
  g_autofree char *command = NULL;

  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_PROMPT || !reply->ok || !talk->noted)
    return rst_talk_fail_protocol (talk, error);
  if (talk->username == NULL)
    return RST_STEP_DONE;
  if (!rst_signin_choose (talk))
    return rst_facts_has_capability (talk->facts, "LOGINDISABLED") || rst_secret_is_token (talk->password)
             ? rst_signin_no_way (talk, error)
             : log_in (talk);
  command = g_strdup_printf ("a%u AUTHENTICATE", ++talk->tag);
  return rst_signin_start (talk, AUTHENTICATE, command,
                           rst_facts_has_capability (talk->facts, "SASL-IR"), error);
}

/* Asked for more than they know, some servers answer BAD, others leave it out. */
static RstStep
ask_status (RstTalk *talk)
{
  if (rst_facts_has_capability (talk->facts, "STATUS=SIZE"))
    return say (talk, STATUS, "STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY SIZE)");
  return say (talk, STATUS, "STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)");
}

static RstStep
ask_quota (RstTalk *talk)
{
  if (rst_facts_has_capability (talk->facts, "QUOTA"))
    return say (talk, QUOTA, "GETQUOTAROOT INBOX");
  return ask_status (talk);
}

/* Some providers lock out who does not say this first. */
static RstStep
ask_mailbox (RstTalk *talk)
{
  if (rst_facts_has_capability (talk->facts, "ID"))
    return say (talk, IDENTITY, "ID (\"name\" \"Restante\" \"version\" \"" RST_VERSION "\")");
  return ask_quota (talk);
}

/* The end of every way to sign in. */
static RstStep
read_signed_in (RstTalk         *talk,
                const RstReply  *reply,
                GError         **error)
{
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_talk_fail_protocol (talk, error);
  if (!reply->ok)
    return rst_signin_refused (talk, reply, error);
  rst_imap_note_code (talk, reply);
  if (!rst_signin_accept (talk, error))
    return RST_STEP_FAIL;
  return talk->noted ? ask_mailbox (talk) : say (talk, CAPABILITY_AGAIN, "CAPABILITY");
}

static RstStep
read_authenticate (RstTalk         *talk,
                   const RstReply  *reply,
                   GError         **error)
{
  if (reply->kind == RST_REPLY_PROMPT)
    return rst_signin_answer (talk, AUTHENTICATE, reply->text, error);
  return read_signed_in (talk, reply, error);
}

static RstStep
read_login_name (RstTalk         *talk,
                 const RstReply  *reply,
                 GError         **error)
{
  g_autofree char *name = NULL;

  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_END)
    return reply->ok ? rst_talk_fail_protocol (talk, error)
                     : rst_signin_refused (talk, reply, error);
  name = g_strdup_printf ("%s {%" G_GSIZE_FORMAT "}", talk->username,
                          strlen (rst_secret_peek (talk->password)));
  return rst_talk_say_secret (talk, LOGIN_PASSWORD, "", name);
}

static RstStep
read_login_password (RstTalk         *talk,
                     const RstReply  *reply,
                     GError         **error)
{
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (reply->kind == RST_REPLY_END)
    return reply->ok ? rst_talk_fail_protocol (talk, error)
                     : rst_signin_refused (talk, reply, error);
  return rst_talk_say_secret (talk, LOGIN, "", rst_secret_peek (talk->password));
}

static RstStep
read_capability_again (RstTalk         *talk,
                       const RstReply  *reply,
                       GError         **error)
{
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  return ask_mailbox (talk);
}

static RstStep
read_identity (RstTalk         *talk,
               const RstReply  *reply,
               GError         **error)
{
  if (reply->kind == RST_REPLY_DATA && g_ascii_strcasecmp (reply->status, "ID") == 0)
    {
      rst_imap_note_server (talk, reply->text);
      return RST_STEP_READ;
    }
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  return ask_quota (talk);
}

static RstStep
read_quota (RstTalk         *talk,
            const RstReply  *reply,
            GError         **error)
{
  if (reply->kind == RST_REPLY_DATA && g_ascii_strcasecmp (reply->status, "QUOTA") == 0)
    {
      rst_imap_note_quota (talk, reply->text);
      return RST_STEP_READ;
    }
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  return ask_status (talk);
}

/* With what each folder is for, where the server tells that only if asked (RFC 6154 section 5.1). */
static RstStep
ask_folders (RstTalk *talk)
{
  gboolean extended = rst_facts_has_capability (talk->facts, "LIST-EXTENDED") ||
                      rst_facts_has_capability (talk->facts, "IMAP4REV2");

  if (extended && rst_facts_has_capability (talk->facts, "SPECIAL-USE"))
    return say (talk, FOLDERS, "LIST \"\" \"*\" RETURN (SPECIAL-USE)");
  return say (talk, FOLDERS, "LIST \"\" \"*\"");
}

static RstStep
ask_first (RstTalk *talk)
{
  const char *messages = g_hash_table_lookup (talk->facts->more, "messages");

  if (messages == NULL || g_str_equal (messages, "0"))
    return ask_folders (talk);
  return say (talk, EXAMINE, "EXAMINE INBOX");
}

static RstStep
read_status (RstTalk         *talk,
             const RstReply  *reply,
             GError         **error)
{
  if (reply->kind == RST_REPLY_DATA && g_ascii_strcasecmp (reply->status, "STATUS") == 0)
    {
      rst_imap_note_status (talk, reply->text);
      return RST_STEP_READ;
    }
  if (reply->kind == RST_REPLY_DATA)
    return rst_imap_read_data (talk, reply, error);
  if (rst_signin_is_trouble (talk, reply))
    return rst_signin_refused (talk, reply, error);
  return ask_first (talk);
}

static RstStep
read_examine (RstTalk         *talk,
              const RstReply  *reply,
              GError         **error)
{
  if (reply->kind != RST_REPLY_DATA)
    return reply->ok ? say (talk, FIRST, "FETCH 1 (UID INTERNALDATE)") : ask_folders (talk);
  if (reply->code != NULL &&
      g_ascii_strncasecmp (reply->code, VALIDITY_CODE, strlen (VALIDITY_CODE)) == 0)
    rst_talk_note_number (talk, "uid-validity", reply->code + strlen (VALIDITY_CODE));
  return rst_imap_read_data (talk, reply, error);
}

/* The first message need not be the one that came first: others may have been copied in later. They are
 * counted, not listed (RFC 4731). */
static RstStep
ask_older (RstTalk *talk)
{
  const char *first = g_hash_table_lookup (talk->facts->more, "oldest");
  g_autofree char *day = first != NULL ? rst_imap_format_day (first) : NULL;
  g_autofree char *command = NULL;

  if (day == NULL || !(rst_facts_has_capability (talk->facts, "ESEARCH") ||
                       rst_facts_has_capability (talk->facts, "IMAP4REV2")))
    return ask_folders (talk);
  command = g_strdup_printf ("SEARCH RETURN (COUNT) BEFORE %s", day);
  return say (talk, OLDER, command);
}

static RstStep
read_first (RstTalk         *talk,
            const RstReply  *reply,
            GError         **error)
{
  if (reply->kind != RST_REPLY_DATA)
    return ask_older (talk);
  if (g_str_equal (reply->status, "1") && g_ascii_strncasecmp (reply->text, "FETCH ", 6) == 0)
    rst_imap_note_message (talk, reply->text + 6);
  return rst_imap_read_data (talk, reply, error);
}

static RstStep
read_older (RstTalk         *talk,
            const RstReply  *reply,
            GError         **error)
{
  if (reply->kind == RST_REPLY_DATA && g_ascii_strcasecmp (reply->status, "ESEARCH") == 0)
    {
      rst_imap_note_older (talk, reply->text);
      return RST_STEP_READ;
    }
  return reply->kind == RST_REPLY_DATA ? rst_imap_read_data (talk, reply, error) : ask_folders (talk);
}

static RstStep
read_folders (RstTalk         *talk,
              const RstReply  *reply,
              GError         **error)
{
  if (reply->kind == RST_REPLY_DATA && g_ascii_strcasecmp (reply->status, "LIST") == 0)
    {
      rst_imap_note_folder (talk, reply->text);
      return RST_STEP_READ;
    }
  return reply->kind == RST_REPLY_DATA ? rst_imap_read_data (talk, reply, error) : RST_STEP_DONE;
}

/* To count may take long in a large mailbox. Then nothing is known of it. */
static void
cut_older (RstTalk *talk)
{
  g_hash_table_remove (talk->facts->more, "older");
}

static void
cut_folders (RstTalk *talk)
{
  rst_talk_note (talk, "folders-cut", "yes");
}

static const RstState states[] = {
  [GREETING] = { "greeting", RST_PHASE_GREETING, read_greeting },
  [CAPABILITY] = { "capability", RST_PHASE_CAPABILITIES, read_capability },
  [STARTTLS] = { "starttls", RST_PHASE_STARTTLS, read_starttls },
  [CAPABILITY_SECURE] = { "capability-secure", RST_PHASE_CAPABILITIES, read_capability_secure },
  [AUTHENTICATE] = { "authenticate", RST_PHASE_SIGN_IN, read_authenticate },
  [LOGIN] = { "login", RST_PHASE_SIGN_IN, read_signed_in },
  [LOGIN_NAME] = { "login-name", RST_PHASE_SIGN_IN, read_login_name },
  [LOGIN_PASSWORD] = { "login-password", RST_PHASE_SIGN_IN, read_login_password },
  [CAPABILITY_AGAIN] = { "capability-again", RST_PHASE_MAILBOX, read_capability_again },
  [IDENTITY] = { "identity", RST_PHASE_MAILBOX, read_identity },
  [QUOTA] = { "quota", RST_PHASE_MAILBOX, read_quota },
  [STATUS] = { "status", RST_PHASE_MAILBOX, read_status },
  [EXAMINE] = { "examine", RST_PHASE_MAILBOX, read_examine },
  [FIRST] = { "first", RST_PHASE_MAILBOX, read_first },
  [OLDER] = { "older", RST_PHASE_MAILBOX, read_older, cut_older },
  [FOLDERS] = { "folders", RST_PHASE_MAILBOX, read_folders, cut_folders },
};

const RstDialogue rst_dialogue_imap = {
  .protocol = RST_PROTOCOL_IMAP,
  .service = "imap",
  .goodbye = "z LOGOUT",
  .max_answer = 256 * 1024,
  .max_lines = 1000,
  .states = states,
  .parse = rst_imap_parse,
  .secured = secured,
};
