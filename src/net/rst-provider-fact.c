/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-provider-fact.h"

#include <glib/gi18n-lib.h>

/* Below this a mailbox is small whatever is in it, as for what a server tells (rst_facts_answer()). */
#define SMALL_BYTES (G_GUINT64_CONSTANT (1) << 30)

/**
 * rst_provider_fact_get_nick:
 * @kind: a kind of fact
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_provider_fact_get_nick (RstProviderFactKind kind)
{
  static const char * const nicks[] = { "quota", "messages", "expires", "unused", "interval", "once" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (nicks), NULL);
  return nicks[kind];
}

static char *
describe_quota (guint64 bytes)
{
  g_autofree char *size = g_format_size (bytes);

  return g_strdup_printf (_("The mailbox holds about %s, unless you have a larger plan."), size);
}

/**
 * rst_provider_fact_describe:
 * @self: a fact
 *
 * Returns: (transfer full): it as a sentence
 */
char *
rst_provider_fact_describe (const RstProviderFact *self)
{
  guint number = (guint) self->value;

  switch (self->kind)
    {
    case RST_PROVIDER_FACT_QUOTA:
      return describe_quota (self->value);
    case RST_PROVIDER_FACT_MESSAGES:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The mailbox holds about %u message.",
                                           "The mailbox holds about %u messages.", number), number);
    case RST_PROVIDER_FACT_EXPIRES:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "The provider deletes mail that has been in the inbox for %u day.",
                     "The provider deletes mail that has been in the inbox for %u days.", number), number);
    case RST_PROVIDER_FACT_UNUSED:
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "The provider may delete mail if you read none for %u day.",
                     "The provider may delete mail if you read none for %u days.", number), number);
    case RST_PROVIDER_FACT_INTERVAL:
      number /= 60;
      return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "With POP, the provider lets a program look for new mail only every %u minute.",
                     "With POP, the provider lets a program look for new mail only every %u minutes.",
                     number), number);
    case RST_PROVIDER_FACT_ONCE:
      return g_strdup (_("With POP, the provider hands out each message once: what one device fetched, "
                         "another one does not get."));
    }
  g_return_val_if_reached (NULL);
}

/**
 * rst_provider_facts_answer:
 * @facts: (element-type RstProviderFact): what is known of a provider
 * @answers: where to add what they say about the room in the mailbox and how long mail is kept
 *
 * A limit that is not small leaves the room open: only the server knows how much of it is taken. To be
 * called before rst_facts_answer(), for what a server tells counts more.
 */
void
rst_provider_facts_answer (GPtrArray  *facts,
                           RstAnswers *answers)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const RstProviderFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == RST_PROVIDER_FACT_QUOTA && fact->value < SMALL_BYTES)
        rst_answers_set_fact (answers, RST_KEY_QUOTA, RST_QUOTA_SMALL, RST_EVIDENCE_PROVIDER_LIST);
      if (fact->kind == RST_PROVIDER_FACT_EXPIRES && fact->value > 0 && fact->value <= RST_MAX_DAYS)
        rst_answers_set_fact (answers, RST_KEY_EXPIRES, (guint) fact->value, RST_EVIDENCE_PROVIDER_LIST);
    }
}
