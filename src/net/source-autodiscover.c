/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Microsoft's Autodiscover: version 1 at the domain's own hosts (MS-OXDISCO), and version 2 only to see
 * that there is an Exchange server. The protocol needs the address, which therefore goes to hosts of the
 * address's own site only, by https, whatever DNS or an answer says; a password goes nowhere.
 */
#include "rst-domain.h"
#include "rst-error.h"
#include "rst-hints.h"
#include "rst-json.h"
#include "rst-pox.h"
#include "rst-replay.h"
#include "rst-source.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define PATH "/autodiscover/autodiscover.xml"
/* DNS leads to this many places beside the usual two … */
#define RECORDS_MAX 2
/* … and from each, answers lead on this often. */
#define HOPS_MAX 2
/* Ranks for the servers of one answer. */
#define ANSWER_RANKS (2 * RST_CANDIDATES_MAX)

/* Where an answer may come from. Places are in an order that only the answers make, not their times:
 * those nearer to the start first. */
typedef struct {
  char  *url; /* (owned) */
  guint  hops;
} Place;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_free (self->url);
  g_free (self);
}

static void
add_place (const RstSearch *search,
           GPtrArray       *places,
           char            *url,
           guint            hops,
           RstFindings     *findings)
{
  g_autofree char *request = rst_pox_make_request (search->address);
  Place *place;

  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (((Place *) g_ptr_array_index (places, i))->url, url))
      {
        g_free (url);
        return;
      }
  place = g_new0 (Place, 1);
  place->url = url;
  place->hops = hops;
  g_ptr_array_add (places, place);
  rst_findings_post (findings, url, request);
}

static GPtrArray *
start_places (const RstSearch *search,
              RstFindings     *findings)
{
  const char *domain = search->address->domain;
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);

  add_place (search, places, g_strconcat ("https://autodiscover.", domain, PATH, NULL), 0, findings);
  add_place (search, places, g_strconcat ("https://", domain, PATH, NULL), 0, findings);
  return places;
}

static void
autodiscover_ask (const RstSearch *search,
                  RstFindings     *findings)
{
  const char *domain = search->address->domain;
  g_autofree char *escaped = g_uri_escape_string (search->address->full, NULL, FALSE);
  g_autoptr (GPtrArray) places = NULL;
  RstAsk *second_version;

  if (rst_domain_is_public (domain))
    {
      rst_findings_note (findings, _("Anyone can register names under this domain."));
      return;
    }
  places = start_places (search, findings);
  rst_findings_ask (findings, RST_ASK_SRV, "_autodiscover._tcp.%s", domain);
  second_version = rst_findings_ask (findings, RST_ASK_HTTPS,
                                     "https://autodiscover.%s/autodiscover/autodiscover.json?Email=%s"
                                     "&Protocol=AutodiscoverV1&RedirectCount=1",
                                     domain, escaped);
  second_version->stay = TRUE;
}

static void
note_host (RstFindings *findings,
           const char  *format,
           const char  *host)
{
  g_autofree char *clean = rst_text_clean (host, -1, 64);
  g_autoptr (GString) note = g_string_new (format);

  g_string_replace (note, "%s", clean, 1);
  rst_findings_note (findings, note->str);
}

static void
read_records (const RstSearch *search,
              const RstReply  *reply,
              GPtrArray       *places,
              RstFindings     *findings)
{
  guint most = places->len + RECORDS_MAX;

  for (guint i = 0; i < reply->records->len && places->len < most; i++)
    {
      const RstSrv *record = g_ptr_array_index (reply->records, i);
      g_autofree char *host = rst_host_normalise (record->target, NULL);

      if (host == NULL || record->port == 0)
        continue;
      if (rst_domain_same_site (host, search->address->domain))
        add_place (search, places, g_strdup_printf ("https://%s:%u" PATH, host, record->port), 0, findings);
      else
        note_host (findings, _("DNS leads to %s, which was not told your address."), host);
    }
}

