/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-error.h"

#include <glib/gi18n-lib.h>

/* What an error of ours carries beside its kind and its message. */
typedef struct {
  RstTrouble cause;
  char      *advice; /* (owned) (nullable) instead of the cause's */
} RstErrorPrivate;

static void
rst_error_private_init (RstErrorPrivate *self)
{
  self->cause = RST_TROUBLE_NONE;
  self->advice = NULL;
}

static void
rst_error_private_copy (const RstErrorPrivate *from,
                        RstErrorPrivate       *to)
{
  to->cause = from->cause;
  to->advice = g_strdup (from->advice);
}

static void
rst_error_private_clear (RstErrorPrivate *self)
{
  g_free (self->advice);
}

G_DEFINE_EXTENDED_ERROR (RstError, rst_error)

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

/* What to try; NULL where the kind's advice is the right one. */
static const struct {
  const char *nick;
  const char *advice;
} troubles[RST_N_TROUBLES] = {
  [RST_TROUBLE_NONE] = { NULL, NULL },
  [RST_TROUBLE_PASSWORD] = { "password", NULL },
  [RST_TROUBLE_APP_PASSWORD] = { "app-password",
    N_("Make an app password on the provider’s website, in the settings for security or for mail "
       "programs, and use it here and in the mail program instead of your usual password.") },
  [RST_TROUBLE_BROWSER] = { "browser",
    N_("Let the mail program itself sign in through the provider’s page. No password that you "
       "could enter here would work.") },
  [RST_TROUBLE_TOKEN] = { "token",
    N_("Sign in again in the browser, with this account, and allow the use of mail.") },
  [RST_TROUBLE_WEB_SIGN_IN] = { "web-sign-in",
    N_("Sign in to the provider’s website in a browser, and confirm there that it was you. Then "
       "try again here.") },
  [RST_TROUBLE_SWITCHED_OFF] = { "switched-off",
    N_("Switch on the access for mail programs (IMAP, POP or SMTP) in the settings of the "
       "provider’s webmail, then try again. In an organisation, the administrator can.") },
  [RST_TROUBLE_LOCKED] = { "locked",
    N_("Do not try again now: each attempt can make it last longer. Wait for some hours, and make "
       "sure meanwhile on the provider’s website that the password is right.") },
  [RST_TROUBLE_BLOCKED] = { "blocked",
    N_("Ask the provider, or the administrator, why the account is blocked. To sign in again does "
       "not help, and neither does another password.") },
  [RST_TROUBLE_NOT_ALLOWED] = { "not-allowed",
    N_("Check that the user name belongs to this mailbox. If it does, ask the provider to give it "
       "access.") },
  [RST_TROUBLE_EXPIRED] = { "password-expired",
    N_("Set a new password on the provider’s website, then sign in with it.") },
  [RST_TROUBLE_FULL] = { "full",
    N_("Make room: delete mail and empty the trash on the provider’s website, or ask the provider "
       "for more space. Then try again.") },
  [RST_TROUBLE_CONNECTIONS] = { "connections",
    N_("Close mail programs on your other devices that use this mailbox, wait a few minutes, then "
       "try again.") },
  [RST_TROUBLE_IN_USE] = { "in-use",
    N_("Another program or device is fetching mail. Wait until it is done or close it, then try "
       "again.") },
  [RST_TROUBLE_TOO_SOON] = { "too-soon",
    N_("Wait a few minutes, then try again. Let your mail programs look for new mail less often.") },
  [RST_TROUBLE_TEMPORARY] = { "temporary", NULL },
  [RST_TROUBLE_LASTING] = { "lasting",
    N_("Tell the provider what the server said: to wait or to sign in again will hardly help.") },
  [RST_TROUBLE_SILENT] = { "silent",
    N_("Try again later, or from another network: some, as in hotels and companies, let no mail "
       "through.") },
  [RST_TROUBLE_NOT_FOUND] = { "not-found",
    N_("Check how the address is written. If it is right, enter the servers by hand: the provider’s "
       "website or a letter of theirs names them.") },
  [RST_TROUBLE_REFERRAL] = { "referral",
    N_("Ask the provider for the name of the right server, and enter it by hand.") },
  [RST_TROUBLE_CERT_EXPIRED] = { "cert-expired",
    N_("Check the date of this computer. If it is right, the provider has not renewed the "
       "certificate in time: tell the provider, and wait until it is repaired.") },
  [RST_TROUBLE_CERT_EARLY] = { "cert-early",
    N_("Check the clock and the date of this computer: they are probably behind. If they are "
       "right, tell the provider.") },
  [RST_TROUBLE_CERT_NAME] = { "cert-name",
    N_("Ask the provider for the correct server name, and enter it by hand.") },
  [RST_TROUBLE_CERT_ISSUER] = { "cert-issuer",
    N_("Often an antivirus program or the proxy of an organisation looks into encrypted "
       "connections: let it leave out mail, or ask who runs the network. At another network it "
       "may work. Otherwise the authority is one of the provider’s own making: ask for a server "
       "with a certificate that everybody can check.") },
  [RST_TROUBLE_CERT_SELF_SIGNED] = { "cert-self-signed",
    N_("Ask who runs the server for a certificate from an authority that everybody knows; they "
       "are free of charge. If it is your own organisation’s server, its administrator can "
       "install its authority on this computer.") },
  [RST_TROUBLE_CERT_CHAIN] = { "cert-chain",
    N_("The server probably sends an incomplete chain of certificates: tell the provider, who can "
       "repair it in minutes. Some programs get over that, this one does not guess.") },
  [RST_TROUBLE_CERT_REVOKED] = { "cert-revoked",
    N_("Do not sign in: somebody else may have the server’s key. Tell the provider, and wait for "
       "a new certificate.") },
  [RST_TROUBLE_CERT_WEAK] = { "cert-weak",
    N_("Tell the provider that the certificate has to be replaced, and ask whether there is a "
       "newer server.") },
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
 * What the person can try, in one to three translated sentences.
 *
 * Returns: (nullable) (transfer none): the advice, or %NULL if @error is of another domain
 */
const char *
rst_error_get_advice (const GError *error)
{
  RstTrouble cause;

  if (error == NULL || error->domain != RST_ERROR || (guint) error->code >= G_N_ELEMENTS (kinds))
    return NULL;
  if (rst_error_get_private (error)->advice != NULL)
    return rst_error_get_private (error)->advice;
  cause = rst_error_get_cause (error);
  return _(troubles[cause].advice != NULL ? troubles[cause].advice : kinds[error->code].advice);
}

/**
 * rst_error_set_cause:
 * @error: an error of this domain
 * @cause: what lies behind it
 *
 * Says more of an error than its kind; what to try follows from it.
 */
void
rst_error_set_cause (GError     *error,
                     RstTrouble  cause)
{
  g_return_if_fail (error != NULL && error->domain == RST_ERROR);
  g_return_if_fail (cause < RST_N_TROUBLES);

  rst_error_get_private (error)->cause = cause;
}

/**
 * rst_error_set_other_name:
 * @error: an error of this domain
 * @name: the one name that a certificate makes plausible
 * @certain: whether it belongs to the same owner as the one that was asked for
 *
 * Says that a server's certificate is for another name, and which one may be the right one.
 */
void
rst_error_set_other_name (GError     *error,
                          const char *name,
                          gboolean    certain)
{
  char **advice;

  rst_error_set_cause (error, RST_TROUBLE_CERT_NAME);
  advice = &rst_error_get_private (error)->advice;
  g_free (*advice);
  *advice = certain
    ? g_strdup_printf (_("Enter %s as the name of the server: the certificate is good for it, and it belongs "
                         "to the same domain."),
                       name)
    : g_strdup_printf (_("The server calls itself %s. Ask the provider whether that is the right name, and "
                         "enter it only then: it can also be somebody else’s server."),
                       name);
}

/**
 * rst_error_get_cause:
 * @error: (nullable): an error
 *
 * Returns: what lies behind it, as far as that is known
 */
RstTrouble
rst_error_get_cause (const GError *error)
{
  if (error == NULL || error->domain != RST_ERROR)
    return RST_TROUBLE_NONE;
  return rst_error_get_private (error)->cause;
}

/**
 * rst_trouble_get_nick:
 * @self: what lies behind an error
 *
 * Returns: (nullable) (transfer none): its name in machine-readable output, %NULL for none
 */
const char *
rst_trouble_get_nick (RstTrouble self)
{
  g_return_val_if_fail (self < RST_N_TROUBLES, NULL);

  return troubles[self].nick;
}
