/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a probe learnt about a server, in words.
 */
#include "ctl-text.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-error.h"

#define LABEL_COLUMNS 16

static void
row (const char *label,
     const char *text)
{
  if (text != NULL && *text != '\0')
    ctl_print_row (2, label, LABEL_COLUMNS, text);
}

static void
print_tls (const RstFacts *facts)
{
  const RstTlsFacts *tls = &facts->tls;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  if (!facts->secured && tls->problems == 0)
    return;
  text = g_strdup_printf ("%s, %s", tls->version != NULL ? tls->version : "TLS",
                          tls->cipher != NULL ? tls->cipher : _("method unknown"));
  row (_("Encryption"), text);
  if (tls->not_after != NULL)
    day = g_date_time_format (tls->not_after, C_("certificate", "%B %-d, %Y"));
  if (tls->verified && day != NULL)
    {
      g_autofree char *good = g_strdup_printf (_("valid until %s"), day);

      row (_("Certificate"), good);
    }
  problems = rst_facts_describe_problems (facts);
  for (guint i = 0; i < problems->len; i++)
    if (facts->error == NULL || !g_str_equal (facts->error->message, problems->pdata[i]))
      row (_("Certificate"), problems->pdata[i]);
}

static void
print_more (const RstFacts *facts)
{
  g_autoptr (GList) names = g_hash_table_get_keys (facts->more);

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    row (l->data, g_hash_table_lookup (facts->more, l->data));
}

/**
 * ctl_print_facts:
 * @facts: what a probe learnt
 *
 * Prints it as rows.
 */
void
ctl_print_facts (const RstFacts *facts)
{
  g_autofree char *auth = g_strjoinv (" ", facts->auth);
  g_autofree char *capabilities = g_strjoinv (" ", facts->capabilities);

  row (_("Reached"), facts->reachable ? _("yes") : _("no"));
  print_tls (facts);
  row (_("Greeting"), facts->greeting);
  row (_("Sign-in by"), auth);
  row (_("Can do"), capabilities);
  print_more (facts);
  if (facts->signed_in)
    {
      g_autofree char *text = facts->mechanism != NULL ? g_strdup_printf (_("yes, by %s"), facts->mechanism)
                                                       : g_strdup (_("yes"));

      row (_("Signed in"), text);
    }
  if (facts->error == NULL)
    return;
  row (_("Problem"), facts->error->message);
  row (_("What to try"), rst_error_get_advice (facts->error));
}
