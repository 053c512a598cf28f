/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-told.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static RstToldWhat
find_what (const RstAsk     *ask,
           const RstAddress *address)
{
  g_autofree char *escaped = g_uri_escape_string (address->full, NULL, FALSE);

  if (ask->body != NULL || strstr (ask->name, escaped) != NULL)
    return RST_TOLD_ADDRESS;
  return strstr (ask->name, address->domain) != NULL ? RST_TOLD_DOMAIN : RST_TOLD_VISIT;
}

/**
 * rst_told_new:
 * @ask: what is asked
 * @address: the address that is searched for
 *
 * Returns: (transfer full) (nullable): who learns what by it, or %NULL if nobody learns anything
 */
RstTold *
rst_told_new (const RstAsk     *ask,
              const RstAddress *address)
{
  g_autoptr (GUri) uri = NULL;
  RstTold *self;

  if (ask->kind == RST_ASK_FILE)
    return NULL;
  self = g_new0 (RstTold, 1);
  self->what = find_what (ask, address);
  if (ask->kind == RST_ASK_HTTPS || ask->kind == RST_ASK_HTTP || ask->kind == RST_ASK_POST)
    {
      uri = g_uri_parse (ask->name, G_URI_FLAGS_ENCODED, NULL);
      self->who = g_strdup (uri != NULL ? g_uri_get_host (uri) : ask->name);
    }
  return self;
}

/**
 * rst_told_free:
 * @self: (transfer full): who learnt what
 */
void
rst_told_free (RstTold *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->who);
  g_free (self);
}

/**
 * rst_told_add:
 * @list: (element-type RstTold): a list
 * @told: (transfer full) (nullable): one more
 *
 * Adds to the list. Everybody is in it once, with the most that they learnt.
 */
void
rst_told_add (GPtrArray *list,
              RstTold   *told)
{
  if (told == NULL)
    return;
  for (guint i = 0; i < list->len; i++)
    {
      RstTold *other = g_ptr_array_index (list, i);

      if (g_strcmp0 (other->who, told->who) != 0)
        continue;
      other->what = MAX (other->what, told->what);
      rst_told_free (told);
      return;
    }
  g_ptr_array_add (list, told);
}

/**
 * rst_told_describe:
 * @self: who learnt what
 *
 * Returns: (transfer full): one translated sentence
 */
char *
rst_told_describe (const RstTold *self)
{
  const char *who = self->who != NULL ? self->who : _("The name server");

  switch (self->what)
    {
    case RST_TOLD_VISIT:
      return g_strdup_printf (_("%s learnt that somebody asked, and nothing about you."), who);
    case RST_TOLD_DOMAIN:
      return g_strdup_printf (_("%s learnt the domain of your address."), who);
    case RST_TOLD_ADDRESS:
      return g_strdup_printf (_("%s learnt your address."), who);
    }
  g_return_val_if_reached (NULL);
}

/**
 * rst_told_get_nick:
 * @what: what was learnt
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_told_get_nick (RstToldWhat what)
{
  static const char * const nicks[] = { "visit", "domain", "address" };

  g_return_val_if_fail (what < G_N_ELEMENTS (nicks), NULL);
  return nicks[what];
}
