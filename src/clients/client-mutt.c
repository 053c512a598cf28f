/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mutt 2, see mutt(1) for the files and rst-mutt.c for what is written.
 */
#include "rst-mutt.h"

extern const RstClient rst_client_mutt;

static const char * const files_in_order[] = {
  "~/.muttrc",
  "~/.mutt/muttrc",
  "+/mutt/muttrc",
  NULL,
};

static const RstMutt mutt = {
  .client = &rst_client_mutt,
  .files = files_in_order,
  .fresh = "+/mutt/muttrc",
};

static void
wants (const RstPlaces *places,
       const RstFiles  *files,
       GPtrArray       *paths)
{
  rst_mutt_wants (&mutt, places, files, paths);
}

static void
profiles (const RstPlaces *places,
          const RstFiles  *files,
          GPtrArray       *found)
{
  rst_mutt_profiles (&mutt, places, files, found);
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  rst_mutt_accounts (&mutt, places, files, found);
}

static gboolean
plan (const RstPlaces  *places,
      const RstProfile *profile,
      const RstFiles   *files,
      const RstAccount *account,
      RstSetup         *setup,
      GError          **error)
{
  return rst_mutt_plan (&mutt, places, files, account, setup, error);
}

static const char * const programs[] = { "mutt", NULL };

const RstClient rst_client_mutt = {
  .id = "mutt",
  .name = "Mutt",
  .programs = programs,
  .flags = RST_CLIENT_IMAP | RST_CLIENT_POP | RST_CLIENT_SMTP | RST_CLIENT_TERMINAL,
  .wants = wants,
  .profiles = profiles,
  .accounts = accounts,
  .plan = plan,
};
