/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * neomutt, see neomutt(1) for the files and rst-mutt.c for what is written. Without a file of its own it
 * reads that of mutt.
 */
#include "rst-mutt.h"

extern const RstClient rst_client_neomutt;

static const char * const files_in_order[] = {
  "+/neomutt/neomuttrc",
  "+/neomutt/muttrc",
  "+/mutt/neomuttrc",
  "+/mutt/muttrc",
  "~/.neomutt/neomuttrc",
  "~/.neomutt/muttrc",
  "~/.mutt/neomuttrc",
  "~/.mutt/muttrc",
  "~/.neomuttrc",
  "~/.muttrc",
  NULL,
};

static const RstMutt neomutt = {
  .client = &rst_client_neomutt,
  .files = files_in_order,
  .fresh = "+/neomutt/neomuttrc",
};

static void
wants (const RstPlaces *places,
       const RstFiles  *files,
       GPtrArray       *paths)
{
  rst_mutt_wants (&neomutt, places, files, paths);
}

static void
profiles (const RstPlaces *places,
          const RstFiles  *files,
          GPtrArray       *found)
{
  rst_mutt_profiles (&neomutt, places, files, found);
}

static void
accounts (const RstPlaces  *places,
          const RstProfile *profile,
          const RstFiles   *files,
          GPtrArray        *found)
{
  rst_mutt_accounts (&neomutt, places, files, found);
}

static gboolean
plan (const RstPlaces  *places,
      const RstProfile *profile,
      const RstFiles   *files,
      const RstAccount *account,
      RstSetup         *setup,
      GError          **error)
{
  return rst_mutt_plan (&neomutt, places, files, account, setup, error);
}

static const char * const programs[] = { "neomutt", NULL };

const RstClient rst_client_neomutt = {
  .id = "neomutt",
  .name = "NeoMutt",
  .programs = programs,
  .flags = RST_CLIENT_IMAP | RST_CLIENT_POP | RST_CLIENT_SMTP | RST_CLIENT_TERMINAL,
  .wants = wants,
  .profiles = profiles,
  .accounts = accounts,
  .plan = plan,
};
