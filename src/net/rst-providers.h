/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What this program knows by itself about some providers: facts, each with where it was found and
 * when it was checked. What is not certain is left out; the probe finds it. The tables are
 * providers-world.c and providers-japan.c.
 */
#pragma once

#include "rst-provider-fact.h"
#include "rst-source.h"

G_BEGIN_DECLS

/**
 * RstProviderFlags:
 * @RST_PROVIDER_LOCAL: the user name is the part before the @
 * @RST_PROVIDER_IMAP_LOCAL: … for IMAP; the whole address elsewhere
 * @RST_PROVIDER_DOTTED: the user name is the address with a dot for the @
 * @RST_PROVIDER_OWN_USER: the user name is not made of the address
 * @RST_PROVIDER_OAUTH: can sign in on its web page
 * @RST_PROVIDER_OAUTH_ONLY: … and in no other way
 * @RST_PROVIDER_APP_PASSWORD: wants a password made for one program
 * @RST_PROVIDER_MAIL_PASSWORD: has a password for mail beside that of its website
 * @RST_PROVIDER_SWITCH_ON: IMAP and POP have to be switched on in its settings
 * @RST_PROVIDER_ADMIN: an organisation's administrator may have switched them off
 * @RST_PROVIDER_PAID: mail programs are for paying customers
 * @RST_PROVIDER_IMAP_PAID: IMAP is an option that is paid for
 * @RST_PROVIDER_NO_IMAP: there is no IMAP
 * @RST_PROVIDER_NO_POP: there is no POP
 * @RST_PROVIDER_BRIDGE: only through a program of the provider's on each computer
 * @RST_PROVIDER_KEEPS: for POP, copies are to stay on the server, as the provider has it
 * @RST_PROVIDER_POP_SERVER: for POP, its website decides what becomes of a message that was fetched
 * @RST_PROVIDER_DROPS_OLDEST: deletes the oldest messages when the mailbox is full
 * @RST_PROVIDER_POP_OFF: POP has to be switched on in its settings, IMAP has not
 */
typedef enum {
  RST_PROVIDER_LOCAL = 1 << 0,
  RST_PROVIDER_IMAP_LOCAL = 1 << 1,
  RST_PROVIDER_DOTTED = 1 << 2,
  RST_PROVIDER_OWN_USER = 1 << 3,
  RST_PROVIDER_OAUTH = 1 << 4,
  RST_PROVIDER_OAUTH_ONLY = 1 << 5,
  RST_PROVIDER_APP_PASSWORD = 1 << 6,
  RST_PROVIDER_MAIL_PASSWORD = 1 << 7,
  RST_PROVIDER_SWITCH_ON = 1 << 8,
  RST_PROVIDER_ADMIN = 1 << 9,
  RST_PROVIDER_PAID = 1 << 10,
  RST_PROVIDER_IMAP_PAID = 1 << 11,
  RST_PROVIDER_NO_IMAP = 1 << 12,
  RST_PROVIDER_NO_POP = 1 << 13,
  RST_PROVIDER_BRIDGE = 1 << 14,
  RST_PROVIDER_KEEPS = 1 << 15,
  RST_PROVIDER_POP_SERVER = 1 << 16,
  RST_PROVIDER_DROPS_OLDEST = 1 << 17,
  RST_PROVIDER_POP_OFF = 1 << 18,
} RstProviderFlags;

typedef struct {
  const char *name;       /* as the provider writes it */
  const char *domains;    /* (nullable) of addresses, with blanks between; .D: what is below D */
  const char *exchangers; /* (nullable) ends of the names of mail exchangers */
  const char *servers;    /* URLs, the preferred first; %EMAILDOMAIN% may stand for a host */
  guint       flags;      /* RstProviderFlags */
  const char *origin;     /* where this was found, N_() */
  const char *checked;    /* when, as in ISO 8601 */

  const RstProviderFact *facts; /* (nullable) what is true for addresses at its domains */
} RstProvider;

/* Where most of it was found. */
#define RST_ORIGIN_DATABASE N_("provider database"), "2026-03-12"
#define RST_ORIGIN_HELP N_("the provider’s help pages"), "2026-07"
#define RST_ORIGIN_LISTS N_("other public lists"), "2026-07-20"

/* The facts of a row. */
#define RST_FACTS(...) (const RstProviderFact[]) { __VA_ARGS__, { 0 } }

extern const RstProvider rst_providers_world[];
extern const RstProvider rst_providers_japan[];

const RstProvider *rst_providers_find              (const char        *domain);
const RstProvider *rst_providers_find_by_exchanger (const char        *host);
gboolean           rst_providers_decide_pop        (const char        *address);
void               rst_provider_report             (const RstProvider *self,
                                                    const RstSearch   *search,
                                                    RstTrust           trust,
                                                    RstFindings       *findings);

G_END_DECLS
