/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-mailbox-rows.h"

#include "rst-error.h"
#include "rst-facts-mailbox.h"
#include "rst-look.h"
#include "rst-text.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

/* Both are in KiB; a server may claim anything. */
#define MAX_KIB (G_MAXUINT64 / 1024)

static char *
describe_room (const RstFacts *facts)
{
  g_autofree char *used_text = NULL;
  g_autofree char *limit_text = NULL;
  guint64 used, limit;

  if (!rst_facts_get_number (facts, "quota-used", &used) ||
      !rst_facts_get_number (facts, "quota-limit", &limit) || used > MAX_KIB || limit > MAX_KIB || limit == 0)
    return NULL;
  used_text = g_format_size (used * 1024);
  limit_text = g_format_size (limit * 1024);
  return g_strdup_printf (_("%s of %s used"), used_text, limit_text);
}

static char *
describe_oldest (const RstFacts *facts)
{
  g_autofree char *day = rst_facts_describe_oldest (facts);

  /* Translators: a date, “before” a date, or a date “or earlier”. */
  return day != NULL ? g_strdup_printf (_("the oldest: %s"), day) : NULL;
}

static char *
describe_mailbox (const RstFacts *facts)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *room = describe_room (facts);
  char *oldest = describe_oldest (facts);
  char *folders = rst_facts_describe_folders (facts);
  guint64 messages;

  if (rst_facts_get_number (facts, "messages", &messages))
    {
      guint n = (guint) MIN (messages, G_MAXUINT);

      g_ptr_array_add (parts, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u message", "%u messages", n),
                                               n));
    }
  if (oldest != NULL)
    g_ptr_array_add (parts, oldest);
  if (folders != NULL)
    g_ptr_array_add (parts, folders);
  if (room != NULL)
    g_ptr_array_add (parts, room);
  g_ptr_array_add (parts, NULL);
  return rst_text_join_list ((const char * const *) parts->pdata);
}

static void
add_full (GtkListBox *list,
          GtkWidget  *row)
{
  gtk_widget_add_css_class (row, "rst-full");
  gtk_list_box_append (list, row);
}

/* Returns whether mail may go wrong. */
static gboolean
add_letters (GtkListBox     *list,
             const RstFacts *facts)
{
  g_autofree char *text = rst_facts_describe_letters (facts);
  gboolean wrong = g_strcmp0 (g_hash_table_lookup (facts->more, "utf8-address"), "no") == 0;

  if (text != NULL)
    add_full (list, rst_row_new_disc (wrong ? "dialog-warning-symbolic" : "mail-unread-symbolic",
                                      wrong ? RST_TINT_WARNING : RST_TINT_PLAIN, _("Your address"), text));
  return wrong;
}

/**
 * rst_mailbox_rows_add:
 * @list: a list
 * @facts: what the mailbox told
 * @advice_changed: whether another method would be advised now
 *
 * Returns: whether there is something that the person should read before going on
 */
gboolean
rst_mailbox_rows_add (GtkListBox     *list,
                      const RstFacts *facts,
                      gboolean        advice_changed)
{
  g_autofree char *text = describe_mailbox (facts);
  RstRemoval removal;
  gboolean removed = rst_facts_get_removal (facts, &removal);
  gboolean wrong;

  if (*text != '\0')
    gtk_list_box_append (list, rst_row_new_disc ("mail-unread-symbolic", RST_TINT_PLAIN, _("The mailbox"),
                                                 text));
  wrong = add_letters (list, facts);
  if (removed)
    {
      g_autofree char *what = rst_removal_describe (&removal);

      add_full (list, rst_row_new_disc ("dialog-warning-symbolic", RST_TINT_WARNING,
                                        rst_removal_get_title (), what));
    }
  if (advice_changed)
    {
      GtkWidget *row = rst_row_new_disc ("help-about-symbolic", RST_TINT_PLAIN,
                                         _("With what the mailbox tells, other advice would be given"),
                                         _("Choose this row to go back to the advice."));

      rst_row_set_action (row, "go-next-symbolic", "wizard.change", "advice");
      gtk_list_box_append (list, row);
    }
  return removed || wrong || advice_changed;
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkWidget) row = user_data;
  RstFacts *mailbox = rst_journey_get_mailbox (RST_JOURNEY (object));
  g_autoptr(GError) error = NULL;
  g_autoptr(RstFacts) facts = rst_look_at_finish (result, &error);
  gboolean pop = facts != NULL && facts->endpoint->protocol == RST_PROTOCOL_POP3;
  g_autofree char *text = NULL;

  if (facts != NULL && facts->error != NULL)
    error = g_error_copy (facts->error);
  if (error != NULL || mailbox == NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), error != NULL ? error->message : "");
      return;
    }
  rst_facts_note_inboxes (pop ? mailbox : facts, pop ? facts : mailbox);
  text = rst_facts_describe_inbox (facts);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               text != NULL ? text : _("That cannot be said for sure at this server."));
}

static RstCandidate *
find_other (RstJourney *journey)
{
  RstDiscovery *discovery = rst_journey_get_discovery (journey);
  gboolean pop = rst_journey_get_mode (journey) == RST_METHOD_POP;
  RstProtocol other = pop ? RST_PROTOCOL_IMAP : RST_PROTOCOL_POP3;

  return discovery != NULL ? rst_discovery_get_chosen (discovery, other) : NULL;
}

static void
compare_cb (GtkButton *button,
            GtkWidget *row)
{
  RstJourney *journey = g_object_get_data (G_OBJECT (row), "journey");
  RstCandidate *other = find_other (journey);

  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
  if (other == NULL || rst_journey_get_secret (journey) == NULL)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Signing in…"));
  rst_look_at_async (journey, other, NULL, compared_cb, g_object_ref (row));
}

/**
 * rst_mailbox_compare_new:
 * @journey: a journey
 *
 * A row that on request signs in by the other protocol too, and says whether that shows the same mail. Who
 * presses the button agrees to the host that the row names.
 *
 * Returns: (transfer floating) (nullable): the row; %NULL where nothing can be compared
 */
GtkWidget *
rst_mailbox_compare_new (RstJourney *journey)
{
  RstCandidate *other = find_other (journey);
  g_autofree char *text = NULL;
  GtkWidget *row, *button;

  if (rst_journey_get_mailbox (journey) == NULL || rst_journey_get_secret (journey) == NULL ||
      other == NULL || !rst_candidate_is_usable (other) || other->auth == RST_AUTH_OAUTH2)
    return NULL;
  text = g_strdup_printf (_("Signs in at %s with the same password, and compares."), other->endpoint->host);
  row = rst_row_new_disc ("system-search-symbolic", RST_TINT_PLAIN, _("Do POP and IMAP show the same mail?"),
                          text);
  gtk_widget_add_css_class (row, "rst-full");
  button = gtk_button_new_with_label (_("Compare"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data_full (G_OBJECT (row), "journey", g_object_ref (journey), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (compare_cb), row, 0);
  return row;
}
