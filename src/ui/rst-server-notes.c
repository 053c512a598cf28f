/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-server-notes.h"

#include "rst-server-rows.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

#define MAX_PROBLEMS 3

static gboolean
is_pop (RstJourney *journey)
{
  return rst_journey_get_mode (journey) == RST_METHOD_POP;
}

/* What is wrong with servers that were found. Returns whether there are any. */
static gboolean
add_problems (GtkListBox   *list,
              RstDiscovery *discovery,
              RstProtocol   protocol)
{
  GPtrArray *candidates = discovery != NULL ? rst_discovery_get_candidates (discovery) : NULL;
  guint n = 0;

  for (guint i = 0; candidates != NULL && i < candidates->len && n < MAX_PROBLEMS; i++)
    {
      RstCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->endpoint->protocol != protocol || candidate->probe == NULL ||
          candidate->probe->error == NULL)
        continue;
      rst_server_rows_add_problems (list, candidate);
      n++;
    }
  return n > 0;
}

/* The provider has servers, but not for the method that was chosen. */
static void
add_other_method (GtkListBox   *list,
                  RstDiscovery *discovery,
                  gboolean      pop)
{
  GtkWidget *row;

  if (discovery == NULL ||
      rst_discovery_get_chosen (discovery, pop ? RST_PROTOCOL_IMAP : RST_PROTOCOL_POP3) == NULL)
    return;
  row = rst_row_new_disc ("help-about-symbolic", RST_TINT_PLAIN,
                          pop ? _("This provider has a server for IMAP")
                              : _("This provider has a server for POP"),
                          _("Choose this row to go back to the advice and use that."));
  rst_row_set_action (row, "go-next-symbolic", "wizard.change", "advice");
  gtk_list_box_append (list, row);
}

/* The last thing to try, which only the person can decide. */
static void
add_open_search (GtkListBox *list,
                 RstJourney *journey)
{
  GtkWidget *row;

  if (!rst_journey_may_ask_openly (journey))
    return;
  row = rst_row_new_disc ("channel-insecure-symbolic", RST_TINT_WARNING,
                          _("Ask over an Unprotected Connection"),
                          _("Some providers publish their settings only that way. Somebody on the way could "
                            "change the answer: the servers in it still have to prove who they are, and get "
                            "the password only if you allow it."));
  rst_row_set_action (row, "go-next-symbolic", "page.ask-openly", NULL);
  gtk_list_box_append (list, row);
}

static void
add_no_sending (GtkListBox *list)
{
  gtk_list_box_append (list, rst_row_new_disc ("dialog-warning-symbolic", RST_TINT_WARNING,
                                               _("No server for sending was found"),
                                               _("Mail can be read, but not sent, until one is entered.")));
}

static void
add_instructions (GtkListBox   *list,
                  RstDiscovery *discovery)
{
  GPtrArray *instructions = discovery != NULL ? rst_discovery_get_instructions (discovery) : NULL;

  for (guint i = 0; instructions != NULL && i < instructions->len; i++)
    gtk_list_box_append (list, rst_row_new_icon ("help-about-symbolic", _("From the provider"),
                                                 g_ptr_array_index (instructions, i)));
}

/**
 * rst_server_notes_fill:
 * @list: a list
 * @journey: a journey with an address
 *
 * Shows what is to be said at this moment.
 *
 * Returns: whether servers were found of which none can be used
 */
gboolean
rst_server_notes_fill (GtkListBox *list,
                       RstJourney *journey)
{
  RstDiscovery *discovery = rst_journey_get_discovery (journey);
  gboolean searching = rst_journey_is_searching (journey);
  gboolean found = rst_journey_get_incoming (journey) != NULL;
  gboolean faulty = FALSE;

  rst_list_clear (list);
  if (!found && !searching)
    {
      faulty = add_problems (list, discovery, is_pop (journey) ? RST_PROTOCOL_POP3 : RST_PROTOCOL_IMAP);
      add_other_method (list, discovery, is_pop (journey));
      add_open_search (list, journey);
    }
  if (found && !searching && rst_journey_get_outgoing (journey) == NULL)
    add_no_sending (list);
  add_instructions (list, discovery);
  return faulty;
}
