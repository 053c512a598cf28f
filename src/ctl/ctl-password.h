/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the password comes from: standard input, the Secret Service, or the person at the terminal.
 * Never the command line, never the environment.
 */
#pragma once

#include "ctl-await.h"
#include "rst-endpoint.h"
#include "rst-secret.h"

G_BEGIN_DECLS

typedef struct {
  gboolean from_stdin;   /* --password-stdin */
  gboolean from_service; /* --password-secret */
} CtlPassword;

/* The options of a verb that takes a password, kept in the CtlPassword named @name. */
#define CTL_PASSWORD_ENTRIES(name)                                                                   \
  { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &name.from_stdin,                                     \
    N_("Read the password from standard input, up to the first line break"), NULL },                 \
  { "password-secret", 0, 0, G_OPTION_ARG_NONE, &name.from_service,                                  \
    N_("Take the password from the password store (Secret Service)"), NULL }

gboolean   ctl_password_is_given    (const CtlPassword  *self);
gboolean   ctl_password_is_possible (const CtlPassword  *self);
RstSecret *ctl_password_get         (const CtlPassword  *self,
                                     CtlAwait           *await,
                                     const RstEndpoint  *endpoint,
                                     const char         *username,
                                     GError            **error);

G_END_DECLS
