/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-database.h"

#include "rst-domain.h"
#include "rst-text.h"

#include <string.h>

static GUri *
parse (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || rst_text_has_control (url) || !g_str_equal (g_uri_get_scheme (uri), "https") ||
      g_uri_get_host (uri) == NULL || strchr (g_uri_get_host (uri), '.') == NULL ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

/**
 * rst_database_is_url:
 * @url: an URL, maybe
 *
 * Returns: whether @url can be that of a provider database: https, and something can be appended
 */
gboolean
rst_database_is_url (const char *url)
{
  g_autoptr (GUri) uri = parse (url);

  return uri != NULL;
}

/**
 * rst_database_get_url:
 * @search: what is searched
 * @domain: a domain, lower-case A-labels
 *
 * Returns: (transfer full) (nullable): where the database has the settings of @domain, or %NULL if it
 *   is not to be asked about it
 */
char *
rst_database_get_url (const RstSearch *search,
                      const char      *domain)
{
  const char *base = search->database_url;

  if (base == NULL || !rst_database_is_url (base) || rst_domain_is_public (domain) ||
      (g_str_equal (base, RST_DATABASE_URL) && rst_domain_is_reserved (domain)))
    return NULL;
  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", domain, NULL);
}

/**
 * rst_database_get_domain:
 * @search: what is searched
 * @url: an URL that was asked for
 *
 * Returns: (transfer none) (nullable): the domain that @url asks the database about, or %NULL if it
 *   leads elsewhere
 */
const char *
rst_database_get_domain (const RstSearch *search,
                         const char      *url)
{
  const char *base = search->database_url;

  if (base == NULL || !g_str_has_prefix (url, base))
    return NULL;
  url += strlen (base);
  return *url == '/' ? url + 1 : url;
}

/**
 * rst_database_get_host:
 * @search: what is searched, with a database
 *
 * Returns: (transfer full): the host of the database
 */
char *
rst_database_get_host (const RstSearch *search)
{
  g_autoptr (GUri) uri = parse (search->database_url);

  g_return_val_if_fail (uri != NULL, NULL);
  return g_ascii_strdown (g_uri_get_host (uri), -1);
}
