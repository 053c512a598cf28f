/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program's one error domain. A code is a kind of trouble, a cause says more of it where that is known;
 * the message says what happened, and rst_error_get_advice() says what to try. Both are translated and ready
 * to be shown.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RST_ERROR (rst_error_quark ())

/**
 * RstError:
 * @RST_ERROR_NET: a host cannot be reached, or the connection broke
 * @RST_ERROR_NOTLS: the server offers no encryption that is safe
 * @RST_ERROR_CERT: the server's certificate is not acceptable
 * @RST_ERROR_TAMPER: somebody between here and the server alters the dialogue
 * @RST_ERROR_PROTO: the server speaks something else or breaks its protocol
 * @RST_ERROR_AUTH: the server refused name or password
 * @RST_ERROR_BUSY: the server asks to come back later
 * @RST_ERROR_WEAK: only unsafe ways to sign in are offered
 * @RST_ERROR_NOMECH: no way to sign in that this program knows
 * @RST_ERROR_CONFIG: the provider's settings file makes no sense
 * @RST_ERROR_FILE: a file cannot be read or written
 * @RST_ERROR_CONFLICT: a program is running, or a file changed meanwhile
 * @RST_ERROR_STORE: the password store refused or is absent
 * @RST_ERROR_INPUT: what the person entered cannot be right
 *
 * Kinds of trouble, the same in every layer.
 */
typedef enum {
  RST_ERROR_NET,
  RST_ERROR_NOTLS,
  RST_ERROR_CERT,
  RST_ERROR_TAMPER,
  RST_ERROR_PROTO,
  RST_ERROR_AUTH,
  RST_ERROR_BUSY,
  RST_ERROR_WEAK,
  RST_ERROR_NOMECH,
  RST_ERROR_CONFIG,
  RST_ERROR_FILE,
  RST_ERROR_CONFLICT,
  RST_ERROR_STORE,
  RST_ERROR_INPUT,
} RstError;

/**
 * RstTrouble:
 * @RST_TROUBLE_NONE: no more is known than the kind of trouble
 * @RST_TROUBLE_PASSWORD: user name or password are wrong, as far as the server tells
 * @RST_TROUBLE_APP_PASSWORD: a password made for one program is wanted
 * @RST_TROUBLE_BROWSER: no password is taken at all, only a sign-in at the provider's page
 * @RST_TROUBLE_TOKEN: a sign-in in the browser has expired, or allows too little
 * @RST_TROUBLE_WEB_SIGN_IN: the provider wants to see the person on its website first
 * @RST_TROUBLE_SWITCHED_OFF: the protocol is switched off for this account
 * @RST_TROUBLE_LOCKED: locked for a while, after too many attempts
 * @RST_TROUBLE_BLOCKED: the provider has blocked the account
 * @RST_TROUBLE_NOT_ALLOWED: the password is right, but not for this mailbox
 * @RST_TROUBLE_EXPIRED: the password has expired
 * @RST_TROUBLE_FULL: the mailbox is full
 * @RST_TROUBLE_CONNECTIONS: too many connections at once
 * @RST_TROUBLE_IN_USE: another program has the mailbox to itself
 * @RST_TROUBLE_TOO_SOON: the last sign-in was too recent
 * @RST_TROUBLE_TEMPORARY: the server has trouble that passes
 * @RST_TROUBLE_LASTING: the server has trouble that does not
 * @RST_TROUBLE_SILENT: the server does not answer in time
 * @RST_TROUBLE_NOT_FOUND: nobody who was asked knows a server
 * @RST_TROUBLE_REFERRAL: the server sends people elsewhere
 * @RST_TROUBLE_CERT_EXPIRED: the certificate is too old
 * @RST_TROUBLE_CERT_EARLY: the certificate is not valid yet
 * @RST_TROUBLE_CERT_NAME: the certificate is for another server
 * @RST_TROUBLE_CERT_ISSUER: an authority that nobody here knows vouches for the server
 * @RST_TROUBLE_CERT_SELF_SIGNED: nobody but itself vouches for the server
 * @RST_TROUBLE_CERT_CHAIN: the server seems to leave out who vouches for its authority
 * @RST_TROUBLE_CERT_REVOKED: the certificate was taken back
 * @RST_TROUBLE_CERT_WEAK: the certificate is made in a way that is no longer safe
 *
 * What lies behind an error, each with something else to try.
 */
typedef enum {
  RST_TROUBLE_NONE,
  RST_TROUBLE_PASSWORD,
  RST_TROUBLE_APP_PASSWORD,
  RST_TROUBLE_BROWSER,
  RST_TROUBLE_TOKEN,
  RST_TROUBLE_WEB_SIGN_IN,
  RST_TROUBLE_SWITCHED_OFF,
  RST_TROUBLE_LOCKED,
  RST_TROUBLE_BLOCKED,
  RST_TROUBLE_NOT_ALLOWED,
  RST_TROUBLE_EXPIRED,
  RST_TROUBLE_FULL,
  RST_TROUBLE_CONNECTIONS,
  RST_TROUBLE_IN_USE,
  RST_TROUBLE_TOO_SOON,
  RST_TROUBLE_TEMPORARY,
  RST_TROUBLE_LASTING,
  RST_TROUBLE_SILENT,
  RST_TROUBLE_NOT_FOUND,
  RST_TROUBLE_REFERRAL,
  RST_TROUBLE_CERT_EXPIRED,
  RST_TROUBLE_CERT_EARLY,
  RST_TROUBLE_CERT_NAME,
  RST_TROUBLE_CERT_ISSUER,
  RST_TROUBLE_CERT_SELF_SIGNED,
  RST_TROUBLE_CERT_CHAIN,
  RST_TROUBLE_CERT_REVOKED,
  RST_TROUBLE_CERT_WEAK,
} RstTrouble;

#define RST_N_TROUBLES 28

GQuark      rst_error_quark          (void);
const char *rst_error_get_nick       (const GError *error);
const char *rst_error_get_advice     (const GError *error);
void        rst_error_set_cause      (GError       *error,
                                      RstTrouble    cause);
void        rst_error_set_other_name (GError       *error,
                                      const char   *name,
                                      gboolean      certain);
RstTrouble  rst_error_get_cause      (const GError *error);
const char *rst_trouble_get_nick     (RstTrouble    self);

G_END_DECLS
