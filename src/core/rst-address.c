/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-address.h"

#include "rst-endpoint.h"
#include "rst-error.h"
#include "rst-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* RFC 5321 section 4.5.3.1: 64 octets before the @, 255 after it. */
#define LOCAL_MAX 64
#define ADDRESS_MAX (LOCAL_MAX + 1 + 255)

G_DEFINE_BOXED_TYPE (RstAddress, rst_address, rst_address_copy, rst_address_free)

/* Dot-string of RFC 5321 section 4.1.2, with the UTF-8 of RFC 6531 section 3.3. */
static gboolean
local_is_valid (const char *local)
{
  gsize length = strlen (local);

  if (length == 0 || length > LOCAL_MAX || rst_text_has_control (local))
    return FALSE;
  if (local[0] == '.' || local[length - 1] == '.' || strstr (local, "..") != NULL)
    return FALSE;
  for (const char *p = local; *p != '\0'; p++)
    if ((guchar) *p < 0x80 && !g_ascii_isalnum (*p) && strchr ("!#$%&'*+-/=?^_`{|}~.", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* Scripts that are written together (UTS 39 section 5.2, “highly restrictive”). */
enum { LATIN = 1, HAN = 2, KANA = 4, HANGUL = 8, BOPOMOFO = 16 };

static guint
get_company (GUnicodeScript script)
{
  if (script == G_UNICODE_SCRIPT_LATIN)
    return LATIN;
  if (script == G_UNICODE_SCRIPT_HAN)
    return HAN;
  if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
    return KANA;
  return script == G_UNICODE_SCRIPT_HANGUL ? HANGUL : script == G_UNICODE_SCRIPT_BOPOMOFO ? BOPOMOFO : 0;
}

/* Letters of two scripts in one label: one may well be there because it looks like another. */
static gboolean
mixes_scripts (const char *label)
{
  GUnicodeScript alone = G_UNICODE_SCRIPT_COMMON;
  guint company = 0;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
        continue;
      company |= get_company (script);
      if (get_company (script) == 0 && alone != G_UNICODE_SCRIPT_COMMON && alone != script)
        return TRUE;
      if (get_company (script) == 0)
        alone = script;
    }
  if (alone != G_UNICODE_SCRIPT_COMMON && company != 0)
    return TRUE;
  company &= ~(LATIN | HAN); /* which go with each of the rest, that are never together */
  return (company & (company - 1)) != 0;
}

/* An A-label can stand for anything, also for what would reorder the text around it. */
static gboolean
is_showable (const char *domain)
{
  g_autofree char *clean = domain != NULL ? rst_text_clean (domain, -1, 255) : NULL;
  g_auto (GStrv) labels = g_strsplit (domain != NULL ? domain : "", ".", -1);

  for (char **label = labels; *label != NULL; label++)
    if (mixes_scripts (*label))
      return FALSE;
  return clean != NULL && g_str_equal (domain, clean);
}

/**
 * rst_address_parse:
 * @text: what a person typed; blanks around it are ignored
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with %RST_ERROR_INPUT
 */
RstAddress *
rst_address_parse (const char *text,
                   GError    **error)
{
  g_autoptr (RstAddress) self = g_new0 (RstAddress, 1);
  g_autofree char *typed = NULL;
  g_autofree char *shown = NULL;
  char *at;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) <= 2 * ADDRESS_MAX && g_utf8_validate (text, -1, NULL))
    typed = g_strstrip (g_strdup (text));
  at = typed != NULL ? strrchr (typed, '@') : NULL;
  if (at == NULL)
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           _("An email address looks like name@example.org."));
      return NULL;
    }
  *at = '\0';
  if (at[1] == '\0')
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           _("The part after the @ is missing, such as example.org."));
      return NULL;
    }
  self->domain = rst_host_normalise (at + 1, NULL);
  if (self->domain == NULL || strchr (self->domain, '.') == NULL ||
      g_hostname_is_ip_address (self->domain))
    {
      g_autofree char *clean = rst_text_clean (at + 1, -1, 64);

      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("“%s” cannot be the part after the @ of an email address."), clean);
      return NULL;
    }
  if (!local_is_valid (typed))
    {
      g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                           _("The part before the @ is missing, or has a character that no address "
                             "can have."));
      return NULL;
    }
  self->local = g_strdup (typed);
  self->full = g_strconcat (self->local, "@", self->domain, NULL);
  shown = g_hostname_to_unicode (self->domain);
  self->display = g_strconcat (self->local, "@", is_showable (shown) ? shown : self->domain, NULL);
  return g_steal_pointer (&self);
}

/**
 * rst_address_copy:
 * @self: an address
 *
 * Returns: (transfer full): a copy
 */
RstAddress *
rst_address_copy (const RstAddress *self)
{
  RstAddress *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (RstAddress, 1);
  copy->full = g_strdup (self->full);
  copy->local = g_strdup (self->local);
  copy->domain = g_strdup (self->domain);
  copy->display = g_strdup (self->display);
  return copy;
}

/**
 * rst_address_free:
 * @self: (transfer full): an address
 */
void
rst_address_free (RstAddress *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->full);
  g_free (self->local);
  g_free (self->domain);
  g_free (self->display);
  g_free (self);
}

/**
 * rst_address_equal:
 * @a: an address
 * @b: another one
 *
 * Local parts are compared without regard to ASCII case: servers may tell them apart (RFC 5321
 * section 2.4) but no provider gives both to different people.
 *
 * Returns: whether both are the same mailbox
 */
gboolean
rst_address_equal (const RstAddress *a,
                   const RstAddress *b)
{
  return g_ascii_strcasecmp (a->local, b->local) == 0 && g_str_equal (a->domain, b->domain);
}

/**
 * rst_address_expand:
 * @self: an address
 * @pattern: text with `%EMAILADDRESS%`, `%EMAILLOCALPART%`, `%EMAILDOMAIN%`, as in provider
 *   settings files (draft-ietf-mailmaint-autoconfig, “Placeholders”)
 *
 * Returns: (transfer full): @pattern with the placeholders replaced, each in one pass
 */
char *
rst_address_expand (const RstAddress *self,
                    const char       *pattern)
{
  const struct {
    const char *name;
    const char *value;
  } fields[] = {
    { "%EMAILADDRESS%", self->full },
    { "%EMAILLOCALPART%", self->local },
    { "%EMAILDOMAIN%", self->domain },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (pattern != NULL, NULL);

  for (const char *p = pattern; *p != '\0';)
    {
      gsize skip = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (fields) && skip == 0; i++)
        if (g_str_has_prefix (p, fields[i].name))
          {
            g_string_append (out, fields[i].value);
            skip = strlen (fields[i].name);
          }
      if (skip == 0)
        g_string_append_c (out, *p);
      p += MAX (skip, 1);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
