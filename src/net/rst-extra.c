/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-extra.h"

#include "rst-domain.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No place is longer (bytes). */
#define URL_MAX 255

static const struct {
  const char *nick;
  const char *title;
  const char *scheme;
  guint16     port;
  const char *path; /* RFC 8615 */
} kinds[] = {
  [RST_EXTRA_CALDAV] = { "caldav", N_("Calendar (CalDAV)"), "https", 443, "/.well-known/caldav" },
  [RST_EXTRA_CARDDAV] = { "carddav", N_("Address book (CardDAV)"), "https", 443, "/.well-known/carddav" },
  [RST_EXTRA_JMAP] = { "jmap", N_("Mail by JMAP"), "https", 443, "/.well-known/jmap" },
  [RST_EXTRA_SIEVE] = { "managesieve", N_("Filters on the server (ManageSieve)"), "sieve", 4190, "" },
};

/**
 * rst_extra_new:
 * @kind: what it is
 * @host: where
 * @port: its port
 * @source: (transfer none): id of the source that found it
 *
 * Returns: (transfer full): a new extra, at the usual place of its host
 */
RstExtra *
rst_extra_new (RstExtraKind  kind,
               const char   *host,
               guint16       port,
               const char   *source)
{
  RstExtra *self = g_new0 (RstExtra, 1);

  self->kind = kind;
  self->source = source;
  if (port == kinds[kind].port)
    self->url = g_strdup_printf ("%s://%s%s", kinds[kind].scheme, host, kinds[kind].path);
  else
    self->url = g_strdup_printf ("%s://%s:%u%s", kinds[kind].scheme, host, port, kinds[kind].path);
  return self;
}

/**
 * rst_extra_new_for_url:
 * @kind: what it is
 * @url: where, as a provider says
 * @source: (transfer none): id of the source that found it
 *
 * Returns: (transfer full) (nullable): a new extra, or %NULL if @url is not an https address of a host in
 *   the DNS of the internet
 */
RstExtra *
rst_extra_new_for_url (RstExtraKind  kind,
                       const char   *url,
                       const char   *source)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  RstExtra *self;

  if (uri == NULL || !g_str_has_prefix (url, "https://") || !rst_domain_has_host (g_uri_get_host (uri)) ||
      strlen (url) > URL_MAX || !g_str_is_ascii (url) || rst_text_has_control (url) ||
      strpbrk (url, " <>\"") != NULL || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  self = g_new0 (RstExtra, 1);
  self->kind = kind;
  self->url = g_strdup (url);
  self->source = source;
  return self;
}

/**
 * rst_extra_set_path:
 * @self: an extra from rst_extra_new()
 * @path: where it begins on its host, as DNS says
 *
 * Returns: whether @path can be one, and was taken
 */
gboolean
rst_extra_set_path (RstExtra   *self,
                    const char *path)
{
  g_autofree char *origin = NULL;
  g_autofree char *url = NULL;
  g_autoptr (RstExtra) other = NULL;

  if (path[0] != '/' || path[1] == '/' || strpbrk (path, "?#\\") != NULL)
    return FALSE;
  origin = g_strndup (self->url, strlen (self->url) - strlen (kinds[self->kind].path));
  url = g_strconcat (origin, path, NULL);
  other = rst_extra_new_for_url (self->kind, url, self->source);
  if (other == NULL)
    return FALSE;
  g_free (self->url);
  self->url = g_steal_pointer (&other->url);
  return TRUE;
}

/**
 * rst_extra_copy:
 * @self: an extra
 *
 * Returns: (transfer full): a copy
 */
RstExtra *
rst_extra_copy (const RstExtra *self)
{
  RstExtra *copy = g_new0 (RstExtra, 1);

  copy->kind = self->kind;
  copy->url = g_strdup (self->url);
  copy->source = self->source;
  return copy;
}

/**
 * rst_extra_free:
 * @self: (transfer full): an extra
 */
void
rst_extra_free (RstExtra *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->url);
  g_free (self);
}

/**
 * rst_extra_compare:
 * @a: (type gpointer): a pointer to an extra
 * @b: (type gpointer): another one
 *
 * Returns: their order in a list: by kind, then by place
 */
gint
rst_extra_compare (gconstpointer a,
                   gconstpointer b)
{
  const RstExtra *first = *(const RstExtra * const *) a;
  const RstExtra *second = *(const RstExtra * const *) b;

  if (first->kind != second->kind)
    return (gint) first->kind - (gint) second->kind;
  return strcmp (first->url, second->url);
}

/**
 * rst_extra_get_nick:
 * @kind: a kind
 *
 * Returns: (transfer none): its name in machine-readable output
 */
const char *
rst_extra_get_nick (RstExtraKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].nick;
}

/**
 * rst_extra_get_title:
 * @kind: a kind
 *
 * Returns: (transfer none): its translated name for people
 */
const char *
rst_extra_get_title (RstExtraKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return _(kinds[kind].title);
}

/**
 * rst_extra_describe:
 * @self: an extra
 *
 * Returns: (transfer full): what it is, where, and how far that is known
 */
char *
rst_extra_describe (const RstExtra *self)
{
  const char *title = rst_extra_get_title (self->kind);

  if (g_str_equal (self->source, "srv"))
    return g_strdup_printf (_("%s: %s (named in the DNS, not checked)"), title, self->url);
  return g_strdup_printf (_("%s: %s (named by the provider, not checked)"), title, self->url);
}
