/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-refusal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of a server's words is looked at (bytes). */
#define WORDS_MAX 1024

static const RstRefusal password = { RST_ERROR_AUTH, RST_TROUBLE_PASSWORD,
                                     N_("The server refused the user name or the password.") };
static const RstRefusal app_password = {
  RST_ERROR_AUTH, RST_TROUBLE_APP_PASSWORD,
  N_("The server wants a separate password for mail programs (app password).") };
static const RstRefusal other_way = {
  RST_ERROR_AUTH, RST_TROUBLE_APP_PASSWORD,
  N_("The server wants another way to sign in, often a separate password for mail programs "
     "(app password).") };
static const RstRefusal browser = {
  RST_ERROR_NOMECH, RST_TROUBLE_BROWSER,
  N_("This server takes no password: it wants a sign-in at the provider’s own page.") };
static const RstRefusal web_sign_in = { RST_ERROR_AUTH, RST_TROUBLE_WEB_SIGN_IN,
                                        N_("The provider wants you to sign in to its website first.") };
static const RstRefusal switched_off = {
  RST_ERROR_AUTH, RST_TROUBLE_SWITCHED_OFF,
  N_("The provider has this way to mail switched off for this account.") };
static const RstRefusal locked = {
  RST_ERROR_BUSY, RST_TROUBLE_LOCKED,
  N_("The provider has locked the account for a while, after too many attempts or too much traffic.") };
static const RstRefusal blocked = { RST_ERROR_AUTH, RST_TROUBLE_BLOCKED,
                                    N_("The provider has blocked this account.") };
static const RstRefusal not_allowed = { RST_ERROR_AUTH, RST_TROUBLE_NOT_ALLOWED,
                                        N_("The server does not let this user in here.") };
static const RstRefusal not_opened = {
  RST_ERROR_BUSY, RST_TROUBLE_LASTING,
  N_("The server took the password but could not open the mailbox.") };
static const RstRefusal expired = { RST_ERROR_AUTH, RST_TROUBLE_EXPIRED, N_("The password has expired.") };
static const RstRefusal to_change = { RST_ERROR_AUTH, RST_TROUBLE_EXPIRED,
                                      N_("The password has to be changed at the provider first.") };
static const RstRefusal full = {
  RST_ERROR_AUTH, RST_TROUBLE_FULL,
  N_("The mailbox is full, and the server lets nobody in until there is room.") };
static const RstRefusal connections = { RST_ERROR_BUSY, RST_TROUBLE_CONNECTIONS,
                                        N_("The server has too many connections from you already.") };
static const RstRefusal in_use = { RST_ERROR_BUSY, RST_TROUBLE_IN_USE,
                                   N_("The mailbox is in use by another program.") };
static const RstRefusal too_soon = {
  RST_ERROR_BUSY, RST_TROUBLE_TOO_SOON,
  N_("The server lets you sign in only now and then, and the last time was too recent.") };
static const RstRefusal unavailable = { RST_ERROR_BUSY, RST_TROUBLE_TEMPORARY,
                                        N_("The server cannot check passwords at the moment.") };
static const RstRefusal busy = { RST_ERROR_BUSY, RST_TROUBLE_TEMPORARY,
                                 N_("The server is too busy at the moment.") };
static const RstRefusal trouble = { RST_ERROR_BUSY, RST_TROUBLE_TEMPORARY,
                                    N_("The server has trouble with this mailbox at the moment.") };
static const RstRefusal lasting = { RST_ERROR_BUSY, RST_TROUBLE_LASTING,
                                    N_("The server has lasting trouble with this mailbox.") };
static const RstRefusal fault = { RST_ERROR_BUSY, RST_TROUBLE_LASTING,
                                  N_("The server has a fault of its own.") };
static const RstRefusal not_private = { RST_ERROR_NOTLS, RST_TROUBLE_NONE,
                                        N_("The server wants a safer connection than this one.") };
static const RstRefusal elsewhere = {
  RST_ERROR_AUTH, RST_TROUBLE_REFERRAL,
  N_("The server sends you to another server. That can be a trap, so it was not followed.") };
static const RstRefusal unknown_way = {
  RST_ERROR_NOMECH, RST_TROUBLE_NONE, N_("The server does not know the way of signing in that it offered.") };
static const RstRefusal not_understood = { RST_ERROR_PROTO, RST_TROUBLE_NONE,
                                           N_("The server did not understand the sign-in.") };

/* The words of providers, in lower case; “*” stands for anything. The first line that fits is taken. */
typedef struct {
  const char       *words;
  const RstRefusal *refusal;
} Wording;

