/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-fit.h"

static gboolean
has_any (const RstFacts     *facts,
         const char * const *mechanisms)
{
  for (; *mechanisms != NULL; mechanisms++)
    if (rst_facts_has_auth (facts, *mechanisms))
      return TRUE;
  return FALSE;
}

/* IMAP and POP3 have commands of their own for a password, beside SASL (RFC 9051 section 6.2.3, RFC
 * 1939 section 7). */
static gboolean
takes_password (const RstFacts *facts)
{
  static const char * const mechanisms[] = { "PLAIN", "LOGIN", NULL };

  if (has_any (facts, mechanisms) || facts->auth[0] == NULL)
    return TRUE;
  switch (facts->endpoint->protocol)
    {
    case RST_PROTOCOL_IMAP:
      return !rst_facts_has_capability (facts, "LOGINDISABLED");
    case RST_PROTOCOL_POP3:
      return rst_facts_has_capability (facts, "USER");
    case RST_PROTOCOL_SMTP:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
takes (const RstFacts *facts,
       RstAuth         auth)
{
  static const char * const challenges[] = { "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS",
                                             "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5", NULL };
  static const char * const tokens[] = { "XOAUTH2", "OAUTHBEARER", NULL };

  switch (auth)
    {
    case RST_AUTH_PASSWORD:
      return takes_password (facts);
    case RST_AUTH_ENCRYPTED:
      return has_any (facts, challenges);
    case RST_AUTH_OAUTH2:
      return has_any (facts, tokens);
    case RST_AUTH_NONE:
      return facts->endpoint->protocol == RST_PROTOCOL_SMTP;
    }
  g_return_val_if_reached (FALSE);
}

/**
 * rst_fit_auth:
 * @candidate: a candidate that may be changed
 *
 * If its server does not offer the way to sign in that the source lists first, takes another one
 * that the source lists, or else one that the server offers; a provider's page outlives its server's
 * configuration. Nothing changes if the server could not be asked.
 */
void
rst_fit_auth (RstCandidate *candidate)
{
  const RstAuth order[] = { RST_AUTH_PASSWORD, RST_AUTH_ENCRYPTED, RST_AUTH_OAUTH2 };

  if (!rst_candidate_is_usable (candidate) || takes (candidate->probe, candidate->auth))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if ((candidate->auths & (1u << order[i])) && takes (candidate->probe, order[i]))
      {
        candidate->auth = order[i];
        return;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (takes (candidate->probe, order[i]))
      {
        candidate->auth = order[i];
        return;
      }
}
