/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-kin.h"

#include "rst-domain.h"

static const char * const labels[] = { "imap", "imaps", "imap4", "pop", "pops", "pop3", "smtp",
                                       "smtps", "mail", "in", "out", NULL };

/* The usual first labels of a protocol, best first. */
static const char * const siblings[RST_N_PROTOCOLS][3] = {
  [RST_PROTOCOL_IMAP] = { "imap", "mail", NULL },
  [RST_PROTOCOL_POP3] = { "pop", "pop3", "mail" },
  [RST_PROTOCOL_SMTP] = { "smtp", "mail", NULL },
};

static void
add (GPtrArray          *kin,
     const RstCandidate *candidate,
     RstProtocol         protocol,
     RstSecurity         security,
     const char         *host,
     guint16             port,
     RstTrust            trust)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_new (protocol, security, host, port, NULL);
  RstCandidate *other;

  if (endpoint == NULL)
    return;
  other = rst_candidate_new (endpoint, candidate->username, RST_AUTH_PASSWORD);
  other->trust = trust;
  other->rank = kin->len;
  g_ptr_array_add (kin, other);
}

/* A provider that writes “plain”, or gives a port the other kind of security, names the host as
 * well as any; only how to connect has to be found out. */
static void
add_corrections (GPtrArray          *kin,
                 const RstCandidate *candidate)
{
  const RstEndpoint *named = candidate->endpoint;
  guint16 tls = rst_protocol_default_port (named->protocol, RST_SECURITY_TLS);
  guint16 starttls = rst_protocol_default_port (named->protocol, RST_SECURITY_STARTTLS);
  gboolean plain = named->security == RST_SECURITY_NONE;

  if (plain || (named->security == RST_SECURITY_STARTTLS && named->port == tls))
    add (kin, candidate, named->protocol, RST_SECURITY_TLS, named->host, tls, candidate->trust);
  if (plain || (named->security == RST_SECURITY_TLS && named->port == starttls))
    add (kin, candidate, named->protocol, RST_SECURITY_STARTTLS, named->host, starttls, candidate->trust);
  if (plain && named->port != tls && named->port != starttls)
    add (kin, candidate, named->protocol, RST_SECURITY_STARTTLS, named->host, named->port,
         candidate->trust);
}

static void
add_protocol (GPtrArray          *kin,
              const RstCandidate *candidate,
              RstProtocol         protocol)
{
  const char *host = candidate->endpoint->host;
  RstTrust trust = MIN (candidate->trust, RST_TRUST_GUESS);

  for (RstSecurity security = RST_SECURITY_TLS; security <= RST_SECURITY_STARTTLS; security++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (siblings[protocol]) && siblings[protocol][i] != NULL; i++)
        {
          g_autofree char *sibling = rst_domain_sibling (host, siblings[protocol][i], labels);

          if (sibling != NULL)
            add (kin, candidate, protocol, security, sibling, 0, trust);
        }
      add (kin, candidate, protocol, security, host, 0, trust);
    }
}

/**
 * rst_kin_of:
 * @candidate: a server that a source named
 * @wanted: other protocols to look for beside it: bits 1 << RstProtocol
 *
 * Returns: (transfer full) (element-type RstCandidate): servers that may exist beside it, without
 *   sources, the likeliest first
 */
GPtrArray *
rst_kin_of (const RstCandidate *candidate,
            guint               wanted)
{
  GPtrArray *kin = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_candidate_unref);

  add_corrections (kin, candidate);
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    if (wanted & (1u << protocol))
      add_protocol (kin, candidate, protocol);
  return kin;
}
