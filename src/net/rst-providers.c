/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-hints.h"
#include "rst-providers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RstProvider * const tables[] = { rst_providers_world, rst_providers_japan };

static gboolean
is_below (const char *name,
          const char *domain)
{
  gsize length = strlen (domain);

  return strlen (name) > length + 1 && g_str_has_suffix (name, domain) &&
         name[strlen (name) - length - 1] == '.';
}

static gboolean
matches_domain (const RstProvider *self,
                const char        *domain)
{
  g_auto (GStrv) words = g_strsplit (self->domains != NULL ? self->domains : "", " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word == '.' ? is_below (domain, *word + 1) : g_str_equal (*word, domain))
      return TRUE;
  return FALSE;
}

static gboolean
matches_exchanger (const RstProvider *self,
                   const char        *host)
{
  g_auto (GStrv) words = g_strsplit (self->exchangers != NULL ? self->exchangers : "", " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && (is_below (host, *word) || g_str_equal (*word, host)))
      return TRUE;
  return FALSE;
}

static const RstProvider *
find (gboolean   (*matches) (const RstProvider *self,
                             const char        *name),
      const char  *name)
{
  for (gsize table = 0; table < G_N_ELEMENTS (tables); table++)
    for (const RstProvider *provider = tables[table]; provider->name != NULL; provider++)
      if (matches (provider, name))
        return provider;
  return NULL;
}

/**
 * rst_providers_find:
 * @domain: the domain of an address, lower-case A-labels
 *
 * Returns: (transfer none) (nullable): whose addresses these are, if known
 */
const RstProvider *
rst_providers_find (const char *domain)
{
  return find (matches_domain, domain);
}

/**
 * rst_providers_decide_pop:
 * @address: an address
 *
 * Returns: whether it is known that its provider, and not the mail program, decides what becomes of mail
 *   that was fetched by POP
 */
gboolean
rst_providers_decide_pop (const char *address)
{
  const char *at = strrchr (address, '@');
  const RstProvider *provider = at != NULL ? rst_providers_find (at + 1) : NULL;

  return provider != NULL && (provider->flags & RST_PROVIDER_POP_SERVER) != 0;
}

/**
 * rst_providers_find_by_exchanger:
 * @host: a mail exchanger, lower-case A-labels
 *
 * Returns: (transfer none) (nullable): whose exchanger that is, if known
 */
const RstProvider *
rst_providers_find_by_exchanger (const char *host)
{
  return find (matches_exchanger, host);
}

static char *
make_username (const RstProvider *self,
               const RstAddress  *address,
               RstProtocol        protocol)
{
  if ((self->flags & RST_PROVIDER_LOCAL) ||
      ((self->flags & RST_PROVIDER_IMAP_LOCAL) && protocol == RST_PROTOCOL_IMAP))
    return g_strdup (address->local);
  if (self->flags & RST_PROVIDER_DOTTED)
    return g_strdup_printf ("%s.%s", address->local, address->domain);
  return g_strdup (address->full);
}

static RstCandidate *
make_candidate (const RstProvider *self,
                const RstAddress  *address,
                const char        *url)
{
  g_autoptr (RstEndpoint) endpoint = rst_endpoint_parse (url, NULL);
  g_autofree char *username = NULL;
  RstCandidate *candidate;
  gboolean oauth = (self->flags & (RST_PROVIDER_OAUTH | RST_PROVIDER_OAUTH_ONLY)) != 0;

  g_return_val_if_fail (endpoint != NULL, NULL);
  username = make_username (self, address, endpoint->protocol);
  candidate = rst_candidate_new (endpoint, username, oauth ? RST_AUTH_OAUTH2 : RST_AUTH_PASSWORD);
  candidate->auths = (oauth ? 1u << RST_AUTH_OAUTH2 : 0) |
                     (self->flags & RST_PROVIDER_OAUTH_ONLY ? 0 : 1u << RST_AUTH_PASSWORD);
  candidate->leave_known = (self->flags & RST_PROVIDER_KEEPS) && endpoint->protocol == RST_PROTOCOL_POP3;
  candidate->leave = RST_LEAVE_KEEP;
  return candidate;
}

static void
report_servers (const RstProvider *self,
                const RstSearch   *search,
                RstTrust           trust,
                RstFindings       *findings)
{
  g_autofree char *expanded = rst_address_expand (search->address, self->servers);
  g_auto (GStrv) urls = g_strsplit (expanded, " ", -1);
  guint first = findings->candidates->len;

  for (guint i = 0; urls[i] != NULL && *urls[i] != '\0'; i++)
    {
      RstCandidate *candidate = make_candidate (self, search->address, urls[i]);

      if (candidate != NULL)
        rst_findings_take (findings, candidate, trust, i);
    }
  rst_hints_prefer (findings, first);
  if (self->flags & RST_PROVIDER_NO_IMAP)
    findings->denied |= 1u << RST_PROTOCOL_IMAP;
  if (self->flags & RST_PROVIDER_NO_POP)
    findings->denied |= 1u << RST_PROTOCOL_POP3;
}

/* What a customer has to do or to know, in the order in which it matters. */
static const struct {
  guint       flag;
  const char *text; /* %s is the provider's name */
} advice[] = {
  { RST_PROVIDER_BRIDGE,
    N_("%s can be read by a mail program only through its Bridge program on the same computer.") },
  { RST_PROVIDER_PAID, N_("%s lets only paying customers use a mail program.") },
  { RST_PROVIDER_IMAP_PAID, N_("%s offers IMAP only as an option that you order and pay for.") },
  { RST_PROVIDER_SWITCH_ON,
    N_("Mail programs are shut out at first: switch on IMAP or POP in the settings on the website of %s.") },
  { RST_PROVIDER_POP_OFF,
    N_("POP is shut off at first: who wants it switches it on in the settings on the website of %s.") },
  { RST_PROVIDER_ADMIN,
    N_("Your organisation may have switched off IMAP or POP at %s. Its administrator knows.") },
  { RST_PROVIDER_OAUTH_ONLY,
    N_("%s takes no password from a mail program: the program opens a web page on which you sign in.") },
  { RST_PROVIDER_APP_PASSWORD,
    N_("%s wants an app password: make one on its website, and use it instead of your usual password.") },
  { RST_PROVIDER_MAIL_PASSWORD,
    N_("%s has a separate password for mail, which is not that of its website.") },
  { RST_PROVIDER_OWN_USER,
    N_("%s gives you a user name for mail that is not made of your address. Look it up in its settings, and "
       "enter it where the address stands as the user name.") },
  { RST_PROVIDER_POP_SERVER,
    N_("With POP, the settings on the website of %s decide what becomes of a message that was fetched.") },
  { RST_PROVIDER_DROPS_OLDEST, N_("When the mailbox is full, %s deletes the oldest messages.") },
};

static void
report_advice (const RstProvider *self,
               RstFindings       *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (advice); i++)
    if (self->flags & advice[i].flag)
      {
        g_autoptr (GString) text = g_string_new (_(advice[i].text));

        g_string_replace (text, "%s", self->name, 1);
        rst_findings_instruct (findings, text->str);
      }
}

/* Behind an exchanger is mostly an organisation with a plan of its own; a row without domains is about
 * those. */
static void
report_facts (const RstProvider *self,
              RstTrust           trust,
              RstFindings       *findings)
{
  if (trust != RST_TRUST_DATABASE && self->domains != NULL)
    return;
  for (const RstProviderFact *fact = self->facts; fact != NULL && fact->source != NULL; fact++)
    {
      g_autofree char *text = rst_provider_fact_describe (fact);
      g_autofree char *note = g_strdup_printf (
        /* Translators: a sentence, the web address where it was found, and when. */
        _("%s (From %s, checked %s.)"), text, fact->source, fact->checked);

      g_ptr_array_add (findings->stated, (gpointer) fact);
      rst_findings_instruct (findings, text);
      rst_findings_note (findings, note);
    }
}

/**
 * rst_provider_report:
 * @self: a provider
 * @search: what is searched
 * @trust: how far it is certain that the address is one of its
 * @findings: where to put servers, instructions and notes
 *
 * Says what is known about the provider, and from where.
 */
void
rst_provider_report (const RstProvider *self,
                     const RstSearch   *search,
                     RstTrust           trust,
                     RstFindings       *findings)
{
  g_autofree char *note = g_strdup_printf (
    /* Translators: a provider, where this was found, and when. */
    _("%s, from %s, checked %s."), self->name, _(self->origin), self->checked);

  report_servers (self, search, trust, findings);
  report_advice (self, findings);
  rst_findings_note (findings, note);
  report_facts (self, trust, findings);
}
