/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around the page: everything in it follows from the page's properties and the state of the
 * commit. */
#include "rst-wizard-private.h"

#include <glib/gi18n-lib.h>

/* With text larger than this (1024ths of a dot per inch) labels may be cut to so many characters:
 * better that than wider than the screen. */
#define LARGE_TEXT (120 * 1024)
#define MIN_LABEL_CHARS 6

static void
fit_label (GtkLabel   *label,
           const char *text)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (label)), "gtk-xft-dpi", &dpi, NULL);
  gtk_label_set_ellipsize (label, dpi > LARGE_TEXT ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (label, dpi > LARGE_TEXT ? MIN ((int) g_utf8_strlen (text, -1), MIN_LABEL_CHARS)
                                                     : -1);
}

static void
set_button (GtkButton  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  fit_label (GTK_LABEL (gtk_button_get_child (button)), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
set_secondary (RstWizard  *self,
               const char *label,
               const char *action)
{
  gboolean narrow = rst_adaptive_get_narrow (self->adaptive);

  set_button (self->secondary_button, narrow ? NULL : label, action);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), narrow && label != NULL);
  g_menu_remove_all (self->more_menu);
  if (label != NULL)
    g_menu_append (self->more_menu, label, action);
}

static void
update_buttons (RstWizard *self,
                RstPage   *page)
{
  g_autofree char *next_label = NULL, *next_action = NULL, *start_label = NULL, *start_action = NULL;
  g_autofree char *secondary_label = NULL, *secondary_action = NULL;
  gboolean busy = self->committing != NULL;

  g_object_get (page,
                "next-label", &next_label, "next-action", &next_action,
                "start-label", &start_label, "start-action", &start_action,
                "secondary-label", &secondary_label, "secondary-action", &secondary_action,
                NULL);
  set_button (self->next_button, next_label != NULL ? next_label : _("Next"),
              next_action != NULL ? next_action : "wizard.next");
  set_secondary (self, busy ? NULL : secondary_label, secondary_action);
  if (busy)
    set_button (self->start_button, _("Cancel"), "wizard.cancel");
  else
    set_button (self->start_button, start_label != NULL ? start_label : _("Back"),
                start_action != NULL ? start_action : "wizard.back");
}

/* The header keeps the program's name; a screen reader and the desktop's overview get the page's. */
static void
update_window_title (RstWizard *self,
                     RstPage   *page)
{
  g_autofree char *heading = NULL;
  g_autofree char *title = NULL;

  g_object_get (page, "heading", &heading, NULL);
  title = g_strdup_printf (C_("window title", "%s – Restante"), heading);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/**
 * rst_wizard_update_frame:
 * @self: a wizard
 *
 * Brings the buttons, the status and the title in line with the properties of the page.
 */
void
rst_wizard_update_frame (RstWizard *self)
{
  RstPage *page = self->current >= 0 ? self->pages[self->current] : NULL;
  g_autofree char *status = NULL;
  gboolean bare, complete, shows_search;
  gboolean busy = self->committing != NULL;

  if (page == NULL)
    return;
  g_object_get (page, "bare", &bare, "complete", &complete, "shows-search", &shows_search,
                "status", &status, NULL);
  gtk_action_bar_set_revealed (self->action_bar, !bare);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button),
                          shows_search && rst_journey_get_discovery (self->journey) != NULL);
  gtk_label_set_text (self->status, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status), status != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update_window_title (self, page);
  update_buttons (self, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.next", complete && !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.back", self->current > 0 && !busy);
}

/**
 * rst_wizard_update_title:
 * @self: a wizard
 *
 * Shows the address in the header.
 */
void
rst_wizard_update_title (RstWizard *self)
{
  const RstAddress *address = rst_journey_get_address (self->journey);

  adw_window_title_set_subtitle (self->window_title, address != NULL ? address->display : "");
}
