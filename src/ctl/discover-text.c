/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The result of discover in words.
 */
#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "ctl-server.h"
#include "ctl-text.h"
#include "ctl-wrap.h"
#include "discover.h"
#include "rst-hints.h"
#include "rst-report.h"
#include "rst-text.h"

static gboolean
is_chosen (RstDiscovery       *discovery,
           const RstCandidate *candidate)
{
  return rst_discovery_get_chosen (discovery, candidate->endpoint->protocol) == candidate;
}

static void
print_servers (RstDiscovery *discovery)
{
  static const char * const titles[] = {
    [RST_PROTOCOL_IMAP] = N_("Incoming mail, IMAP"),
    [RST_PROTOCOL_POP3] = N_("Incoming mail, POP"),
    [RST_PROTOCOL_SMTP] = N_("Outgoing mail, SMTP"),
  };
  GPtrArray *candidates = rst_discovery_get_candidates (discovery);
  gboolean others = FALSE;

  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    {
      RstCandidate *chosen = rst_discovery_get_chosen (discovery, protocol);

      ctl_print_heading (_(titles[protocol]));
      if (chosen != NULL)
        ctl_print_server (chosen);
      else
        ctl_print_text (2, _("No usable server was found."));
    }
  for (guint i = 0; i < candidates->len; i++)
    {
      const RstCandidate *candidate = candidates->pdata[i];

      if (is_chosen (discovery, candidate))
        continue;
      if (!others)
        ctl_print_heading (_("Also found"));
      others = TRUE;
      ctl_print_other_server (candidate);
    }
}

static void
print_asked (GPtrArray *asked)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; asked != NULL && i < asked->len; i++)
    g_ptr_array_add (items, asked->pdata[i]);
  g_ptr_array_add (items, NULL);
  text = rst_text_join_list ((const char * const *) items->pdata);
  if (*text != '\0')
    ctl_print_row (4, _("Asked:"), ctl_columns (_("Asked:")) + 1, text);
}

static void
print_told (GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *text = rst_told_describe (list->pdata[i]);

      ctl_print_text (4, text);
    }
}

static void
print_extras (GPtrArray *extras)
{
  if (extras->len > 0)
    ctl_print_heading (_("Beside mail"));
  for (guint i = 0; i < extras->len; i++)
    {
      g_autofree char *text = rst_extra_describe (extras->pdata[i]);

      ctl_print_item (2, "•", text);
    }
}

static void
print_sources (GPtrArray *reports)
{
  ctl_print_heading (_("How this was found"));
  for (guint i = 0; i < reports->len; i++)
    {
      const RstSourceReport *report = reports->pdata[i];
      g_autoptr (GString) text = g_string_new (ctl_describe_outcome (report->outcome));

      if (report->elapsed_us >= 0 && report->outcome != RST_SOURCE_SKIPPED)
        g_string_append_printf (text, _(", %d ms"), (int) ((report->elapsed_us + 500) / 1000));
      if (report->detail != NULL)
        g_string_append_printf (text, C_("detail", ": %s"), report->detail);
      ctl_print_item (2, report->outcome == RST_SOURCE_FOUND ? "✓" : "–", report->title);
      ctl_print_text (4, text->str);
      print_asked (report->asked);
      print_told (report->told);
    }
}

/**
 * discover_print_text:
 * @discovery: a finished search
 */
void
discover_print_text (RstDiscovery *discovery)
{
  g_autoptr (GPtrArray) hints = rst_hints_list (rst_discovery_get_hints (discovery),
                                                rst_discovery_get_address (discovery),
                                                rst_discovery_get_instructions (discovery));

  print_servers (discovery);
  ctl_print_hints (hints);
  print_extras (rst_discovery_get_extras (discovery));
  print_sources (rst_discovery_get_reports (discovery));
}

/**
 * discover_print_report:
 * @discovery: a finished search
 *
 * Prints what can be given to somebody else.
 */
void
discover_print_report (RstDiscovery *discovery)
{
  g_autofree char *report = rst_report_new (discovery);

  fputs (report, stdout);
}
