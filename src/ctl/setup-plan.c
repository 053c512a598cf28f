/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of setup that choose the programs and plan what changes in their files. Nothing is
 * written here.
 */
#include "setup.h"

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-error.h"

/**
 * setup_list_clients:
 *
 * Returns: (transfer full): the ids of all programs that can be set up, for people
 */
char *
setup_list_clients (void)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; rst_clients[i] != NULL; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", rst_clients[i]->id);
  return g_string_free (ids, FALSE);
}

static void
add_named (Setup      *self,
           const char *list)
{
  g_auto (GStrv) ids = g_strsplit_set (list, ", ", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      RstFoundClient *found = rst_scan_find (self->scan, ids[i]);

      if (found != NULL && !g_ptr_array_find (self->targets, found, NULL))
        g_ptr_array_add (self->targets, found);
    }
}

static void
add_installed (Setup *self)
{
  GPtrArray *clients = rst_scan_get_clients (self->scan);

  for (guint i = 0; i < clients->len; i++)
    {
      RstFoundClient *found = clients->pdata[i];

      if (found->installed && rst_client_check (found->client, self->account, NULL))
        g_ptr_array_add (self->targets, found);
    }
}

/* Whoever has no program to set up can still read here what to enter elsewhere. */
static CtlExit
explain_nothing (Setup *self)
{
  g_autofree char *known = setup_list_clients ();

  if (!self->options.json)
    setup_print_servers (self);
  ctl_message (_("restantectl: No mail program that can be set up for this was found on this computer. "
                 "Name one with --client. Programs: %s."), known);
  return CTL_EXIT_ADVICE_ONLY;
}

/**
 * setup_broken_sender:
 * @self: a setup whose servers are found
 *
 * Returns: (nullable) (transfer none): the server for sending that somebody names, where none can be used
 */
RstCandidate *
setup_broken_sender (const Setup *self)
{
  for (guint i = 0; self->found[RST_PROTOCOL_SMTP] == NULL && i < self->servers->len; i++)
    {
      RstCandidate *candidate = self->servers->pdata[i];

      if (candidate->endpoint->protocol == RST_PROTOCOL_SMTP && candidate->trust >= RST_TRUST_DNS &&
          candidate->probe != NULL && candidate->probe->error != NULL)
        return candidate;
    }
  return NULL;
}

/* Half an account is not made behind somebody's back: whoever is asked sees in the review that there is
 * nothing to send by. */
static gboolean
misses_sender (const Setup    *self,
               RstFoundClient *found)
{
  gboolean named = self->clients != NULL;
  gboolean wanted = named ? g_ptr_array_find (self->targets, found, NULL) : found->installed;
  gboolean unasked = self->yes && !self->dry_run && setup_broken_sender (self) != NULL;

  if (!wanted || (found->client->flags & RST_CLIENT_SMTP) == 0)
    return FALSE;
  return unasked || (named && !rst_client_receives (found->client));
}

static CtlExit
check_sending (Setup *self)
{
  GPtrArray *clients = rst_scan_get_clients (self->scan);
  g_autoptr (GError) why = NULL;

  for (guint i = 0; self->found[RST_PROTOCOL_SMTP] == NULL && why == NULL && i < clients->len; i++)
    if (misses_sender (self, clients->pdata[i]))
      why = ctl_search_explain (self->discovery, self->servers, self->address, 1u << RST_PROTOCOL_SMTP);
  if (why == NULL)
    return CTL_EXIT_DONE;
  return setup_fail (self, g_error_new (why->domain, why->code,
                                        _("Mail could be read, but not sent, so nothing was changed. %s"),
                                        why->message));
}

/**
 * setup_choose_programs:
 * @self: a setup
 *
 * Step: the programs that the person named, or those that are installed.
 *
 * Returns: how to go on
 */
CtlExit
setup_choose_programs (Setup *self)
{
  self->targets = g_ptr_array_new ();
  for (guint i = 0; self->clients != NULL && self->clients[i] != NULL; i++)
    add_named (self, self->clients[i]);
  if (self->clients == NULL)
    add_installed (self);
  return self->targets->len > 0 ? check_sending (self) : explain_nothing (self);
}

/**
 * setup_changes_files:
 * @self: a setup with a plan
 *
 * Returns: whether a file changes
 */
gboolean
setup_changes_files (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    if (rst_setup_edits (self->setups->pdata[i]))
      return TRUE;
  return FALSE;
}

/**
 * setup_stores_secrets:
 * @self: a setup with a plan
 *
 * Returns: whether the Secret Service gets the password
 */
gboolean
setup_stores_secrets (const Setup *self)
{
  for (guint i = 0; i < self->setups->len; i++)
    if (((RstSetup *) self->setups->pdata[i])->secrets->len > 0)
      return TRUE;
  return FALSE;
}

static GError *
check_target (const RstFoundClient *found)
{
  const RstFoundProfile *profile = rst_found_client_default ((RstFoundClient *) found);

  if (found->error != NULL)
    return g_error_copy (found->error);
  if (profile != NULL && profile->running)
    return g_error_new (RST_ERROR, RST_ERROR_CONFLICT, _("%s is running. Its settings can only be changed "
                                                         "while it is closed."), found->client->name);
  return NULL;
}

/* Keeps a plan, unless it can be told already that it does nothing. */
static void
add_plan (Setup           *self,
          const RstClient *client,
          RstSetup        *setup)
{
  gboolean stores = setup->secrets->len > 0 || setup->seal != NULL;
  gboolean edits = rst_setup_edits (setup);

  if (!edits)
    ctl_progress (_("%s has this account already."), client->name);
  if (edits || (stores && !self->dry_run))
    g_ptr_array_add (self->setups, setup);
  else
    rst_setup_free (setup);
}

/**
 * setup_make_plan:
 * @self: a setup
 *
 * Step: what changes in the files of each program, and which of them have a password stored.
 *
 * Returns: how to go on
 */
CtlExit
setup_make_plan (Setup *self)
{
  self->setups = g_ptr_array_new_with_free_func ((GDestroyNotify) rst_setup_free);
  for (guint i = 0; i < self->targets->len; i++)
    {
      RstFoundClient *found = self->targets->pdata[i];
      GError *error = check_target (found);
      RstSetup *setup;

      if (error != NULL && !self->dry_run)
        return setup_fail (self, error);
      g_clear_error (&error);
      setup = rst_scan_plan (self->scan, found, self->account, &error);
      if (setup == NULL)
        return setup_fail (self, error);
      add_plan (self, found->client, setup);
    }
  return CTL_EXIT_DONE;
}
