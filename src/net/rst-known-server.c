/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-known-server.h"

#include "rst-providers.h"

#include <string.h>

static gboolean
has_server (const RstProvider *provider,
            const char        *host)
{
  g_auto (GStrv) urls = g_strsplit (provider->servers, " ", -1);

  for (char **url = urls; *url != NULL; url++)
    {
      const char *name = strstr (*url, "://");

      if (name != NULL && g_str_equal (name + 3, host))
        return TRUE;
    }
  return FALSE;
}

/**
 * rst_known_server_wants_app_password:
 * @host: a mail server, lower-case A-labels
 *
 * Returns: (transfer none) (nullable): the provider whose server it is, if that takes a password made for
 *   one program; %NULL otherwise
 */
const char *
rst_known_server_wants_app_password (const char *host)
{
  static const RstProvider * const tables[] = { rst_providers_world, rst_providers_japan };

  for (gsize table = 0; table < G_N_ELEMENTS (tables); table++)
    for (const RstProvider *provider = tables[table]; provider->name != NULL; provider++)
      if ((provider->flags & RST_PROVIDER_APP_PASSWORD) && has_server (provider, host))
        return provider->name;
  return NULL;
}