/* These say more than the code beside them. */
static const Wording wordings[] = {
  { "application-specific password", &app_password },       /* Gmail, Zoho */
  { "application specific password", &app_password },
  { "app-specific password", &app_password },               /* iCloud */
  { "app password", &app_password },                        /* Fastmail */
  { "application password", &app_password },                /* Mail.ru */
  { "parol prilozheniya", &app_password },                  /* Mail.ru */
  { "enter your authorization code", &app_password },       /* QQ */
  { "log in via your web browser", &web_sign_in },          /* Gmail */
  { "web login required", &web_sign_in },                   /* Gmail */
  { "verify your account", &web_sign_in },                  /* Yahoo */
  { "basic authentication is disabled", &browser },         /* Microsoft */
  { "basicauthblocked", &browser },                         /* Microsoft */
  { "user is locked by your organization", &blocked },      /* Microsoft */
  { "criteria to be authenticated successfully", &blocked },/* Microsoft */
  { "or imap is disabled", &password },                     /* Yandex, who cannot tell either */
  { "or pop3 disabled", &password },
  { "not enabled for imap", &switched_off },                /* Gmail */
  { "not enabled for pop", &switched_off },
  { "pop not allowed", &switched_off },                     /* Yahoo */
  { "imap not allowed", &switched_off },
  { "access rights to this service", &switched_off },       /* Yandex */
  { "smtpclientauthentication is disabled", &switched_off },/* Microsoft */
  { "imap access*disabled", &switched_off },
  { "imap is disabled", &switched_off },
  { "pop access*disabled", &switched_off },
  { "pop3 access*disabled", &switched_off },
  { "pop3 is disabled", &switched_off },
  { "command or bandwidth limits", &locked },               /* Gmail */
  { "too many*connections", &connections },                 /* Gmail */
  { "maximum number of connections", &connections },        /* Dovecot, with POP's code for a lock */
  { "concurrent connections limit", &connections },         /* Microsoft */
  { "too many*attempts", &locked },                         /* Gmail, Yahoo */
  { "too many*failures", &locked },
  { "too many*failed", &locked },
  { "rate limit", &locked },                                /* Yahoo */
  { "request is throttled", &locked },                      /* Microsoft */
  { "account*temporarily", &locked },
  { "temporarily*locked", &locked },
  { "temporarily*blocked", &locked },
  { "account*locked", &locked },
  { "account*disabled", &blocked },
  { "account*suspended", &blocked },
  { "account*blocked", &blocked },
  { "account*deactivated", &blocked },
  { "account*closed", &blocked },
  { "user disabled", &blocked },
  { "user*suspended", &blocked },
  { "password*expired", &expired },
  { "password*must be changed", &to_change },
  { "over quota", &full },
  { "quota exceeded", &full },
  { "mailbox is full", &full },
  { "mailbox full", &full },
  { "authenticated but not connected", &not_opened },       /* Microsoft */
};

/* These count only where there is no code that says something. */
static const Wording hints[] = {
  { "temporary authentication failure", &unavailable },
  { "temporary system problem", &trouble },                 /* Gmail */
  { "system error", &trouble },                             /* Gmail */
  { "server error", &trouble },                             /* Yahoo */
  { "internal error", &trouble },
  { "temporarily unavailable", &trouble },
  { "try again later", &trouble },
};

/* Codes: RFC 5530 (IMAP), RFC 2449 and 3206 (POP3), RFC 4954 and 5248 (SMTP). The first line whose protocol
 * and patterns fit is taken; “*” at the end of a pattern is for the rest. */
