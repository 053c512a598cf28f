/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Usual names under the address's own domain. Only names that exist are suggested, and only a probe
 * can tell whether a mail server is there; where every name exists (wildcard DNS) not even that
 * much is known. For each protocol, usual ports with TLS come before those with STARTTLS.
 */
#include "rst-domain.h"
#include "rst-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define IMAP (1u << RST_PROTOCOL_IMAP)
#define POP3 (1u << RST_PROTOCOL_POP3)
#define SMTP (1u << RST_PROTOCOL_SMTP)

/* In the order of likelihood; "" is the domain itself. */
static const struct {
  const char *label;
  guint       protocols;
} names[] = {
  { "imap.", IMAP },
  { "smtp.", SMTP },
  { "pop.", POP3 },
  { "mail.", IMAP | POP3 | SMTP },
  { "pop3.", POP3 },
  { "", IMAP | POP3 | SMTP },
};

static void
guess_ask (const RstSearch *search,
           RstFindings     *findings)
{
  if (rst_domain_is_public (search->address->domain))
    {
      rst_findings_note (findings, _("Anyone can register names under this domain."));
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    rst_findings_ask (findings, RST_ASK_HOST, "%s%s", names[i].label, search->address->domain);
  rst_findings_ask (findings, RST_ASK_ANY_HOST, "%s", search->address->domain);
}

static void
suggest (const RstSearch *search,
         const char      *host,
         RstProtocol      protocol,
         guint            place,
         RstFindings     *findings)
{
  const RstSecurity securities[] = { RST_SECURITY_TLS, RST_SECURITY_STARTTLS };

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      g_autoptr (RstEndpoint) endpoint = rst_endpoint_new (protocol, securities[i], host, 0, NULL);

      if (endpoint != NULL)
        rst_findings_take (findings,
                           rst_candidate_new (endpoint, search->address->full, RST_AUTH_PASSWORD),
                           RST_TRUST_GUESS, i * G_N_ELEMENTS (names) + place);
    }
}

static void
guess_read (const RstSearch *search,
            const RstReply  *reply,
            RstFindings     *findings)
{
  const char *domain = search->address->domain;

  if (reply->status != RST_REPLY_OK)
    return;
  if (reply->ask->kind == RST_ASK_ANY_HOST)
    {
      findings->unproven = TRUE;
      rst_findings_note (findings, _("Every name under this domain exists, so that names prove nothing."));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length = strlen (names[i].label);

      if (strlen (reply->ask->name) != length + strlen (domain) ||
          strncmp (reply->ask->name, names[i].label, length) != 0)
        continue;
      for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
        if (names[i].protocols & (1u << protocol))
          suggest (search, reply->ask->name, protocol, i, findings);
    }
  rst_findings_sort (findings);
}

const RstSource rst_source_guess = {
  .id = "guess",
  .title = N_("Usual server names"),
  .network = TRUE,
  .ask = guess_ask,
  .read = guess_read,
};
