/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-secret.h"

#include "rst-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Pages of its own per secret: locked in memory and left out of core dumps as a whole. */
struct _RstSecret {
  gint     refs;
  gboolean token;
  gsize    size;
  char    *page;
};

G_DEFINE_BOXED_TYPE (RstSecret, rst_secret, rst_secret_ref, rst_secret_unref)

/**
 * rst_wipe:
 * @data: (nullable): memory
 * @length: its size in bytes
 *
 * Overwrites memory in a way that the compiler may not leave out.
 */
void
rst_wipe (gpointer data,
          gsize    length)
{
  if (data != NULL)
    explicit_bzero (data, length);
}

/**
 * rst_wipe_free:
 * @text: (nullable) (transfer full): a nul-terminated string that held something secret
 *
 * Wipes and frees a string.
 */
void
rst_wipe_free (char *text)
{
  if (text == NULL)
    return;
  rst_wipe (text, strlen (text));
  g_free (text);
}

static RstSecret *
copy (const char *text,
      gsize       length)
{
  gsize page_size = (gsize) sysconf (_SC_PAGESIZE);
  RstSecret *self = g_new0 (RstSecret, 1);

  self->refs = 1;
  self->size = (length / page_size + 1) * page_size;
  self->page = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->page == MAP_FAILED)
    g_error ("out of memory");
  /* Both are best effort: a low RLIMIT_MEMLOCK must not keep anybody from signing in. */
  (void) mlock (self->page, self->size);
  (void) madvise (self->page, self->size, MADV_DONTDUMP);
  memcpy (self->page, text, length);
  return self;
}

/**
 * rst_secret_new:
 * @text: the password
 * @length: its length in bytes, without the final nul
 * @error: return location for an error
 *
 * Copies a password into protected memory. The caller still has to wipe its own copy.
 * Control characters are refused (%RST_ERROR_INPUT): every line-based format would take a line
 * break in a value for a new directive.
 *
 * Returns: (transfer full) (nullable): a new secret, or %NULL with @error set
 */
RstSecret *
rst_secret_new (const char *text,
                gsize       length,
                GError    **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (length == 0 || length > RST_SECRET_MAX)
    {
      g_set_error (error, RST_ERROR, RST_ERROR_INPUT,
                   _("The password must have 1 to %d bytes."), RST_SECRET_MAX);
      return NULL;
    }
  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (text[i]))
      {
        g_set_error_literal (error, RST_ERROR, RST_ERROR_INPUT,
                             _("The password contains a control character, such as a line break."));
        return NULL;
      }
  return copy (text, length);
}

/**
 * rst_secret_new_token:
 * @text: an access token (RFC 6749 section 1.4)
 * @length: its length in bytes, without the final nul
 *
 * Copies a token into protected memory. The caller still has to wipe its own copy. It is not a
 * password: it is sent by the mechanisms for tokens only, and never stored.
 *
 * Returns: (transfer full) (nullable): a new secret, or %NULL if @text has characters that a bearer
 *   token cannot have (RFC 6750 section 2.1), none at all, or more than %RST_TOKEN_MAX
 */
RstSecret *
rst_secret_new_token (const char *text,
                      gsize       length)
{
  RstSecret *self;
  gsize n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  while (n < length && (g_ascii_isalnum (text[n]) || (text[n] != '\0' && strchr ("-._~+/", text[n]) != NULL)))
    n++;
  if (n == 0 || length > RST_TOKEN_MAX)
    return NULL;
  while (n < length && text[n] == '=')
    n++;
  if (n < length)
    return NULL;
  self = copy (text, length);
  self->token = TRUE;
  return self;
}

/**
 * rst_secret_is_token:
 * @self: a secret
 *
 * Returns: whether it is an access token, not a password
 */
gboolean
rst_secret_is_token (RstSecret *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->token;
}

/**
 * rst_secret_ref:
 * @self: a secret
 *
 * Returns: (transfer full): @self
 */
RstSecret *
rst_secret_ref (RstSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->refs);
  return self;
}

/**
 * rst_secret_unref:
 * @self: (transfer full): a secret
 *
 * Drops a reference; the last one wipes the memory.
 */
void
rst_secret_unref (RstSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->refs))
    return;
  rst_wipe (self->page, self->size);
  munmap (self->page, self->size);
  g_free (self);
}

/**
 * rst_secret_peek:
 * @self: a secret
 *
 * Returns: (transfer none): the password or token; valid as long as @self, never to be copied into ordinary
 *   memory that is not wiped
 */
const char *
rst_secret_peek (RstSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->page;
}
