/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-seal.h"

static void
login_free (RstSealLogin *self)
{
  g_free (self->origin);
  g_free (self->user);
  g_free (self);
}

/**
 * rst_seal_new:
 * @folder: the profile's folder
 * @program: the program's name, for sentences
 * @ca_file: (nullable): authorities that the profile is to trust
 *
 * Returns: (transfer full): a request without sign-ins
 */
RstSeal *
rst_seal_new (const char *folder,
              const char *program,
              const char *ca_file)
{
  RstSeal *self = g_new0 (RstSeal, 1);

  self->folder = g_strdup (folder);
  self->program = g_strdup (program);
  self->ca_file = g_strdup (ca_file);
  self->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) login_free);
  return self;
}

/**
 * rst_seal_free:
 * @self: (transfer full): a request
 */
void
rst_seal_free (RstSeal *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->folder);
  g_free (self->program);
  g_free (self->ca_file);
  g_ptr_array_unref (self->logins);
  g_free (self);
}

/**
 * rst_seal_add_login:
 * @self: a request
 * @origin: such as imap://imap.example.org
 * @user: the name to sign in with
 *
 * Adds a sign-in that the password is for.
 */
void
rst_seal_add_login (RstSeal    *self,
                    const char *origin,
                    const char *user)
{
  RstSealLogin *login = g_new0 (RstSealLogin, 1);

  login->origin = g_strdup (origin);
  login->user = g_strdup (user);
  g_ptr_array_add (self->logins, login);
}
