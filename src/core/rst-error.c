/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rst-error-quark, rst_error)

static const struct {
  const char *nick;
  const char *advice;
} kinds[] = {
  [RST_ERROR_NET] = { "net", N_("Check the internet connection and the server name, then try again.") },
  [RST_ERROR_NOTLS] = { "notls",
                        N_("Do not send a password to this server. Ask the provider for a server with "
                           "encryption (TLS).") },
  [RST_ERROR_CERT] = { "cert",
                       N_("Check this computer’s date. If it is right, ask the provider for the correct "
                          "server name, or to repair the certificate.") },
  [RST_ERROR_TAMPER] = { "tamper",
                         N_("Do not sign in on this network. Try again on another network, and tell the "
                            "provider if it happens there too.") },
  [RST_ERROR_PROTO] = { "proto",
                        N_("Check the server name and the port: something other than a mail server "
                           "answers there.") },
  [RST_ERROR_AUTH] = { "auth",
                       N_("Check the address and the password, and sign in again. Some providers want a "
                          "separate password for mail programs (app password), or want POP or IMAP "
                          "switched on in their webmail first.") },
  [RST_ERROR_BUSY] = { "busy", N_("Wait a few minutes, then try again.") },
  [RST_ERROR_WEAK] = { "weak",
                       N_("Ask the provider for a safer way to sign in, such as TLS with a password.") },
  [RST_ERROR_NOMECH] = { "nomech",
                         N_("Let the mail program itself sign in, for example through the provider’s "
                            "sign-in page.") },
  [RST_ERROR_CONFIG] = { "config",
                         N_("Tell the provider that its settings file is faulty, or enter the servers "
                            "by hand.") },
  [RST_ERROR_FILE] = { "file",
                       N_("Check the free space on the disk and the permissions of the file, then try "
                          "again.") },
  [RST_ERROR_CONFLICT] = { "conflict",
                           N_("Close the program named here, or change the account in it, then try "
                              "again.") },
  [RST_ERROR_STORE] = { "store",
                        N_("Unlock or start the password store (keyring), or go on without storing: the "
                           "mail program will ask for the password.") },
  [RST_ERROR_INPUT] = { "input", N_("Check what was entered, and correct it.") },
};

/**
 * rst_error_get_nick:
 * @error: (nullable): an error
 *
 * The kind's name in machine-readable output: `net`, `notls`, `cert`, …
 *
 * Returns: (nullable) (transfer none): the nick, or %NULL if @error is of another domain
 */
const char *
rst_error_get_nick (const GError *error)
{
  if (error == NULL || error->domain != RST_ERROR || (guint) error->code >= G_N_ELEMENTS (kinds))
    return NULL;
  return kinds[error->code].nick;
}

/**
 * rst_error_get_advice:
 * @error: (nullable): an error
 *
 * What the person can try, in one or two translated sentences.
 *
 * Returns: (nullable) (transfer none): the advice, or %NULL if @error is of another domain
 */
const char *
rst_error_get_advice (const GError *error)
{
  if (error == NULL || error->domain != RST_ERROR || (guint) error->code >= G_N_ELEMENTS (kinds))
    return NULL;
  return _(kinds[error->code].advice);
}
