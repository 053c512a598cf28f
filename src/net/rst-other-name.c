/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-other-name.h"

#include "rst-domain.h"

#include <string.h>

/* First labels of servers that have nothing to do with mail programs. */
static const char * const others[] = { "www", "ftp", "autoconfig", "autodiscover", "cpanel", "webdisk",
                                       "webmail", "whm", "cpcalendars", "cpcontacts", NULL };
/* First labels of mail servers of any protocol, and of each. */
static const char * const any[] = { "mail", "mx", NULL };
static const char * const labels[RST_N_PROTOCOLS][5] = {
  [RST_PROTOCOL_IMAP] = { "imap", "imap4", "imaps", NULL },
  [RST_PROTOCOL_POP3] = { "pop", "pop3", "pops", NULL },
  [RST_PROTOCOL_SMTP] = { "smtp", "smtps", "submission", NULL },
};

static gboolean
is_named (const char         *name,
          const char * const *firsts)
{
  g_autofree char *first = g_strndup (name, strcspn (name, "."));

  return g_strv_contains (firsts, first);
}

/* The only name that is left, if there is just one. */
static const char *
pick (const RstFacts *facts,
      gboolean        same,
      gboolean        mail)
{
  const char *found = NULL;

  for (char **name = facts->tls.names; *name != NULL; name++)
    {
      if (!rst_domain_has_host (*name) || strchr (*name, '*') != NULL || is_named (*name, others) ||
          (same && !rst_domain_same_site (*name, facts->endpoint->host)) ||
          (mail && !is_named (*name, any) && !is_named (*name, labels[facts->endpoint->protocol])))
        continue;
      if (found != NULL && !g_str_equal (found, *name))
        return NULL;
      found = *name;
    }
  return found;
}

/**
 * rst_other_name_find:
 * @facts: facts of a server whose certificate is sound but for its name
 * @certain: (out): whether the name belongs to who owns the one that was asked for
 *
 * Returns: (transfer none) (nullable): the one name in the certificate that a mail server may have; %NULL if
 *   there is none, or more than one
 */
const char *
rst_other_name_find (const RstFacts *facts,
                     gboolean       *certain)
{
  const char *name = pick (facts, TRUE, TRUE);

  if (name == NULL)
    name = pick (facts, TRUE, FALSE);
  *certain = name != NULL;
  if (name == NULL)
    name = pick (facts, FALSE, TRUE);
  if (name == NULL)
    name = pick (facts, FALSE, FALSE);
  return name;
}
