/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program's one error domain. A code is a kind of trouble; the message says what happened, and
 * rst_error_get_advice() says what to try. Both are translated and ready to be shown.
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

GQuark      rst_error_quark      (void);
const char *rst_error_get_nick   (const GError *error);
const char *rst_error_get_advice (const GError *error);

G_END_DECLS
