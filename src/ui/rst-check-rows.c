/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-check-rows.h"

#include "rst-look.h"
#include "rst-mailbox-rows.h"
#include "rst-page.h"
#include "rst-source-list.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

/**
 * rst_check_row_new_busy:
 * @title: what goes on
 * @subtitle: more about it
 *
 * Returns: (transfer floating): a row with a spinner
 */
GtkWidget *
rst_check_row_new_busy (const char *title,
                        const char *subtitle)
{
  GtkWidget *row = rst_row_new (title, subtitle);
  GtkWidget *icon = rst_search_icon_new ();

  rst_search_icon_set (icon, "running");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/**
 * rst_check_rows_show_busy:
 * @list: where to
 * @incoming: the server that is asked first
 * @outgoing: (nullable): the other one
 *
 * Shows that both are asked.
 */
void
rst_check_rows_show_busy (GtkListBox         *list,
                          const RstCandidate *incoming,
                          const RstCandidate *outgoing)
{
  rst_list_clear (list);
  gtk_list_box_append (list, rst_check_row_new_busy (incoming->endpoint->host, _("Signing in…")));
  if (outgoing != NULL)
    gtk_list_box_append (list, rst_check_row_new_busy (outgoing->endpoint->host, _("Signing in…")));
  gtk_widget_set_visible (GTK_WIDGET (list), TRUE);
}

static GtkWidget *
result_row_new (const RstFacts *facts)
{
  if (facts->error != NULL)
    return rst_row_new_error (facts->endpoint->host, facts->error);
  return rst_row_new_disc ("object-select-symbolic", RST_TINT_GOOD, facts->endpoint->host,
                           facts->endpoint->protocol == RST_PROTOCOL_SMTP
                             ? _("Signed in. Mail can be sent.")
                             : _("Signed in. Mail can be read."));
}

/**
 * rst_check_rows_show:
 * @list: where to
 * @check: what was found
 *
 * Shows how it ended.
 *
 * Returns: whether all that were asked let us in
 */
gboolean
rst_check_rows_show (GtkListBox     *list,
                     const RstCheck *check)
{
  rst_list_clear (list);
  gtk_list_box_append (list, result_row_new (check->incoming));
  if (check->outgoing != NULL)
    gtk_list_box_append (list, result_row_new (check->outgoing));
  gtk_widget_set_visible (GTK_WIDGET (list), TRUE);
  return check->incoming->error == NULL && (check->outgoing == NULL || check->outgoing->error == NULL);
}

typedef struct
{
  GtkListBox *list;  /* (owned) */
  RstFacts   *facts; /* (owned) */
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_object_unref (note->list);
  rst_facts_unref (note->facts);
  g_free (note);
}

/* What the mailbox tells is worth to be read before going on only if it is unusual. */
static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RstPage *page = g_task_get_source_object (task);
  Note *note = g_task_get_task_data (task);
  gboolean changed, stays;

  rst_look_note_finish (result);
  changed = rst_journey_set_mailbox (rst_page_get_journey (page), note->facts);
  stays = rst_mailbox_rows_add (note->list, note->facts, changed);
  if (stays)
    {
      rst_page_set_next (page, _("Continue"), NULL);
      rst_page_show_part (page, GTK_WIDGET (note->list));
    }
  g_task_return_boolean (task, !stays);
}

/**
 * rst_check_rows_note:
 * @list: where to add what the mailbox tells
 * @check: what was found, signed in
 * @task: of a page's commit; it ends with whether to go on at once
 *
 * Puts into the journey what the mailbox tells.
 */
void
rst_check_rows_note (GtkListBox     *list,
                     const RstCheck *check,
                     GTask          *task)
{
  RstJourney *journey = rst_page_get_journey (g_task_get_source_object (task));
  Note *note = g_new0 (Note, 1);

  note->list = g_object_ref (list);
  note->facts = rst_facts_ref (check->incoming);
  g_task_set_task_data (task, note, note_free);
  rst_look_note_async (check->incoming, rst_journey_get_incoming (journey)->username,
                       g_task_get_cancellable (task), noted_cb, g_object_ref (task));
}
