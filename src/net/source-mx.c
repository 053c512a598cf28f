/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The provider behind the domain's mail exchangers (draft-ietf-mailmaint-autoconfig, third place):
 * what this program knows about it, and the settings file of the domain above the best exchanger and
 * of its registered domain, there and in the provider database. Neither is told the address. Unsigned
 * DNS leads there, so that the result is trusted no more than DNS, and where it is another owner's
 * domain it says so.
 */
#include "rst-config-xml.h"
#include "rst-database.h"
#include "rst-domain.h"
#include "rst-providers.h"
#include "rst-replay.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of several equally good exchangers this many are looked at. */
#define HOSTS_MAX 3
/* Ranks for the servers of one file. */
#define FILE_RANKS (2 * RST_CANDIDATES_MAX)

static void
mx_ask (const RstSearch *search,
        RstFindings     *findings)
{
  rst_findings_ask (findings, RST_ASK_MX, "%s", search->address->domain);
}

static void
ask_at (const RstSearch *search,
        const char      *domain,
        RstFindings     *findings)
{
  g_autofree char *url = rst_database_get_url (search, domain);

  if (rst_domain_is_public (domain) || g_str_equal (domain, search->address->domain))
    return;
  rst_findings_ask (findings, RST_ASK_HTTPS, "https://autoconfig.%s/mail/config-v1.1.xml", domain);
  if (url != NULL)
    rst_findings_ask (findings, RST_ASK_HTTPS, "%s", url);
}

static void
follow_exchanger (const RstSearch *search,
                  const char      *host,
                  RstFindings     *findings)
{
  const RstProvider *provider = rst_providers_find_by_exchanger (host);
  const char *base = rst_domain_get_base (host);
  const char *parent = strchr (host, '.');

  if (base == NULL || parent == NULL || !rst_domain_has_host (host))
    return;
  if (provider != NULL && findings->candidates->len == 0)
    rst_provider_report (provider, search, RST_TRUST_FOREIGN, findings);
  if (!rst_domain_same_site (host, search->address->domain))
    {
      g_autofree char *note = g_strdup_printf (_("Mail for this domain goes to %s."), base);

      rst_findings_note (findings, note);
    }
  if (strlen (parent + 1) > strlen (base))
    ask_at (search, parent + 1, findings);
  ask_at (search, base, findings);
}

/* RFC 7505: a lone “.” means that the domain receives no mail. */
static void
read_exchangers (const RstSearch *search,
                 const RstReply  *reply,
                 RstFindings     *findings)
{
  const RstSrv *best;

  best = reply->records->len > 0 ? g_ptr_array_index (reply->records, 0) : NULL;
  for (guint i = 0; i < reply->records->len && i < HOSTS_MAX; i++)
    {
      const RstSrv *record = g_ptr_array_index (reply->records, i);
      g_autoptr (RstEndpoint) endpoint =
        rst_endpoint_new (RST_PROTOCOL_SMTP, RST_SECURITY_TLS, record->target, 0, NULL);

      if (record->priority != best->priority)
        break;
      if (*record->target == '\0' || g_str_equal (record->target, "."))
        rst_findings_note (findings, _("This domain publishes that it receives no mail."));
      else if (endpoint != NULL)
        follow_exchanger (search, endpoint->host, findings);
    }
}

/* The domain below autoconfig. */
static char *
get_website_domain (const RstAsk *ask)
{
  g_autoptr (GUri) uri = g_uri_parse (ask->name, G_URI_FLAGS_NONE, NULL);

  return g_strdup (strchr (g_uri_get_host (uri), '.') + 1);
}

/* What was asked earlier comes first. */
static void
read_file (const RstSearch *search,
           const RstReply  *reply,
           guint            place,
           RstFindings     *findings)
{
  const char *listed = rst_database_get_domain (search, reply->ask->name);
  g_autofree char *domain = listed != NULL ? g_strdup (listed) : get_website_domain (reply->ask);
  g_autofree char *host = listed != NULL ? rst_database_get_host (search) : g_strdup (domain);
  gboolean own = rst_domain_same_site (domain, search->address->domain);

  rst_config_xml_read_from (search, reply, host, own ? RST_TRUST_DNS : RST_TRUST_FOREIGN, FILE_RANKS * place,
                            findings);
}

/* Nothing but the exchangers leads on, so that asks have the same order each time. */
static void
mx_read (const RstSearch *search,
         const RstReply  *reply,
         RstFindings     *findings)
{
  rst_replay_take (findings, reply);
  for (guint i = 0; i < findings->asks->len; i++)
    {
      const RstAsk *ask = g_ptr_array_index (findings->asks, i);
      const RstReply *kept = rst_replay_find (findings, ask->kind, ask->name);

      if (kept == NULL || kept->status != RST_REPLY_OK)
        continue;
      if (ask->kind == RST_ASK_MX)
        read_exchangers (search, kept, findings);
      else
        read_file (search, kept, i, findings);
    }
}

const RstSource rst_source_mx = {
  .id = "mx",
  .title = N_("The provider that receives your mail"),
  .network = TRUE,
  .ask = mx_ask,
  .read = mx_read,
};