static const struct {
  RstProtocol       protocol;
  const char       *code;   /* (nullable) of the reply */
  const char       *status; /* (nullable) of the reply */
  const RstRefusal *refusal;
} codes[] = {
  { RST_PROTOCOL_IMAP, "AUTHENTICATIONFAILED", NULL, &password },
  { RST_PROTOCOL_IMAP, "AUTHORIZATIONFAILED", NULL, &not_allowed },
  { RST_PROTOCOL_IMAP, "UNAVAILABLE", NULL, &unavailable },
  { RST_PROTOCOL_IMAP, "LIMIT", NULL, &connections },
  { RST_PROTOCOL_IMAP, "INUSE", NULL, &in_use },
  { RST_PROTOCOL_IMAP, "SERVERBUG", NULL, &fault },
  { RST_PROTOCOL_IMAP, "CORRUPTION", NULL, &lasting },
  { RST_PROTOCOL_IMAP, "CLIENTBUG", NULL, &not_understood },
  { RST_PROTOCOL_IMAP, "PRIVACYREQUIRED", NULL, &not_private },
  { RST_PROTOCOL_IMAP, "CONTACTADMIN", NULL, &blocked },
  { RST_PROTOCOL_IMAP, "EXPIRED", NULL, &expired },
  { RST_PROTOCOL_IMAP, "OVERQUOTA", NULL, &full },
  { RST_PROTOCOL_IMAP, "NOPERM", NULL, &not_allowed },
  { RST_PROTOCOL_IMAP, "WEBALERT*", NULL, &web_sign_in },
  { RST_PROTOCOL_IMAP, "REFERRAL*", NULL, &elsewhere },
  { RST_PROTOCOL_POP3, "AUTH", NULL, &password },
  { RST_PROTOCOL_POP3, "SYS/TEMP", NULL, &trouble },
  { RST_PROTOCOL_POP3, "SYS/PERM", NULL, &lasting },
  { RST_PROTOCOL_POP3, "IN-USE", NULL, &in_use },
  { RST_PROTOCOL_POP3, "LOGIN-DELAY", NULL, &too_soon },
  { RST_PROTOCOL_SMTP, "5.2.1", NULL, &blocked },
  { RST_PROTOCOL_SMTP, "5.2.2", NULL, &full },
  { RST_PROTOCOL_SMTP, "5.7.3", NULL, &password }, /* Microsoft */
  { RST_PROTOCOL_SMTP, "5.7.8", NULL, &password },
  { RST_PROTOCOL_SMTP, "5.7.9", NULL, &other_way },
  { RST_PROTOCOL_SMTP, "5.7.10", NULL, &not_private },
  { RST_PROTOCOL_SMTP, "5.7.11", NULL, &not_private },
  { RST_PROTOCOL_SMTP, "5.7.12", NULL, &to_change },
  { RST_PROTOCOL_SMTP, "5.7.13", NULL, &blocked },
  { RST_PROTOCOL_SMTP, "5.7.14", NULL, &web_sign_in },
  { RST_PROTOCOL_SMTP, NULL, "432", &to_change },
  { RST_PROTOCOL_SMTP, NULL, "421", &busy },
  { RST_PROTOCOL_SMTP, NULL, "4*", &unavailable },
  { RST_PROTOCOL_SMTP, NULL, "534", &other_way },
  { RST_PROTOCOL_SMTP, NULL, "504", &unknown_way },
  { RST_PROTOCOL_SMTP, NULL, "523", &not_private },
  { RST_PROTOCOL_SMTP, NULL, "530", &not_private },
  { RST_PROTOCOL_SMTP, NULL, "538", &not_private },
  { RST_PROTOCOL_SMTP, NULL, "50*", &not_understood },
};

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

/* Each part of @words in its order: as a server may send anything, no pattern that goes back. */
static gboolean
says (const char *text,
      const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "*", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      const char *found = strstr (text, *part);

      if (found == NULL)
        return FALSE;
      text = found + strlen (*part);
    }
  return TRUE;
}

static const RstRefusal *
find_wording (const Wording *list,
              gsize          n,
              const char    *text)
{
  for (gsize i = 0; i < n; i++)
    if (says (text, list[i].words))
      return list[i].refusal;
  return NULL;
}

static const RstRefusal *
find_code (RstProtocol     protocol,
           const RstReply *reply)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].protocol == protocol && fits (codes[i].code, reply->code) &&
        fits (codes[i].status, reply->status))
      return codes[i].refusal;
  return NULL;
}

/**
 * rst_refusal_find:
 * @protocol: a protocol
 * @reply: a server's refusal
 *
 * Returns: (transfer none) (nullable): what it means, %NULL if it says nothing that is known
 */
const RstRefusal *
rst_refusal_find (RstProtocol     protocol,
                  const RstReply *reply)
{
  g_autofree char *text = g_ascii_strdown (reply->text, (gssize) strnlen (reply->text, WORDS_MAX));
  const RstRefusal *found = find_wording (wordings, G_N_ELEMENTS (wordings), text);

  if (found == NULL)
    found = find_code (protocol, reply);
  if (found == NULL)
    found = find_wording (hints, G_N_ELEMENTS (hints), text);
  /* What was not even read says nothing about the sign-in. */
  if (found == NULL && protocol == RST_PROTOCOL_IMAP && g_ascii_strcasecmp (reply->status, "BAD") == 0)
    found = &not_understood;
  return found;
}
