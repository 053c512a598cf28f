/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-domain.h"

#include "rst-endpoint.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

/**
 * rst_domain_is_public:
 * @domain: a domain, lower-case A-labels
 *
 * Returns: whether @domain is a public suffix such as `co.uk`, under which strangers own names
 */
gboolean
rst_domain_is_public (const char *domain)
{
  return soup_tld_domain_is_public_suffix (domain);
}

/**
 * rst_domain_get_base:
 * @name: a host or domain, lower-case A-labels
 *
 * The registered domain. Where the list has no rule for a top level its “*” holds: two labels.
 *
 * Returns: (transfer none) (nullable): the end of @name that somebody has registered, or %NULL
 */
const char *
rst_domain_get_base (const char *name)
{
  g_autoptr (GError) error = NULL;
  const char *base = soup_tld_get_base_domain (name, &error);
  const char *last = strrchr (name, '.');

  if (base != NULL || last == NULL || !g_error_matches (error, SOUP_TLD_ERROR, SOUP_TLD_ERROR_NO_BASE_DOMAIN))
    return base;
  base = g_strrstr_len (name, last - name, ".");
  return base != NULL ? base + 1 : name;
}

/**
 * rst_domain_same_site:
 * @a: a host or domain
 * @b: another one
 *
 * Returns: whether both belong to one registered domain, and so to one owner
 */
gboolean
rst_domain_same_site (const char *a,
                      const char *b)
{
  const char *base_a;
  const char *base_b;

  if (g_str_equal (a, b))
    return TRUE;
  if (g_hostname_is_ip_address (a) || g_hostname_is_ip_address (b))
    return FALSE;
  base_a = rst_domain_get_base (a);
  base_b = rst_domain_get_base (b);
  return base_a != NULL && g_strcmp0 (base_a, base_b) == 0;
}

/**
 * rst_domain_is_reserved:
 * @domain: a domain
 *
 * Returns: whether @domain never exists on the internet at large (RFC 6761, RFC 8375, and what
 *   home routers use), so that private addresses are to be expected there
 */
gboolean
rst_domain_is_reserved (const char *domain)
{
  static const char * const tops[] = { "test", "example", "invalid", "localhost", "local", "internal",
                                       "lan", "home", "corp", "intranet", "arpa" };
  const char *dot = strrchr (domain, '.');
  const char *top = dot != NULL ? dot + 1 : domain;

  for (gsize i = 0; i < G_N_ELEMENTS (tops); i++)
    if (g_str_equal (top, tops[i]))
      return TRUE;
  return FALSE;
}

/**
 * rst_domain_has_host:
 * @host: (nullable): what somebody on the network calls a server
 *
 * Addresses, in any of the forms that resolvers take (“127.1”, “0x7f.1”), and names without a dot mean
 * something only where they are used, so nobody else may name a server by them. No top level begins with
 * a digit (RFC 3696 section 2).
 *
 * Returns: whether @host is a name in the DNS of the internet
 */
gboolean
rst_domain_has_host (const char *host)
{
  g_autofree char *name = host != NULL ? rst_host_normalise (host, NULL) : NULL;
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  return dot != NULL && g_ascii_isalpha (dot[1]);
}

/**
 * rst_domain_sibling:
 * @host: a host such as `imap.example.org`
 * @label: a first label such as `pop`
 * @known: (array zero-terminated=1): first labels that may be replaced
 *
 * Returns: (transfer full) (nullable): @host with its first label replaced, or %NULL if that is
 *   not one of @known or if strangers own names under the rest
 */
char *
rst_domain_sibling (const char         *host,
                    const char         *label,
                    const char * const *known)
{
  const char *dot = strchr (host, '.');
  g_autofree char *first = dot != NULL ? g_strndup (host, (gsize) (dot - host)) : NULL;

  if (first == NULL || g_hostname_is_ip_address (host) || !g_strv_contains (known, first) ||
      strchr (dot + 1, '.') == NULL || rst_domain_is_public (dot + 1))
    return NULL;
  return g_strconcat (label, dot, NULL);
}
