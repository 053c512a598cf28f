/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What mutt and neomutt have in common: the same language in files of other names. The account goes
 * into a managed block of the main file. The first account of a file becomes the one that the
 * program starts with; a further one is added beside it and changes no setting of it.
 */
#pragma once

#include "rst-client.h"

G_BEGIN_DECLS

/* What differs. */
typedef struct {
  const RstClient    *client;
  const char * const *files; /* in the order of search; `~/` is home, `+/` is $XDG_CONFIG_HOME */
  const char         *fresh; /* the one to make if there is none */
} RstMutt;

void     rst_mutt_wants    (const RstMutt     *self,
                            const RstPlaces   *places,
                            const RstFiles    *files,
                            GPtrArray         *paths);
void     rst_mutt_profiles (const RstMutt     *self,
                            const RstPlaces   *places,
                            const RstFiles    *files,
                            GPtrArray         *profiles);
void     rst_mutt_accounts (const RstMutt     *self,
                            const RstPlaces   *places,
                            const RstFiles    *files,
                            GPtrArray         *accounts);
gboolean rst_mutt_plan     (const RstMutt     *self,
                            const RstPlaces   *places,
                            const RstFiles    *files,
                            const RstAccount  *account,
                            RstSetup          *setup,
                            GError           **error);

G_END_DECLS