static void
follow (const RstSearch *search,
        const char      *url,
        guint            hops,
        GPtrArray       *places,
        RstFindings     *findings)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host = uri != NULL && g_uri_get_host (uri) != NULL
                            ? rst_host_normalise (g_uri_get_host (uri), NULL)
                            : NULL;

  if (host == NULL || !g_str_equal (g_uri_get_scheme (uri), "https") || g_uri_get_userinfo (uri) != NULL)
    rst_findings_note (findings, _("An answer leads to a place that is not safe."));
  else if (!rst_domain_same_site (host, search->address->domain))
    note_host (findings, _("An answer leads to %s, which was not told your address."), host);
  else if (hops < HOPS_MAX)
    add_place (search, places,
               g_uri_join (SOUP_HTTP_URI_FLAGS, "https", NULL, host, g_uri_get_port (uri),
                           g_uri_get_path (uri), g_uri_get_query (uri), NULL),
               hops + 1, findings);
}

static void
take_servers (const RstSearch *search,
              const RstPox    *pox,
              RstTrust         trust,
              guint            rank,
              RstFindings     *findings)
{
  guint first = findings->candidates->len;

  for (guint i = 0; i < pox->servers->len; i++)
    {
      g_autoptr (GError) error = NULL;
      RstCandidate *candidate =
        rst_config_server_resolve (g_ptr_array_index (pox->servers, i), search->address, &error);

      if (candidate != NULL)
        rst_findings_take (findings, candidate, trust, rank + i);
      else
        rst_findings_note (findings, error->message);
    }
  rst_hints_prefer (findings, first);
}

/* What DNS or another answer led to is further down, and trusted no more than DNS. */
static void
read_answer (const RstSearch *search,
             const RstReply  *reply,
             guint            number,
             GPtrArray       *places,
             RstFindings     *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstPox) pox = rst_pox_parse (reply->body, &error);

  if (pox == NULL && g_error_matches (error, RST_ERROR, RST_ERROR_PROTO))
    return;
  if (pox == NULL)
    {
      rst_findings_fail (findings, error->message);
      return;
    }
  take_servers (search, pox, number < 2 ? RST_TRUST_PROVIDER : RST_TRUST_DNS, ANSWER_RANKS * number,
                findings);
  if (pox->redirect_url != NULL)
    follow (search, pox->redirect_url, ((Place *) g_ptr_array_index (places, number))->hops, places,
            findings);
  if (pox->redirect_addr != NULL)
    note_host (findings, _("The mailbox is at another address: %s."), pox->redirect_addr);
}

/* {"Protocol": …, "Url": …} or {"ErrorCode": …}: nobody but Exchange speaks like that. */
static void
recognise (const RstReply *reply,
           RstFindings    *findings)
{
  g_autoptr (JsonParser) parser = rst_json_parse (reply->body);
  JsonObject *root = parser != NULL ? json_node_get_object (json_parser_get_root (parser)) : NULL;

  if (rst_json_get_string (root, "ErrorCode") == NULL &&
      (rst_json_get_string (root, "Protocol") == NULL || rst_json_get_string (root, "Url") == NULL))
    return;
  rst_findings_instruct (findings, _("Your mail is on an Exchange server. IMAP and POP work there only if "
                                     "its administrator has switched them on."));
}

/* More places may be added meanwhile. */
static void
read_answers (const RstSearch *search,
              GPtrArray       *places,
              RstFindings     *findings)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = g_ptr_array_index (places, i);
      const RstReply *reply = rst_replay_find (findings, RST_ASK_POST, place->url);

      if (reply == NULL)
        continue;
      if (reply->code == SOUP_STATUS_UNAUTHORIZED)
        note_host (findings, _("%s asks for a password before it says anything, and was given none."),
                   reply->host);
      if (reply->status == RST_REPLY_OK)
        read_answer (search, reply, i, places, findings);
    }
}

static void
autodiscover_read (const RstSearch *search,
                   const RstReply  *reply,
                   RstFindings     *findings)
{
  g_autoptr (GPtrArray) places = NULL;

  rst_replay_take (findings, reply);
  places = start_places (search, findings);
  for (guint i = 0; i < findings->kept->len; i++)
    {
      const RstReply *kept = g_ptr_array_index (findings->kept, i);

      if (kept->status == RST_REPLY_OK && kept->ask->kind == RST_ASK_SRV)
        read_records (search, kept, places, findings);
      else if (kept->status == RST_REPLY_OK && kept->ask->kind == RST_ASK_HTTPS)
        recognise (kept, findings);
    }
  read_answers (search, places, findings);
}

const RstSource rst_source_autodiscover = {
  .id = "autodiscover",
  .title = N_("Autodiscover of Exchange servers"),
  .network = TRUE,
  .ask = autodiscover_ask,
  .read = autodiscover_read,
};
