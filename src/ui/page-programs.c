/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail programs on this computer, to be chosen from; each says what it has of this address. */
#include "pages.h"

#include "rst-copies-row.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstPagePrograms
{
  RstPage       parent_instance;

  /* Template Widgets */
  GtkSpinner   *spinner;
  GtkWidget    *desktop_group;
  GtkListBox   *desktop;
  GtkWidget    *terminal_group;
  GtkListBox   *terminal;
  GtkListBox   *none;
  GtkWidget    *copies_group;
  RstCopiesRow *copies;
};

G_DEFINE_FINAL_TYPE (RstPagePrograms, rst_page_programs, RST_TYPE_PAGE)

/* At least one program that reads mail; one that only sends would be half a setup. */
static void
update_complete (RstPagePrograms *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstScan *scan = rst_journey_get_scan (journey);
  GPtrArray *clients = scan != NULL ? rst_scan_get_clients (scan) : NULL;
  gboolean complete = FALSE;

  for (guint i = 0; clients != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);

      complete |= rst_client_receives (found->client) && rst_journey_has_program (journey, found->client->id);
    }
  rst_page_set_complete (RST_PAGE (self), complete);
}

static void
toggled_cb (GtkCheckButton *check,
            gpointer        user_data)
{
  RstPagePrograms *self = user_data;
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));

  rst_journey_set_program (journey, gtk_widget_get_name (GTK_WIDGET (check)),
                           gtk_check_button_get_active (check));
  rst_journey_settle_mixing (journey, NULL, 0);
  update_complete (self);
}

static char *
describe_there (const RstAccount *there)
{
  if (!rst_account_is_pop (there))
    return g_strdup (_("Reads this address with IMAP already"));
  switch (there->leave)
    {
    case RST_LEAVE_REMOVE:
      return g_strdup (_("Fetches this address with POP already and empties the server"));
    case RST_LEAVE_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "Fetches this address with POP already; copies stay for %u day",
                                           "Fetches this address with POP already; copies stay for %u days",
                                           there->leave_days), there->leave_days);
    case RST_LEAVE_KEEP:
    default:
      return g_strdup (_("Fetches this address with POP already; copies stay on the server"));
    }
}

static char *
describe (RstJourney     *journey,
          RstFoundClient *found)
{
  const RstAccount *there = rst_journey_find_account (journey, found);
  RstFoundProfile *profile = rst_found_client_default (found);

  if (found->error != NULL)
    return g_strdup (found->error->message);
  if (there != NULL)
    return describe_there (there);
  if (!rst_client_receives (found->client))
    return g_strdup (_("Sends mail; the programs that read mail use it"));
  if (profile != NULL && profile->accounts->len > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Has %u other account; it stays as it is",
                                         "Has %u other accounts; they stay as they are",
                                         profile->accounts->len), profile->accounts->len);
  return g_strdup (_("Not set up yet"));
}

static gboolean
is_running (RstFoundClient *found)
{
  RstFoundProfile *profile = rst_found_client_default (found);

  return profile != NULL && profile->running;
}

static void
add_program (RstPagePrograms  *self,
             RstFoundClient   *found,
             const RstAccount *account)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  gboolean terminal = (found->client->flags & RST_CLIENT_TERMINAL) != 0;
  g_autoptr(GError) error = NULL;
  gboolean fits = account != NULL && found->error == NULL &&
                  rst_client_check (found->client, account, &error);
  g_autofree char *text = error != NULL ? g_strdup (error->message) : describe (journey, found);
  GtkWidget *row = rst_row_new (found->client->name, text);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_name (check, found->client->id);
  if (!fits)
    rst_journey_set_program (journey, found->client->id, FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               rst_journey_has_program (journey, found->client->id));
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  rst_row_add_check (row, GTK_CHECK_BUTTON (check));
  if (is_running (found))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               rst_tag_new ("media-playback-start-symbolic", _("Running"), RST_TINT_PLAIN));
  gtk_widget_set_sensitive (row, fits);
  gtk_list_box_append (terminal ? self->terminal : self->desktop, row);
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_widget_get_first_child (GTK_WIDGET (list)) != NULL;
}

/* Where the plan is POP; where it only came from what was settled with other devices, the days did too. */
static void
update_copies (RstPagePrograms *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  gboolean pop = rst_journey_get_advice (journey)->mode == RST_METHOD_POP;

  gtk_widget_set_visible (self->copies_group, pop);
  if (pop)
    rst_copies_row_show (self->copies, journey);
}

static void
update (RstPagePrograms *self)
{
  RstJourney *journey = rst_page_get_journey (RST_PAGE (self));
  RstScan *scan = rst_journey_get_scan (journey);
  GPtrArray *clients = scan != NULL ? rst_scan_get_clients (scan) : NULL;
  g_autoptr(RstAccount) account = rst_journey_make_account (journey);

  rst_list_clear (self->desktop);
  rst_list_clear (self->terminal);
  for (guint i = 0; clients != NULL && i < clients->len; i++)
    {
      RstFoundClient *found = g_ptr_array_index (clients, i);

      if (found->installed)
        add_program (self, found, account);
    }
  gtk_widget_set_visible (self->desktop_group, has_rows (self->desktop));
  gtk_widget_set_visible (self->terminal_group, has_rows (self->terminal));
  gtk_widget_set_visible (GTK_WIDGET (self->none),
                          scan != NULL && !has_rows (self->desktop) && !has_rows (self->terminal));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), scan == NULL);
  gtk_spinner_set_spinning (self->spinner, scan == NULL);
  rst_page_set_description (RST_PAGE (self), rst_journey_get_mode (journey) == RST_METHOD_POP
    ? _("They will fetch the mail with POP. Other accounts in them stay as they are.")
    : _("They will read the mail with IMAP. Other accounts in them stay as they are."));
  update_copies (self);
  update_complete (self);
}

static void
scan_cb (RstPagePrograms *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
rst_page_programs_enter (RstPage *page)
{
  update (RST_PAGE_PROGRAMS (page));
  rst_journey_scan (rst_page_get_journey (page));
}

static void
rst_page_programs_constructed (GObject *object)
{
  RstPagePrograms *self = RST_PAGE_PROGRAMS (object);

  G_OBJECT_CLASS (rst_page_programs_parent_class)->constructed (object);

  gtk_list_box_append (self->none,
                       rst_row_new_disc ("help-about-symbolic", RST_TINT_PLAIN,
                                         _("No mail program was found on this computer"),
                                         _("Install one, such as Thunderbird or mutt, and come back here.")));
  g_signal_connect_object (rst_page_get_journey (RST_PAGE (self)), "notify::scan", G_CALLBACK (scan_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
rst_page_programs_class_init (RstPageProgramsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rst_page_programs_constructed;
  RST_PAGE_CLASS (klass)->enter = rst_page_programs_enter;

  g_type_ensure (RST_TYPE_COPIES_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/page-programs.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, desktop_group);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, desktop);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, terminal_group);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, terminal);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, none);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, copies_group);
  gtk_widget_class_bind_template_child (widget_class, RstPagePrograms, copies);
}

static void
rst_page_programs_init (RstPagePrograms *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
