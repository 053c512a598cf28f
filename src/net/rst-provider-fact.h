/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of a provider beside its servers: how much a mailbox holds, how long mail stays, what
 * POP does. Each fact says where it was read and when. They stand in the rows of the list of providers
 * (rst-providers.h), and never outweigh what a server tells of itself. Pure.
 */
#pragma once

#include "rst-answers.h"

G_BEGIN_DECLS

#define RST_MEGABYTE G_GUINT64_CONSTANT (1000000)
#define RST_GIGABYTE (1000 * RST_MEGABYTE)

/**
 * RstProviderFactKind:
 * @RST_PROVIDER_FACT_QUOTA: room in a mailbox, in bytes, for who has no larger plan
 * @RST_PROVIDER_FACT_MESSAGES: so many messages at most
 * @RST_PROVIDER_FACT_EXPIRES: days after which mail in the inbox is deleted
 * @RST_PROVIDER_FACT_UNUSED: days without any use after which mail may be deleted
 * @RST_PROVIDER_FACT_INTERVAL: seconds that POP has to wait between two looks
 * @RST_PROVIDER_FACT_ONCE: POP hands out each message once (1)
 */
typedef enum {
  RST_PROVIDER_FACT_QUOTA,
  RST_PROVIDER_FACT_MESSAGES,
  RST_PROVIDER_FACT_EXPIRES,
  RST_PROVIDER_FACT_UNUSED,
  RST_PROVIDER_FACT_INTERVAL,
  RST_PROVIDER_FACT_ONCE,
} RstProviderFactKind;

typedef struct {
  RstProviderFactKind  kind;
  guint64              value;
  const char          *source;  /* a URL; NULL ends a list */
  const char          *checked; /* when, as in ISO 8601 */
} RstProviderFact;

const char *rst_provider_fact_get_nick (RstProviderFactKind    kind);
char       *rst_provider_fact_describe (const RstProviderFact *self);
void        rst_provider_facts_answer  (GPtrArray             *facts,
                                        RstAnswers            *answers);

G_END_DECLS
