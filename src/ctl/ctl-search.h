/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search for the servers of an address, as discover and setup have it: their common options,
 * progress while it runs, and why nothing usable was found.
 */
#pragma once

#include "ctl-await.h"
#include "rst-discovery.h"

G_BEGIN_DECLS

typedef struct {
  char     *sources;       /* (owned) (nullable) --source */
  char    **provider_dirs; /* (owned) (nullable) --provider-dir */
  char     *database_url;  /* (owned) (nullable) --ispdb-url */
  char     *ca_file;       /* (owned) (nullable) --ca-file */
  gboolean  no_probe;
  gboolean  no_network;
  gboolean  allow_http;
} CtlSearch;

#define CTL_INCOMING (1u << RST_PROTOCOL_IMAP | 1u << RST_PROTOCOL_POP3)

#define CTL_SEARCH_ENTRIES(name)                                                                     \
  { "source", 0, 0, G_OPTION_ARG_STRING, &name.sources,                                              \
    N_("Ask only these sources"), N_("ID,…") },                                                      \
  { "provider-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &name.provider_dirs,                          \
    N_("Look for DOMAIN.xml in this folder (may be repeated)"), N_("DIR") },                         \
  { "ispdb-url", 0, 0, G_OPTION_ARG_STRING, &name.database_url,                                      \
    N_("Ask this provider database"), N_("URL") },                                                   \
  { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &name.ca_file,                                           \
    N_("Trust the authorities in this file (PEM) too"), N_("FILE") },                                \
  { "no-probe", 0, 0, G_OPTION_ARG_NONE, &name.no_probe,                                             \
    N_("Do not contact the servers"), NULL },                                                        \
  { "no-network", 0, 0, G_OPTION_ARG_NONE, &name.no_network,                                         \
    N_("Only read the files on this computer"), NULL },                                              \
  { "allow-http", 0, 0, G_OPTION_ARG_NONE, &name.allow_http,                                         \
    N_("If nothing better works, ask the provider over an unprotected connection"), NULL }

void          ctl_search_clear   (CtlSearch            *self);
GTlsDatabase *ctl_search_trust   (const CtlSearch      *self,
                                  GError              **error);
char        **ctl_search_choose  (const CtlSearch      *self,
                                  GTlsDatabase         *trust,
                                  RstDiscoveryOptions  *options,
                                  GError              **error);
RstDiscovery *ctl_search_run     (const CtlSearch      *self,
                                  CtlAwait             *await,
                                  const RstAddress     *address,
                                  GTlsDatabase         *trust,
                                  GError              **error);
GError       *ctl_search_explain (RstDiscovery         *discovery,
                                  GPtrArray            *candidates,
                                  const RstAddress     *address,
                                  guint                 protocols);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlSearch, ctl_search_clear)

G_END_DECLS
