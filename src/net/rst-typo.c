/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-typo.h"

#include "rst-providers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Shorter names, in a country even longer ones, have honest neighbours: mail.com, free.fr, libero.it. */
#define LETTERS_MIN 5
#define LETTERS_MIN_IN_COUNTRY 7

static const char * const keyboard[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm" };

static gboolean
find_key (char   letter,
          gssize *row,
          gssize *column)
{
  for (*row = 0; *row < (gssize) G_N_ELEMENTS (keyboard); ++*row)
    {
      const char *key = strchr (keyboard[*row], letter);

      if (key != NULL && letter != '\0')
        {
          *column = key - keyboard[*row];
          return TRUE;
        }
    }
  return FALSE;
}

/* Each row stands half a key to the right of that above it. */
static gboolean
are_neighbours (char a,
                char b)
{
  gssize row_a, row_b, column_a, column_b;

  if (!find_key (a, &row_a, &column_a) || !find_key (b, &row_b, &column_b))
    return FALSE;
  if (row_a == row_b)
    return ABS (column_a - column_b) == 1;
  if (ABS (row_a - row_b) != 1)
    return FALSE;
  return row_a < row_b ? column_b == column_a || column_b == column_a - 1
                       : column_a == column_b || column_a == column_b - 1;
}

/* A letter too many: one that was pressed twice, or with its neighbour. A plural is no slip. */
static gboolean
is_stray (const char *typed,
          gsize       at)
{
  char before = at > 0 ? typed[at - 1] : '\0';
  char after = typed[at + 1];

  if (typed[at] == before || typed[at] == after)
    return TRUE;
  if (after == '\0' && typed[at] == 's')
    return FALSE;
  return are_neighbours (typed[at], before) || are_neighbours (typed[at], after);
}

/* Whether one slip makes @meant into @typed: two letters exchanged, one left out, one too many, or the key
 * beside the right one. That is a Damerau-Levenshtein distance of 1, less what no finger does. */
static gboolean
is_slip (const char *typed,
         const char *meant)
{
  gsize typed_length = strlen (typed);
  gsize meant_length = strlen (meant);
  gsize at = 0;

  while (typed[at] != '\0' && typed[at] == meant[at])
    at++;
  if (typed_length + 1 == meant_length)
    return at > 0 && g_str_equal (typed + at, meant + at + 1);
  if (typed_length == meant_length + 1)
    return g_str_equal (typed + at + 1, meant + at) && is_stray (typed, at);
  if (typed_length != meant_length || at == typed_length)
    return FALSE;
  if (typed[at] == meant[at + 1] && typed[at + 1] == meant[at] &&
      g_str_equal (typed + at + 2, meant + at + 2))
    return TRUE;
  return at > 0 && g_str_equal (typed + at + 1, meant + at + 1) && are_neighbours (typed[at], meant[at]);
}

/* The end of a domain, from its dot on, that nobody has, or that is beside .com only to be mistyped. */
static gboolean
is_wrong_end (const char *typed,
              const char *meant)
{
  static const char * const real[] = { "cam", "bet", "net", "new", "pet", "vet", "ong", NULL };
  static const char * const almost_com[] = { ".co", ".cm", ".om", NULL };
  const char *last = strrchr (typed, '.') + 1;

  if (g_str_equal (meant, ".com") && g_strv_contains (almost_com, typed))
    return TRUE;
  return strlen (last) != 2 && !g_strv_contains (real, last) && is_slip (typed, meant);
}

/* Both are split at the first dot, since a slip on both sides would be two. */
static gboolean
is_typo (const char *typed,
         const char *meant)
{
  const char *typed_end = strchr (typed, '.');
  const char *meant_end = strchr (meant, '.');
  g_autofree char *typed_name = g_strndup (typed, typed_end - typed);
  g_autofree char *meant_name = g_strndup (meant, meant_end - meant);
  gboolean in_country = strlen (meant_end) == strlen (".de");

  if (strlen (meant_name) < (in_country ? LETTERS_MIN_IN_COUNTRY : LETTERS_MIN))
    return FALSE;
  if (g_str_equal (typed_name, meant_name))
    return is_wrong_end (typed_end, meant_end);
  return g_str_equal (typed_end, meant_end) && is_slip (typed_name, meant_name);
}

static char *
find_meant (const RstProvider *provider,
            const char        *domain)
{
  /* A word like any other. */
  static const char * const words[] = { "email.com", NULL };
  g_auto (GStrv) domains = g_strsplit (provider->domains != NULL ? provider->domains : "", " ", -1);

  for (char **word = domains; *word != NULL; word++)
    if (**word != '\0' && **word != '.' && !g_strv_contains (words, *word) && is_typo (domain, *word))
      return g_strdup (*word);
  return NULL;
}

/**
 * rst_typo_suggest:
 * @address: an address
 *
 * Returns: (transfer full) (nullable): the address that was probably meant; %NULL if nothing speaks for a
 *   slip
 */
char *
rst_typo_suggest (const RstAddress *address)
{
  static const RstProvider * const tables[] = { rst_providers_world, rst_providers_japan };

  g_return_val_if_fail (address != NULL, NULL);

  if (rst_providers_find (address->domain) != NULL)
    return NULL;
  for (gsize table = 0; table < G_N_ELEMENTS (tables); table++)
    for (const RstProvider *provider = tables[table]; provider->name != NULL; provider++)
      {
        g_autofree char *meant = find_meant (provider, address->domain);

        if (meant != NULL)
          return g_strdup_printf ("%s@%s", address->local, meant);
      }
  return NULL;
}

/**
 * rst_typo_describe:
 * @suggestion: the address that was probably meant
 *
 * Returns: (transfer full): the question whether it was, and why it matters
 */
char *
rst_typo_describe (const char *suggestion)
{
  return g_strdup_printf (_("Did you mean %s? A domain that looks like a well-known one often belongs to "
                            "somebody who collects mail that goes astray."), suggestion);
}
