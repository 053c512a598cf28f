/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last steps of setup: every change is shown, the person agrees, and it is written.
 */
#include "setup.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ctl-ask.h"
#include "ctl-output.h"
#include "ctl-server.h"
#include "rst-diff.h"
#include "rst-text.h"
#include "rst-vault.h"
#include "rst-writer.h"

static void
print_edit (const RstEdit *edit)
{
  g_autofree char *diff = NULL;
  g_autofree char *shown = NULL;

  if (!rst_edit_changes (edit))
    return;
  diff = rst_diff_unified (edit, RST_DIFF_CONTEXT);
  /* A file may hold what a terminal takes for a command; patch wants its bytes as they are. */
  if (isatty (STDOUT_FILENO))
    shown = rst_text_reveal (diff, -1);
  fputs (shown != NULL ? shown : diff, stdout);
}

static void
print_changes (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->edits->len; j++)
        print_edit (setup->edits->pdata[j]);
    }
}

/**
 * setup_print_servers:
 * @self: a setup whose method is decided
 *
 * Prints the servers that programs will use.
 */
void
setup_print_servers (Setup *self)
{
  const RstCandidate *broken = setup_broken_sender (self);

  ctl_print_heading (_("Incoming mail"));
  ctl_print_server (setup_get_incoming (self));
  ctl_print_heading (_("Outgoing mail"));
  if (setup_get_outgoing (self) != NULL)
    ctl_print_server (setup_get_outgoing (self));
  else
    ctl_print_text (2, _("No server for outgoing mail was found: mail can be read, but not sent."));
  if (broken != NULL)
    ctl_print_other_server (broken);
}

static void
print_secrets (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->secrets->len; j++)
        ctl_print_item (2, "•", ((RstSecretItem *) setup->secrets->pdata[j])->label);
    }
}

static void
print_summaries (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->edits->len; j++)
        ctl_print_item (2, "•", ((RstEdit *) setup->edits->pdata[j])->summary);
    }
  ctl_print_gap ();
}

static void
print_review (Setup *self)
{
  setup_print_servers (self);
  if (setup_changes_files (self))
    {
      ctl_print_heading (_("What changes"));
      print_summaries (self);
      print_changes (self);
    }
  if (setup_stores_secrets (self))
    {
      ctl_print_heading (_("What the password store (Secret Service) gets"));
      print_secrets (self);
    }
}

/**
 * setup_review:
 * @self: a setup with a plan
 *
 * Step: shows every change, and asks whether to make it.
 *
 * Returns: how to go on
 */
CtlExit
setup_review (Setup *self)
{
  g_autoptr (GError) error = NULL;

  if (self->setups->len == 0)
    {
      ctl_message (_("All of it is set up already: nothing to change."));
      return CTL_EXIT_DONE;
    }
  if (self->dry_run && !self->options.json)
    print_changes (self);
  else if (!self->options.json)
    print_review (self);
  if (self->yes || self->dry_run)
    return CTL_EXIT_DONE;
  if (ctl_ask_yes (_("Make these changes?"), &error))
    return CTL_EXIT_DONE;
  ctl_message (_("Nothing was changed."));
  return CTL_EXIT_CANCELLED;
}

static void
print_result (const Setup *self)
{
  g_autofree char *undo = g_strdup_printf (_("To take it back: restantectl undo %s"), self->undo_id);

  ctl_print_heading (_("Done"));
  for (guint i = 0; i < self->setups->len; i++)
    {
      const RstSetup *setup = self->setups->pdata[i];

      for (guint j = 0; j < setup->next->len; j++)
        ctl_print_item (2, "•", setup->next->pdata[j]);
    }
  ctl_print_item (2, "•", undo);
}

/**
 * setup_write:
 * @self: a setup that the person agreed to
 *
 * Step: writes it, all or nothing.
 *
 * Returns: how to end
 */
CtlExit
setup_write (Setup *self)
{
  GError *error = NULL;

  if (self->dry_run || self->setups->len == 0)
    return CTL_EXIT_DONE;
  rst_writer_apply_async (self->setups, self->address->full, self->secret, &rst_secret_service,
                          ctl_await_cancellable (self->await), ctl_await_cb, self->await);
  self->undo_id = rst_writer_apply_finish (ctl_await_result (self->await), &error);
  if (self->undo_id == NULL)
    return setup_fail (self, error);
  if (*self->undo_id == '\0')
    {
      g_clear_pointer (&self->undo_id, g_free);
      ctl_message (_("All of it is set up already: nothing to change."));
    }
  else if (!self->options.json)
    print_result (self);
  return CTL_EXIT_DONE;
}
