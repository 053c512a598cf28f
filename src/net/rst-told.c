/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-told.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A longer URL (bytes), to which a server may lead, is not looked through: it may say anything. */
#define TEXT_MAX 2048

static RstToldWhat
find_what (const char         *text,
           const RstAddress   *address,
           const RstRedaction *redaction)
{
  g_autofree char *lower = NULL;

  if (strlen (text) > TEXT_MAX || rst_redaction_finds (redaction, text))
    return RST_TOLD_ADDRESS;
  lower = g_ascii_strdown (text, -1);
  return strstr (lower, address->domain) != NULL ? RST_TOLD_DOMAIN : RST_TOLD_VISIT;
}

/**
 * rst_told_new_lookup:
 * @name: a name in the DNS
 * @address: the address that is searched for
 * @redaction: what says who that is
 *
 * Returns: (transfer full): what the name server learns when @name is looked up
 */
RstTold *
rst_told_new_lookup (const char         *name,
                     const RstAddress   *address,
                     const RstRedaction *redaction)
{
  RstTold *self = g_new0 (RstTold, 1);

  self->what = find_what (name, address, redaction);
  return self;
}

/**
 * rst_told_new_visit:
 * @url: the URL of a document, or of a mail server
 * @body: (nullable): what is posted there, which has the address in it
 * @address: the address that is searched for
 * @redaction: what says who that is
 *
 * Returns: (transfer full) (nullable): what its host learns; %NULL if there is no host in @url
 */
RstTold *
rst_told_new_visit (const char         *url,
                    const char         *body,
                    const RstAddress   *address,
                    const RstRedaction *redaction)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  RstTold *self;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  self = g_new0 (RstTold, 1);
  self->who = g_strdup (g_uri_get_host (uri));
  self->what = body != NULL ? RST_TOLD_ADDRESS : find_what (url, address, redaction);
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
