/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-found-window.h"

#include "rst-report.h"
#include "rst-widgets.h"

#include <glib/gi18n-lib.h>

struct _RstFoundWindow
{
  AdwWindow        parent_instance;

  /* Template Widgets */
  AdwToastOverlay *toasts;
  GtkWidget       *chosen_group;
  GtkListBox      *chosen;
  GtkListBox      *asked;

  /* Owned References */
  RstJourney      *journey;
};

G_DEFINE_FINAL_TYPE (RstFoundWindow, rst_found_window, ADW_TYPE_WINDOW)

static void
add_chosen (RstFoundWindow *self,
            RstDiscovery   *discovery,
            RstProtocol     protocol)
{
  const RstCandidate *chosen = rst_discovery_get_chosen (discovery, protocol);
  g_autofree char *url = NULL;
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;

  if (chosen == NULL)
    return;
  url = rst_endpoint_to_string (chosen->endpoint);
  why = rst_report_explain_choice (discovery, protocol);
  text = g_strdup_printf ("%s\n%s", rst_trust_describe (chosen->trust), why);
  gtk_list_box_append (self->chosen, rst_row_new (url, text));
}

static void
add_detail (GtkWidget  *expander,
            const char *title,
            const char *text)
{
  if (text != NULL && *text != '\0')
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), rst_row_new (title, text));
}

static char *
list_told (GPtrArray *told)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < told->len; i++)
    g_ptr_array_add (lines, rst_told_describe (g_ptr_array_index (told, i)));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
list_asked (GPtrArray *asked)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < asked->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", (char *) g_ptr_array_index (asked, i));
  return g_string_free (lines, FALSE);
}

static void
add_source (RstFoundWindow        *self,
            const RstSourceReport *report)
{
  g_autofree char *outcome = rst_report_describe_source (report);
  g_autofree char *asked = list_asked (report->asked);
  g_autofree char *told = list_told (report->told);
  GtkWidget *row = report->asked->len > 0 ? rst_expander_new (report->title, outcome)
                                          : rst_row_new (report->title, outcome);

  if (report->asked->len > 0)
    {
      add_detail (row, _("What was asked"), asked);
      add_detail (row, _("Who learnt what"), told);
    }
  gtk_list_box_append (self->asked, row);
}

static void
update (RstFoundWindow *self)
{
  RstDiscovery *discovery = rst_journey_get_discovery (self->journey);
  GPtrArray *reports = discovery != NULL ? rst_discovery_get_reports (discovery) : NULL;

  rst_list_clear (self->chosen);
  rst_list_clear (self->asked);
  if (discovery == NULL)
    return;
  for (guint protocol = 0; protocol < RST_N_PROTOCOLS; protocol++)
    add_chosen (self, discovery, protocol);
  gtk_widget_set_visible (self->chosen_group, gtk_widget_get_first_child (GTK_WIDGET (self->chosen)) != NULL);
  for (guint i = 0; i < reports->len; i++)
    add_source (self, g_ptr_array_index (reports, i));
}

static void
copy_cb (RstFoundWindow *self)
{
  RstDiscovery *discovery = rst_journey_get_discovery (self->journey);
  g_autofree char *report = discovery != NULL ? rst_report_new (discovery) : NULL;

  if (report == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied, without your name and address")));
}

static void
rst_found_window_dispose (GObject *object)
{
  RstFoundWindow *self = RST_FOUND_WINDOW (object);

  g_clear_object (&self->journey);

  G_OBJECT_CLASS (rst_found_window_parent_class)->dispose (object);
}

static void
rst_found_window_class_init (RstFoundWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_found_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/restante/Restante/ui/rst-found-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstFoundWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RstFoundWindow, chosen_group);
  gtk_widget_class_bind_template_child (widget_class, RstFoundWindow, chosen);
  gtk_widget_class_bind_template_child (widget_class, RstFoundWindow, asked);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rst_found_window_init (RstFoundWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rst_found_window_new:
 * @parent: the window that it belongs to
 * @journey: a journey with a search
 *
 * Returns: (transfer floating): a window about the search of @journey, kept up to date
 */
GtkWidget *
rst_found_window_new (GtkWindow  *parent,
                      RstJourney *journey)
{
  RstFoundWindow *self = g_object_new (RST_TYPE_FOUND_WINDOW, "transient-for", parent, NULL);

  self->journey = g_object_ref (journey);
  g_signal_connect_object (journey, "notify::discovery", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
