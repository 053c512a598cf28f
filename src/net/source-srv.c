/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Service records for mail: RFC 6186 (IMAP, POP3, submission), RFC 8314 section 5.1 (_submissions),
 * order by RFC 2782; and, last, for what goes with mail. The provider's preference between IMAP and
 * POP is the order of priorities across both (RFC 6186 section 3.4); among equal ones the heaviest
 * comes first, not a random one, since settings that are written down once should be the same for
 * everybody.
 */
#include "rst-domain.h"
#include "rst-error.h"
#include "rst-hints.h"
#include "rst-replay.h"
#include "rst-source.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RECORDS_MAX 10

/* _smtps is not registered, but often published for what is now _submissions. */
static const struct {
  const char *label;
  RstProtocol protocol;
  RstSecurity security;
} services[] = {
  { "_imaps", RST_PROTOCOL_IMAP, RST_SECURITY_TLS },
  { "_submissions", RST_PROTOCOL_SMTP, RST_SECURITY_TLS },
  { "_pop3s", RST_PROTOCOL_POP3, RST_SECURITY_TLS },
  { "_imap", RST_PROTOCOL_IMAP, RST_SECURITY_STARTTLS },
  { "_submission", RST_PROTOCOL_SMTP, RST_SECURITY_STARTTLS },
  { "_pop3", RST_PROTOCOL_POP3, RST_SECURITY_STARTTLS },
  { "_smtps", RST_PROTOCOL_SMTP, RST_SECURITY_TLS },
};

/* RFC 6764, RFC 8620 section 2.2, RFC 5804 section 1.8. */
static const struct {
  const char  *label;
  RstExtraKind kind;
} extras[] = {
  { "_caldavs", RST_EXTRA_CALDAV },
  { "_carddavs", RST_EXTRA_CARDDAV },
  { "_jmap", RST_EXTRA_JMAP },
  { "_sieve", RST_EXTRA_SIEVE },
};

static void
srv_ask (const RstSearch *search,
         RstFindings     *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    rst_findings_ask (findings, RST_ASK_SRV, "%s._tcp.%s", services[i].label, search->address->domain);
  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    rst_findings_ask (findings, RST_ASK_SRV, "%s._tcp.%s", extras[i].label, search->address->domain);
}

static gboolean
is_denial (const RstSrv *record)
{
  return record->target[0] == '\0' || g_str_equal (record->target, ".");
}

/* Half of all _submission records carry port 465: the port decides (RFC 8314 section 7.3). */
static RstSecurity
security_of (RstProtocol protocol,
             RstSecurity labelled,
             guint16     port)
{
  return port == rst_protocol_default_port (protocol, RST_SECURITY_TLS) ? RST_SECURITY_TLS : labelled;
}

static void
take_record (const RstSearch *search,
             gsize            service,
             const RstSrv    *record,
             guint            place,
             RstFindings     *findings)
{
  RstProtocol protocol = services[service].protocol;
  RstSecurity security = security_of (protocol, services[service].security, record->port);
  g_autoptr (RstEndpoint) endpoint =
    record->port != 0 && rst_domain_has_host (record->target)
      ? rst_endpoint_new (protocol, security, record->target, record->port, NULL)
      : NULL;
  RstCandidate *candidate;
  gboolean own;

  if (endpoint == NULL)
    {
      g_autofree char *target = rst_text_clean (record->target, -1, 64);
      g_autofree char *note = g_strdup_printf (_("“%s” port %u cannot be a server."), target, record->port);

      rst_findings_fail (findings, note);
      return;
    }
  own = rst_domain_same_site (endpoint->host, search->address->domain);
  candidate = rst_candidate_new (endpoint, search->address->full, RST_AUTH_PASSWORD);
  rst_findings_take (findings, candidate, own ? RST_TRUST_DNS : RST_TRUST_FOREIGN,
                     record->priority * RECORDS_MAX + place);
}

/* Where it begins on its host stands beside it (RFC 6764 section 4). */
static void
ask_for_path (const RstReply *reply,
              RstExtraKind    kind,
              RstFindings    *findings)
{
  if (kind == RST_EXTRA_CALDAV || kind == RST_EXTRA_CARDDAV)
    rst_findings_ask (findings, RST_ASK_TXT, "%s", reply->ask->name);
}

/* “path=/…”, of several texts the first that can be one. */
static void
read_path (const RstReply *reply,
           RstExtraKind    kind,
           RstFindings    *findings)
{
  for (guint i = 0; i < reply->texts->len; i++)
    {
      const char *text = g_ptr_array_index (reply->texts, i);

      if (g_ascii_strncasecmp (text, "path=", strlen ("path=")) != 0)
        continue;
      for (guint k = 0; k < findings->extras->len; k++)
        {
          RstExtra *extra = g_ptr_array_index (findings->extras, k);

          if (extra->kind == kind && rst_extra_set_path (extra, text + strlen ("path=")))
            return;
        }
    }
}

/* The first that can be one; there is no choice to offer. */
static void
read_extra (const RstReply *reply,
            RstExtraKind    kind,
            RstFindings    *findings)
{
  for (guint i = 0; i < reply->records->len && i < RECORDS_MAX; i++)
    {
      const RstSrv *record = g_ptr_array_index (reply->records, i);
      g_autofree char *host =
        rst_domain_has_host (record->target) ? rst_host_normalise (record->target, NULL) : NULL;

      if (host == NULL || record->port == 0)
        continue;
      rst_findings_add_extra (findings, rst_extra_new (kind, host, record->port, findings->source));
      ask_for_path (reply, kind, findings);
      return;
    }
}

static void
read_service (const RstSearch *search,
              gsize            service,
              const RstReply  *reply,
              RstFindings     *findings)
{
  guint place = 0;

  for (guint i = 0; i < reply->records->len && i < RECORDS_MAX; i++)
    {
      const RstSrv *record = g_ptr_array_index (reply->records, i);
      const RstSrv *previous = i > 0 ? g_ptr_array_index (reply->records, i - 1) : NULL;

      if (is_denial (record))
        {
          findings->denied |= 1u << services[service].protocol;
          continue;
        }
      place = previous != NULL && previous->priority == record->priority ? place + 1 : 0;
      take_record (search, service, record, place, findings);
    }
}

static const RstReply *
find_reply (const RstSearch   *search,
            RstAskKind         kind,
            const char        *label,
            const RstFindings *findings)
{
  g_autofree char *name = g_strdup_printf ("%s._tcp.%s", label, search->address->domain);

  return rst_replay_find (findings, kind, name);
}

static void
srv_read (const RstSearch *search,
          const RstReply  *reply,
          RstFindings     *findings)
{
  rst_replay_take (findings, reply);
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      const RstReply *records = find_reply (search, RST_ASK_SRV, services[i].label, findings);

      if (records != NULL)
        read_service (search, i, records, findings);
    }
  rst_hints_prefer (findings, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      const RstReply *records = find_reply (search, RST_ASK_SRV, extras[i].label, findings);
      const RstReply *texts = find_reply (search, RST_ASK_TXT, extras[i].label, findings);

      if (records != NULL)
        read_extra (records, extras[i].kind, findings);
      if (texts != NULL)
        read_path (texts, extras[i].kind, findings);
    }
}

const RstSource rst_source_srv = {
  .id = "srv",
  .title = N_("DNS records for mail"),
  .network = TRUE,
  .ask = srv_ask,
  .read = srv_read,
};
