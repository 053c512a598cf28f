/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first steps of setup: the servers, by a search or from a file, and the programs of this computer.
 */
#include "setup.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ctl-arrangement.h"
#include "ctl-ask.h"
#include "ctl-input.h"
#include "ctl-output.h"
#include "rst-config-xml.h"
#include "rst-error.h"

/* The source that a file on the command line counts as. */
#define CONFIG_SOURCE "file"

static void
take_first_of_each (Setup *self)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      RstCandidate *candidate = self->servers->pdata[i];
      RstProtocol protocol = candidate->endpoint->protocol;

      if (self->found[protocol] == NULL && candidate->endpoint->security != RST_SECURITY_NONE)
        self->found[protocol] = candidate;
    }
}

static CtlExit
read_config (Setup *self)
{
  const RstSearch what = { .address = self->address, .languages = g_get_language_names () };
  g_autoptr (RstFindings) findings = rst_findings_new (CONFIG_SOURCE);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) document = NULL;
  GError *error = NULL;

  text = ctl_input_read (self->config, &error);
  if (text == NULL)
    return setup_fail (self, error);
  document = g_bytes_new (text, strlen (text));
  if (!rst_config_xml_read (document, &what, RST_TRUST_LOCAL, findings, &error))
    {
      g_prefix_error (&error, "%s: ", self->config);
      return setup_fail (self, error);
    }
  self->servers = g_ptr_array_ref (findings->candidates);
  take_first_of_each (self);
  g_ptr_array_add (all, findings);
  rst_hints_gather (&self->hints, all, self->found);
  return CTL_EXIT_DONE;
}

static CtlExit
search (Setup *self)
{
  GError *error = NULL;

  self->discovery = ctl_search_run (&self->search, self->await, self->address, self->trust, &error);
  if (self->discovery == NULL)
    return setup_fail (self, error);
  self->servers = g_ptr_array_ref (rst_discovery_get_candidates (self->discovery));
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    self->found[protocol] = rst_discovery_get_chosen (self->discovery, protocol);
  self->hints = *rst_discovery_get_hints (self->discovery);
  return CTL_EXIT_DONE;
}

static gboolean
has_incoming (Setup *self)
{
  return self->found[RST_PROTOCOL_IMAP] != NULL || self->found[RST_PROTOCOL_POP3] != NULL;
}

/* Only a person can agree to that, and only when it is the last thing to try. */
static CtlExit
search_openly (Setup *self)
{
  g_autofree char *question = NULL;
  GError *error = NULL;

  if (self->search.allow_http || self->search.no_network || !ctl_ask_is_possible ())
    return CTL_EXIT_DONE;
  question = g_strdup_printf (_("Nothing was found over protected connections. May Restante ask %s over an "
                                "unprotected one? Somebody on the way could change the answer. The servers "
                                "in it still have to prove who they are, and you are asked before one of "
                                "them is given the password."),
                              self->address->domain);
  self->search.allow_http = ctl_ask_yes (question, &error);
  if (error != NULL)
    return setup_fail (self, error);
  if (!self->search.allow_http)
    return CTL_EXIT_DONE;
  g_clear_object (&self->discovery);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  return search (self);
}

/**
 * setup_find_servers:
 * @self: a setup
 *
 * Step: finds the servers.
 *
 * Returns: how to go on
 */
CtlExit
setup_find_servers (Setup *self)
{
  CtlExit status = self->config != NULL ? read_config (self) : search (self);

  if (status == CTL_EXIT_DONE && self->config == NULL && !has_incoming (self))
    status = search_openly (self);
  if (status != CTL_EXIT_DONE || has_incoming (self))
    return status;
  if (self->discovery != NULL)
    return setup_fail (self, ctl_search_explain (self->discovery, self->servers, self->address,
                                                 CTL_INCOMING));
  return setup_fail (self, g_error_new (RST_ERROR, RST_ERROR_CONFIG,
                                        _("“%s” names no usable server for incoming mail."),
                                        self->config));
}

/**
 * setup_look_around:
 * @self: a setup
 *
 * Step: looks which programs are on this computer, and what they have.
 *
 * Returns: how to go on
 */
CtlExit
setup_look_around (Setup *self)
{
  GError *error = NULL;

  self->scan = ctl_scan (self->await, &error);
  return self->scan != NULL ? CTL_EXIT_DONE : setup_fail (self, error);
}
